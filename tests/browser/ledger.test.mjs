// The ledger of addresses in Chromium: a site whose pages were renamed, moved, split, merged and taken down over many
// revisions, each of them built as it was. Every address and heading that any of them published leads somewhere today.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { browse, program, project, serve } from "./support.mjs";

let browser, files, preview, published, ledger;

// The same numbers each time.
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const next = random(17);
const among = (list) => list[Math.floor(next() * list.length)];
let names = 0;
const named = (what) => `${what} ${++names}`;

// A page is a title and sections; a section is a heading and words that git can know it by.
const words = () => Array.from({ length: 30 }, () => among(["house", "river", "über", "stone", "日本", "light", "wind"]) + Math.floor(next() * 1000)).join(" ");
const section = () => ({ heading: named(among(["Roles", "Größe", "How to", "用語", "What's next?"])), text: words() });
const page = (count = 4) => ({ title: named("Page"), slug: null, sections: Array.from({ length: count }, section) });
const written = ({ title, slug, sections }) =>
  `---\ntitle: ${title}\n${slug ? `slug: ${slug}\n` : ""}---\n\n` + sections.map(({ heading, text }) => `## ${heading}\n\n${text}\n`).join("\n");

const site = new Map(["index.md", "a.md", "b c.md", "part/d.md", "part/e.md", "other/f.md"].map((file) => [file, page()]));
const some = () => among([...site.keys()].filter((file) => file !== "index.md"));
const file = () => among(["", "part/", "other/", `deep/${Math.floor(next() * 3)}/`]) + `${named("new").replace(" ", among(["-", " ", "_"]))}.md`;
const moved = (from, to) => { site.set(to, site.get(from)); site.delete(from); };

/** What happens to the site from one revision to the next. */
const edits = {
  added: () => site.set(file(), page()),
  renamed: () => moved(some(), file()),
  heading: () => { among(site.get(some()).sections).heading = named("Renamed"); },
  renamedWithHeading: () => { const from = some(), to = file(); site.get(from).sections[0].heading = named("Both"); moved(from, to); },
  sectionDropped: () => site.get(some()).sections.shift(),
  sectionAdded: () => site.get(some()).sections.splice(1, 0, section()),
  split: () => { const from = site.get(some()); site.set(file(), { ...page(0), sections: from.sections.splice(-2) }); },
  merged: () => { const from = some(), into = "index.md"; site.get(into).sections.push(...site.get(from).sections); site.delete(from); },
  deleted: () => site.delete(some()),
  slug: () => { site.get(some()).slug = `/named/${++names}`; },
  folder: () => { for (const from of [...site.keys()].filter((name) => name.startsWith("part/"))) moved(from, from.replace("part/", `part${++names}/`)); },
  swapped: () => { const one = some(), other = some(); const kept = site.get(one); site.set(one, site.get(other)); site.set(other, kept); },
};

const git = (...told) => execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", ...told], { cwd: files.root, stdio: ["ignore", "pipe", "ignore"] });
const bokworm = (...told) => {
  const { status, stdout, stderr } = spawnSync(program, told, { cwd: files.root, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
};

/** All addresses and headings of the pages of a built site. */
const addressesOf = async (folder) => {
  const found = new Set();
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(".html") || /^(404|tags)/.test(name)) continue;
    const address = "/" + name.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "").replace(/\/$/, "");
    found.add(address);
    for (const [, id] of (await readFile(path.join(folder, name), "utf8")).matchAll(/<h[2-6] id="([^"]+)"/g)) found.add(`${address}#${id.replaceAll("&#39;", "'").replaceAll("&#x27;", "'").replaceAll("&amp;", "&")}`);
  }
  return found;
};

before(async () => {
  files = await project({ "book.toml": '[site]\ntitle = "Handbook"\n', ".gitignore": "public\n.bokworm\nwas\n" });
  git("init", "-q");
  published = new Set();
  const kinds = Object.keys(edits);
  for (let revision = 0; revision < 36; revision++) {
    if (revision > 0) edits[kinds[revision % kinds.length]]();
    if (revision === 35) site.get("index.md").sections[0].heading = named("Last");
    await rm(path.join(files.root, "content"), { recursive: true, force: true });
    for (const [name, page] of site) await files.put(`content/${name}`, written(page));
    bokworm("build", "--quiet", "--out", "was");
    for (const address of await addressesOf(path.join(files.root, "was"))) published.add(address);
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", `Revision ${revision}`);
  }
  bokworm("ledger", "init", "--quiet", "--retire-rest", "It is not needed any more: see /");
  bokworm("check");
  const lines = (await readFile(path.join(files.root, "addresses.lock"), "utf8")).split("\n").map((line) => line.split(" -> "));
  ledger = new Map(lines.filter(([, to]) => to).map(([from, to]) => [decodeURIComponent(from), to.startsWith("retired:") ? null : decodeURIComponent(to)]));
  preview = await serve(files.root);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await preview?.end();
  await files?.remove();
});

