// What opens and shows itself while somebody reads: large pictures, notes beside their references, the menu and the contents on
// a phone. Under the strict policy, with the keyboard, without a script; and axe finds nothing in any of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { browse, program, project, serve, violations } from "./support.mjs";

const drawing = (width, height) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle cx="${width / 2}" cy="${height / 2}" r="${height / 3}" fill="none" stroke="#000" stroke-width="9"/></svg>`;
const filler = "Somebody reads this, and goes on reading, since there is more of it below.\n\n".repeat(12);
const text = `# Reading

Said somewhere[^where], as an <abbr title="Open source program office">OSPO</abbr> does.

![A large ring](large.svg)

![A small ring](small.svg) [![A ring that leads on](large.svg)](other.md) ![](large.svg)

## First

${filler}

## Second

${filler}

| One | Two | Three | Four | Five | Six |
| --- | --- | --- | --- | --- | --- |
${`| ${"some words of a cell ".repeat(3)} `.repeat(6)}|

| A | B |
| --- | --- |
| 1 | 2 |

\`\`\`toml ins={1} del={2}
${"long = ".repeat(60)}
short = 1
\`\`\`

[^where]: In *the* [other page](other.md).
`;

let browser, book, server, address, withHeaders = true, asked = [];

/** What `_headers` says of an address: every path that it names stands for itself, or ends in `*`. */
function headersOf(rules, at) {
  const said = {};
  let isMeant = false;
  for (const line of rules.split("\n")) {
    if (/^\S/.test(line)) isMeant = line.endsWith("*") ? at.startsWith(line.slice(0, -1)) : at === line;
    else if (isMeant && line.trim()) said[line.trim().split(": ")[0].toLowerCase()] = line.trim().split(": ").slice(1).join(": ");
  }
  return said;
}

