// The project's own site, built and opened in Chromium: it reads in large letters, and axe finds nothing. That nothing
// fails to load, is asked of other hosts or scrolls sideways on a phone, `policy.test.mjs` sees to for every page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { publish } from "./own.mjs";
import { browse, violations } from "./support.mjs";

let browser, site, pages, route;

before(async () => {
  site = await publish();
  ({ pages, route } = site);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await site?.end();
});

test("axe finds nothing, in light and dark, narrow and wide", async () => {
  const sample = ["index.html", "Model/Level-2.html", "Activities/Level-2/Inventory.html", "Contributing/Components.html", "Training.html", "tags.html", "tags/developer-role.html", "Risks.html", "catalogs/cyber-resilience-act.html", "catalogs/cyber-resilience-act/article-14.html", "404.html"];
  const wrong = [];
  // Colours are the scheme's and places the width's: each of both is seen once.
  for (const [colorScheme, width] of [["light", 320], ["dark", 1280]]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    for (const file of sample) {
      assert.ok(pages.includes(file), `${file} is published`);
      await page.goto(route(file));
      wrong.push(...(await violations(page)).map((told) => `${file} ${colorScheme} ${width}: ${told}`));
    }
    await context.close();
  }
  assert.deepEqual(wrong, []);
});

test("what axe would find is found, in colours alone too", async () => {
  const page = await browser.newPage();
  await page.setContent('<main lang="en"><img src="data:,"><p style="color: #aaa; background: #fff">Pale</p></main>');
  const found = (told) => ["image-alt", "color-contrast"].filter((rule) => told.some((told) => told.startsWith(rule)));
  assert.deepEqual(found(await violations(page)), ["image-alt", "color-contrast"]);
  assert.deepEqual(found(await violations(page, { within: "main", coloursOnly: true })), ["color-contrast"]);
  await page.close();
});

test("axe finds nothing in what opens: the menu, search, tabs, details", async () => {
  const opened = {
    menu: ["Model/Level-2.html", 390, (page) => page.locator(".menu-button").click()],
    contents: ["Model/Level-2.html", 390, (page) => page.locator(".toc-narrow summary").click()],
    search: ["Model/Level-2.html", 1280, async (page) => {
      await page.keyboard.press("/");
      await page.getByRole("combobox").fill("license");
      await page.locator(".search-result").first().waitFor();
      await page.locator(".search-narrow summary").click();
    }],
    parts: ["Contributing/Components.html", 1280, async (page) => {
      await page.locator(".tabs label.tab").nth(1).click();
      for (const summary of await page.locator(".prose details:not([open]) > summary").elementHandles()) await summary.click();
    }],
  };
  const wrong = [];
  for (const [name, [file, width, open]] of Object.entries(opened)) {
    const context = await browser.newContext({ colorScheme: "light", viewport: { width, height: 900 }, reducedMotion: "reduce", bypassCSP: true });
    const page = await context.newPage();
    await page.goto(route(file));
    await open(page);
    wrong.push(...(await violations(page)).map((told) => `${name} light: ${told}`));
    await page.emulateMedia({ colorScheme: "dark" });
    wrong.push(...(await violations(page, { coloursOnly: true })).map((told) => `${name} dark: ${told}`));
    await context.close();
  }
  assert.deepEqual(wrong, []);
});

const kinds = ["index.html", "Model/Level-2.html", "Training.html", "tags.html", "tags/developer-role.html", "Contributing/Components.html"];

