// The preview puts new blocks into a page that is open: the theme equips them as it does at the start.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, project, serve } from "./support.mjs";

const first = `# Page

## One

Words.

<Tabs groupId="system"><TabItem value="a" label="A">Under A</TabItem><TabItem value="b" label="B">Under B</TabItem></Tabs>
`;
const second = `${first}
## Two

\`\`\`toml
key = 1
\`\`\`

<Tabs groupId="system"><TabItem value="a" label="A">More A</TabItem><TabItem value="b" label="B">More B</TabItem></Tabs>

<CourseList filter="Courses" />

<PdfButton />
`;
const course = (code, length) => `---\ntitle: Course ${code}\ntags: [Course]\ncourse: { code: ${code}, length: ${length} }\n---\n\nWords.\n`;

let browser, book, preview;

before(async () => {
  book = await project({
    "book.toml": '[site]\ntitle = "Book"\n',
    "content/index.md": first,
    "content/Courses/A.md": course("A", "2 hours"),
    "content/Courses/B.md": course("B", "30 minutes"),
  });
  preview = await serve(book.root);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await preview?.end();
  await book?.remove();
});

test("a block that the preview adds is equipped like one that was there", async () => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 700 } });
  await page.goto(preview.address);
  await page.locator("label.tab").nth(1).click();
  await page.evaluate(() => { window.stayed = true; });
  await book.put("content/index.md", second);
  await page.locator("h2#two .anchor").waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => window.stayed), true, "the page wasn't loaded anew");
  assert.equal(await page.locator("h2#two .anchor").getAttribute("aria-label"), "Link to “Two”");
  assert.deepEqual(await page.locator("h2 .anchor").count(), 2, "one each");
  assert.equal(await page.locator("figure.code > .copy").count(), 1);
  assert.deepEqual(await page.locator(".tabs :checked").evaluateAll((inputs) => inputs.map(({ value }) => value)), ["b", "b"]);
  assert.equal(await page.locator("button.print-button").count(), 1);
  const lengths = () => page.locator(".course-list td:nth-child(3)").allInnerTexts();
  await page.getByRole("button", { name: "Length" }).click();
  assert.deepEqual(await lengths(), ["30 minutes", "2 hours"]);
  await page.getByRole("button", { name: "Length" }).click();
  assert.deepEqual(await lengths(), ["2 hours", "30 minutes"]);
  await page.locator(".toc").getByRole("link", { name: "Two" }).waitFor();
  await page.evaluate(() => document.querySelector("#two").scrollIntoView({ behavior: "instant" }));
  await page.locator('.toc [aria-current="location"]', { hasText: "Two" }).waitFor();

  // Once more: nothing is equipped twice, and what changed is named anew.
  await book.put("content/index.md", second.replace("## Two", "## Twice {#two}").replace("key = 1", "key = 2"));
  await page.locator('h2 .anchor[aria-label="Link to “Twice”"]').waitFor({ state: "attached" });
  assert.equal(await page.locator("h2 .anchor").count(), 2);
  assert.equal(await page.locator("figure.code > .copy").count(), 1);
  assert.equal(await page.locator(".course-list th button").count(), 5);
  await page.close();
});

test("a checklist that is written on keeps what was rated, in the page that is open", async () => {
  const list = (...items) => `---\ntitle: Rated\nchecklist:\n${items.map((item) => `  - ${item}\n`).join("")}---\n\n<ArticleChecklist checklist={frontMatter.checklist} />\n\n<ChecklistSummary />\n`;
  await book.put("content/Rated.md", list("title: One", "title: Two"));
  const page = await browser.newPage();
  await page.goto(`${preview.address}Rated`);
  await page.getByRole("group", { name: "One" }).getByRole("radio", { name: "4" }).check();
  await page.evaluate(() => { window.stayed = true; });
  await book.put("content/Rated.md", list("{ title: First, was: One }", "title: Two", "title: Three"));
  await page.getByRole("group", { name: "Three" }).waitFor();
  assert.equal(await page.evaluate(() => window.stayed), true, "the page wasn't loaded anew");
  assert.equal(await page.getByRole("group", { name: "First" }).getByRole("radio", { name: "4" }).isChecked(), true);
  await page.getByRole("group", { name: "Three" }).getByRole("radio", { name: "2" }).check();
  await page.waitForFunction(() => document.querySelector(".assess-figures")?.textContent.includes("2 of 3"));
  assert.deepEqual([await page.locator(".assess-bar").count(), await page.locator(".assess-tools").count()], [1, 1]);
  await page.close();
});