before(async () => {
  book = await project({
    "book.toml": '[site]\ntitle = "Book"\nurl = "https://book.example"\n',
    "content/index.md": text,
    "content/other.md": "# Other\n\n## One\n\nWords.\n\n## Two\n\nWords.\n",
    "content/large.svg": drawing(1600, 900),
    "content/small.svg": drawing(200, 100),
  });
  await promisify(execFile)(program, ["-C", book.root, "build", "--quiet", "--out", path.join(book.root, "out")]);
  const rules = await readFile(path.join(book.root, "out/_headers"), "utf8");
  const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", woff2: "font/woff2", json: "application/json" };
  server = createServer(async (request, response) => {
    asked.push({ at: request.url, purpose: request.headers["sec-purpose"], mode: request.headers["sec-fetch-mode"] });
    const { pathname } = new URL(request.url, "http://x");
    const said = headersOf(rules, pathname);
    if (!withHeaders) delete said["speculation-rules"];
    const wanted = decodeURIComponent(pathname).slice(1) || "index.html";
    for (const name of [wanted, `${wanted}.html`, path.join(wanted, "index.html")]) {
      try {
        const bytes = await readFile(path.join(book.root, "out", name));
        response.writeHead(200, { "content-type": types[name.split(".").pop()] ?? "text/plain", ...said });
        return response.end(bytes);
      } catch { /* the next name */ }
    }
    response.writeHead(404).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${server.address().port}/`;
  browser = await browse();
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await book?.remove();
});

/** A page under the site's own policy, and what its console says; axe needs one without the policy. */
async function open({ at = "", width = 1280, axe = false, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: axe, reducedMotion: "reduce", ...more });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => { if (message.type() === "error") said.push(message.text()); });
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(address + at, { waitUntil: "networkidle" });
  return { page, said, end: () => context.close() };
}

const scripts = (page) => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\/more\./.test(name)).length);

test("a picture that is shown smaller opens large, by mouse and keyboard, and the focus comes back", async () => {
  const { page, said, end } = await open();
  assert.equal(await scripts(page), 0, "its script waits for a reader");
  assert.equal(await page.locator(".enlarge").count(), 1, "no small one, none that leads on, none that says nothing");
  const picture = page.getByRole("button", { name: "A large ring" });
  const before = (await picture.boundingBox()).width;
  await picture.click();
  const dialog = page.getByRole("dialog", { name: "A large ring" });
  await dialog.waitFor();
  assert.ok((await dialog.locator("img").boundingBox()).width > before * 1.2);
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Close");
  await page.keyboard.press("Escape");
  assert.equal(await dialog.isVisible(), false);
  assert.equal(await picture.evaluate((button) => button === document.activeElement), true);
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Close" }).click();
  assert.equal(await dialog.isVisible(), false);
  await page.keyboard.press("Enter");
  await dialog.locator("img").click();
  assert.equal(await dialog.isVisible(), false);
  assert.equal(await scripts(page), 1);
  assert.deepEqual(said, []);
  await end();
});

test("a footnote is shown beside its reference, stays while it is pointed at, and Escape takes it away", async () => {
  const { page, said, end } = await open();
  const reference = page.locator(".footnote-ref a");
  await reference.hover();
  const card = page.getByRole("tooltip");
  await card.waitFor();
  assert.equal((await card.textContent()).trim(), "In the other page.");
  assert.equal(await reference.getAttribute("aria-describedby"), await card.getAttribute("id"));
  assert.equal(await page.locator("[id='fn-1']").count(), 1, "no id twice");
  await card.hover();
  await page.waitForTimeout(400);
  assert.equal(await card.isVisible(), true, "a pointer may come into it");
  await page.keyboard.press("Escape");
  assert.equal(await card.count(), 0);
  assert.equal(await reference.getAttribute("aria-describedby"), null);
  await page.mouse.move(600, 700);
  await reference.hover();
  await card.waitFor();
  await page.mouse.move(600, 700);
  await card.waitFor({ state: "detached" });
  await reference.click();
  assert.equal(await page.evaluate(() => location.hash), "#fn-1", "who follows it arrives");
  assert.equal(await card.count(), 0);
  assert.deepEqual(said, []);
  await end();
});

test("a term says what it stands for, to the keyboard and to a finger", async () => {
  const { page, said, end } = await open();
  const term = page.locator("abbr");
  const card = page.getByRole("tooltip");
  for (let steps = 0; steps < 40 && !await term.evaluate((term) => term === document.activeElement); steps++) await page.keyboard.press("Tab");
  await card.waitFor();
  assert.equal(await card.textContent(), "Open source program office");
  assert.equal(await term.getAttribute("title"), null, "not told twice");
  await page.keyboard.press("Tab");
  await card.waitFor({ state: "detached" });
  assert.equal(await term.getAttribute("title"), "Open source program office");
  assert.deepEqual(said, []);
  await end();
  const phone = await open({ width: 390, hasTouch: true });
  await phone.page.locator("abbr").tap();
  const { x, width } = await phone.page.getByRole("tooltip").boundingBox();
  assert.ok(x >= 0 && x + width <= 390);
  await phone.end();
});

test("the menu of a phone holds the focus while it covers the page, and gives it back", async () => {
  const { page, said, end } = await open({ width: 390 });
  const button = page.locator(".menu-button");
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("main").inert);
  assert.equal(await page.evaluate(() => document.activeElement.closest("#menu") !== null), true, "it begins in the menu");
  const visited = new Set();
  for (let steps = 0; steps < 12; steps++) {
    await page.keyboard.press("Tab");
    visited.add(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("#menu") !== null));
  }
  assert.deepEqual([...visited], [true]);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.className.includes("menu-button")), true);
  assert.equal(await page.evaluate(() => document.querySelectorAll("[inert]").length), 0);
  await button.click();
  await page.mouse.click(380, 700);
  await page.waitForFunction(() => !document.querySelector("[inert]"));
  assert.deepEqual(said, []);
  await end();
});

test("on a phone the contents stay at hand, and lead to headings that can be seen", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, end } = await open({ width: 390, javaScriptEnabled });
    await page.mouse.wheel(0, 1500);
    await page.waitForTimeout(200);
    const contents = page.locator(".toc-narrow");
    const { y } = await contents.boundingBox();
    assert.ok(y > 0 && y < 120, `${y}`);
    const bar = await page.locator(".bar").boundingBox();
    assert.ok(y <= bar.y + bar.height, `no text shows between the bar and the contents: ${y} ${JSON.stringify(bar)}`);
    await contents.locator("summary").click();
    await contents.getByRole("link", { name: "Second" }).click();
    await page.waitForTimeout(200);
    const heading = (await page.locator("h2#second").boundingBox()).y;
    assert.ok(heading > y + 40 && heading < 700, `${heading}`);
    assert.equal(await contents.evaluate((details) => details.open), !javaScriptEnabled);
    await end();
  }
});

test("on a wide screen what needs room is wider than the text, and nothing else is", async () => {
  const { page, end } = await open({ width: 1920 });
  const widths = await page.evaluate(() => Object.fromEntries(Object.entries({
    text: ".prose > p", wide: ".table-wrap", small: ".table-wrap ~ .table-wrap", code: "figure.code", main: "main",
  }).map(([name, selector]) => [name, Math.round(document.querySelector(selector).getBoundingClientRect().width)])));
  assert.ok(widths.wide > widths.text + 100 && widths.wide <= widths.main, JSON.stringify(widths));
  assert.ok(widths.code > widths.text + 100 && widths.code <= widths.main, JSON.stringify(widths));
  assert.equal(widths.small, widths.text);
  assert.deepEqual(await page.locator(".line").evaluateAll((lines) => lines.map((line) => [line.className, getComputedStyle(line, "::after").content.slice(1, 2)])), [["line inserted", "+"], ["line deleted", "−"]]);
  await end();
  const phone = await open({ width: 320 });
  assert.equal(await phone.page.evaluate(() => document.documentElement.scrollWidth), 320);
  await phone.end();
});

const until = async (found) => {
  for (let waited = 0; waited < 60 && !found(); waited++) await new Promise((after) => setTimeout(after, 50));
  return found();
};

test("the page of a link that is pointed at is asked for ahead, by the host's rules or without them", async () => {
  for (withHeaders of [true, false]) {
    const { page, said, end } = await open();
    await page.waitForTimeout(200);
    asked.length = 0;
    await page.locator(".sidebar").getByRole("link", { name: "Other" }).hover();
    const ahead = () => asked.filter(({ at, purpose, mode }) => at.startsWith("/other") && (withHeaders ? purpose?.startsWith("prefetch") : mode === "cors")).length;
    assert.equal(await until(ahead), 1, JSON.stringify([withHeaders, asked]));
    asked.length = 0;
    // By a host's rules, a browser may ask for the page that it has, if that is pointed at for a fifth of a second.
    if (!withHeaders) {
      await page.locator(".sidebar").getByRole("link", { name: "Reading" }).hover();
      await page.waitForTimeout(500);
    }
    await page.evaluate(() => {
      const link = Object.assign(document.createElement("a"), { href: "large.svg", textContent: "file" });
      document.querySelector("main").prepend(link);
    });
    await page.getByRole("link", { name: "file", exact: true }).hover();
    await page.waitForTimeout(500);
    assert.deepEqual(asked.filter(({ at }) => !at.includes("/assets/")), [], "no file, and not the page itself");
    assert.deepEqual(said, []);
    await end();
  }
  withHeaders = true;
});

test("a preview asks for nothing ahead", async () => {
  const preview = await serve(book.root);
  const page = await browser.newPage();
  const heard = [];
  page.on("request", (request) => heard.push(request.url()));
  await page.goto(preview.address, { waitUntil: "networkidle" });
  await page.locator(".sidebar").getByRole("link", { name: "Other" }).hover();
  await page.waitForTimeout(600);
  assert.ok(heard.some((url) => /more\./.test(url)));
  assert.deepEqual(heard.filter((url) => /other\/?$/.test(url)), []);
  await page.close();
  await preview.end();
});

test("axe finds nothing in any of it", async () => {
  const wrong = [];
  const states = {
    picture: [1280, async (page) => { await page.locator(".enlarge").click(); await page.locator("dialog[open]").waitFor(); }],
    note: [1280, async (page) => { await page.locator(".footnote-ref a").hover(); await page.locator(".note-card").waitFor(); }],
    menu: [390, async (page) => { await page.locator(".menu-button").click(); await page.locator("main[inert]").waitFor(); }],
    contents: [390, async (page) => { await page.mouse.wheel(0, 1000); await page.locator(".toc-narrow summary").click(); }],
  };
  for (const colorScheme of ["light", "dark"]) for (const [name, [width, act]] of Object.entries(states)) {
    const { page, end } = await open({ width, colorScheme, axe: true });
    await act(page);
    wrong.push(...(await violations(page)).map((told) => `${name} ${colorScheme}: ${told}`));
    await end();
  }
  assert.deepEqual(wrong, []);
});
