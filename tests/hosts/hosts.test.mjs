// A site is published as the manual says, at the root of a host and below a base path, in each style of addresses: every link of it
// arrives, at once where addresses are the host's own; a slash too many or too few leads to the page; what isn't there is a 404.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { after, before, test } from "node:test";
import { asked, rules, suits } from "./rules.mjs";
import { functions, kinds, start } from "./servers.mjs";

const program = process.env.BOKWORM ?? path.join(path.dirname(fileURLToPath(import.meta.url)), "../../target/debug/bokworm");
const bokworm = (...words) => promisify(execFile)(program, words, { maxBuffer: 1 << 26 });

// A page beside a folder of its name, names that are encoded, a folder without a page, a page below it.
const CONTENT = {
  "index.md": "# Home\n\n[Model](Model/index.md) [Levels](Model/Levels.md#part) [odd](<odd names/ä 100%.md>) [deep](no-page/deep.md) [file](/file.txt) ![p](p.svg)\n",
  "p.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>",
  "Model/index.md": "---\ntags: [Odd tag / this]\n---\n# Model\n\n[up](../index.md)\n",
  "Model/Levels.md": "# Levels\n\n## Part\n\n[Model](index.md) [tag](/tags)\n",
  "odd names/ä 100%.md": "# Odd\n\n[home](/)\n",
  "no-page/deep.md": "# Deep\n\n[odd](<../odd names/ä 100%.md>) ![p](../p.svg)\n",
  "404.md": "# Not here\n\n[Home](index.md)\n",
};
const STYLES = {
  folder: "",
  optional: "trailing_slash = false\n",
  file: "style = \"file\"\n",
};

let folder;
const sites = [], servers = [];

async function build(style, base) {
  const name = `${style}${base === "/" ? "" : "-based"}`;
  const configuration = path.join(folder, `${name}.toml`);
  await writeFile(configuration, `[site]\ntitle = "H"\nurl = "https://example.org${base}"\n[redirects]\n"/old" = "/Model/Levels"\n[urls]\n${STYLES[style]}`);
  const served = path.join(folder, name), out = path.join(served, base);
  await mkdir(path.dirname(out), { recursive: true });
  await bokworm("-C", folder, "build", "--quiet", "--config", configuration, "--out", out);
  const files = new Map();
  for (const entry of await readdir(served, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile()) files.set(path.relative(served, file), await readFile(file, "utf8"));
  }
  return { name, style, base, served, files, configuration };
}

/** What hosts are told, as a file for each; it is one for all styles of addresses. */
async function headers({ name, configuration }) {
  const told = {};
  await Promise.all(Object.values(kinds).map(async ({ format }) => {
    told[format] = path.join(folder, `${name}-${format}.conf`);
    await writeFile(told[format], (await bokworm("-C", folder, "headers", "--config", configuration, "--format", format)).stdout);
  }));
  return told;
}

