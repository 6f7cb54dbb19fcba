// What is written for programs is what they can read: the feed and the sitemap are XML, data blocks are JSON, no
// policy refuses them, and the links of Markdown copies lead to files that are there.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, readFile, readdir, rm, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { after, before, test } from "node:test";
import { browse, program, project } from "./support.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const build = (folder, ...options) => promisify(execFile)(program, ["-C", folder, "build", "--quiet", "--base-url", "https://example.org/b/", ...options]);
let browser, out, site;

before(async () => {
  out = await mkdtemp(path.join(await realpath(tmpdir()), "bokworm-formats-"));
  site = path.join(out, "site");
  await build(root, "--out", site);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  if (out) await rm(out, { recursive: true, force: true });
});

test("feed and sitemap are well-formed, whatever titles hold", async () => {
  const hostile = "A & <b> ]]> \\u0001\\u000B\\uFFFE \\\" '";
  const folder = await project({
    "book.toml": `[site]\ntitle = "T ]]> & <i>"\nauthors = ["<a>"]\n`,
    "content/a & b's.md": `---\ntitle: "${hostile}"\ndescription: "${hostile}"\ndate: 2026-01-02\ntags: ["${hostile}"]\n---\nText\n`,
    "content/b.md": "---\ndate: 2026-02-03T10:00:00Z\n---\n# B\n",
  });
  await build(folder.root).catch(() => {});
  const page = await browser.newPage();
  for (const name of ["feed.xml", "sitemap.xml"]) {
    const text = await readFile(path.join(folder.root, "public", name), "utf8");
    const told = await page.evaluate((xml) => {
      const read = new DOMParser().parseFromString(xml, "application/xml");
      return { wrong: read.querySelector("parsererror")?.textContent, ids: [...read.querySelectorAll("entry > id")].map((id) => id.textContent), dates: [...read.querySelectorAll("updated")].map((date) => date.textContent) };
    }, text);
    assert.equal(told.wrong, undefined, text);
    if (name === "feed.xml") {
      assert.deepEqual(told.ids, ["https://example.org/b/b/", "https://example.org/b/a%20&%20b's/"]);
      assert.deepEqual(told.dates, ["2026-02-03T00:00:00Z", "2026-02-03T00:00:00Z", "2026-01-02T00:00:00Z"]);
    }
  }
  await page.close();
  await folder.remove();
});

test("data blocks are JSON that no browser runs and no policy refuses", async () => {
  const page = await browser.newPage();
  const policy = /Content-Security-Policy: (.*)/.exec(await readFile(path.join(site, "_headers"), "utf8"))[1];
  const wrong = [];
  page.on("console", (message) => wrong.push(message.text()));
  await page.route("**/*", async (route) => {
    const asked = new URL(route.request().url()).pathname.replace("/b/", "");
    const body = await readFile(path.join(site, asked || "index.html"));
    await route.fulfill({ body, headers: { "content-security-policy": policy }, contentType: asked.endsWith(".css") ? "text/css" : asked.endsWith(".js") ? "text/javascript" : asked.endsWith(".svg") ? "image/svg+xml" : "text/html" });
  });
  for (const file of ["index.html", "Model/Level-2.html", "Roles/CTO.html"]) {
    await page.goto(`https://example.org/b/${file}`);
    const blocks = await page.locator('script[type="application/ld+json"]').allTextContents();
    assert.equal(blocks.length, 1);
    const data = JSON.parse(blocks[0]);
    assert.equal(data["@context"], "https://schema.org");
    if (file === "Model/Level-2.html") {
      const [article, way] = data["@graph"];
      assert.equal(article["@type"], "Article");
      assert.equal(article.url, "https://example.org/b/Model/Level-2");
      assert.deepEqual(way.itemListElement.map((step) => step.position), [1, 2]);
    }
  }
  assert.deepEqual(wrong, []);
  await page.close();
});

test("links of Markdown copies and of llms.txt lead to files of the site", async () => {
  const files = (await readdir(site, { recursive: true })).filter((file) => file.endsWith(".md"));
  assert.ok(files.length > 40, `${files.length} copies`);
  const dead = [];
  const there = (file) => access(file).then(() => true, () => false);
  for (const file of files) {
    await access(path.join(site, file.replace(/\.md$/, ".html")));
    const text = (await readFile(path.join(site, file), "utf8")).replace(/^```[^]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
    assert.ok(!text.startsWith("---"), `${file} begins with front matter`);
    for (const [, to] of text.matchAll(/\]\(([^)#?]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(to)) continue;
      const target = path.join(site, path.dirname(file), decodeURIComponent(to));
      if (!(await there(target)) && !(await there(`${target}.html`))) dead.push(`${file}: ${to}`);
    }
  }
  // Each language has one of its own.
  const llms = (await Promise.all(["llms.txt", "de/llms.txt"].map((file) => readFile(path.join(site, file), "utf8")))).join("\n");
  assert.match(llms, /^# Open Source Maturity Model\n\n> Five levels/);
  const listed = [...llms.matchAll(/\]\(https:\/\/example\.org\/b\/([^)]+)\)/g)].map(([, to]) => to);
  for (const to of listed) if (!(await there(path.join(site, decodeURIComponent(to))))) dead.push(`llms.txt: ${to}`);
  const addresses = files.map((file) => file.split(path.sep).map(encodeURIComponent).join("/"));
  assert.deepEqual(listed.map((to) => encodeURIComponent(decodeURIComponent(to)).replaceAll("%2F", "/")).sort(), addresses.sort());
  assert.deepEqual(dead, []);
});
