// The report of `bokworm diff --format html` as reviewers open it: from a folder, without a script, under its own policy,
// light and dark, on a phone and on a desk. Whoever can't see a mark hears it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { browse, program, project } from "./support.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, files, report, pages;

const long = Array.from({ length: 24 }, (_, at) => `Paragraph ${at} has words that nobody changes, and that fill a line or two.`).join("\n\n");
const drawing = (size) => `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="9" height="9"/></svg>`;

before(async () => {
  files = await project({
    "book.toml": '[site]\ntitle = "Handbook"\nlanguage = "en"\n\n[theme]\naccent = "#7a1f5c"\n\n[languages.en]\nsource = "content"\n\n[languages.he]\n',
    "static/one.svg": drawing(40),
    "static/two.svg": drawing(60),
    "content/index.md": `# Home\n\nThese words stay, and one goes.\n\n## A part\n\n- One thing\n- Another thing\n\n| Way | Often |\n| --- | --- |\n| Letter | no |\n\n![A drawing](/one.svg)\n\n\`\`\`sh\necho one\nsome-command --with a-very-long-line-of-arguments --that "does not fit" --on-a-phone --whatever --one does\n\`\`\`\n\n:::note\n\nA note.\n\n:::\n\n${long}\n\nThe end.\n`,
    "content/index.he.md": "# בית\n\nמילים ראשונות כאן.\n",
    "content/old.md": "---\ntitle: Old\ntags: [Legal Risk]\n---\nGone soon.\n",
    "content/model.md": "---\ntitle: Model\nchecklist:\n  - title: Named\n    description: Somebody is named who answers for it\n---\n<ArticleChecklist checklist={frontMatter.checklist} />\n",
    "content/list.md": '# List\n\n<BokTagList tag="Legal Risk" />\n',
  });
  const git = (...words) => execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...words], { cwd: files.root, stdio: "pipe" });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "One");
  await files.put("content/index.md", `# Home\n\nThese words stay, and **two** come.\n\n## A section\n\n- One thing\n- A third thing\n\n| Way | Often | Where |\n| --- | --- | --- |\n| Letter | no | here |\n\n![A drawing](/two.svg)\n\n\`\`\`sh\necho two\nsome-command --with a-very-long-line-of-arguments --that "does not fit" --on-a-phone --whatever --one does\n\`\`\`\n\n:::warning\n\nA note.\n\n:::\n\n${long}\n\nThe very end. See [a page that isn't here](nowhere.md) and [the list](list.md).\n`);
  await files.put("content/index.he.md", "# בית\n\nמילים אחרונות כאן.\n");
  await files.put("content/model.md", "---\ntitle: Model\nchecklist:\n  - title: Named\n    description: Somebody is named who answers for it, and is told\n---\n<ArticleChecklist checklist={frontMatter.checklist} />\n");
  await files.put("content/new.md", "---\ntitle: New\ntags: [Legal Risk, People]\n---\nHere now.\n\n<script>document.title = 'ran'</script>\n");
  git("rm", "-q", "content/old.md");
  execFileSync(program, ["diff", "--format", "html", "--out", "report"], { cwd: files.root, stdio: "pipe" });
  report = path.join(files.root, "report");
  pages = (await readdir(report, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await files?.remove();
});

const address = (file) => pathToFileURL(path.join(report, file)).href;

/** Opens each page in a window; tells what `ask` finds wrong with it, and what the policy refused. */
async function visit(options, ask) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`${page.url()}: ${message.text()}`));
  // What is called off when the next page is opened did not fail.
  const isCalledOff = (request) => request.failure()?.errorText === "net::ERR_ABORTED";
  page.on("requestfailed", (request) => isCalledOff(request) || wrong.push(`${page.url()}: ${request.url()} failed`));
  for (const file of pages) {
    await page.goto(address(file));
    for (const problem of await ask(page)) wrong.push(`${file}: ${problem}`);
  }
  await context.close();
  return wrong;
}