/** Whether the ledger says of an address that it went for good, itself or where it leads. */
const isRetired = (address) => {
  const [route, id] = address.split("#");
  if (ledger.has(address)) return ledger.get(address) === null || isRetired(ledger.get(address));
  if (!id || !ledger.has(route)) return false;
  return ledger.get(route) === null || isRetired(`${ledger.get(route)}#${id}`);
};

/** Where a browser comes to rest, and whether what was asked for is there. */
const follow = async (page, address) => {
  const [route, id] = address.split("#");
  const asked = new URL(preview.address);
  asked.pathname = route;
  asked.hash = id ?? "";
  // Only another document loads anew.
  if (new URL(page.url()).pathname === asked.pathname) await page.goto("about:blank");
  const answer = await page.goto(asked.href, { waitUntil: "load" });
  const rest = await page.waitForFunction(() => {
    if (document.querySelector("a[data-redirect]")) return false;
    // One that went to another page only now leads on.
    const moved = document.querySelector("script[data-moved]");
    const here = decodeURIComponent(location.hash.slice(1));
    const isThere = !location.hash || Boolean(document.getElementById(here));
    if (moved && Object.hasOwn(JSON.parse(moved.dataset.moved), here) && !isThere) return false;
    return { isThere, saysWhy: document.body.className === "retired" };
  });
  return { status: answer.status(), ...await rest.jsonValue() };
};

test("every address and heading that any revision published answers, or is retired", async () => {
  assert.ok(published.size > 100, `${published.size}`);
  const wrong = [];
  let there = 0, gone = 0;
  // Seldom one page twice in a row, which takes longer.
  const turn = (address) => [...address].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7);
  const all = [...published].sort((one, other) => turn(one) - turn(other));
  const followAll = async (addresses) => {
    const page = await browser.newPage();
    for (const address of addresses) {
      const { status, isThere, saysWhy } = await follow(page, address);
      const answers = isRetired(address) ? saysWhy || address.includes("#") : isThere && !saysWhy;
      if (status !== 200 || !answers) wrong.push({ address, at: page.url(), status });
      if (isRetired(address)) gone++; else there++;
    }
    await page.close();
  };
  await Promise.all([0, 1, 2].map((part) => followAll(all.filter((_, at) => at % 3 === part))));
  assert.deepEqual(wrong, []);
  // Most of it went somewhere.
  assert.ok(there > 2 * gone, `${there} are there, ${gone} are retired`);
});

test("without a script every page opens all the same, and an old heading is where the new one stands", async () => {
  let anchors = 0, scripts = new Set();
  for (const address of [...published].filter((address) => !address.includes("#"))) {
    const asked = new URL(preview.address);
    asked.pathname = address;
    const answer = await fetch(asked);
    assert.equal(answer.status, 200, address);
    const html = await answer.text();
    anchors += [...html.matchAll(/<h2 id="[^"]+"[^>]*>(<span id="[^"]+"><\/span>)+/g)].length;
    for (const [, script] of html.matchAll(/<script src="([^"]*moved\.[^"]*)"/g)) scripts.add(new URL(script, asked).href);
  }
  assert.ok(anchors > 0);
  assert.equal(scripts.size, 1);
  const [script] = scripts;
  assert.ok((await (await fetch(script)).text()).length < 500);
});

test("a retired address says why, and is in no index", async () => {
  const page = await browser.newPage();
  const address = [...ledger.keys()].find((address) => !address.includes("#") && ledger.get(address) === null);
  await page.goto(new URL(encodeURI(address), preview.address).href);
  assert.equal(await page.getAttribute('meta[name="robots"]', "content"), "noindex");
  assert.equal(await page.locator("main .lead a").count(), 1);
  const index = await (await fetch(new URL("/site.json", preview.address))).text();
  assert.ok(!index.includes(JSON.stringify(address)));
  await page.close();
});
