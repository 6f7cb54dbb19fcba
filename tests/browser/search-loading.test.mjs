// How the search box comes to be in real Chromium: from a folder, below a base path, while someone types already, and
// what of the index it loads.
import assert from "node:assert/strict";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ask, build, close, host, open, visit as visitWith } from "./search-support.mjs";
import { browse, project } from "./support.mjs";

const files = {
  "book.toml": "",
  "content/index.md": "# Home\n\nWelcome.\n",
  "content/Guides/Licences.md": "---\ntitle: Choosing a licence\ntags: [Legal (Role)]\n---\n\nWords before.\n\n## Obligations of the Copyleft family\n\nSharing.\n",
  "content/Guides/Policy.md": "---\ntitle: Policies\n---\n\nSome text with a licence.\n",
};

let browser, site, server;
const visit = (address, options) => visitWith(browser, address, options);
before(async () => {
  browser = await browse();
  site = await project(files);
  build(site.root);
  server = await host(path.join(site.root, "public"));
});
after(async () => { await browser.close(); server.end(); await site.remove(); });

test("letters that are typed while the box is loading stand in it, and Escape calls it off", async () => {
  for (const [opener, keys, expected] of [["Control+k", "copyl", "copyleft"], ["/", "a/b ", "a/b eft"]]) {
    const page = await visit(server.address);
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(/assets\/search\..*js$/, async (route) => { await held; await route.continue(); });
    await page.keyboard.press(opener);
    await page.keyboard.type(keys);
    assert.equal(await page.$("dialog[open]"), null);
    release();
    await page.waitForSelector("dialog[open] #search-field:focus");
    await page.keyboard.type("eft");
    assert.equal(await page.inputValue("#search-field"), expected);
    await page.keyboard.press("Escape");
    assert.equal(await page.$$eval("body > input", (left) => left.length), 0);
    await close(page);
  }
  const page = await visit(server.address);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(/assets\/search\..*js$/, async (route) => { await held; await route.continue(); });
  await page.focus(".brand");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("copy");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.className), "brand");
  release();
  await page.waitForFunction(() => window.bokwormSearch?.open);
  assert.equal(await page.$("dialog[open]"), null);
  await page.keyboard.press("Control+k");
  await page.waitForSelector("dialog[open] #search-field:focus");
  assert.equal(await page.inputValue("#search-field"), "");
  await close(page);
});

test("what begins alike in more parts than are loaded is found, and what stands in several parts is counted once", async () => {
  const words = (at) => Array.from({ length: 400 }, (_, place) => `prefix${String(at * 400 + place).padStart(5, "0")}`);
  const wide = { "book.toml": "", "content/index.md": "# Home\n" };
  for (let at = 0; at < 150; at++) wide[`content/p${at}.md`] = `---\ntitle: Page ${at}\n---\n\n${words(at).join(" ")}\n\n${"## Gathering\n\nit\n\n".repeat(150)}`;
  wide["content/q.md"] = "---\ntitle: The prefixes\n---\n\nprefixz prefixz\n";
  const { root, remove } = await project(wide);
  build(root);
  const far = await host(path.join(root, "public"));
  try {
    const page = await visit(far.address);
    await open(page);
    const parts = path.join(root, "public/search");
    const sizes = await Promise.all((await readdir(parts)).map(async (name) => [name, (await stat(path.join(parts, name))).size]));
    assert.ok(sizes.filter(([name]) => name.startsWith("w")).length > 40);
    assert.deepEqual(sizes.filter(([, size]) => size > 70_000), [], "every part has a limit");
    far.asked.length = 0;
    assert.equal((await ask(page, "prefix"))[0], "The prefixes");
    const asked = far.asked.filter((asked) => /search\/[wvh]/.test(asked));
    assert.ok(asked.length <= 16, `${asked.length} parts for one prefix`);
    for (const at of [0, 77, 149]) assert.deepEqual(await ask(page, words(at)[200]), [`Page ${at}`]);
    assert.equal((await ask(page, "prefixz"))[0], "The prefixes");
    await ask(page, "gathering");
    assert.match(await page.textContent(".search-status"), /^150 pages found/);
    await close(page);
  } finally {
    far.end();
    await remove();
  }
});

test("it works from a folder, without a server", async () => {
  const page = await visit(pathToFileURL(path.join(site.root, "public/Guides/Policy/index.html")).href);
  await open(page);
  assert.equal((await ask(page, "copyleft"))[0], "Choosing a licence");
  await page.keyboard.press("Enter");
  await page.waitForURL(/public\/Guides\/Licences\/index\.html#obligations/);
  // Files have no origin, so that no page of a folder may load a typeface ahead: that of the machine stands for it. Nor can a
  // page take back what the browser told of a fade that it gave up before the page's first script ran.
  const browsers = [/woff2' from origin 'null'/, /net::ERR_FAILED$/, /^InvalidStateError: Transition was aborted .* Page already revealed$/];
  page.wrong = page.wrong.filter((told) => !browsers.some((own) => own.test(told)));
  await close(page);
});

test("it works below a base path, and asks for nothing elsewhere", async () => {
  const out = path.join(site.root, "below");
  build(site.root, "--base-url", "https://example.org/hand/book/", "--out", out);
  const below = await host(out, "/hand/book/");
  const page = await visit(below.address + "Guides/Policy/");
  await open(page);
  assert.equal((await ask(page, "copyleft"))[0], "Choosing a licence");
  await page.keyboard.press("Enter");
  await page.waitForURL(/hand\/book\/Guides\/Licences\/#obligations/);
  assert.ok(below.asked.every((asked) => asked.startsWith("/hand/book/") || asked === "/favicon.ico"), below.asked.join());
  await close(page);
  below.end();
});

test("nothing of search is loaded before it is opened, and without scripts its link leads to the tags", async () => {
  server.asked.length = 0;
  const page = await visit(server.address);
  assert.deepEqual(server.asked.filter((asked) => asked.includes("search")), []);
  await close(page);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(server.address);
  await plain.click("a.search");
  assert.equal(new URL(plain.url()).pathname, "/tags/");
  await context.close();
});
