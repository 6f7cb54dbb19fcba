// How pages look: pictures of nineteen kinds of page at four widths and in both colour schemes, to be looked at by people.
//
//     node bench/screens.mjs [--out FOLDER] [--only NAME,…] [--width 390,…] [--scheme light,dark] [--whole] [--peer ADDRESS …]
//
// It builds the project's own site with `BOKWORM` (or the debug program) and writes `NAME-WIDTH-SCHEME.png` for each, and one
// `sheet-NAME.png` that shows them beside each other. `--peer` takes the same pictures of pages elsewhere (a local preview of
// another generator's site, say), as `peer-1`, `peer-2` and so on. `--whole` takes pages from top to bottom.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { publish } from "../tests/browser/own.mjs";
import { browse } from "../tests/browser/support.mjs";

const several = (text) => text.split(",");
const { values: options } = parseArgs({ options: {
  out: { type: "string", default: "screens" }, only: { type: "string" }, width: { type: "string", default: "390,768,1280,1920" },
  scheme: { type: "string", default: "light,dark" }, whole: { type: "boolean" }, peer: { type: "string", multiple: true, default: [] },
} });

/** The kinds of page: an address each, and what a reader does there before the picture is taken. */
const kinds = {
  home: { at: "" },
  article: { at: "Activities/Level-2/Inventory" },
  tag: { at: "tags/developer-role" },
  tags: { at: "tags" },
  list: { at: "Roles" },
  matrix: { at: "Activities", then: (page) => page.locator(".bok-matrix").first().scrollIntoViewIfNeeded() },
  catalog: { at: "catalogs/cyber-resilience-act" },
  entry: { at: "catalogs/cyber-resilience-act/article-14" },
  relations: { at: "Activities/Level-2/Inventory", then: (page) => page.locator(".relations").scrollIntoViewIfNeeded() },
  facet: { at: "Activities/Level-2/Inventory", then: async (page) => {
    await page.locator("[data-search]").click();
    await page.locator("dialog input").first().fill("license");
    await page.waitForTimeout(700);
    await page.locator(".search-narrow summary").click();
  } },
  levels: { at: "Model" },
  checklist: { at: "Activities/Level-2/Policy", then: (page) => page.locator(".checklist").first().scrollIntoViewIfNeeded() },
  assessment: { at: "Model/Results" },
  code: { at: "Contributing/Components", then: (page) => page.locator("figure.code").nth(2).scrollIntoViewIfNeeded() },
  table: { at: "Training" },
  search: { at: "Activities/Level-2/Inventory", then: async (page) => {
    await page.locator("[data-search]").click();
    await page.locator("dialog input").first().fill("license");
    await page.waitForTimeout(700);
  } },
  drawer: { at: "Activities/Level-2/Inventory", then: async (page) => {
    const button = page.locator(".menu-button");
    if (await button.isVisible()) await button.click();
  } },
  missing: { at: "404" },
  print: { at: "Model/print", media: "print" },
};

const site = await publish();
const peers = options.peer.map((address, at) => [`peer-${at + 1}`, { address }]);
const all = [...Object.entries(kinds).map(([name, kind]) => [name, { ...kind, address: site.address + kind.at }]), ...peers];
const wanted = all.filter(([name]) => !options.only || several(options.only).includes(name));
mkdirSync(options.out, { recursive: true });
const browser = await browse("--hide-scrollbars");

/** Takes the pictures of one kind of page; their names with their widths. */
async function take([name, { address, then, media }]) {
  const taken = [];
  for (const colorScheme of several(options.scheme)) for (const width of several(options.width).map(Number)) {
    const page = await browser.newPage({ viewport: { width, height: width < 600 ? 844 : Math.max(900, Math.round(width * 0.5625)) }, colorScheme, reducedMotion: "reduce" });
    page.setDefaultTimeout(5_000);
    await page.goto(address, { waitUntil: "networkidle" });
    if (media) await page.emulateMedia({ media });
    await then?.(page).catch((error) => console.error(name, width, error.message.split("\n")[0]));
    const file = path.join(options.out, `${name}-${width}-${colorScheme}.png`);
    await page.screenshot({ path: file, fullPage: Boolean(options.whole) });
    taken.push({ file, width });
    await page.close();
  }
  return taken;
}

/** Shows pictures beside each other, each scheme a row. */
async function sheet(name, taken) {
  const page = await browser.newPage({ viewport: { width: 1800, height: 100 } });
  const picture = ({ file, width }) => `<img width="${Math.round(width * 0.36 + 60)}" src="data:image/png;base64,${readFileSync(file).toString("base64")}">`;
  await page.setContent(`<body style="margin:8px;background:#888;display:flex;flex-wrap:wrap;gap:8px;align-items:start">${taken.map(picture).join("")}`);
  writeFileSync(path.join(options.out, `sheet-${name}.png`), await page.screenshot({ fullPage: true }));
  await page.close();
}

for (const one of wanted) {
  const taken = await take(one);
  await sheet(one[0], taken);
  console.log(one[0], taken.length);
}
await browser.close();
await site.end();
