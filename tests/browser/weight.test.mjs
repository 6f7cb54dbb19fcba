// What the first view of an article transfers: every response but pictures, as a host would compress it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { publish } from "./own.mjs";
import { browse } from "./support.mjs";

let browser, site;

before(async () => {
  site = await publish();
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await site?.end();
});

/** The pages that can be the heaviest: of those that load the same scripts, the longest few. All of them load the same besides. */
async function likely({ pages, route }) {
  const all = await Promise.all(pages.map(async (file) => {
    const html = await (await fetch(route(file))).text();
    const loads = (html.match(/data-load="[^"]*"/g) ?? []).map((one) => one.replaceAll("../", "").replaceAll("./", ""));
    return { file, bytes: gzipSync(html, { level: 6 }).length, loads: [...new Set(loads)].sort().join(), isArticle: /<body class="article/.test(html) };
  }));
  const kinds = new Map();
  for (const page of all.filter(({ isArticle }) => isArticle)) kinds.set(page.loads, [...kinds.get(page.loads) ?? [], page]);
  assert.ok(kinds.size > 2, [...kinds.keys()].join("\n"));
  return [...kinds.values()].flatMap((alike) => alike.sort((a, b) => b.bytes - a.bytes).slice(0, 5).map(({ file }) => file));
}

test("the first view of the heaviest article transfers at most 60 kB in 12 requests, of which 30 kB are no typeface and 10 kB script", async (t) => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  let heaviest = { all: 0 }, summary = { all: 0 };
  const left = await likely(site);
  const again = new Set();
  // What a page still asks for is waited for, half a second each: several wait at once.
  const look = async () => {
    const page = await context.newPage();
    let responses = [];
    // Asked for at once: what a browser got for a page, it forgets with the page.
    page.on("response", (response) => responses.push({ kind: response.request().resourceType(), body: response.body().catch((error) => error) }));
    for (let file = left.pop(); file !== undefined; file = left.pop()) {
      responses = [];
      await page.goto(site.route(file), { waitUntil: "networkidle" });
      if (!await page.locator("body.article").count()) continue;
      const sizes = { all: 0, script: 0, style: 0, page: 0, typeface: 0, requests: responses.length };
      for (const response of responses) {
        const kind = { document: "page", stylesheet: "style", script: "script", font: "typeface", image: "" }[response.kind];
        if (kind === "") continue;
        const body = await response.body;
        if (body instanceof Error) {
          // What the page before had still asked for may be heard of here; the page is looked at once more.
          if (again.has(file)) throw body;
          again.add(file);
          left.push(file);
          sizes.all = 0;
          break;
        }
        // A typeface is compressed already.
        const bytes = kind === "typeface" ? body.length : gzipSync(body, { level: 6 }).length;
        sizes.all += bytes;
        if (kind) sizes[kind] += bytes;
      }
      if (await page.locator("[data-assessment]").count()) {
        if (sizes.all > summary.all) summary = { file, ...sizes };
      } else if (sizes.all > heaviest.all) heaviest = { file, ...sizes };
    }
  };
  await Promise.all(Array.from({ length: 4 }, look));
  t.diagnostic(JSON.stringify([heaviest, summary]));
  assert.ok(heaviest.all > 5_000 && heaviest.all <= 60_000 && heaviest.requests <= 12, JSON.stringify(heaviest));
  assert.ok(heaviest.typeface > 10_000 && heaviest.all - heaviest.typeface <= 30_000, JSON.stringify(heaviest));
  assert.ok(heaviest.script > 0 && heaviest.script <= 10_000, JSON.stringify(heaviest));
  // What adds up an assessment is loaded where it is shown, and nowhere else.
  assert.ok(summary.all > heaviest.all && summary.all <= 100_000 && summary.script <= 35_000, JSON.stringify(summary));
  await context.close();
});
