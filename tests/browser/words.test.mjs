// What scripts say: in the language of the page, counted as it counts, from one file that is loaded when somebody searches.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import vm from "node:vm";
import { ask, build, close, host, open, visit as visitWith } from "./search-support.mjs";
import { browse, project } from "./support.mjs";

const page = (title, text) => `---\ntitle: ${title}\n---\n\n## ${title}\n\n${text}\n`;
const russian = {
  "book.toml": "[site]\ntitle = \"Справочник\"\nlanguage = \"ru\"\n[urls]\nstyle = \"file\"\n",
  "content/index.md": "# Начало\n\nДобро пожаловать.\n",
  ...Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`content/${at}.md`, page(`Глава ${at}`, `двадцать ${at < 5 ? "пять" : ""} ${at < 2 ? "тройка" : ""} ${at ? "" : "один"}`)])),
  "content/code.md": "---\ntitle: Код\nchecklist: [Первое]\ntags: [Т]\n---\n\n## Пример\n\n```\nx\n```\n\n<ArticleChecklist checklist={frontMatter.checklist} />\n\n<ChecklistSummary tag=\"Т\" />\n\n<CourseList tag=\"Т\" />\n",
  "content/short.md": "---\ntitle: Быстрый\nchecklist: [Второе]\ncourse: { length: 3 часа }\ntags: [Т]\n---\n",
  "content/long.md": "---\ntitle: Долгий\ncourse: { length: 2 дня }\ntags: [Т]\n---\n",
  "content/free.md": "---\ntitle: Минута\ncourse: { length: 90 мин }\ntags: [Т]\n---\n",
};

let browser, site, server;
const visit = (name) => visitWith(browser, server.address + name);
before(async () => {
  browser = await browse();
  site = await project(russian);
  build(site.root);
  server = await host(path.join(site.root, "public"));
});
after(async () => { await browser.close(); server.end(); await site.remove(); });

test("the search box counts in the page's language, and asks for its words only when it is opened", async () => {
  const page = await visit("");
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  assert.equal((await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name))).filter((name) => name.includes("/words.")).length, 0);
  await open(page);
  assert.equal(asked.filter((name) => /\/assets\/words\.ru\.[0-9a-f]{8}\.js$/.test(name)).length, 1);
  for (const [query, told] of [
    ["двадцать", "Найдена 21 страница, лучшие показаны: 10"],
    ["пять", "Найдено 5 страниц"],
    ["тройка", "Найдено 2 страницы"],
    ["один", "Найдена 1 страница"],
    ["ничегошеньки", "Ничего не найдено"],
  ]) {
    await ask(page, query);
    assert.equal(await page.textContent(".search-status"), told, query);
  }
  assert.equal(await page.getAttribute("#search-field", "placeholder"), "Поиск");
  assert.equal(await page.textContent(".search-foot"), "↑ ↓ выбрать, Enter открыть, Esc закрыть");
  assert.equal(await page.locator(".search-foot kbd").count(), 4);
  const english = await page.evaluate(() => [...document.querySelectorAll("body *")].flatMap((one) => [one.ariaLabel, one.title, one.placeholder]).filter((said) => /[a-z]{2}/i.test(said?.replace(/Ctrl/, "") ?? "")));
  assert.deepEqual(english, []);
  await close(page);
});

test("what a page's script adds is said in the page's language, without another request", async () => {
  const page = await visit("code.html");
  assert.equal(await page.getAttribute("h2 .anchor", "aria-label"), "Ссылка на «Пример»");
  assert.equal(await page.getAttribute(".scheme-button", "title"), "Цвета: как в системе");
  await page.click(".scheme-button");
  assert.equal(await page.getAttribute(".scheme-button", "aria-label"), "Цвета: светлые");
  await page.getByRole("group", { name: "Первое" }).getByRole("radio", { name: "2" }).check();
  assert.equal(await page.locator(".assess-progress span").first().textContent(), "Оценено здесь: 1 из 1");
  await page.waitForFunction(() => document.querySelector(".assess-figures")?.textContent.includes("Отвечено: 1 из 2"));
  await page.getByRole("button", { name: "Новая" }).click();
  const english = await page.locator(".checklist-summary").evaluate((box) => [...box.querySelectorAll("*")].flatMap((one) => [one.ariaLabel, one.title, one.placeholder, ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)]).filter((said) => /[a-z]{2}/i.test(said?.replace(/JSON|CSV|Markdown|https?:\S+/g, "") ?? "")));
  assert.deepEqual(english, []);
  if (await page.locator(".copy").count()) assert.equal(await page.textContent(".copy"), "Копировать");
  await page.click(".course-list th:nth-child(3) button");
  assert.deepEqual(await page.locator(".course-list tbody td:nth-child(3)").allTextContents(), ["90 мин", "3 часа", "2 дня"]);
  assert.equal((await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name))).filter((name) => name.includes("/words.")).length, 0);
  await close(page);
});

test("scripts count as each language counts", async () => {
  const expected = {
    ar: ["لم يُعثر على أي صفحة", "عُثر على صفحة واحدة", "عُثر على صفحتين", "عُثر على 3 صفحات", "عُثر على 5 صفحات", "عُثر على 11 صفحة", "عُثر على 21 صفحة", "عُثر على 100 صفحة"],
    ru: ["Найдено 0 страниц", "Найдена 1 страница", "Найдено 2 страницы", "Найдено 3 страницы", "Найдено 5 страниц", "Найдено 11 страниц", "Найдена 21 страница", "Найдено 100 страниц"],
    pl: ["Znaleziono 0 stron", "Znaleziono 1 stronę", "Znaleziono 2 strony", "Znaleziono 3 strony", "Znaleziono 5 stron", "Znaleziono 11 stron", "Znaleziono 21 stron", "Znaleziono 100 stron"],
    ja: [0, 1, 2, 3, 5, 11, 21, 100].map((count) => `${count} ページ見つかりました`),
    cy: ["0 tudalen", "1 dudalen", "2 dudalen", "3 tudalen", "5 tudalen", "11 tudalen", "21 tudalen", "100 tudalen"].map((said) => `Cafwyd hyd i ${said}`),
    // Without words of its own a language says English ones, and counts as English does.
    vi: ["0 pages found", "1 page found", "2 pages found", "3 pages found", "5 pages found", "11 pages found", "21 pages found", "100 pages found"],
  };
  for (const [language, said] of Object.entries(expected)) {
    const own = await project({ "book.toml": `[site]\nlanguage = "${language}"\n`, "content/index.md": "# A\n" });
    build(own.root);
    const assets = path.join(own.root, "public/assets");
    const name = (await readdir(assets)).find((file) => file.startsWith(`words.${language}.`));
    const window = {};
    vm.runInNewContext(await readFile(path.join(assets, name), "utf8"), { window, Intl });
    assert.deepEqual([0, 1, 2, 3, 5, 11, 21, 100].map((count) => window.bokwormSay("search_found", { count })), said, language);
    await own.remove();
  }
});
