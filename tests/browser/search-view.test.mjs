// Results as readers see them, in Chromium: the way to a heading, and the colour and icon of what a page is about.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { ask, build, close, host, open, visit } from "./search-support.mjs";
import { browse, project, violations } from "./support.mjs";

let browser, files, server;
before(async () => {
  files = await project({
    "book.toml": '[site]\ntitle = "Handbook"\n[urls]\nstyle = "file"\n',
    "content/index.md": "---\ntags: [Legal (Role)]\n---\n# Home\n",
    "content/legal.md": "---\ndefines: Legal (Role)\n---\n# Lawyers\n\nThey read contracts.\n",
    "content/deep.md": "# Deep page\n\n## Upper part\n\n### First below\n\nQuartz.\n\n### Second below\n\nFeldspar.\n\n## Other part\n\nMica.\n",
  });
  build(files.root, "--out", path.join(files.root, "site"));
  server = await host(path.join(files.root, "site"));
  browser = await browse();
});
after(async () => { await browser?.close(); server?.end(); await files?.remove(); });

test("a section is shown with the headings above it", async () => {
  const page = await visit(browser, server.address);
  await open(page);
  for (const [query, way] of [["quartz", "Upper part › First below"], ["feldspar", "Upper part › Second below"], ["mica", "Other part"]]) {
    await ask(page, query);
    assert.equal(await page.textContent(".search-heading"), way);
  }
  await close(page);
});

test("tags and the pages that are about them have their colour and icon, which axe and forced colours allow", async () => {
  for (const forcedColors of ["none", "active"]) {
    const page = await visit(browser, server.address, { forcedColors });
    await open(page);
    assert.match(await page.getAttribute(".search-tag", "class"), /tone-\w+ icon-person/);
    assert.deepEqual(await violations(page), []);
    await ask(page, "contracts");
    assert.match(await page.getAttribute(".search-title", "class"), /tone-\w+ icon-person/);
    assert.equal(await page.$eval(".search-title", (title) => getComputedStyle(title, "::before").maskImage.startsWith("url(")), true);
    await ask(page, "home");
    await page.click(".search-narrow summary");
    await page.waitForSelector(".search-facets label");
    assert.match(await page.getAttribute(".search-facets label span", "class"), /icon-person/);
    assert.deepEqual(await violations(page), []);
    await ask(page, "quartz");
    assert.equal(await page.getAttribute(".search-title", "class"), "search-title");
    await close(page);
  }
});
