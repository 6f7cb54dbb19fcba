// The ledger of addresses in Chromium: a site whose pages were renamed, moved, split, merged and taken down over many
// revisions. Every address and heading that any of them published leads somewhere today. So does a section that was moved.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { browse, program, project, serve } from "./support.mjs";

let browser, files, preview, published, ledger, handbook, moving;

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
const bokworm = (...told) => bokwormIn(files.root, ...told);
const bokwormIn = (cwd, ...told) => {
  const { status, stdout, stderr } = spawnSync(program, told, { cwd, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
};

/** All addresses and headings that the revisions published, each of which lies in a folder of one built site. */
const addressesOf = async (folder) => {
  const found = new Set();
  for (const name of await readdir(folder, { recursive: true })) {
    const own = /^revision-\d+(?:\/(.*)|)\.html$/.exec(name);
    if (!own) continue;
    const address = "/" + (own[1] ?? "").replace(/(^|\/)index$/, "");
    found.add(address);
    for (const [, id] of (await readFile(path.join(folder, name), "utf8")).matchAll(/<h[2-6] id="([^"]+)"/g)) found.add(`${address}#${id.replaceAll("&#39;", "'").replaceAll("&#x27;", "'").replaceAll("&amp;", "&")}`);
  }
  return found;
};

before(async () => {
  files = await project({ "book.toml": '[site]\ntitle = "Handbook"\n', ".gitignore": "public\n.bokworm\nwas\n" });
  git("init", "-q");
  const all = await project({ "book.toml": '[site]\ntitle = "All revisions"\n\n[search]\nenabled = false\n', "content/index.md": "# Revisions\n" });
  const kinds = Object.keys(edits);
  for (let revision = 0; revision < 36; revision++) {
    if (revision > 0) edits[kinds[revision % kinds.length]]();
    if (revision === 35) site.get("index.md").sections[0].heading = named("Last");
    await rm(path.join(files.root, "content"), { recursive: true, force: true });
    for (const [name, page] of site) {
      await files.put(`content/${name}`, written(page));
      const slug = page.slug && `/revision-${revision}${page.slug}`;
      await all.put(`content/revision-${revision}/${name}`, written({ ...page, slug }));
    }
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", `Revision ${revision}`);
  }
  bokwormIn(all.root, "build", "--quiet");
  published = await addressesOf(path.join(all.root, "public"));
  await all.remove();
  bokworm("ledger", "init", "--quiet", "--retire-rest", "It is not needed any more: see /");
  bokworm("check");
  const lines = (await readFile(path.join(files.root, "addresses.lock"), "utf8")).split("\n").map((line) => line.split(" -> "));
  ledger = new Map(lines.filter(([, to]) => to).map(([from, to]) => [decodeURIComponent(from), to.startsWith("retired:") ? null : decodeURIComponent(to)]));
  preview = await serve(files.root);
  browser = await browse();
});

/** A small site whose sections were moved to other pages and other ids. */
async function movedSections() {
  const part = (name) => `## ${name}\n\n${"Some words. ".repeat(200)}\n\n### Below ${name}\n\nMore.\n\n`;
  const moved = await project({
    "book.toml": '[site]\ntitle = "Handbook"\n\n[search]\nenabled = false\n',
    "content/a.md": `# A\n\n${part("Tasks")}${part("Größe")}${part("Rest")}`,
    "content/part/b.md": `# B\n\n${part("Begin")}`,
    "content/c d.md": `# C\n\n${part("Own")}\n[To it](a.md#tasks)\n`,
  });
  bokwormIn(moved.root, "mv", "content/a.md#tasks", "content/part/b.md#duties");
  bokwormIn(moved.root, "mv", "content/a.md#größe", "content/c d.md");
  // Once more, and with the whole page: each old place leads to the last one.
  bokwormIn(moved.root, "mv", "content/part/b.md#duties", "content/c d.md#work");
  bokwormIn(moved.root, "mv", "content/c d.md", "content/part/e.md");
  bokwormIn(moved.root, "mv", "content/a.md#rest", "#what-is-left");
  return moved;
}

after(async () => {
  await browser?.close();
  await preview?.end();
  await moving?.end();
  await files?.remove();
  await handbook?.remove();
});

/** Whether the ledger says of an address that it went for good, itself or where it leads. */
const isRetired = (address) => {
  const [route, id] = address.split("#");
  if (ledger.has(address)) return ledger.get(address) === null || isRetired(ledger.get(address));
  if (!id || !ledger.has(route)) return false;
  return ledger.get(route) === null || isRetired(`${ledger.get(route)}#${id}`);
};

/** Where a browser comes to rest, and whether what was asked for is there. */
const follow = async (page, address, site = preview) => {
  const [route, id] = address.split("#");
  const asked = new URL(site.address);
  asked.pathname = route;
  asked.hash = id ?? "";
  // Only another document loads anew.
  if (new URL(page.url()).pathname === asked.pathname) await page.goto("about:blank");
  const answer = await page.goto(asked.href, { waitUntil: "domcontentloaded" });
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
  for (const address of published) if (isRetired(address)) gone++; else there++;
  const look = async (page, address) => {
    const { status, isThere, saysWhy } = await follow(page, address);
    const answers = isRetired(address) ? saysWhy || address.includes("#") : isThere && !saysWhy;
    if (status !== 200 || !answers) wrong.push({ address, at: page.url(), status });
  };
  // What stands on a page that is where it was needs no way of its own.
  const all = [...published];
  const left = all.filter((address) => !address.includes("#")).map((route) => ({ route, ids: all.filter((address) => address.startsWith(`${route}#`)) }));
  const moved = [];
  const lookAtPages = async () => {
    const page = await browser.newPage();
    for (let one = left.pop(); one; one = left.pop()) {
      await look(page, one.route);
      const isHere = decodeURIComponent(new URL(page.url()).pathname).replace(/\/$/, "") === one.route.replace(/\/$/, "");
      const here = new Set(isHere ? await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id)) : []);
      moved.push(...one.ids.filter((address) => isRetired(address) || !here.has(address.split("#")[1])));
    }
    await page.close();
  };
  await Promise.all([lookAtPages(), lookAtPages(), lookAtPages()]);
  // Seldom one page twice in a row, which takes longer.
  const turn = (address) => [...address].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7);
  moved.sort((one, other) => turn(one) - turn(other));
  assert.ok(moved.length > 20, `${moved.length}`);
  const lookAtMoved = async () => {
    const page = await browser.newPage();
    for (let address = moved.pop(); address; address = moved.pop()) await look(page, address);
    await page.close();
  };
  await Promise.all([lookAtMoved(), lookAtMoved(), lookAtMoved()]);
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

test("a section that was moved is where its old place leads, and its page opens without a script", async () => {
  handbook = await movedSections();
  moving = await serve(handbook.root);
  const places = {
    "/a#tasks": "/part/e#work",
    "/a#below-tasks": "/part/e#below-tasks",
    "/a#größe": "/part/e#größe",
    "/a#rest": "/a#rest",
    "/part/b#duties": "/part/e#work",
    "/c d#own": "/part/e#own",
    "/c d#work": "/part/e#work",
  };
  const page = await browser.newPage();
  for (const [from, to] of Object.entries(places)) {
    const { status, isThere } = await follow(page, from, moving);
    const at = new URL(page.url());
    assert.deepEqual([from, status, isThere, decodeURIComponent(at.pathname.replace(/\/$/, "") + at.hash)], [from, 200, true, to]);
  }
  // Readers see the heading.
  await page.waitForFunction(() => document.getElementById("work").getBoundingClientRect().top < innerHeight);
  await page.close();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  for (const from of ["/a#tasks", "/a#rest", "/part/b#duties"]) {
    const answer = await plain.goto(new URL(from, moving.address).href);
    assert.equal(answer.status(), 200);
    assert.ok(await plain.locator("main h1").isVisible(), from);
  }
  await context.close();
});
