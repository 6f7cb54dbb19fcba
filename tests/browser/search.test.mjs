// The search box in real Chromium: what it finds and shows, by keyboard, under a strict policy, and against hostile
// titles, tags and queries.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ordinary, ask, build, close, host, open, visit as visitWith } from "./search-support.mjs";
import { browse, project, violations } from "./support.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";

// Sixty pages whose tags follow from their numbers.
const roles = ["Developer", "Legal", "Manager"];
const many = Array.from({ length: 60 }, (_, at) => ({
  name: `p${at}`,
  tags: [...(at % 2 ? [roles[at % 3]] : []), ...(at % 5 === 0 ? [roles[(at + 1) % 3]] : [])].map((role) => `${role} (Role)`).concat(at % 4 ? [`Level ${at % 4} (OSMM)`] : [], at % 7 ? [] : ["plain"]),
  common: at % 3 !== 1,
}));
const files = {
  "book.toml": '[site]\ntitle = "Book"\n[urls]\nstyle = "file"\n',
  "content/index.md": "# Home\n\nWelcome.\n",
  "content/Guides/Licences.md": "---\ntitle: Choosing a licence\ndescription: What a licence permits\ntags: [Legal (Role)]\n---\n\nWords before.\n\n## Obligations of the Copyleft family\n\nSharing under equal terms.\n\n## Über naïve Fälle\n\nCafé crème.\n",
  "content/Guides/Policy.md": "---\ntitle: Policies\n---\n\nSome governance text with licence and policy.\n",
  "content/Guides/Other.md": "---\ntitle: Other\n---\n\nA page whose body speaks of copyleft, of a licence and of vulnerabilities." + ordinary,
  "content/Forms/Comments.md": "---\ntitle: Comments\n---\n\nImplementing what is compliant, coloured by an organisation in the centre.\n",
  "content/Forms/Come.md": "---\ntitle: Come in\n---\n\nWhoever comes is coming.\n",
  "content/Kin/Hiring.md": "---\ntitle: Hiring staff\n---\n\nWhom we recruit, and who keeps a backlog.\n",
  "content/Kin/Together.md": "---\ntitle: Bookshelf\n---\n\nHow a quality gate explains a frobnicator.\n",
  "content/East/Zh.md": "---\ntitle: 开源软件治理\n---\n\n## 许可证合规\n\n组织应当建立开源软件清单。\n",
  "content/East/Ja.md": "---\ntitle: ガイドライン\n---\n\n## ライセンスの遵守\n\nオープンソースを利用するときの手順です。\n",
  "content/Evil.md": `---\ntitle: 'Wicked ${hostile}'\ntags: ['${hostile} (Kind${hostile})']\n---\n\n## Head \`${hostile}\`\n\nText \`${hostile}\` wicked.\n`,
};
files["content/Guides/_category_.yml"] = "label: Guides\nlink:\n  type: generated-index\n  title: Handbooks\n  description: Everything to read first\n";
for (const { name, tags, common } of many) files[`content/Many/${name}.md`] = `---\ntitle: Number ${name}\ntags: ${JSON.stringify(tags)}\n---\n\n${common ? "Umbrella" : "Nothing"} words.\n`;

let browser, site, server;
const visit = (address, options) => visitWith(browser, address, options);
before(async () => {
  browser = await browse();
  site = await project(files);
  build(site.root);
  server = await host(path.join(site.root, "public"));
});
after(async () => { await browser.close(); server.end(); await site.remove(); });

