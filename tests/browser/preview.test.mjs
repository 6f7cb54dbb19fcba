// The preview in real Chromium: every kind of edit is seen on the page without a reload, and
// what the reader was doing is not disturbed.
import assert from "node:assert/strict";
import { rename } from "node:fs/promises";
import path from "node:path";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { browse, project, serve } from "./support.mjs";

const long = Array.from({ length: 60 }, (_, at) => `## Part ${at}\n\nParagraph ${at} with some words in it.\n`).join("\n");
const start = {
  "book.toml": '[site]\ntitle = "Book"\n[urls]\nstyle = "file"\n[theme]\nstylesheets = ["/own.css"]\n',
  "content/index.md": "# Home\n\n<BokTagList tag=\"red\"/>\n",
  "content/long.md": `---\ntitle: Long\n---\n\nFirst words.\n\n<details><summary>More</summary>\n\nInside.\n\n</details>\n\n<input id="field" type="text">\n\n\`\`\`rust\nfn f() {}\n\`\`\`\n\n${long}`,
  "content/red.md": "---\ntitle: Red page\ntags: [red]\n---\n\nRed.\n",
  "content/other.md": "---\ntitle: Other page\ntags: [blue]\n---\n\nOther.\n",
  "static/own.css": "h1 { color: rgb(1, 2, 3); }\n",
  "static/picture.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
};

let browser, site, preview, page, errors;
before(async () => { browser = await browse(); });
after(() => browser.close());
beforeEach(async () => {
  site = await project(start);
  preview = await serve(site.root);
  page = await browser.newPage();
  errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
});
afterEach(async () => {
  await page.close();
  await preview.end();
  await site.remove();
  assert.deepEqual(errors, []);
});

const open = async (address) => {
  await page.goto(preview.address + address);
  await page.waitForFunction(() => document.querySelector("bokworm-preview")?.shadowRoot.querySelector(".of-findings"));
  // A mark that a reload would wipe out.
  await page.evaluate(() => { window.unbroken = true; });
};
const seen = (text) => page.waitForFunction((text) => document.body.innerText.includes(text), text, { timeout: 5000 });
const unbroken = () => page.evaluate(() => window.unbroken === true);
const bar = () => page.evaluate(() => document.querySelector("bokworm-preview").shadowRoot.querySelector(".of-findings").textContent);
const overlay = () => page.evaluate(() => document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay")?.textContent ?? "");

test("an edit of the text keeps what the reader was doing", async () => {
  await open("long");
  await page.locator("main summary", { hasText: "More" }).click();
  await page.locator("#field").fill("typed text");
  await page.evaluate(() => { window.scrollTo({ top: 3000, behavior: "instant" }); document.querySelector("#field").focus({ preventScroll: true }); });
  const scrolled = await page.evaluate(() => scrollY);
  assert.ok(scrolled > 1000);
  await site.put("content/long.md", start["content/long.md"].replace("Paragraph 50 with", "Paragraph fifty, rewritten, with"));
  await seen("Paragraph fifty, rewritten");
  assert.equal(await page.evaluate(() => scrollY), scrolled);
  assert.equal(await page.evaluate(() => document.activeElement.id), "field");
  assert.equal(await page.locator("#field").inputValue(), "typed text");
  assert.ok(await page.locator("main details", { hasText: "Inside." }).evaluate((node) => node.open));
  assert.ok(await unbroken());
  // What the theme's script added stays.
  assert.equal(await page.locator("main button.copy").count(), 1);
  assert.equal(await page.evaluate(() => document.documentElement.className), "js");
});

test("blocks come and go in their places", async () => {
  await open("long");
  await site.put("content/long.md", start["content/long.md"].replace("First words.", "New first.\n\n- one\n- two\n\nFirst words.").replace("## Part 3\n\nParagraph 3 with some words in it.\n", ""));
  await seen("New first.");
  const order = await page.evaluate(() => [...document.querySelectorAll("main p, main li")].map((node) => node.textContent.trim()).filter((text) => /New|one|two|First|Paragraph [1-5] /.test(text)));
  assert.deepEqual(order, ["New first.", "one", "two", "First words.", "Paragraph 1 with some words in it.", "Paragraph 2 with some words in it.", "Paragraph 4 with some words in it.", "Paragraph 5 with some words in it."]);
  assert.ok(await unbroken());
  // The page is now what a fresh load shows.
  const text = () => page.evaluate(() => document.querySelector("main").innerText);
  const patched = await text();
  await page.reload();
  assert.equal(await text(), patched);
});

test("a tag changes the list on another page", async () => {
  await open("");
  await seen("Red page");
  await site.put("content/other.md", start["content/other.md"].replace("blue", "red"));
  await seen("Other page");
  await page.waitForFunction(() => document.querySelectorAll("main .bok-tag-list a, main li a, main article a").length >= 2);
  await site.put("content/red.md", start["content/red.md"].replace("[red]", "[]"));
  await page.waitForFunction(() => !document.querySelector("main").innerText.includes("Red page"));
  assert.ok(await unbroken());
});

test("broken front matter is told and mended", async () => {
  await open("red");
  await site.put("content/red.md", "---\ntitle: [broken\n---\n\nRed.\n");
  await page.waitForFunction(() => /error/.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".of-findings").textContent));
  await page.locator("bokworm-preview .of-findings").click();
  const link = page.locator("bokworm-preview .sheet li.error a").first();
  assert.match(await link.getAttribute("href"), /^vscode:\/\/file\/.*content\/red\.md:\d+:\d+$/);
  await site.put("content/red.md", start["content/red.md"].replace("Red.", "Mended."));
  await seen("Mended.");
  await page.waitForFunction(() => !/error/.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".of-findings").textContent));
  assert.ok(await unbroken());
});

