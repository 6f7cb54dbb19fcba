// The project's own site, built and opened in Chromium: nothing fails to load, nothing is asked of other hosts,
// it reads without a script and on a phone, and axe finds nothing.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { readFile, readdir, rm, mkdtemp, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { after, before, test } from "node:test";
import { browse, program } from "./support.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; media-src 'self'";
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".webm": "video/webm" };

let browser, server, out, address, pages;

before(async () => {
  out = await mkdtemp(path.join(await realpath(tmpdir()), "bokworm-site-"));
  await promisify(execFile)(program, ["-C", root, "build", "--quiet", "--out", path.join(out, "site")]);
  const files = await readdir(path.join(out, "site"), { recursive: true });
  pages = files.filter((file) => file.endsWith(".html")).sort();
  server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://x").pathname).slice(1);
    for (const name of [asked, `${asked}.html`, path.join(asked, "index.html")]) {
      try {
        const bytes = await readFile(path.join(out, "site", name));
        response.writeHead(200, { "content-type": types[path.extname(name)] ?? "application/octet-stream", "content-security-policy": policy });
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
  server?.close();
  if (out) await rm(out, { recursive: true, force: true });
});

const route = (file) => address + file.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "");

test("every page loads all that it asks for, from its own host, under a strict policy", async () => {
  const page = await browser.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`${page.url()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(address) || wrong.push(`${page.url()} asks ${request.url()}`));
  page.on("response", (response) => response.status() < 400 || wrong.push(`${response.url()} ${response.status()}`));
  assert.ok(pages.length > 60, `${pages.length} pages`);
  for (const file of pages) await page.goto(route(file));
  assert.deepEqual(wrong, []);
  await page.close();
});

test("axe finds nothing, in light and dark, narrow and wide", async () => {
  const sample = ["index.html", "Model/Level-2.html", "Activities/Level-2/Inventory.html", "Contributing/Components.html", "Training.html", "tags.html", "tags/developer-role.html", "404.html"];
  const wrong = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 1280]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      for (const file of sample) {
        assert.ok(pages.includes(file), `${file} is published`);
        await page.goto(route(file));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run());
        wrong.push(...violations.map(({ id, nodes }) => `${file} ${colorScheme} ${width}: ${id} ${nodes[0].target}`));
      }
      await context.close();
    }
  }
  assert.deepEqual(wrong, []);
});

test("no page scrolls sideways on a phone", async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  const wide = [];
  for (const file of pages) {
    await page.goto(route(file));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 320) wide.push(`${file}: ${width}`);
  }
  assert.deepEqual(wide, []);
  await page.close();
});

test("without a script the menu opens, sections open, tabs change and links lead on", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await page.goto(route("Model/Level-1.html"));
  const menu = page.locator("nav.sidebar");
  assert.equal(await menu.isVisible(), false);
  await page.locator(".menu-button").click();
  assert.equal(await menu.isVisible(), true);
  await menu.getByRole("link", { name: "Roles" }).click();
  assert.match(page.url(), /\/Roles$/);
  await page.goto(route("Contributing/Components.html"));
  const tabs = page.locator(".tabs").first();
  const panels = tabs.locator(".tab-panel");
  assert.equal(await panels.nth(1).isVisible(), false);
  await tabs.locator("label.tab").nth(1).click();
  assert.equal(await panels.nth(1).isVisible(), true);
  await context.close();
});

test("a list holds what its query finds, each entry leading to its page", async () => {
  const page = await browser.newPage();
  await page.goto(route("Model/Level-2.html"));
  const links = page.locator(".bok-tag-list a");
  assert.ok(await links.count() >= 5);
  const title = (await links.first().innerText()).trim();
  await links.first().click();
  assert.equal((await page.locator("h1").innerText()).trim(), title);
  await page.close();
});