test("titles come first, then headings, then text; a result leads to its section", async () => {
  const page = await visit(server.address);
  await open(page);
  assert.equal((await ask(page, "licence"))[0], "Choosing a licence");
  assert.deepEqual(await ask(page, "copyleft"), ["Choosing a licence", "Other"]);
  assert.match(await page.getAttribute("[role=option]", "href"), /Guides\/Licences#obligations-of-the-copyleft-family$/);
  assert.equal(await page.textContent("[role=option] .search-heading mark"), "Copyleft");
  await page.keyboard.press("Enter");
  await page.waitForURL(/Licences#obligations/);
  await close(page);
});

test("prefixes, stems, diacritics and typing errors find what is meant", async () => {
  const page = await visit(server.address);
  await open(page);
  for (const [query, title] of [["govern", "Policies"], ["policy", "Policies"], ["vulnerability", "Other"], ["uber", "Choosing a licence"], ["creme cafe", "Choosing a licence"], ["obligatoins", "Choosing a licence"], ["licnece", "Choosing a licence"], ["vulnarabilitys", "Other"]]) {
    assert.equal((await ask(page, query))[0], title, query);
  }
  await close(page);
});

test("forms of a word and both spellings of English are one word, and other words are not", async () => {
  const page = await visit(server.address);
  await open(page);
  for (const [query, titles] of [
    ["comments ", ["Comments"]], ["comment ", ["Comments"]], ["commenting ", ["Comments"]], ["comes ", ["Come in"]],
    ["implement ", ["Comments"]], ["implementation ", ["Comments"]], ["compliance ", ["Comments"]], ["complying ", ["Comments"]],
    ["color ", ["Comments"]], ["colouring ", ["Comments"]], ["organizations ", ["Comments"]], ["centers ", ["Comments"]],
  ]) assert.deepEqual(await ask(page, query), titles, query);
  assert.equal((await ask(page, "licenses"))[0], "Choosing a licence");
  assert.equal(await page.textContent(".search-status"), "3 pages found");
  await close(page);
});

test("words that are used for one another, of one family, and of irregular forms are found", async () => {
  const page = await visit(server.address);
  await open(page);
  for (const query of ["employees ", "recruitment ", "recruiter ", "kept ", "personnel "]) assert.equal((await ask(page, query))[0], "Hiring staff", query);
  // What is asked for stands before what is used for it, and an unknown word leads nowhere.
  assert.equal((await ask(page, "recruits staff "))[0], "Hiring staff");
  assert.deepEqual(await ask(page, "unrelatedword "), []);
  await close(page);
});

test("words are found that are written together or apart, and a slip beside an ending", async () => {
  const page = await visit(server.address);
  await open(page);
  for (const query of ["book shelf", "qualitygate ", "frobnicater ", "can you explain me a frobnicator"]) assert.equal((await ask(page, query))[0], "Bookshelf", query);
  await close(page);
});

test("what nothing fits is not found, and that is said", async () => {
  const page = await visit(server.address);
  await open(page);
  // Neither short words (an error in three letters is another word), nor stems without a body, nor two errors in seven letters.
  for (const query of ["xylophone", "xqzvw", "itment", "anness", "inable", "zof", "afe", "policxyz", "of it xqzvw", "and qqqq a"]) {
    assert.deepEqual(await ask(page, query), [], query);
    assert.equal(await page.textContent(".search-status"), "Nothing found", query);
  }
  assert.deepEqual(await ask(page, "copyleft xqzvw"), ["Choosing a licence", "Other"]);
  assert.equal(await page.textContent(".search-status"), "2 pages found without “xqzvw”");
  assert.deepEqual(new Set((await page.$$eval("[role=option] mark", (marks) => marks.map((mark) => mark.textContent.toLowerCase())))), new Set(["copyleft"]));
  await close(page);
});

test("a question's little words need not stand anywhere, and what has most of the words is shown and told", async () => {
  const page = await visit(server.address);
  await open(page);
  assert.deepEqual(await ask(page, "what is the copyleft"), ["Choosing a licence", "Other"]);
  assert.equal(await page.textContent(".search-status"), "2 pages found");
  assert.deepEqual(await page.$$(".search-lacks"), []);
  assert.deepEqual(new Set(await ask(page, "copyleft of governance")), new Set(["Choosing a licence", "Policies", "Other"]));
  assert.equal(await page.textContent(".search-status"), "Pages with some of the words");
  assert.deepEqual(new Set(await page.$$eval(".search-lacks", (lines) => lines.map((line) => line.textContent))), new Set(["Without “governance”", "Without “copyleft”"]));
  await ask(page, "vulnerabilities copyleft governance licence");
  assert.equal(await page.textContent(".search-status"), "Pages with some of the words");
  assert.equal(await page.textContent(".search-title"), "Other");
  await ask(page, "equal terms crème vulnerabilities");
  assert.equal(await page.textContent(".search-lacks"), "Without “vulnerabilities”");
  // Where nothing else is asked for, they are words like others.
  assert.ok((await ask(page, "of an")).includes("Other"));
  await close(page);
});

test("a tag's page and the index of a folder are found by their names", async () => {
  const page = await visit(server.address);
  await open(page);
  assert.equal((await ask(page, "handbooks"))[0], "Handbooks");
  assert.match(await page.getAttribute("[role=option]", "href"), /\/Guides\/?$/);
  assert.equal((await ask(page, "developer"))[0], "Developer (Role)");
  assert.equal(await page.textContent(".search-group"), "Tags");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tags\/developer-role$/);
  assert.match(await page.textContent("h1"), /Developer/);
  await close(page);
});

test("Chinese and Japanese are found without spaces", async () => {
  const page = await visit(server.address);
  await open(page);
  for (const [query, title] of [["开源", "开源软件治理"], ["清单", "开源软件治理"], ["合规", "开源软件治理"], ["证", "开源软件治理"], ["ライセンス", "ガイドライン"], ["利用する", "ガイドライン"], ["ガイド", "ガイドライン"]]) {
    assert.deepEqual(await ask(page, query), [title], query);
    assert.ok((await page.$$eval("[role=option] mark", (marks) => marks.map((mark) => mark.textContent))).includes(query), query);
  }
  await close(page);
});

test("words of scripts without spaces need not stand together, and are found in whichever script they are typed", async (t) => {
  const page = await visit(server.address);
  await open(page);
  for (const [query, title] of [["软件清单", "开源软件治理"], ["手順利用", "ガイドライン"], ["らいせんす", "ガイドライン"], ["ﾗｲｾﾝｽ", "ガイドライン"], ["ライセンス手順", "ガイドライン"]]) {
    assert.equal((await ask(page, query))[0], title, query);
    assert.equal(await page.textContent(".search-status"), "1 page found", query);
  }
  assert.ok((await page.$$eval("[role=option] mark", (marks) => marks.map((mark) => mark.textContent))).includes("ライセンス"));
  await ask(page, "ライセンスぷるぷる");
  assert.equal(await page.textContent(".search-status"), "1 page found without “ぷるぷる”");
  await close(page);
  const others = {
    zh: [["链接", "供应链安全。"], [["供應鏈", "供应链"], ["什么是安全", "安全"]]],
    "zh-Hant": [["鏈接", "供應鏈安全。"], [["供应链", "供應鏈"]]],
    ko: [["보안", "라이선스를 확인합니다. 보안은 중요합니다."], [["라이선스는", "라이선스를"], ["보안에서", "보안은"]]],
    ru: [["Вход", "Открытый код и лицензия."], [["открытого", "Открытый"], ["лицензии", "лицензия"]]],
    th: [["คู่มือ", "ความปลอดภัยของซอฟต์แวร์"], [["ซอฟต์แวร์", "ซอฟต์แวร์"]]],
  };
  for (const [language, [[title, text], queries]] of Object.entries(others)) {
    const own = await project({ "book.toml": `[site]\nlanguage = "${language}"\n`, "content/index.md": `# ${title}\n\n${text}\n`, "content/other.md": "# Other\n\nother\n" });
    build(own.root);
    const its = await host(path.join(own.root, "public"));
    // What fails must not leave a server behind, which would keep the tests from ending.
    t.after(its.end);
    const page = await visit(its.address);
    await open(page);
    for (const [query, marked] of queries) {
      assert.deepEqual(await ask(page, query + " "), [title], query);
      assert.ok((await page.$$eval("[role=option] mark", (marks) => marks.map((mark) => mark.textContent))).includes(marked), query);
    }
    await close(page);
    await own.remove();
  }
});

test("the box works by keyboard, as a combobox does, and gives the focus back", async () => {
  const page = await visit(server.address);
  await page.focus(".brand");
  await page.keyboard.press("/");
  await page.waitForSelector("dialog[open] #search-field:focus");
  await page.keyboard.type("licence");
  await page.waitForFunction(() => location.search === "?q=licence" && /^3 pages found$/.test(document.querySelector("[role=status]").textContent));
  // Until nothing comes any more: what is chosen is chosen anew with each letter's results.
  await page.evaluate(async () => {
    const list = document.querySelector("[role=listbox]");
    for (let before; before !== list.innerHTML || list.ariaBusy !== "false";) {
      before = list.innerHTML;
      await new Promise((later) => setTimeout(later, 400));
    }
  });
  const field = page.locator("#search-field");
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  const selected = () => page.$$eval("[role=option]", (options) => options.map((option) => option.ariaSelected === "true" ? option.id : "").join(""));
  assert.equal(await field.getAttribute("aria-activedescendant"), await selected());
  const first = await selected();
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await selected(), first);
  assert.equal(await field.getAttribute("aria-activedescendant"), await selected());
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await selected(), await page.$$eval("[role=option]", (options) => options.at(-1).id));
  await page.waitForFunction(() => /^3 pages found$/.test(document.querySelector("[role=status]").textContent));
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.className), "brand");
  // The box tells of its closing a moment later.
  await page.waitForFunction(() => location.search === "", null, { timeout: 5000 });
  await close(page);
});