before(async () => {
  folder = await mkdtemp(path.join(await realpath(tmpdir()), "bokworm-hosts-"));
  // Servers that are started by root read it as somebody else.
  await chmod(folder, 0o755);
  for (const [name, text] of Object.entries(CONTENT)) {
    const file = path.join(folder, "content", name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await mkdir(path.join(folder, "static"));
  await writeFile(path.join(folder, "static/file.txt"), "ä\n");
  for (const style of Object.keys(STYLES)) {
    sites.push(...await Promise.all(["/", "/handbook/"].map((base) => build(style, base))));
  }
  const told = await Promise.all(sites.slice(0, 2).map(headers));
  sites.forEach((site, at) => { site.headers = told[at % 2]; });
});

after(async () => {
  await Promise.all(servers.map((server) => server.end()));
  if (folder) await rm(folder, { recursive: true, force: true });
});

const decoded = (text) => text.replaceAll("&amp;", "&").replaceAll("&quot;", "\"").replaceAll("&#39;", "'");

/** What a page names: links, pictures, scripts and style sheets of this host. */
const named = (html, at) => [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)]
  .filter(([, written]) => !written.startsWith("#"))
  .map(([, written]) => new URL(decoded(written), at))
  .filter(({ host }) => host === new URL(at).host)
  .map((address) => { address.hash = ""; return address.href; });

/** Follows an address to its end; an answer has `status`, `location` and `text`. */
async function follow(ask, address) {
  let at = address, answer = await ask(at), steps = 0;
  for (; answer.status >= 300 && answer.status < 400; steps += 1) {
    assert.ok(steps < 3, `${address} leads on and on`);
    at = new URL(answer.location, at).href;
    answer = await ask(at);
  }
  return { ...answer, at, steps };
}

/** Follows all that a site names, from its front page on. */
async function walk(ask, start, site) {
  const seen = new Set([start]), pages = new Set();
  for (const address of seen) {
    const { status, at, steps, text } = await follow(ask, address);
    assert.equal(status, 200, `${address} of ${site.name}`);
    if (site.style !== "optional") assert.equal(steps, 0, `${address} of ${site.name} leads to ${at}`);
    const body = await text();
    if (!body.startsWith("<!doctype html>")) continue;
    pages.add(decodeURI(at));
    for (const next of named(body, at)) seen.add(next);
  }
  return pages;
}

async function publishes(asking, host, site) {
  // Most of what pages name, all of them name.
  const answers = new Map();
  const ask = (address) => {
    if (!answers.has(address)) answers.set(address, asking(address));
    return answers.get(address);
  };
  const start = `${host}${site.base}`;
  const pages = await walk(ask, start, site);
  assert.equal(pages.size, 7, `all pages: ${[...pages].join(" ")}`);
  const told = [...site.files.get(`${site.base}sitemap.xml`.slice(1)).matchAll(/<loc>https:\/\/example\.org([^<]*)/g)];
  assert.equal(told.length, 7);
  for (const [, at] of told) assert.equal((await follow(ask, host + at)).status, 200, `${at} of ${site.name}`);
  for (const place of ["Model", "Model/Levels", "odd%20names/%C3%A4%20100%25", "tags", "no-page/deep"]) {
    for (const written of [place, `${place}/`]) {
      const { status, text, at } = await follow(ask, start + written);
      // No page of files is looked for behind a slash everywhere.
      if (status === 404 && site.style === "file" && written.endsWith("/")) continue;
      assert.equal(status, 200, `${written} of ${site.name}`);
      for (const next of named(await text(), at)) assert.equal((await follow(ask, next)).status, 200, `${next} from ${at}`);
    }
  }
  const old = await follow(ask, start + (site.style === "folder" ? "old/" : "old"));
  assert.match(await old.text(), /data-redirect/);
  for (const place of ["nothing", "no-page/nothing", "no-page", "no-page/", "assets/"]) {
    const { status, text, at } = await follow(ask, start + place);
    assert.equal(status, 404, `${place} of ${site.name}`);
    const body = await text();
    assert.match(body, /Not here/);
    for (const next of named(body, at)) assert.equal((await follow(ask, next)).status, 200, `${next} from the 404 page`);
  }
}

for (const [host, rule] of Object.entries(rules)) {
  test(`${host} serves every address`, async () => {
    for (const site of sites.filter((site) => suits(host, site.style))) {
      // These look in the root of what they are given; below a base path that is somebody else's page.
      const files = new Map(site.files);
      if (!files.has("404.html")) files.set("404.html", files.get(`${site.base}404.html`.slice(1)));
      await publishes(async (address) => asked(rule, files, address), "https://host.example", site);
    }
  });
}

for (const name of Object.keys(kinds)) {
  test(`${name} serves every address by the manual's recipe`, async () => {
    const home = path.join(folder, name);
    await mkdir(home);
    const server = await start(name, home, sites);
    servers.push(server);
    await Promise.all(sites.map(async (site, at) => {
      const host = server.addresses[at];
      const ask = async (address, accept = "text/html") => {
        const answer = await fetch(address, { redirect: "manual", headers: { accept } });
        const { status, headers } = answer;
        const body = await answer.text();
        return { status, headers, location: headers.get("location"), text: async () => body };
      };
      await publishes(ask, host, site);
      await tellsWhatItShould(ask, host + site.base, site);
      await givesCopies(ask, host + site.base, site);
    }));
  });
}

/** Who asks for Markdown gets the copy of a page, and nobody else does. */
async function givesCopies(ask, start, site) {
  const slash = site.style === "file" ? "" : "/";
  for (const place of ["", `Model${slash}`, `Model/Levels${slash}`, `odd%20names/%C3%A4%20100%25${slash}`, `tags${slash}`]) {
    const copy = await ask(start + place, "text/markdown, text/html;q=0.5");
    assert.deepEqual([copy.status, copy.headers.get("content-type").toLowerCase()], [200, "text/markdown; charset=utf-8"], `${place} of ${site.name}`);
    assert.match(await copy.text(), /^(?:> .*\n\n)?# /);
    const page = await ask(start + place);
    assert.match(await page.text(), /^<!doctype html>/);
    for (const { headers } of [copy, page]) assert.match(headers.get("vary") ?? "", /\baccept\b/i, `${place} of ${site.name}`);
  }
  assert.equal((await ask(start + "nothing", "text/markdown")).status, 404);
  assert.match((await ask(start + "file.txt", "text/markdown")).headers.get("content-type"), /^text\/plain/);
}

/** The headers, the types, and where slashes lead. */
async function tellsWhatItShould(ask, start, site) {
  const stated = site.files.get(`${site.base}_headers`.slice(1));
  const everywhere = [...stated.split("\n\n")[0].matchAll(/^ {2}([^:]+): (.*)$/gm)];
  assert.ok(everywhere.length > 4);
  const asset = [...site.files.keys()].find((file) => file.startsWith(`${site.base}assets/`.slice(1)) && file.endsWith(".css"));
  const root = new URL("/", start).href;
  for (const address of [start, start + "nothing", root + asset, start + "file.txt"]) {
    const { headers } = await ask(address);
    for (const [, name, value] of everywhere) assert.equal(headers.get(name), value, `${name} of ${address}`);
    assert.equal(headers.get("cache-control"), address.includes("/assets/") ? "public, max-age=31536000, immutable" : null, address);
  }
  const copy = site.style === "file" ? "Model.md" : "Model/index.md";
  for (const [place, type] of [["", "text/html; charset=utf-8"], [copy, "text/markdown; charset=utf-8"], ["file.txt", "text/plain; charset=utf-8"]]) {
    assert.equal((await ask(start + place)).headers.get("content-type").toLowerCase(), type, place);
  }
  const { pathname } = new URL(start);
  const [from, to] = site.style === "file" ? ["Model/", "Model"] : ["Model", "Model/"];
  const answer = await ask(start + from);
  assert.ok([301, 308].includes(answer.status), `${from}: ${answer.status}`);
  assert.equal(new URL(answer.location, start).pathname, pathname + to);
  assert.equal((await ask(start + "nothing.md")).headers.get("content-type").toLowerCase(), "text/html; charset=utf-8");
}

test("the functions of hosts in the manual give copies, and leave all else to the host", async (t) => {
  const files = new Map([["/a.md", "# A"], ["/b/index.md", "# B"]]);
  const answer = (address) => {
    const found = files.get(new URL(address).pathname);
    return new Response(found ?? "no", { status: found ? 200 : 404 });
  };
  t.mock.method(globalThis, "fetch", async (address) => answer(address));
  const [netlify, cloudflare] = await functions();
  const hosts = [(request) => netlify.default(request), (request) => cloudflare.onRequest({ request, env: { ASSETS: { fetch: async (address) => answer(address) } }, next: () => undefined })];
  for (const host of hosts) {
    const ask = async (path, accept) => (await host(new Request(`https://h.example${path}`, { headers: accept ? { accept } : {} })))?.text();
    assert.equal(await ask("/a", "text/markdown"), "# A");
    assert.equal(await ask("/b/", "text/html;q=0.5, text/markdown"), "# B");
    for (const [path, accept] of [["/a", "text/html"], ["/a", undefined], ["/c", "text/markdown"], ["/a.md", "text/markdown"]]) assert.equal(await ask(path, accept), undefined, `${path} ${accept}`);
  }
});
