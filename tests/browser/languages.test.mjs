// A site in several languages in Chromium: the switch, with and without scripts, by keyboard and on a phone, and which
// heading it leads to; what is written from right to left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, project, serve } from "./support.mjs";

const files = {
  "book.toml": `[site]\ntitle = "Handbook"\nurl = "https://example.org"\n[urls]\nstyle = "file"\n[languages.en]\nlabel = "English"\n[languages.de]\nlabel = "Deutsch"\nsite.title = "Handbuch"\n[languages.ar]\nlabel = "العربية"\nsite.title = "دليل"\n`,
  "content/en/index.md": "# Home\n\nWelcome.\n",
  "content/en/guide.md": "# Guide\n\n## Why\n\nText.\n\n## How\n\nText.\n\n## License\n\nText.\n",
  "content/en/alone.md": "# Alone\n\n## Part\n\nText.\n",
  "content/de/index.md": "# Anfang\n\nWillkommen.\n",
  "content/de/guide.md": "# Leitfaden\n\n## Warum\n\nText.\n\n## Wie\n\nText.\n\n## License\n\nText.\n",
  "content/ar/index.md": "# البداية\n\nمرحبا.\n",
  "content/ar/guide.md": "# الدليل\n\n## لماذا\n\nنص.\n",
};

let browser, site, preview;

before(async () => {
  site = await project(files);
  preview = await serve(site.root);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await preview?.end();
  await site?.remove();
});

const reads = (name, look, options = {}) => test(name, async () => {
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const missing = [];
  page.on("response", (response) => { if (response.status() >= 400) missing.push(response.url()); });
  try {
    await look(page, (path) => page.goto(new URL(path, preview.address).href));
    assert.deepEqual(missing, []);
  } finally {
    await context.close();
  }
});
const withoutScript = { javaScriptEnabled: false };
const phone = { viewport: { width: 390, height: 800 } };
const options = (page) => page.locator(".languages a").evaluateAll((links) => links.map((link) => [link.textContent, link.lang, link.hreflang, link.getAttribute("aria-current")]));
const heading = (page) => page.locator("h1").innerText();
const fragment = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const follow = async (page, language) => {
  await page.locator(".languages summary").click();
  await page.locator(`.languages a[lang=${language}]`).click();
  await page.waitForLoadState();
};

reads("each language is called by its own name, and the current one is marked", async (page, visit) => {
  await visit("/de/guide");
  assert.deepEqual(await options(page), [["English", "en", "en", null], ["Deutsch", "de", "de", "true"], ["العربية", "ar", "ar", null]]);
});

reads("without a script the switch leads to the same page, and to a front page where there is none", async (page, visit) => {
  await visit("/guide");
  await follow(page, "de");
  assert.equal(await heading(page), "Leitfaden");
  await follow(page, "ar");
  assert.equal(await heading(page), "الدليل");
  await follow(page, "en");
  assert.equal(await heading(page), "Guide");
}, withoutScript);

reads("no address of a switch leads nowhere", async (page, visit) => {
  for (const path of ["/", "/guide", "/alone", "/de/", "/de/guide", "/de/alone", "/ar/", "/ar/guide", "/ar/alone", "/tags", "/ar/tags"]) {
    await visit(path);
    for (const address of await page.locator(".languages a").evaluateAll((links) => links.map((link) => link.href))) await visit(address);
  }
});

reads("the switch works by keyboard, and closes on Escape and elsewhere", async (page, visit) => {
  await visit("/guide");
  const open = () => page.locator(".languages").evaluate((element) => element.open);
  const summary = page.locator(".languages summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.equal(await open(), true);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "English");
  await page.keyboard.press("Escape");
  assert.equal(await open(), false);
  assert.equal(await summary.evaluate((element) => element === document.activeElement), true);
  await page.keyboard.press("Space");
  await page.locator("h1").click();
  assert.equal(await open(), false);
  await summary.focus();
  await page.keyboard.press("Enter");
  for (let at = 0; at < 4; at++) await page.keyboard.press("Tab");
  assert.equal(await open(), false, "left by Tab");
  await summary.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.equal(await heading(page), "Leitfaden");
});

reads("the switch leads to the heading at the same place", async (page, visit) => {
  await visit("/guide#how");
  await follow(page, "de");
  assert.equal(await fragment(page), "#wie");
  const top = await page.locator("#wie").evaluate((element) => element.getBoundingClientRect().top);
  assert.ok(top < 700, `the heading stands at ${top}`);
  await follow(page, "en");
  assert.equal(await fragment(page), "#how");
  await page.goBack();
  assert.equal(await fragment(page), "#wie", "one step back is one page back");
});

reads("the same id is the same heading, and where there is none the fragment goes", async (page, visit) => {
  await visit("/guide#license");
  await follow(page, "de");
  assert.equal(await fragment(page), "#license");
  await follow(page, "ar");
  assert.equal(await page.evaluate(() => location.href.includes("#")), false);
  await visit("/guide");
  await follow(page, "de");
  assert.equal(await fragment(page), "");
});

reads("on a phone the bar has room for all, and the switch opens inside the window", async (page, visit) => {
  for (const path of ["/guide", "/ar/guide"]) {
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await visit(path);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, path);
      await page.locator(".languages summary").click();
      const box = await page.locator(".languages nav").boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width, `${path} at ${width}: ${JSON.stringify(box)}`);
    }
  }
}, phone);

