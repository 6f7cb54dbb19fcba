// The project's own site in Chromium without scripts: all works but search, sorting and remembering.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { publish } from "./own.mjs";
import { browse } from "./support.mjs";

let browser, site, route;

before(async () => {
  site = await publish();
  ({ route } = site);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await site?.end();
});

/** A test on one page, without scripts. */
const reads = (name, file, look, options = {}) => test(name, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: "reduce", viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  try {
    await page.goto(route(file));
    await look(page);
  } finally {
    await context.close();
  }
});
const phone = { viewport: { width: 390, height: 800 } };
const article = "Activities/Level-2/Inventory.html";
const components = "Contributing/Components.html";
const colours = (page, selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);

reads("the sidebar shows the current page, and its sections fold and unfold", article, async (page) => {
  const current = page.locator('.sidebar [aria-current="page"]');
  assert.equal((await current.innerText()).trim(), "Keeping an inventory");
  const summary = page.locator(".sidebar > ul > li > details > summary").first();
  await summary.click();
  assert.equal(await current.isVisible(), false);
  await summary.click();
  assert.equal(await current.isVisible(), true);
  await page.locator(".sidebar").getByRole("link", { name: "Roles" }).click();
  assert.match(page.url(), /\/Roles$/);
});

reads("on a phone the menu is a drawer that opens and closes", "Model/Level-1.html", async (page) => {
  const menu = page.locator("nav.sidebar");
  assert.equal(await menu.isVisible(), false);
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  assert.equal(await menu.isVisible(), true);
  await page.getByRole("button", { name: "Close the menu" }).click();
  assert.equal(await menu.isVisible(), false);
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await page.keyboard.press("Escape");
  assert.equal(await menu.isVisible(), false);
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await menu.getByRole("link", { name: "Roles" }).click();
  assert.match(page.url(), /\/Roles$/);
}, phone);

reads("the contents lead to the headings", article, async (page) => {
  await page.locator(".toc").getByRole("link", { name: "Pitfalls" }).click();
  assert.match(page.url(), /#pitfalls$/);
  assert.equal(await page.locator("#pitfalls").evaluate((heading) => {
    const { top, bottom } = heading.getBoundingClientRect();
    return top >= document.querySelector(".bar").getBoundingClientRect().bottom && bottom <= innerHeight;
  }), true);
});

reads("on a phone the contents open above the text", article, async (page) => {
  const link = page.locator(".toc-narrow").getByRole("link", { name: "Pitfalls" });
  assert.equal(await link.isVisible(), false);
  await page.locator(".toc-narrow summary").click();
  await link.click();
  assert.match(page.url(), /#pitfalls$/);
}, phone);

reads("tabs change, by mouse and by keyboard", components, async (page) => {
  const tabs = page.locator(".tabs").first();
  const panels = tabs.locator(".tab-panel");
  assert.deepEqual([await panels.nth(0).isVisible(), await panels.nth(1).isVisible()], [true, false]);
  await tabs.locator("label.tab").nth(1).click();
  assert.deepEqual([await panels.nth(0).isVisible(), await panels.nth(1).isVisible()], [false, true]);
  await page.keyboard.press("ArrowLeft");
  assert.deepEqual([await panels.nth(0).isVisible(), await panels.nth(1).isVisible()], [true, false]);
});

reads("details open", components, async (page) => {
  const details = page.locator(".prose details").last();
  const inside = details.locator("p").first();
  assert.equal(await inside.isVisible(), false);
  await details.locator("summary").click();
  assert.equal(await inside.isVisible(), true);
});

reads("admonitions say what they are, in words", components, async (page) => {
  const titles = await page.locator(".admonition > .admonition-title").allInnerTexts();
  assert.ok(titles.length >= 5 && titles.every((title) => title.trim()), titles.join());
});

reads("a checklist is a table to be filled in by hand", article, async (page) => {
  const items = page.locator(".checklist").getByRole("row");
  assert.equal(await items.count(), 6);
  assert.match(await items.nth(1).innerText(), /Coverage/);
});

reads("a tag leads to the page that is about it, that to the tag's own, and that to pages that carry it", article, async (page) => {
  await page.locator("main ul.tags").getByRole("link", { name: /Developer/ }).click();
  assert.equal(await page.locator("h1").innerText(), "Developer");
  await page.locator("main ul.tags").getByRole("link", { name: /Developer/ }).click();
  assert.match(await page.locator("h1").innerText(), /Developer \(Role\)/);
  await page.locator(".rows").getByRole("link", { name: "Keeping an inventory" }).click();
  assert.equal(await page.locator("h1").innerText(), "Keeping an inventory");
});

reads("the next page's previous page is this one", article, async (page) => {
  const here = page.url();
  await page.locator('[rel="next"]').click();
  assert.notEqual(page.url(), here);
  await page.locator('[rel="prev"]').click();
  assert.equal(page.url(), here);
});

reads("breadcrumbs lead up", article, async (page) => {
  await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: "Activities" }).click();
  assert.match(page.url(), /\/Activities$/);
});

for (const [colorScheme, ground] of [["light", "rgb(255, 255, 255)"], ["dark", "rgb(21, 25, 27)"]]) {
  reads(`colours follow a system that is ${colorScheme}`, article, async (page) => {
    assert.equal(await colours(page, "body"), ground);
    assert.equal(await page.locator(".scheme-button").isVisible(), false, "what can't work isn't shown");
  }, { colorScheme });
}

reads("the search link leads to the index of tags", article, async (page) => {
  await page.getByRole("link", { name: "Search" }).click();
  assert.equal(await page.locator("h1").innerText(), "Tags");
  assert.ok(await page.locator(".tag-index a.tag").count() > 10);
});

reads("a wide table scrolls in its own frame, by keyboard too", "Training.html", async (page) => {
  const frame = page.locator(".table-wrap").first();
  assert.ok(await frame.evaluate((box) => box.scrollWidth > box.clientWidth));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await frame.focus();
  let scrolled = 0;
  for (let tries = 0; tries < 50 && !scrolled; tries++) {
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(100);
    scrolled = await frame.evaluate((box) => box.scrollLeft);
  }
  assert.ok(scrolled > 0);
  assert.equal(await page.locator(".course-list button").count(), 0, "what can't sort doesn't look as if it could");
}, { viewport: { width: 320, height: 800 } });

test("a video asks for nothing before it is started", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(route(components));
  await page.locator("video").first().scrollIntoViewIfNeeded();
  await page.waitForTimeout(300);
  assert.ok(await page.locator("video").count() >= 1);
  assert.deepEqual(asked.filter((url) => !url.startsWith(site.address) || /\.(webm|mp4)$/.test(url)), []);
  await context.close();
});

reads("on paper stand the text alone, every tab and what is folded", components, async (page) => {
  await page.emulateMedia({ media: "print" });
  for (const selector of [".bar", ".menu", ".toc", ".foot", ".neighbours"]) assert.equal(await page.locator(selector).first().isVisible(), false, selector);
  for (const panel of await page.locator(".tab-panel").all()) assert.equal(await panel.isVisible(), true);
  assert.equal(await page.locator(".prose details > p").last().evaluate((words) => words.checkVisibility() && words.getBoundingClientRect().height > 20), true, "details are unfolded");
  assert.equal(await colours(page, "body"), "rgb(255, 255, 255)");
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
}, { colorScheme: "dark" });