test("nothing from titles, tags or queries becomes markup", async () => {
  const page = await visit(server.address);
  await open(page);
  assert.equal((await ask(page, "wicked"))[0], "Wicked " + hostile);
  await page.click(".search-narrow summary");
  await page.waitForFunction(() => document.querySelector(".search-facets label"));
  await ask(page, hostile);
  await page.goto(server.address + "?q=" + encodeURIComponent(hostile) + "&tag=" + encodeURIComponent(hostile));
  await page.waitForFunction(() => document.querySelector(".search-status")?.textContent);
  await page.goto(server.address);
  await open(page);
  for (const query of ["__proto__", "constructor", "hasOwnProperty", "\\", "((((", "a".repeat(5000), "\ud800", "%00"]) await ask(page, query);
  assert.equal(await page.$$eval("dialog :is(script, img)", (found) => found.length), 0);
  await close(page);
});

// What is chosen, by a second way: for each tag, the pages that would be shown with it and the other kinds' choice.
const bruteForce = (chosen) => {
  const kind = (tag) => /\((.*)\)$/.exec(tag)?.[1] ?? "";
  const fits = (page, tags) => [...new Set(tags.map(kind))].every((of) => tags.some((tag) => kind(tag) === of && page.tags.includes(tag)));
  const hits = many.filter((page) => page.common);
  const counts = {};
  for (const tag of new Set(many.flatMap((page) => page.tags))) {
    const count = hits.filter((page) => page.tags.includes(tag) && fits(page, chosen.filter((other) => kind(other) !== kind(tag)))).length;
    if (count || chosen.includes(tag)) counts[tag] = count;
  }
  return { counts, pages: hits.filter((page) => fits(page, chosen)).length };
};

