// What queries find first, in real Chromium, on our own content and on a real body of knowledge.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, open, visit } from "./search-support.mjs";
import { browse } from "./support.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
let browser, folder;
before(async () => {
  browser = await browse();
  folder = await mkdtemp(path.join(tmpdir(), "bokworm-"));
});
after(async () => { await browser.close(); await rm(folder, { recursive: true, force: true }); });

const ranks = async (start, queries) => {
  const page = await visit(browser, pathToFileURL(start).href);
  await open(page);
  const places = [];
  for (const [query, expected] of queries) {
    const found = await page.evaluate(async (query) => {
      await window.bokwormSearch.start();
      const { results } = await window.bokwormSearch.find(query);
      return Promise.all(results.slice(0, 3).map(async ({ page }) => "/" + decodeURIComponent((await window.bokwormSearch.pageData(page))[0])));
    }, query);
    places.push([query, found.indexOf(expected)]);
  }
  await page.close();
  return places;
};

test("queries on our own content find the expected page", async () => {
  const repository = path.join(here, "../..");
  const own = path.join(folder, "own");
  build(repository, "--out", own);
  const queries = JSON.parse(await readFile(path.join(here, "../search-queries-own.json"), "utf8"));
  const places = await ranks(path.join(own, "index.html"), queries);
  assert.deepEqual(places.filter(([, place]) => place < 0), []);
  assert.ok(places.filter(([, place]) => place === 0).length >= queries.length * 0.9, JSON.stringify(places));
});

// The corpus lies beside the repository; where it doesn't, the test above stands alone.
const corpus = process.env.BOKWORM_CORPORA ?? [path.join(here, "../../../shared/corpora"), path.join(here, "../../../../shared/corpora")].find((folder) => existsSync(folder));
test("forty queries on a real body of knowledge find the expected page", { skip: !corpus && "no corpus in ../shared" }, async () => {
  const out = path.join(folder, "osr");
  const repository = path.join(here, "../..");
  // Queries find no pictures, and to make smaller ones of all takes a program without optimization two minutes.
  const config = path.join(folder, "book.toml");
  await writeFile(config, await readFile(path.join(repository, "examples/finos-osr/book.toml"), "utf8") + "\n[images]\nresize = false\n");
  build(repository, "--config", config, "--source", path.join(corpus, "osr/docs"), "--static", path.join(corpus, "osr/static"), "--out", out);
  const queries = JSON.parse(await readFile(path.join(here, "../search-queries.json"), "utf8"));
  const places = await ranks(path.join(out, "docs/about.html"), queries);
  assert.deepEqual(places.filter(([, place]) => place < 0), []);
  assert.ok(places.filter(([, place]) => place === 0).length >= 36, JSON.stringify(places));
});
