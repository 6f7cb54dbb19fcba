// What the box finds and in which order, by its own modules in Node: no browser is needed for that.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { openSite, place } from "../../bench/search_explain.mjs";
import { build, ordinary } from "./search-support.mjs";

const pages = {
  "index.md": "# Start\n\nThe beginning.",
  "alpha.md": "# Alpha\n\nMuch about ethics, and nothing of cutlery.",
  "beta.md": "# Rules for spoons\n\nWe polish. [Alpha](alpha.md) for questions of etiquette at breakfast. Other things are here.\n\n- See [the board](gamma.md): who decides." + ordinary,
  "gamma.md": "# Steering of all projects together\n\nIt meets on Fridays; surveillance is its work.",
  "people/tinker.md": "# Tinker\n\nA tinker mends kettles." + ordinary,
  "zeta.md": "# Notes\n\n## Worn kettles\n\nHow one mends kettles." + ordinary,
  "eta.md": "# In the cupboard\n\nThere are green mugs with lids, and saucers.",
  "theta.md": "# Green things\n\nMoss, and saucers." + ordinary,
};
let folder;
const sites = {};
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bokworm-"));
  for (const [language, more] of [["en", { "night.md": "# Night\n\nEmployees sleep, and so do the employed.", "day.md": "# Day\n\nStaff are awake." }], ["fr", { "delta.md": "# Dernière page\n\nLe rapport de l’audit, d'un été." }]]) {
    const root = path.join(folder, language);
    await mkdir(path.join(root, "content/people"), { recursive: true });
    await writeFile(path.join(root, "book.toml"), `[site]\ntitle = "T"\nlanguage = "${language}"\n`);
    for (const [name, text] of Object.entries({ ...pages, ...more })) await writeFile(path.join(root, "content", name), text);
    build(root, "--out", path.join(root, "site"));
    sites[language] = openSite(path.join(root, "site"));
    await sites[language].own.start();
  }
});
after(() => rm(folder, { recursive: true, force: true }));

const first = async (query, language = "en") => (await place(sites[language], { query, answers: [] }, 1))[1][0]?.replace(/\/$/, "");

test("a page is found by what others say where they link to it", async () => {
  assert.equal(await first("etiquette breakfast"), "/beta", "the page that has the words comes first");
  const { results } = await sites.en.find("etiquette");
  const found = await Promise.all(results.map(async ({ page }) => (await sites.en.pageData(page))[0]));
  assert.deepEqual(found.map((address) => address.replace(/\/$/, "")), ["beta", "alpha"]);
  assert.equal(await first("board"), "/gamma", "a link's text says more than text");
  assert.equal((await sites.en.find("polish")).results.length, 1, "the sentence before is not the link's");
});

test("slips are forgiven: letters in another order, and the first one", async () => {
  assert.equal(await first("etichs "), "/alpha");
  assert.equal(await first("zurveillance "), "/gamma");
  assert.deepEqual((await sites.en.find("zpoon ")).results.length, 1);
  assert.deepEqual((await sites.en.find("zthi ")).results, [], "a short word is not guessed");
});

test("a slip means all that the word means that it is nearest to", async () => {
  for (const query of ["employees ", "emploiees ", "emplyoees "]) {
    const { results } = await sites.en.find(query);
    const found = await Promise.all(results.map(async ({ page }) => (await sites.en.pageData(page))[0].replace(/\/$/, "")));
    assert.deepEqual(found, ["night", "day"], query);
  }
  const { meant } = await sites.en.find("emploiees ");
  assert.ok(meant.has("employed") && meant.has("staff"), [...meant].join(" "));
});

test("a title is found by its first letters", async () => {
  assert.equal(await first("sapt"), "/gamma");
  assert.equal(await first("rfs"), "/beta");
});

test("an elided article is no part of a word", async () => {
  for (const query of ["audit", "l'audit", "d’audit", "l'été"]) assert.equal(await first(query, "fr"), "/delta", query);
});

test("pages with a third of what was asked for are shown where none has more", async () => {
  assert.equal(await first("fridays polish ethics breakfast "), "/beta");
  assert.equal((await sites.en.find("fridays")).results.length, 1);
});

test("who asks for people: pages of such a section, or called so, come first", async () => {
  assert.equal(await first("who mends kettles"), "/people/tinker");
  assert.equal(await first("mends kettles"), "/zeta");
});

test("no word outweighs all the others by itself, and of long texts a word tells less", async () => {
  assert.equal(await first("green mugs with lids"), "/eta", "the page has all that is asked for, the other one is called so");
  assert.equal(await first("saucers"), "/eta");
});
