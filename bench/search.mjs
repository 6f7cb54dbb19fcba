// What a reader waits for and loads: for some queries, on a built site, over HTTP and from its folder, in real Chromium.
//
//     node bench/search.mjs FOLDER QUERY...
//
// Each query is asked in a browser that has loaded nothing before, in one go, as if pasted. It prints, as rows of a table,
// the files and bytes that came for it after the box itself (as they are, and as gzip makes them), the milliseconds from
// the query to the first result on the page, and what the box says.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { host, visit } from "../tests/browser/search-support.mjs";
import { browse } from "../tests/browser/support.mjs";

const [folder, ...queries] = process.argv.slice(2);
const browser = await browse();
const server = await host(folder);
const fileOf = (address) => path.join(folder, decodeURIComponent(address.startsWith("file:") ? path.relative(path.resolve(folder), fileURLToPath(address.split("?")[0])) : new URL(address).pathname));
const weigh = (asked) => {
  const files = [...new Set(asked)].map((address) => readFileSync(fileOf(address)));
  const kilo = (bytes) => (bytes / 1000).toFixed(1);
  return [files.length, kilo(files.reduce((sum, file) => sum + file.length, 0)), kilo(files.reduce((sum, file) => sum + gzipSync(file).length, 0))];
};

const measure = async (start, query) => {
  const context = await browser.newContext();
  const asked = [];
  const page = await visit(context, start);
  page.on("request", (request) => { if (/search/.test(request.url())) asked.push(request.url()); });
  await page.keyboard.press("Control+k");
  await page.waitForSelector("dialog[open] #search-field:focus");
  await page.evaluate(() => window.bokwormSearch.start());
  const box = asked.splice(0);
  const time = await page.evaluate((query) => new Promise((resolve) => {
    const from = performance.now();
    const done = () => resolve(performance.now() - from);
    const watch = new MutationObserver(() => { if (document.querySelector("[role=option]") || document.querySelector(".search-status").textContent) { watch.disconnect(); done(); } });
    watch.observe(document.querySelector("dialog"), { childList: true, subtree: true, characterData: true });
    const field = document.querySelector("#search-field");
    field.value = query;
    field.dispatchEvent(new Event("input"));
  }), query);
  await page.waitForFunction(() => document.querySelector(".search-status").textContent);
  const said = await page.textContent(".search-status");
  await context.close();
  return { box: weigh(box), parts: weigh(asked), time, said };
};

for (const [way, start] of [["http", server.address], ["file", pathToFileURL(path.join(folder, "index.html")).href]]) {
  await measure(start, queries[0]);
  for (const [at, query] of queries.entries()) {
    const { box, parts, time, said } = await measure(start, query);
    if (at === 0) console.log(`${way}: the box itself, with index.js: ${box[0]} files, ${box[1]} kB, ${box[2]} kB gzip`);
    console.log(`| ${way} | \`${query}\` | ${parts[0]} | ${parts[1]} | ${parts[2]} | ${time.toFixed(0)} | ${said} |`);
  }
}
await browser.close();
server.end();