test("a template that is edited, broken and mended", async () => {
  await open("red");
  await site.put("templates/page.html", '{% extends "theme/page.html" %}{% block content %}<p>own template</p>{{ super() }}{% endblock content %}');
  await seen("own template");
  await site.put("templates/page.html", "{% extends ");
  await page.waitForFunction(() => document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay"));
  assert.match(await bar(), /1 problem/);
  assert.match(await page.evaluate(() => document.body.innerText), /own template/);
  await site.put("templates/page.html", "{{ page.no.such.thing }}");
  await page.waitForFunction(() => /page\.html|no/.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay")?.textContent ?? ""));
  await site.put("templates/page.html", '{% extends "theme/page.html" %}{% block content %}<p>better template</p>{{ super() }}{% endblock content %}');
  await seen("better template");
  await page.waitForFunction(() => !document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay"));
  assert.ok(await unbroken());
});

test("style sheets of the site and of the theme are swapped in place", async () => {
  await open("red");
  const colour = (wanted) => page.waitForFunction((wanted) => getComputedStyle(document.querySelector("h1")).color === wanted, wanted);
  await colour("rgb(1, 2, 3)");
  await site.put("static/own.css", "h1 { color: rgb(4, 5, 6); }\n");
  await colour("rgb(4, 5, 6)");
  await site.put("static/own.css", "h1 { color: rgb(7, 8, 9); }\n");
  await colour("rgb(7, 8, 9)");
  const printed = () => page.evaluate(() => document.querySelector("link[media=print]").getAttribute("href"));
  const before = await printed();
  await site.put("templates/print.css", "h1 { background: rgb(9, 9, 9); } @media screen { h1 { color: rgb(1, 1, 1) !important; } }\n");
  await page.waitForFunction((before) => ![...document.querySelectorAll("link[rel=stylesheet]")].some((link) => link.getAttribute("href") === before), before);
  await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 4);
  assert.ok(await unbroken());
});

test("a style sheet that is saved before a page listens is swapped all the same", async () => {
  // The page's channel opens only when it is told to: what is saved meanwhile, nobody tells it as it happens.
  await page.addInitScript(() => {
    const Real = window.WebSocket;
    window.WebSocket = function (...words) {
      const late = new Promise((resolve) => { window.listenNow = resolve; });
      const stand = {};
      late.then(() => { const socket = new Real(...words); Object.assign(socket, stand); });
      return stand;
    };
  });
  await page.goto(preview.address + "red");
  await site.put("static/own.css", "h1 { color: rgb(10, 11, 12); }\n");
  await site.put("content/red.md", start["content/red.md"].replace("Red.", "Redder."));
  await page.waitForFunction(async () => (await (await fetch("/red", { cache: "no-store" })).text()).includes("Redder."));
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("h1")).color), "rgb(1, 2, 3)");
  await page.evaluate(() => window.listenNow());
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(10, 11, 12)");
});

