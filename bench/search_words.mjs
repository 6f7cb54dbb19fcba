// Whether readers find what they mean: queries whose answers are known, asked of our box and of Pagefind on the same built
// pages, in real Chromium.
//
//     node bench/search_words.mjs [--sites FOLDER] [--pagefind PROGRAM] [--only osr|ospo-book] [--all] [LIST…]
//
// It builds the two bodies of knowledge of `../shared/corpora` into FOLDER (or takes what an earlier run left there), asks
// the queries of `bench/search/` (or of the lists named: `osr-second`, or a file of OSR's addresses), and prints how many have one of their answers at the first place and among the first
// three, by kind of query, and each query that doesn't. Pagefind is the extended program of PyPI's `pagefind_bin_extended`
// or npm's `@pagefind/…`; without it, only ours is asked. `BOKWORM` names another program, `CHROMIUM` another browser.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { browse, program } from "../tests/browser/support.mjs";

const repository = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const { values: options, positionals: named } = parseArgs({ allowPositionals: true, options: { sites: { type: "string" }, pagefind: { type: "string" }, only: { type: "string" }, corpora: { type: "string", default: path.join(repository, "../shared/corpora") }, all: { type: "boolean" } } });
const folder = path.resolve(options.sites ?? mkdtempSync(path.join(tmpdir(), "bokworm-")));

const bodies = [
  { name: "osr", source: "osr/docs", more: ["--static", path.join(options.corpora, "osr/static")], config: "examples/finos-osr/book.toml", start: () => "/docs/about" },
  { name: "ospo-book", source: "ospo-book/content", more: [], config: "examples/ospo-book/book.toml", start: (kind) => `/${kind}/` },
].filter(({ name }) => !options.only || name === options.only);
const lists = named.length ? named : readdirSync(path.join(repository, "bench/search")).map((name) => path.basename(name, ".json"));
const fileOf = (list) => list.endsWith(".json") ? list : path.join(repository, "bench/search", list + ".json");
const listsOf = ({ name }) => lists.filter((list) => name === "ospo-book" ? list === name : list !== "ospo-book");

const build = ({ name, source, more, config }) => {
  const out = path.join(folder, name);
  if (existsSync(out)) return out;
  mkdirSync(folder, { recursive: true });
  // Queries find no pictures, and to make smaller ones of all takes a program without optimization two minutes.
  const quick = path.join(folder, name + ".toml");
  writeFileSync(quick, readFileSync(path.join(repository, config), "utf8") + "\n[images]\nresize = false\n");
  execFileSync(program, ["build", "--quiet", "--config", quick, "--source", path.join(options.corpora, source), ...more, "--out", out], { cwd: repository, stdio: ["ignore", "ignore", "ignore"] });
  if (options.pagefind) execFileSync(options.pagefind, ["--site", out], { stdio: "ignore" });
  return out;
};

const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", json: "application/json", wasm: "application/wasm" };
const host = async (root) => {
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://x").pathname);
    for (const name of [asked, asked + ".html", asked + "/index.html"]) {
      try {
        const bytes = await readFile(path.join(root, name));
        return response.writeHead(200, { "Content-Type": types[name.split(".").at(-1)] ?? "application/octet-stream" }).end(bytes);
      } catch { /* the next name */ }
    }
    response.writeHead(404).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}`, end: () => { server.closeAllConnections(); server.close(); } };
};

const plain = (address) => "/" + decodeURIComponent(address.replace(/[?#].*$/, "")).replace(/^\/+/, "").replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "");
const engines = {
  bokworm: async (page) => {
    await page.keyboard.press("Control+k");
    await page.waitForFunction(() => window.bokwormSearch?.find);
    return (query) => page.evaluate(async (query) => {
      await window.bokwormSearch.start();
      const { results } = await window.bokwormSearch.find(query);
      return Promise.all(results.slice(0, 3).map(async ({ page }) => (await window.bokwormSearch.pageData(page))[0]));
    }, query);
  },
  pagefind: async (page) => {
    await page.evaluate(async () => { window.pagefind = await import("/pagefind/pagefind.js"); await window.pagefind.init(); });
    return (query) => page.evaluate(async (query) => {
      const { results } = await window.pagefind.search(query);
      return Promise.all(results.slice(0, 3).map(async (result) => (await result.data()).raw_url ?? (await result.data()).url));
    }, query);
  },
};

const browser = await browse();

// Asks one engine the queries of a list, and tells how many it answered, and which it didn't.
const ask = async ({ body, list, address, engine }) => {
  const asked = JSON.parse(readFileSync(fileOf(list), "utf8"));
  const sums = new Map();
  const failed = [];
  let from, find, page;
  for (const { kind, query, answers } of asked) {
    const start = body.start(kind);
    if (start !== from) {
      await page?.close();
      page = await browser.newPage();
      await page.goto(address + start);
      [from, find] = [start, await engines[engine](page)];
    }
    const found = (await find(query)).map(plain);
    // A language's own box tells addresses from the language's root, or from the site's.
    const place = found.findIndex((found) => answers.some((answer) => answer === found || answer === start + found.slice(1)));
    for (const name of [kind, "all"]) {
      const sum = sums.get(name) ?? [0, 0, 0];
      sums.set(name, [sum[0] + (place === 0), sum[1] + (place >= 0), sum[2] + 1]);
    }
    if (place !== 0 || options.all) failed.push(`  ${place < 0 ? "-" : place + 1} ${kind}: ${query} → ${found.join("  ") || "nothing"}`);
  }
  await page.close();
  console.log(`\n${path.basename(list, ".json")}, ${engine}: ${[...sums].map(([name, [first, three, all]]) => `${name} ${first}/${three} of ${all}`).join(", ")}`);
  console.log(failed.join("\n"));
};

for (const body of bodies.filter((body) => listsOf(body).length)) {
  const root = build(body);
  const server = await host(root);
  for (const list of listsOf(body)) {
    for (const engine of Object.keys(engines).filter((engine) => engine !== "pagefind" || existsSync(path.join(root, "pagefind")))) {
      await ask({ body, list, address: server.address, engine });
    }
  }
  server.end();
}
await browser.close();