reads("what is written from right to left stands at the right, and what isn't keeps its order", async (page, visit) => {
  await visit("/ar/alone");
  assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
  const sidebar = await page.locator(".sidebar").boundingBox();
  assert.ok(sidebar.x > 640, "the sidebar stands at the right");
  assert.equal(await page.locator(".prose").evaluate((element) => getComputedStyle(element).direction), "ltr");
  const label = page.locator(".sidebar a[lang=en]").first();
  const style = await label.evaluate((element) => [getComputedStyle(element).textAlign, getComputedStyle(element).unicodeBidi]);
  assert.deepEqual(style, ["right", "plaintext"]);
});

// A translation that lacks pages that the original has.
const lacking = {
  "book.toml": `[site]\ntitle = "Handbook"\n[urls]\nstyle = "file"\n[languages.en]\nlabel = "English"\n[languages.ja]\nlabel = "日本語"\n[languages.de]\nlabel = "Deutsch"\nfallback = "none"\n`,
  "content/en/index.md": "# Home\n\nWelcome.\n",
  "content/en/a.md": "# Licenses\n\nOSPO text.\n",
  "content/en/b.md": "# Compliance\n\nOSPO and licensing.\n",
  "content/en/c.md": "# Funding\n\nOSPO money.\n",
  "content/ja/index.md": "# ホーム\n\nようこそ。\n",
  "content/ja/a.md": "# ライセンス\n\nOSPO の文章。\n",
  "content/de/index.md": "# Anfang\n\nOSPO willkommen.\n",
};
const searching = async (page) => {
  await page.keyboard.press("Control+k");
  await page.waitForFunction(() => window.bokwormSearch?.find && document.querySelector("dialog.search-box")?.open);
};
const type = async (page, query) => {
  await page.fill("#search-field", query);
  await page.waitForFunction((query) => document.querySelector(".search-status").textContent && new URL(location.href).searchParams.get("q") === query, query);
};
const elsewhere = (page) => page.locator(".search-elsewhere");

test("search in a translation tells what the original has, and leads to the same page there", async () => {
  const own = await project(lacking);
  const served = await serve(own.root);
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const asked = [], wrong = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("pageerror", (error) => wrong.push(String(error)));
  const parts = (folder) => asked.filter((path) => path.startsWith(folder + "search/"));
  try {
    await page.goto(served.address + "ja/a");
    await searching(page);
    assert.deepEqual(parts("/"), [], "nothing of the original is loaded before the reader searches");
    await type(page, "OSPO");
    await elsewhere(page).locator("a").waitFor();
    assert.equal(await page.locator(".search-status").innerText(), "1 ページ見つかりました");
    assert.equal(await elsewhere(page).innerText(), "英語でさらに 3 ページ");
    assert.deepEqual(parts("/").sort(), ["/search/index.js", "/search/r0.js", "/search/w0.js"], "and then only what the query needs");
    // What the original lacks is not told of, and what was told goes with its query.
    await type(page, "OSPO 文章");
    await page.waitForTimeout(600);
    assert.equal(await elsewhere(page).innerText(), "");
    await type(page, "funding");
    await elsewhere(page).locator("a").waitFor();
    assert.equal(await elsewhere(page).innerText(), "英語でさらに 1 ページ");
    assert.equal(await page.locator(".search-status").innerText(), "見つかりませんでした");
    await elsewhere(page).locator("a").click();
    await page.waitForURL((url) => url.pathname === "/a" && url.searchParams.get("q") === "funding");
    await page.locator("[role=option]", { hasText: "Funding" }).waitFor();
    await page.waitForTimeout(600);
    assert.equal(await elsewhere(page).innerText(), "", "the original asks no other language");
    await page.goBack();
    assert.equal(new URL(page.url()).search, "", "the way back leads to the page as it was");
    // Who takes nothing from the original isn't sent there.
    asked.length = 0;
    await page.goto(served.address + "de/");
    await searching(page);
    await type(page, "OSPO");
    await page.waitForTimeout(600);
    assert.equal(await elsewhere(page).innerText(), "");
    assert.deepEqual(parts("/"), []);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
    await served.end();
    await own.remove();
  }
});

test("a site of one language asks for its own index alone", async () => {
  const { "content/en/index.md": home, "content/en/c.md": text } = lacking;
  const own = await project({ "book.toml": "[site]\ntitle = \"Handbook\"\n", "content/index.md": home, "content/c.md": text });
  const served = await serve(own.root);
  const page = await browser.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  try {
    await page.goto(served.address);
    await searching(page);
    await type(page, "OSPO");
    await page.locator("[role=option]").waitFor();
    await page.waitForTimeout(600);
    assert.deepEqual(asked.filter((path) => path.includes("/search/")).sort(), ["/search/index.js", "/search/p0.js", "/search/r0.js", "/search/w0.js"]);
    assert.equal(await elsewhere(page).innerText(), "");
  } finally {
    await page.close();
    await served.end();
    await own.remove();
  }
});