test("the configuration", async () => {
  await open("red");
  await site.put("book.toml", start["book.toml"].replace("Book", "Renamed"));
  await seen("Renamed");
  assert.match(await page.title(), /Renamed/);
  await site.put("book.toml", '[site]\ntitel = "x"\n');
  await page.waitForFunction(() => /titel/.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay")?.textContent ?? ""));
  await site.put("book.toml", start["book.toml"].replace("Book", "Again"));
  await seen("Again");
  await page.waitForFunction(() => !document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay"));
  assert.ok(await unbroken());
});

test("a page that is moved is followed", async () => {
  await open("red");
  await rename(path.join(site.root, "content/red.md"), path.join(site.root, "content/crimson.md"));
  await page.waitForURL("**/crimson");
  await site.put("content/crimson.md", start["content/red.md"].replace("Red.", "Crimson words."));
  await seen("Crimson words.");
  await site.put("content/crimson.md", start["content/red.md"].replace("tags", "slug: /scarlet\ntags"));
  await page.waitForURL("**/scarlet");
  assert.ok(await unbroken());
});

test("a page that is gone stays in view, and comes back", async () => {
  await open("red");
  await rename(path.join(site.root, "content/red.md"), path.join(site.root, "red.md"));
  await page.waitForFunction(() => /no page/.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay")?.textContent ?? ""));
  assert.match(await page.evaluate(() => document.body.innerText), /Red\./);
  await site.put("content/red.md", start["content/red.md"].replace("Red.", "Back again."));
  await seen("Back again.");
  assert.equal(await overlay(), "");
  assert.ok(await unbroken());
});

test("a script that changes needs a reload, and gets it", async () => {
  await site.put("static/own.js", "window.told = 'one';");
  await site.put("content/scripted.md", "# Scripted\n\n<script src=\"/own.js\"></script>\n");
  await page.waitForTimeout(200);
  await open("scripted");
  assert.equal(await page.evaluate(() => window.told), "one");
  await site.put("static/own.js", "window.told = 'two';");
  await page.waitForFunction(() => window.told === "two");
});

test("the panel tells of the page in view", async () => {
  await open("red");
  await page.locator("bokworm-preview .of-page").click();
  const text = () => page.evaluate(() => document.querySelector("bokworm-preview").shadowRoot.querySelector(".sheet").innerText);
  await page.waitForFunction(() => /red\.md/.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".sheet")?.innerText ?? ""));
  assert.match(await text(), /1 word/);
  assert.match(await text(), /Tags\s+red/);
  assert.match(await text(), /In the lists of\s+Home/);
  await site.put("content/other.md", start["content/other.md"] + "\n[to red](red.md)\n");
  await page.waitForFunction(() => /Linked from\s+Other page/.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".sheet").innerText));
});

test("the preview works under the strictest policy that a site can have", async () => {
  await site.put("templates/page.html", '{% extends "theme/page.html" %}{% block head %}<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src \'self\'; style-src \'self\'; img-src \'self\'; font-src \'self\'; connect-src \'self\'; base-uri \'none\'">{% endblock head %}');
  const complaints = [];
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  await page.waitForTimeout(200);
  await open("red");
  await site.put("content/red.md", start["content/red.md"].replace("Red.", "Under a policy."));
  await seen("Under a policy.");
  assert.deepEqual(complaints, []);
  assert.ok(await unbroken());
  assert.match(await bar(), /No findings|note|warning/);
});

test("when the preview ends, it says so, and catches up when it is back", async () => {
  await open("red");
  const port = new URL(preview.address).port;
  await preview.end();
  await page.waitForFunction(() => /ended/.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".of-findings").textContent));
  await site.put("content/red.md", start["content/red.md"].replace("Red.", "Meanwhile."));
  preview = await serve(site.root, "--port", port);
  await seen("Meanwhile.");
  assert.ok(await unbroken());
});

test("a part that can't be shown is told of, and mended without a reload", async () => {
  await open("other");
  await site.put("templates/components/Share.html", "{% component Share(of, by) %}{{ of / by }} each{% endcomponent Share %}");
  await site.put("content/other.md", start["content/other.md"] + "\n<Share of={6} by={0} />\n");
  await seen("This part could not be shown.");
  await page.waitForFunction(() => /other\.md:8:1.*divide by 0/s.test(document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay")?.textContent ?? ""));
  assert.match(await bar(), /1 problem/);
  await site.put("content/other.md", start["content/other.md"] + "\n<Share of={6} by={2} />\n");
  await seen("each");
  await page.waitForFunction(() => !document.querySelector("bokworm-preview").shadowRoot.querySelector(".overlay"));
  assert.ok(await unbroken());
});
