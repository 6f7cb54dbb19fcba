// The page for addresses at which there is none, in Chromium under the strict policy: what it offers, wherever it is served.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, visit } from "./search-support.mjs";
import { browse, project, violations } from "./support.mjs";

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'";
const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
const base = "/book/of/it/";
let browser, files, server, address;

before(async () => {
  files = await project({
    "book.toml": `[site]\ntitle = "Handbook"\nbase_path = "${base}"\nlanguage = "en"\n[languages.de]\nlabel = "Deutsch"\n`,
    "content/index.md": "# Home\n\nWelcome.\n",
    "content/tools/software-inventory.md": "---\ndescription: What we use.\n---\n# Software inventory\n\nA list.\n",
    "content/people/teams.md": "# Teams\n\nWho works here, and where the inventory is.\n",
    "content/tools/teams.md": "# The tools of teams\n\nHammers.\n",
    "content.de/index.md": "# Anfang\n\nWillkommen.\n",
  });
  build(files.root, "--out", path.join(files.root, "site"));
  server = createServer(async (request, response) => {
    const send = async (status, file) => {
      const bytes = await readFile(path.join(files.root, "site", file));
      response.writeHead(status, { "Content-Type": (types[file.split(".").at(-1)] ?? "text/plain") + "; charset=utf-8", "Content-Security-Policy": policy }).end(bytes);
    };
    try {
      const name = decodeURIComponent(new URL(request.url, "http://x").pathname).slice(base.length);
      await send(200, name === "" || name.endsWith("/") ? name + "index.html" : name);
    } catch { await send(404, "404.html"); }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${server.address().port}${base}`;
  browser = await browse();
});
after(async () => { await browser?.close(); server?.closeAllConnections(); server?.close(); await files?.remove(); });

const offered = async (at, wait = true) => {
  const page = await visit(browser, address + at);
  page.wrong.splice(0, page.wrong.length, ...page.wrong.filter((what) => !/404 \(Not Found\)/.test(what)));
  if (wait) await page.waitForSelector("[data-likely]:not([hidden])");
  else await page.waitForFunction(() => window.bokwormSearch?.find).then(() => page.waitForTimeout(300));
  const found = await page.$$eval("[data-likely] a", (links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(page.wrong, []);
  return [page, found];
};

test("an address with a slip leads to the page that it means, at any depth", async () => {
  for (const at of ["software-inventory", "tools/Software_Inventory.html", "a/b/c/SoftwareInventory", "tools/software-inventry/", "tools/SOFTWARE%20INVENTORY.md", "tools/software-inventory/more/"]) {
    const [page, found] = await offered(at);
    assert.equal(found[0], base + "tools/software-inventory/", at);
    await page.click("[data-likely] a");
    await page.waitForSelector("text=A list.");
    await page.close();
  }
});

test("of two names that are alike, the one in the same folder comes first", async () => {
  for (const folder of ["people", "tools"]) {
    const [page, found] = await offered(folder + "/team");
    assert.equal(found[0], `${base}${folder}/teams/`);
    await page.close();
  }
});

test("nothing is offered where nothing is likely, and nothing breaks", async () => {
  for (const at of ["zzyzx", "%E0%A4%A", "%3Cimg%20src=x%20onerror=alert(1)%3E", "404.html"]) {
    const [page, found] = await offered(at, false);
    assert.deepEqual(found, [], at);
    assert.ok(await page.$eval("[data-likely]", (place) => place.hidden));
    await page.close();
  }
});

test("the box opens on it once, and axe finds nothing", async () => {
  const [page] = await offered("tools/team");
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+k");
  await page.waitForSelector("dialog.search-box[open]");
  assert.equal(await page.locator("dialog.search-box").count(), 1);
  assert.equal(await page.evaluate(() => document.querySelectorAll('link[href*="search"]').length), 1);
  await page.close();
});

test("without scripts the page is as it was", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address + "tools/team");
  assert.ok(await page.isHidden("[data-likely]"));
  assert.equal(await page.locator("main a, article a").count() >= 2, true);
  await context.close();
});