test("tags narrow: any within a kind, all between kinds, with counts that are right and an address to share", async () => {
  const page = await visit(server.address);
  await page.goto(server.address + "?q=umbrella");
  await page.waitForFunction(() => /best 10 are/.test(document.querySelector(".search-status")?.textContent));
  await page.click(".search-more");
  await page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 20);
  const choices = [[], ["Developer (Role)"], ["Developer (Role)", "Legal (Role)"], ["Developer (Role)", "Legal (Role)", "Level 2 (OSMM)"], ["plain", "Level 1 (OSMM)", "Level 3 (OSMM)"], ["plain", "Manager (Role)", "Level 1 (OSMM)"]];
  const value = (tag) => tag.replace(/^(.*) \((.*)\)$/, "$2:$1");
  for (const chosen of choices) {
    const shared = new URLSearchParams([["q", "umbrella"], ...chosen.map((tag) => ["tag", value(tag)])]);
    await page.goto(server.address + "?" + shared);
    const { counts, pages } = bruteForce(chosen);
    await page.waitForFunction(() => document.querySelector(".search-status")?.textContent);
    // Tags are looked up when they are looked at.
    if (!chosen.length) await page.click(".search-narrow summary");
    await page.waitForSelector(".search-facets input");
    const shown = await page.$$eval(".search-facets label", (labels) => Object.fromEntries(labels.map((label) => [label.querySelector("input").value, Number(label.querySelector(".search-count").textContent)])));
    assert.deepEqual(shown, Object.fromEntries(Object.entries(counts).map(([tag, count]) => [value(tag), count]).sort(([a], [b]) => Object.keys(shown).indexOf(a) - Object.keys(shown).indexOf(b))), chosen.join());
    const told = await page.textContent(".search-status");
    assert.equal(pages ? parseInt(told) : told, pages || "Nothing found", chosen.join());
    assert.equal(await page.evaluate(() => location.search.slice(1)), shared.toString());
  }
  await page.goto(server.address + "?q=umbrella");
  await page.click(".search-narrow summary");
  await page.check(".search-facets input[value='Role:Legal']");
  await page.waitForFunction(() => location.search.includes("tag=Role%3ALegal"));
  await page.waitForFunction((pages) => parseInt(document.querySelector(".search-status").textContent) === pages, bruteForce(["Legal (Role)"]).pages);
  await close(page);
});

