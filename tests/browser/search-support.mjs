// What the tests of the search box share: a host for a site, and a box to ask.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { program } from "./support.mjs";

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'";
const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

/** What makes a page as long as most are: in a text of one sentence, each word tells as much as a heading. */
export const ordinary = "\n\n" + "Seven grey herons stood along the river, and none of them moved until noon. ".repeat(24);

/** Builds a project. */
export const build = (root, ...more) => execFileSync(program, ["build", "--quiet", ...more], { cwd: root, stdio: "ignore" });
/** A host that serves `a` as `a.html` below a path, with the policy, and tells what was asked for. */
export const host = async (folder, base = "/") => {
  const asked = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://x");
    asked.push(pathname);
    let name = decodeURIComponent(pathname.slice(base.length - 1));
    if (name.endsWith("/")) name += "index.html";
    else if (!/\.\w+$/.test(name)) name += ".html";
    try {
      if (!pathname.startsWith(base)) throw new Error("outside the base path");
      const bytes = await readFile(path.join(folder, name));
      response.writeHead(200, { "Content-Type": (types[name.split(".").at(-1)] ?? "text/plain") + "; charset=utf-8", "Content-Security-Policy": policy });
      response.end(bytes);
    } catch { response.writeHead(404); response.end(); }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { address: `http://127.0.0.1:${server.address().port}${base}`, asked, end: () => { server.closeAllConnections(); server.close(); } };
};

/** A page with everything that went wrong on it. */
export const visit = async (browser, address, options = {}) => {
  const page = await browser.newPage(options);
  page.wrong = [];
  page.on("pageerror", (error) => page.wrong.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error" && !/favicon/.test(message.text())) page.wrong.push(message.text()); });
  page.on("dialog", (dialog) => { page.wrong.push("alert"); dialog.dismiss(); });
  await page.goto(address);
  return page;
};
/** Opens the box. */
export const open = async (page) => {
  await page.keyboard.press("Control+k");
  await page.waitForFunction(() => window.bokwormSearch?.find && document.querySelector("dialog.search-box")?.open);
};
/** Types a query; the titles that are found. */
export const ask = async (page, query) => {
  await page.fill("#search-field", "");
  await page.waitForFunction(() => document.querySelector(".search-status").textContent === "");
  await page.fill("#search-field", query);
  await page.waitForFunction(() => document.querySelector(".search-status").textContent !== "");
  return page.$$eval("[role=option]", (options) => options.map((option) => option.querySelector(".search-title").textContent));
};
/** Ends with a page on which nothing may have gone wrong. */
export const close = async (page) => { assert.deepEqual(page.wrong, []); await page.close(); };