test("with text twice as large nothing scrolls sideways or is cut off", async () => {
  const large = await browse("--blink-settings=defaultFontSize=32");
  try {
    for (const width of [1280, 768, 640]) {
      const page = await large.newPage({ viewport: { width, height: 900 } });
      for (const file of kinds) {
        await page.goto(route(file));
        assert.equal(await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), 32);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${file} at ${width}`);
        assert.ok(await page.evaluate(() => document.querySelector("main").getBoundingClientRect().width > innerWidth / 2), `${file} at ${width}`);
      }
      await page.close();
    }
  } finally {
    await large.close();
  }
});

test("with the text spacing of WCAG nothing scrolls sideways on a phone", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  for (const file of kinds) {
    await page.goto(route(file));
    await page.addStyleTag({ content: "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }" });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), file);
  }
  await context.close();
});

test("who wants less motion gets none, and high contrast keeps what is current apart", async () => {
  const still = await browser.newPage({ reducedMotion: "reduce", forcedColors: "active", viewport: { width: 1280, height: 900 } });
  await still.goto(route("Contributing/Components.html"));
  assert.deepEqual(await still.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
    return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
  }).map((element) => element.outerHTML.slice(0, 80))), []);
  const outlined = (selector) => still.locator(selector).first().evaluate((element) => getComputedStyle(element).outlineStyle);
  for (const selector of ['.sidebar [aria-current="page"]', '.toc [aria-current="location"]', ".tab:has(:checked)"]) assert.equal(await outlined(selector), "solid", selector);
  await still.close();
});

test("what a reader points at is at least 24 pixels high, or stands in a line of text", async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
  const small = [];
  for (const file of ["index.html", "Model/Level-2.html", "Activities/Level-2/Inventory.html", "tags.html", "tags/developer-role.html"]) {
    await page.goto(route(file));
    small.push(...await page.evaluate((file) => [...document.querySelectorAll("a, button, summary, input, label")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).display !== "inline" && !element.matches(".skip, .anchor"))
      .map((element) => [element, element.getBoundingClientRect()])
      .filter(([, box]) => box.height < 24 || box.width < 24)
      .map(([element, box]) => `${file}: ${element.outerHTML.slice(0, 80)} ${box.width}×${box.height}`), file));
  }
  assert.deepEqual(small, []);
  await page.close();
});

test("the front page takes the width of wide screens", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(site.address);
  for (const part of [".hero", ".steps"]) {
    const { width } = await page.locator(part).boundingBox();
    assert.ok(width > 1_100, `${part}: ${width}`);
  }
  const { y } = await page.locator(".map").boundingBox();
  assert.ok(y < 400, `the drawing stands beside the title: ${y}`);
  await page.close();
});

test("what few pages hold has its style where it stands, and nowhere else", async () => {
  for (const [file, holds] of [["Activities.html", true], ["Contributing/Components.html", true], ["tags.html", true], ["Activities/Level-2/Inventory.html", false], ["index.html", false]]) {
    assert.equal((await (await fetch(route(file))).text()).includes("assets/parts."), holds, file);
  }
  const page = await browser.newPage();
  await page.goto(route("Activities.html"));
  assert.equal(await page.locator(".bok-matrix tbody th").first().evaluate((cell) => getComputedStyle(cell).position), "sticky");
  await page.close();
});

test("a matrix shows its totals without being moved, and marks add up", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  for (const file of ["Activities.html", "Risks.html"]) {
    await page.goto(route(file));
    const [wide, holds] = await page.locator(".table-wrap:has(.bok-matrix)").first().evaluate((frame) => [frame.clientWidth, frame.scrollWidth]);
    assert.ok(holds <= wide, `${file}: ${holds} pixels in ${wide}`);
  }
  const rows = await page.locator(".bok-matrix tbody tr").evaluateAll((rows) => rows.map((row) => [row.innerText.split("✓").length - 1, Number(row.querySelector(".total").innerText)]));
  assert.ok(rows.some(([marks]) => marks > 1));
  for (const [marks, total] of rows) assert.equal(total, marks);
  await page.close();
});

test("a list holds what its query finds, each entry leading to its page", async () => {
  const page = await browser.newPage();
  await page.goto(route("Model/Level-2.html"));
  const links = page.locator(".bok-tag-list a");
  assert.ok(await links.count() >= 5);
  const title = (await links.first().innerText()).trim();
  await links.first().click();
  assert.equal((await page.locator("h1").innerText()).trim(), title);
  await page.close();
});