test("before anything is typed the box offers frequent tags and what was asked lately; what is chosen stays in sight", async () => {
  const page = await visit(server.address);
  await open(page);
  await page.waitForSelector(".search-tag");
  assert.ok((await page.$$eval(".search-tag", (chips) => chips.map((chip) => chip.textContent))).includes("Role: Legal"));
  assert.equal(await page.$(".search-again"), null);
  assert.deepEqual(await violations(page), []);
  await page.click(".search-tag[value='Role:Legal']");
  await page.waitForFunction(() => location.search === "?tag=Role%3ALegal" && document.querySelector("[role=option]"));
  assert.equal(await page.getAttribute(".search-head + .search-chips button", "aria-label"), "Without Role: Legal");
  assert.deepEqual(await violations(page), []);
  await page.click(".search-head + .search-chips button");
  await page.waitForFunction(() => location.search === "" && document.querySelector(".search-tag"));
  // A result keeps what led to it: for the way back, and for the next time.
  assert.equal((await ask(page, "copyleft"))[0], "Choosing a licence");
  await page.keyboard.press("Enter");
  await page.waitForURL(/Licences#obligations/);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("dialog[open] #search-field")?.value === "copyleft" && document.querySelector("[role=option]"));
  await page.fill("#search-field", "");
  await page.click(".search-again");
  await page.waitForFunction(() => document.querySelector("#search-field").value === "copyleft" && document.querySelector("[role=option]"));
  await close(page);
});

test("axe finds nothing in the open box, in light and dark, narrow and wide", async () => {
  for (const [width, colorScheme, other] of [[320, "light"], [768, "dark"], [1280, "light", "dark"]]) {
    const page = await visit(server.address, { colorScheme, viewport: { width, height: 700 } });
    await open(page);
    await ask(page, "umbrella");
    await page.click(".search-narrow summary");
    await page.waitForSelector(".search-facets input");
    assert.deepEqual(await violations(page), [], `${colorScheme} ${width}`);
    if (other) {
      await page.emulateMedia({ colorScheme: other });
      assert.deepEqual(await violations(page, { coloursOnly: true }), [], `${other} ${width}`);
    }
    assert.ok(await page.evaluate(() => document.querySelector("dialog").scrollWidth <= innerWidth), "nothing sticks out");
    await close(page);
  }
});

test("in forced colours what is chosen, what is marked and what has the focus can be told", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await visit(server.address, { colorScheme, forcedColors: "active", viewport: { width: 768, height: 700 } });
    await open(page);
    await ask(page, "copyleft");
    const seen = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      const plain = style("[role=option][aria-selected=false]"), chosen = style("[role=option][aria-selected=true]");
      const mark = style("[role=option] mark"), text = style("[role=option] .search-excerpt");
      return { chosen: chosen.outlineStyle + chosen.outlineWidth, plain: plain.outlineStyle, mark: mark.backgroundColor !== text.backgroundColor, focus: style("#search-field").outlineStyle };
    });
    assert.deepEqual(seen, { chosen: "solid3px", plain: "none", mark: true, focus: "solid" });
    assert.ok(await page.evaluate(() => document.querySelector("dialog").scrollWidth <= innerWidth), "nothing sticks out");
    await close(page);
  }
});

test("the script's words are the program's", async () => {
  const table = JSON.parse(await readFile(path.join(here, "../search-words.json"), "utf8"));
  const page = await visit(server.address);
  await open(page);
  for (const [text, words] of table) assert.deepEqual(await page.evaluate((text) => window.bokwormSearch.words(text), text), words, text);
  await close(page);
});

test("a relation that is a facet narrows as tags do", async () => {
  const related = await project({
    "book.toml": "[relations.mitigates]\nlabel = \"Mitigates\"\nfacet = true\n",
    "content/index.md": "---\ntitle: Home\n---\n\nHome.\n",
    "content/leak.md": "---\ntitle: \"Data leak: <b>all</b>\"\n---\n\nUmbrella.\n",
    "content/filter.md": "---\ntitle: Filter\nmitigates: leak\n---\n\nUmbrella.\n",
    "content/other.md": "---\ntitle: Other\n---\n\nUmbrella.\n",
  });
  build(related.root);
  const own = await host(path.join(related.root, "public"));
  const page = await visit(own.address);
  await page.goto(own.address + "?q=umbrella");
  await page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 3);
  await page.click(".search-narrow summary");
  await page.waitForSelector(".search-facets input");
  assert.equal(await page.textContent(".search-facets legend"), "Mitigates");
  assert.equal(await page.textContent(".search-facets label"), "Data leak: <b>all</b>1");
  await page.check(".search-facets input");
  await page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 1);
  assert.equal(await page.textContent(".search-head + .search-chips button"), "Mitigates: Data leak: <b>all</b> ✕");
  assert.deepEqual(await violations(page), []);
  await close(page);
  own.end();
  await related.remove();
});
