// The project's own site as long pages: what is linked is there, no id stands twice, on paper nothing but the text is
// left, and a PDF can be made of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir, rm, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { after, before, test } from "node:test";
import { browse, program, violations } from "./support.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
let browser, out, files;

before(async () => {
  out = await mkdtemp(path.join(await realpath(tmpdir()), "bokworm-print-"));
  await promisify(execFile)(program, ["-C", root, "build", "--quiet", "--out", path.join(out, "site"), "--base-url", "https://example.org/b/"]);
  files = ["print.html", ...(await readdir(path.join(out, "site/print"))).sort().map((file) => `print/${file}`)];
  browser = await browse();
});

after(async () => {
  await browser?.close();
  if (out) await rm(out, { recursive: true, force: true });
});

const open = async (file) => {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path.join(out, "site", file)).href);
  return page;
};

test("in each long page every id stands once and every link within it leads somewhere", async () => {
  assert.ok(files.length > 5, `${files}`);
  for (const file of files) {
    const page = await open(file);
    const told = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
      const inside = [...document.querySelectorAll('main a[href^="#"]')];
      // Links in drawings have no `hash`.
      const targets = inside.map((link) => link.getAttribute("href"));
      const dead = targets.filter((target) => !document.getElementById(decodeURIComponent(target.slice(1))));
      const broken = [...document.images].filter((image) => !image.complete || !image.naturalWidth).map((image) => image.src);
      const referred = ["for", "aria-labelledby", "aria-describedby", "aria-controls"].flatMap((name) => [...document.querySelectorAll(`main [${name}]`)].flatMap((element) => element.getAttribute(name).split(/\s+/)));
      return { twice, dead, broken, inside: inside.length, lost: referred.filter((id) => !document.getElementById(id)), titles: document.querySelectorAll("h1").length };
    });
    const { inside, ...wrong } = told;
    assert.deepEqual(wrong, { twice: [], dead: [], broken: [], lost: [], titles: 1 }, file);
    assert.ok(inside > 0, file);
    await page.close();
  }
});

test("the whole site holds each of its pages once", async () => {
  const page = await open("print.html");
  const site = JSON.parse(await readFile(path.join(out, "site/site.json"), "utf8"));
  const ids = await page.locator("section.print-page").evaluateAll((parts) => parts.map((part) => part.id));
  const name = ({ address }) => address.slice(1).replaceAll("/", "-").toLowerCase() || "start";
  assert.deepEqual(site.pages.map(name).filter((id) => !ids.includes(id)), []);
  assert.equal(new Set(ids).size, ids.length);
  await page.close();
});

test("on paper only the text is left, and it becomes a PDF with an outline", async () => {
  const page = await open("print/roles.html");
  await page.emulateMedia({ media: "print" });
  for (const selector of [".bar", ".menu", ".foot", ".print-note"]) assert.equal(await page.locator(selector).first().isVisible(), false, selector);
  // What a link leads to elsewhere stands below its page, under its number, and nowhere twice.
  const noted = await page.evaluate(() => {
    const pages = [...document.querySelectorAll(".print-page")].filter((part) => part.querySelector("[data-note]"));
    return pages.map((part) => {
      const notes = [...part.querySelectorAll(".print-notes > li")].map((note) => note.textContent);
      const links = [...part.querySelectorAll("a[data-note]")];
      const right = links.every((link) => notes[link.dataset.note - 1] === link.getAttribute("href"));
      return { right, once: new Set(notes).size === notes.length, shown: part.querySelector(".print-notes").checkVisibility() };
    });
  });
  assert.ok(noted.length > 0);
  noted.forEach((part) => assert.deepEqual(part, { right: true, once: true, shown: true }));
  const pdf = await page.pdf({ format: "A4", outline: true, tagged: true, preferCSSPageSize: true });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  assert.match(pdf.toString("latin1"), /\/Outlines/);
  await page.close();
});

test("each chapter begins a sheet of its own, under its title and with its number", async () => {
  const page = await open("print/roles.html");
  await page.emulateMedia({ media: "print" });
  const told = await page.evaluate(() => ({
    sheets: [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href),
    chapters: [...document.querySelectorAll(".print-chapter")].map((chapter) => getComputedStyle(chapter).page),
  }));
  // A page that is a file may not look into sheets that are files.
  const rules = (await Promise.all(told.sheets.map((sheet) => readFile(fileURLToPath(sheet), "utf8")))).join("");
  assert.deepEqual(told.chapters, told.chapters.map((_, at) => `chapter-${at + 1}`));
  assert.equal(rules.match(/@page chapter-/g).length, told.chapters.length);
  assert.ok(/@bottom-center *\{ *content: *counter\(page\)/.test(rules));
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.ok(pdf.match(/\/Type\s*\/Page\b/g).length > told.chapters.length);
  await page.emulateMedia({ media: "screen" });
  assert.equal(await page.locator(".print-notes").first().isVisible(), false);
  await page.close();
});

test("axe finds nothing on a long page", async () => {
  for (const file of ["print/the-model.html", "print/risks.html"]) {
    const page = await open(file);
    assert.deepEqual(await violations(page), [], file);
    await page.close();
  }
});