test("a report has a page for each that is told, and more", () => {
  assert.deepEqual(pages, ["index.html", "lists/tags/legal-risk.html", "lists/tags/people.html", "pages/content/index.he.md.html", "pages/content/index.md.html", "pages/content/list.md.html", "pages/content/model.md.html", "pages/content/new.md.html", "pages/content/old.md.html"]);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    test(`nothing is wrong with it: ${colorScheme}, ${width} pixels wide`, async () => {
      const wrong = await visit({ colorScheme, viewport: { width, height: 800 } }, async (page) => {
        const problems = [];
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) problems.push(`${wide} pixels wide`);
        if (await page.title() === "ran") problems.push("a script ran");
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, { preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21aa", "wcag22aa", "best-practice"] }));
        return problems.concat(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" ")}`));
      });
      assert.deepEqual(wrong, []);
    });
  }
}

test("without a script all of it is there, with its styles and pictures", async () => {
  const wrong = await visit({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } }, async () => []);
  assert.deepEqual(wrong, []);
  const page = await browser.newPage();
  await page.goto(address("pages/content/index.md.html"));
  const picture = page.locator(".diff-beside img");
  assert.deepEqual(await picture.evaluateAll((all) => all.map((one) => one.naturalWidth)), [40, 60]);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("main")).minWidth), "0px");
  await page.close();
});

test("sides stand beside each other on a desk, and one below the other on a phone", async () => {
  for (const [width, beside] of [[1280, true], [390, false]]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(address("pages/content/index.md.html"));
    const tops = await page.locator(".diff-beside").first().evaluate((one) => [...one.children].map((side) => side.getBoundingClientRect().top));
    assert.equal(tops[0] === tops[1], beside, `${width}: ${tops}`);
    await page.close();
  }
});

test("a checklist is laid out as on the site: narrow boxes, and room for its statements", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address("pages/content/model.md.html"));
  const wide = (selector) => page.locator(selector).first().evaluate((cell) => cell.getBoundingClientRect().width);
  assert.ok(await wide(".assess-table td.assess-box") < 40);
  assert.ok(await wide(".assess-table tbody th") > 200);
  await page.close();
});

test("what front matter said and what it says have room on a phone", async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  await page.goto(address("pages/content/model.md.html"));
  const [was, is] = await page.locator(".diff-table tbody td").evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().width));
  assert.ok(was >= 190 && is >= 190, `${was} and ${is} pixels wide`);
  await page.close();
});

test("marks are told by more than a colour, and to those who listen", async () => {
  const page = await browser.newPage();
  await page.goto(address("pages/content/index.md.html"));
  const style = (selector, name) => page.locator(selector).first().evaluate((one, name) => getComputedStyle(one)[name], name);
  assert.equal(await style("ins.diff-words", "textDecorationLine"), "underline");
  assert.equal(await style("del.diff-words", "textDecorationLine"), "line-through");
  assert.match(await page.locator("main p ins.diff-words").first().ariaSnapshot(), /insertion:[^]*Inserted:/);
  assert.match(await page.locator("main p del.diff-words").first().ariaSnapshot(), /deletion:[^]*Deleted:/);
  assert.equal(await page.locator(".diff-fold summary").first().innerText(), "Unchanged");
  await page.goto(address("pages/content/index.he.md.html"));
  assert.equal(await style("article.diff-article", "direction"), "rtl");
  assert.match(await page.locator("ins.diff-words").first().ariaSnapshot(), /נוסף:/);
  await page.close();
});

test("links lead to marked pages by the keyboard, and nowhere where there is nothing", async () => {
  const page = await browser.newPage();
  await page.goto(address("index.html"));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.getByRole("link", { name: "Home", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/pages\/content\/index\.md\.html$/);
  await page.getByRole("link", { name: "the list" }).click();
  await page.waitForURL(/pages\/content\/list\.md\.html$/);
  assert.equal(await page.locator("li.diff-new a").getAttribute("href"), "../../pages/content/new.md.html");
  await page.goto(address("pages/content/index.md.html"));
  assert.equal(await page.getByText("a page that isn't here").getAttribute("href"), null);
  await page.getByRole("link", { name: "All changes" }).click();
  await page.waitForURL(/index\.html$/);
  await page.close();
});
