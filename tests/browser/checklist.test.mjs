// Checklists at work: they are rated by keyboard and touch, answers stay in the browser's storage and nowhere else, and
// outlive reloads, renamings and another build; what can't be stored is told; answers of earlier days are taken over.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build, host } from "./search-support.mjs";
import { browse, program, project, violations } from "./support.mjs";

const inventory = (items) => `---\ntitle: Keeping an inventory\ntags: [Level 1 (OSMM)]\nchecklist:\n${items}---\n\n# Keeping an inventory\n\n<ArticleChecklist checklist={frontMatter.checklist} title={frontMatter.title} />\n`;
const first = "  - title: Coverage\n    description: Every product has a list\n  - title: Owner_ship\n  - Search <b>works</b> & finds\n";
const files = {
  "book.toml": "[site]\ntitle = \"A model\"\n[urls]\nstyle = \"file\"\n",
  "content/index.md": "# A model\n",
  "content/Practices/Inventory.md": inventory(first),
  "content/Practices/Policy.md": "---\ntitle: A policy\ntags: [Level 2 (OSMM)]\nchecklist: [Written, Known]\n---\n\n<ArticleChecklist checklist={frontMatter.checklist} />\n",
  "content/Checklist.md": "# All\n\n<CompleteChecklist tag=\"Level 1 (OSMM)\" />\n\n<CompleteChecklist tag=\"Level 2 (OSMM)\" />\n",
  "content/Summary.md": "# Summary\n\n<ChecklistSummary />\n",
};
/** A result with these answers to the statements in their order. */
const resultOf = (name, given, created = "2026-01-01") => ({ format: "bokworm-assessment/1", model: { id: "", title: "A model", edition: "" }, name, created, changed: created,
  answers: Object.fromEntries(["Practices/Inventory#coverage", "Practices/Inventory#owner-ship", "Practices/Inventory#search-b-works-b-finds", "Practices/Policy#written", "Practices/Policy#known"].map((id, at) => [id, given[at]]).filter(([, answer]) => answer)) });
/** Has a page keep results, the first as the current one. */
const keep = (page, ...results) => page.evaluate((all) => {
  all.forEach((result, at) => localStorage.setItem(`bokworm-assessment-/-k${at}`, JSON.stringify(result)));
  localStorage.setItem("bokworm-assessments-/", JSON.stringify({ format: 1, current: "k0", list: all.map(({ name, created }, at) => ({ key: `k${at}`, name, created })) }));
}, results);

const cell = (more, lower, median, upper) => ({ ...more, count: 12, median, lower, upper, spread: upper - lower });
/** What twelve results came to. */
const benchmark = (edition) => ({ format: "bokworm-benchmark/1", model: { id: "", title: "A model", edition }, results: 12, atLeast: 5, all: cell({}, 1, 2, 4), levels: [cell({ name: "Level 1" }, 1, 2.5, 3), { name: "Level 2", withheld: true }], areas: [],
  pages: [cell({ page: "/Practices/Inventory" }, 1, 2.5, 3), { page: "/Practices/Policy", withheld: true }], items: [1, 2, 3].map((at) => cell({ id: `${at}` }, 0, at, 5)).concat([{ withheld: true }, { count: 0 }]) });

let browser, site, server, other, context;
before(async () => {
  browser = await browse();
  site = await project(files);
  build(site.root);
  const { edition } = JSON.parse((await readFile(path.join(site.root, "public/Summary.html"), "utf8")).match(/data-assessment="([^"]*)"/)[1].replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#x2F;", "/").replaceAll("&amp;", "&"));
  await site.put("content/Benchmark.md", "# Benchmark\n\n<Benchmark data=\"many\" />\n");
  await site.put("data/many.json", JSON.stringify(benchmark(edition)));
  build(site.root);
  server = await host(path.join(site.root, "public"));
});
after(async () => { await browser?.close(); server?.end(); other?.end(); await site?.remove(); });

/** A page in a browser of its own, where nothing may go wrong, and no policy may be broken. */
const visitor = async (script) => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.wrong = [];
  context.on("weberror", (error) => context.wrong.push(error.error().message));
  context.on("console", (message) => message.type() === "error" && !/favicon/.test(message.text()) && context.wrong.push(message.text()));
  if (script) await context.addInitScript(script);
  return context.newPage();
};
const leave = async () => { assert.deepEqual(context.wrong, []); await context.close(); };
const to = async (page, name, hash = "") => { await page.goto(server.address + name + hash); await page.locator(name === "Summary" ? ".assess-figures" : ".assess-card").first().waitFor(); };
const card = (page, title) => page.getByRole("group", { name: title });
const rated = (page) => page.locator(".assess-card").evaluateAll((cards) => cards.map((one) => one.querySelector("input:checked")?.value ?? ""));
const stored = (page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith("bokworm-a"))));
const answers = async (page) => Object.fromEntries(Object.values(await stored(page)).map((text) => JSON.parse(text)).filter(({ answers: given }) => given).flatMap(({ answers: given }) => Object.entries(given).map(([id, answer]) => [id, answer.rating ?? (answer.notApplicable ? "-" : undefined)])));

test("statements are rated by keyboard alone, and everything typed outlives a reload", async () => {
  const page = await visitor();
  await to(page, "Practices/Inventory");
  const tab = async (wanted) => {
    for (let tries = 0; tries < 60; tries++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((selector) => document.activeElement.matches(selector), wanted)) return;
    }
    assert.fail(`no way to ${wanted}`);
  };
  await tab(".assess-card [type=radio]");
  await page.keyboard.press("Space");
  for (let times = 0; times < 3; times++) await page.keyboard.press("ArrowRight");
  await tab(".assess-card summary");
  await page.keyboard.press("Enter");
  await tab("textarea[data-field=note]");
  await page.keyboard.type("See https://example.org/list");
  await tab("[data-field=owner]");
  await page.keyboard.type("Ada");
  await tab("[data-field=target]");
  await page.keyboard.press("5");
  await tab(".assess-card [type=radio]");
  await page.keyboard.press("ArrowLeft");
  assert.deepEqual(await rated(page), ["3", "-", ""], "the last step before the first says that it doesn’t apply");
  await page.keyboard.press("Tab");
  assert.equal(await card(page, "Owner_ship").getByLabel("Why it does not apply").evaluate((field) => field === document.activeElement), true);
  await page.keyboard.type("Nobody owns it");
  await page.reload();
  await page.locator(".assess-card").first().waitFor();
  assert.deepEqual(await rated(page), ["3", "-", ""]);
  await card(page, "Coverage").locator("summary").click();
  assert.equal(await card(page, "Coverage").getByLabel("Evidence").inputValue(), "See https://example.org/list");
  assert.equal(await card(page, "Coverage").getByLabel("Owner", { exact: true }).inputValue(), "Ada");
  assert.equal(await card(page, "Coverage").getByLabel("Target").inputValue(), "5");
  assert.equal(await card(page, "Coverage").getByRole("link").getAttribute("href"), "https://example.org/list");
  assert.equal(await card(page, "Owner_ship").getByLabel("Why it does not apply").inputValue(), "Nobody owns it");
  assert.deepEqual(await page.locator(".assess-progress span").allInnerTexts(), ["2 of 3 rated here", "2 of 5 in all"]);
  await leave();
});

test("what was done last is taken back, and a rating can be cleared", async () => {
  const page = await visitor();
  await to(page, "Practices/Inventory");
  const undo = page.getByRole("button", { name: "Undo" });
  assert.equal(await undo.isDisabled(), true);
  await card(page, "Coverage").getByRole("radio", { name: "2" }).check();
  await card(page, "Coverage").getByRole("radio", { name: "5" }).check();
  await card(page, "Coverage").getByRole("button", { name: "Clear" }).click();
  assert.deepEqual(await rated(page), ["", "", ""]);
  assert.equal(await card(page, "Coverage").getByRole("radio", { name: "0" }).evaluate((radio) => radio === document.activeElement), true, "the focus isn’t lost");
  await undo.click();
  assert.deepEqual(await rated(page), ["5", "", ""]);
  assert.equal(await page.locator("[data-undone]").innerText(), "Taken back: Coverage");
  await undo.click();
  assert.deepEqual(await rated(page), ["2", "", ""]);
  await undo.click();
  assert.deepEqual([await rated(page), await undo.isDisabled(), await answers(page)], [["", "", ""], true, {}]);
  await leave();
});

test("two tabs show each other’s answers at once, and lose none", async () => {
  const page = await visitor();
  const other = await context.newPage();
  await to(page, "Practices/Inventory");
  await to(other, "Checklist");
  await card(page, "Coverage").getByRole("radio", { name: "4" }).check();
  await other.waitForFunction(() => document.querySelector(".assess-card input[value='4']").checked);
  await other.bringToFront();
  await card(other, "Written").getByRole("radio", { name: "1" }).check();
  await card(other, "Coverage").getByRole("radio", { name: "2" }).check();
  await page.waitForFunction(() => document.querySelector(".assess-card input[value='2']").checked);
  await page.waitForFunction(() => document.querySelectorAll(".assess-progress span")[1].textContent === "2 of 5 in all");
  assert.deepEqual(await answers(page), { "Practices/Inventory#coverage": 2, "Practices/Policy#written": 1 });
  await leave();
});

test("a renamed statement, a moved page and another build keep every answer; what fits none is shown", async () => {
  const page = await visitor();
  await to(page, "Checklist");
  for (const [title, rating] of [["Coverage", "1"], ["Owner_ship", "2"], ["Search", "3"], ["Written", "4"], ["Known", "5"]]) await card(page, title).getByRole("radio", { name: rating }).check();
  await site.put("content/Practices/Inventory.md", inventory("  - title: Reach\n    was: Coverage\n  - title: Ownership\n    id: owner\n    was: [Owner_ship]\n"));
  await site.put("content/Practices/Policy.md", "---\ntitle: A rule\naliases: [/Rules]\nchecklist: [Written]\n---\n\n<ArticleChecklist checklist={frontMatter.checklist} />\n");
  build(site.root);
  await to(page, "Practices/Inventory");
  assert.deepEqual(await rated(page), ["1", "2"]);
  await card(page, "Ownership").getByRole("radio", { name: "0" }).check();
  await to(page, "Practices/Policy");
  assert.deepEqual(await rated(page), ["4"]);
  await to(page, "Summary");
  const lost = page.locator("section", { has: page.getByRole("heading", { name: "Answers without a statement" }) });
  assert.deepEqual(await lost.locator("tbody th").allInnerTexts(), ["Search <b>works</b> & finds\nKeeping an inventory", "Known\nA policy"]);
  assert.deepEqual(await answers(page), { "Practices/Inventory#owner": 0, "Practices/Inventory#reach": 1, "Practices/Policy#written": 4 });
  for (const [name, text] of Object.entries(files)) if (name.includes("Practices")) await site.put(name, text);
  build(site.root);
  await to(page, "Summary");
  assert.deepEqual(await lost.locator("tbody th").allInnerTexts(), ["Ownership\nKeeping an inventory", "Reach\nKeeping an inventory"], "what is there again has its answers back");
  assert.deepEqual(await answers(page), { "Practices/Inventory#search-b-works-b-finds": 3, "Practices/Policy#known": 5, "Practices/Policy#written": 4 });
  await leave();
});

test("a whole assessment asks for nothing and sets no cookie", async () => {
  const page = await visitor();
  await to(page, "Checklist");
  const asked = [];
  context.on("request", (request) => asked.push(request.url()));
  for (const one of await page.locator(".assess-card").all()) {
    await one.getByRole("radio", { name: "3" }).check();
    await one.locator("summary").click();
    await one.getByLabel("Evidence").fill("https://example.org/evidence.png");
    await one.getByLabel("Owner", { exact: true }).fill("Ada");
  }
  await page.getByRole("button", { name: "Undo" }).first().click();
  assert.deepEqual(asked, []);
  assert.deepEqual(await context.cookies(), []);
  await leave();
});

for (const [name, script] of [
  ["full", () => { const set = Storage.prototype.setItem; Storage.prototype.setItem = function (key, value) { if (key.includes("assessment") && !window.room) throw new DOMException("full", "QuotaExceededError"); set.call(this, key, value); }; }],
  ["forbidden", () => { const own = Object.getOwnPropertyDescriptor(Window.prototype, "localStorage") ?? Object.getOwnPropertyDescriptor(window, "localStorage"); Object.defineProperty(window, "localStorage", { get() { if (window.room) return own.get.call(window); throw new DOMException("no", "SecurityError"); } }); }],
]) {
  test(`storage that is ${name} is told, and nothing typed is lost`, async () => {
    const page = await visitor(script);
    await to(page, "Practices/Inventory");
    assert.equal(await page.getByRole("alert").count(), 0);
    await card(page, "Coverage").getByRole("radio", { name: "4" }).check();
    await card(page, "Coverage").locator("summary").click();
    await card(page, "Coverage").getByLabel("Evidence").fill("Typed");
    assert.match(await page.getByRole("alert").innerText(), /can’t store your answers/);
    assert.deepEqual(await rated(page), ["4", "", ""]);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file" }).click()]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    const saved = JSON.parse(Buffer.concat(chunks));
    assert.deepEqual(saved.answers["Practices/Inventory#coverage"], { rating: 4, note: "Typed", page: "Keeping an inventory", address: "/Practices/Inventory", title: "Coverage" });
    await page.evaluate(() => { window.room = true; });
    await page.getByRole("button", { name: "Try again" }).click();
    assert.equal(await page.getByRole("alert").count(), 0);
    assert.deepEqual(await answers(page), { "Practices/Inventory#coverage": 4 });
    await leave();
  });
}

test("cookies of the model’s first site and grades of ours are taken over once, and others left alone", async () => {
  const page = await visitor();
  const url = server.address;
  const cookie = (name, value) => ({ name, value, url });
  await context.addCookies([cookie("Keeping an inventory_Coverage", "3"), cookie("Keeping an inventory_Owner_ship", "0"), cookie("A policy_Written", "5"), cookie("_ga", "1"), cookie("some_choice", "1"), cookie("A policy_Known", "x")]);
  await page.goto(server.address);
  await page.evaluate(() => localStorage.setItem("bokworm-grades-/Practices/Inventory", JSON.stringify([["Search <b>works</b> & finds", "2"], ["Gone", "4"]])));
  await page.evaluate(() => localStorage.setItem("bokworm-grades-/nonsense", "{"));
  await to(page, "Practices/Inventory");
  await page.waitForFunction(() => document.querySelector(".assess-card input:checked"));
  assert.deepEqual(await rated(page), ["3", "0", "2"]);
  await to(page, "Summary");
  await page.waitForFunction(() => document.querySelector(".assess-figures").textContent.includes("4 of 5"));
  assert.deepEqual(await answers(page), { "Practices/Inventory#coverage": 3, "Practices/Inventory#owner-ship": 0, "Practices/Inventory#search-b-works-b-finds": 2, "Practices/Policy#written": 5 });
  assert.match(await page.locator("section", { hasText: "Answers without a statement" }).innerText(), /Gone/);
  assert.deepEqual((await context.cookies()).map(({ name }) => name).sort(), ["A policy_Known", "_ga", "some_choice"]);
  assert.equal(await page.evaluate(() => localStorage.getItem("bokworm-grades-/Practices/Inventory")), null);
  assert.deepEqual(await page.locator(".assess-tools option").allInnerTexts(), ["My assessment"]);
  // Beside answers that there are.
  await to(page, "Checklist");
  await context.addCookies([cookie("A policy_Known", "1")]);
  await page.evaluate(() => { for (const key of Object.keys(localStorage)) if (key.startsWith("bokworm-assessments")) localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), earlier: undefined })); });
  await to(page, "Summary");
  await page.waitForFunction(() => document.querySelectorAll(".assess-tools option").length === 2);
  assert.deepEqual(await page.locator(".assess-tools option").allInnerTexts(), ["My assessment", "Earlier answers"]);
  await leave();
});

test("what stands in storage is never markup, and nonsense there is no harm", async () => {
  const page = await visitor();
  await to(page, "Practices/Inventory");
  const bad = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>";
  await page.evaluate((text) => {
    localStorage.setItem("bokworm-assessments-/", JSON.stringify({ list: [{ key: "k", name: text, created: 1 }, null, 3, { key: 4 }], current: "k", __proto__: 1 }));
    localStorage.setItem("bokworm-assessment-/-k", JSON.stringify({ format: "bokworm-assessment/1", model: { id: "", title: text, edition: "" }, name: text, created: "2026-01-01", changed: "x", answers: { "Practices/Inventory#coverage": { rating: 3, note: text, owner: { a: 1 }, target: -7, date: text }, __proto__: { rating: 2 }, x: null, [text]: { rating: 1, title: text, page: text } } }));
  }, bad);
  await to(page, "Practices/Inventory");
  assert.deepEqual(await rated(page), ["3", "", ""]);
  await to(page, "Summary");
  assert.equal(await page.title(), "Summary | A model");
  assert.equal(await page.locator("main img, main script").count(), 0);
  await page.evaluate(() => { localStorage.setItem("bokworm-assessments-/", "{nonsense"); localStorage.setItem("bokworm-assessment-/-k", "[]"); });
  await to(page, "Practices/Inventory");
  await card(page, "Coverage").getByRole("radio", { name: "5" }).check();
  await page.reload();
  await page.locator(".assess-card").first().waitFor();
  assert.deepEqual(await rated(page), ["5", "", ""]);
  await leave();
});

test("a benchmark shows what many results came to, and in the browser alone where the reader stands", async () => {
  const page = await visitor();
  await page.goto(server.address + "Benchmark");
  await keep(page, resultOf("Mine", [{ rating: 5 }, { rating: 2 }, { notApplicable: true }, { rating: 1 }]));
  const asked = [];
  await page.reload();
  await page.locator(".assess-own").first().waitFor();
  context.on("request", (request) => asked.push(request.url()));
  const rows = await page.locator(".assess-benchmark tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((one) => one.textContent).join(" | ")));
  assert.deepEqual(rows.slice(0, 3), ["A model | 12 | 2 | 1 – 4 | 2.7 | ", "Level 1 | 12 | 2.5 | 1 – 3 | 3.5 | ", "Level 2 | Withheld, so that nobody is known by it | 1 | –"]);
  assert.equal(rows.length, 10);
  const place = await page.locator(".assess-benchmark tbody tr").nth(1).locator("svg").evaluate((svg) => [svg.getAttribute("aria-label"), Number(svg.querySelector("circle").getAttribute("cx"))]);
  assert.deepEqual(place, ["You: 3.5", 6 + (3.5 / 5) * 188]);
  assert.deepEqual(asked, []);
  await leave();
});

test("what the browser exports the command line reads, and what that makes of it the browser shows", async () => {
  const page = await visitor();
  await page.goto(server.address + "Summary");
  await keep(page, resultOf("Team <b>A</b>", [{ rating: 5, note: "Line 1\nLine “2”" }, { rating: 2 }, { notApplicable: true, reason: "None" }, { rating: 1, owner: "We" }]), resultOf("Team B", [{ rating: 1 }, { rating: 4 }, { rating: 3 }]));
  await to(page, "Summary");
  const files = [];
  for (const name of ["Team <b>A</b>", "Team B"]) {
    await page.locator(".assess-tools select").selectOption({ label: name });
    await page.locator(".assess-menu", { has: page.locator("summary", { hasText: "Export" }) }).evaluate((menu) => { menu.open = true; });
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "JSON", exact: true }).click()]);
    files.push(path.join(site.root, `results-${files.length}.json`));
    await download.saveAs(files.at(-1));
  }
  const assess = (...asked) => execFileSync(program, ["assess", ...asked], { cwd: site.root, encoding: "utf8" });
  const report = assess("report", files[0]);
  for (const told of ["Team &lt;b&gt;A&lt;/b&gt;", "Line 1\nLine “2”", "5</b>"]) assert.ok(report.includes(told), told);
  assert.ok(!report.includes("changed after it was exported"));
  assess("merge", ...files, "--out", path.join(site.root, "merged"));
  await site.put("data/merged.json", await readFile(path.join(site.root, "merged/benchmark.json"), "utf8"));
  await site.put("content/Merged.md", "# Merged\n\n<Benchmark data=\"merged\" />\n");
  build(site.root);
  await page.goto(server.address + "Merged");
  await page.locator(".assess-own").first().waitFor();
  const rows = await page.locator(".assess-benchmark tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((one) => one.textContent.trim()).join(" | ")));
  // Team A: 5, 2, 1; team B: 1, 4, 3. The reader is team B.
  assert.equal(rows[0], "A model | 2 | 2.67 | 2.67 – 2.67 | 2.7 | ");
  await leave();
});

test("a model of another shape is rated in its own steps, and adds up to one number", async () => {
  const folder = fileURLToPath(new URL("../../examples/data-care", import.meta.url)), out = path.join(site.root, "other");
  build(folder, "--out", out);
  other = await host(out);
  const page = await visitor();
  await page.goto(`${other.address}all/`);
  await page.locator(".assess-card").first().waitFor();
  assert.equal(await page.locator(".assess-card").first().getByRole("radio").count(), 4);
  for (const one of await page.locator(".assess-card").all()) await one.getByRole("radio", { name: "2" }).check();
  await page.locator(".assess-card").first().getByRole("radio", { name: "0" }).check();
  await page.goto(`${other.address}results/`);
  await page.locator(".assess-figures").waitFor();
  const { items, areas, ratings } = JSON.parse(await page.locator("[data-assessment]").getAttribute("data-assessment"));
  assert.deepEqual([ratings.length, areas.length], [3, 4]);
  const rated = new Map(await page.evaluate(() => Object.values(localStorage).flatMap((text) => Object.entries(JSON.parse(text).answers ?? {})).map(([id, answer]) => [id, answer.rating])));
  const mean = (all) => all.reduce((sum, [weight, value]) => sum + weight * value, 0) / all.reduce((sum, [weight]) => sum + weight, 0);
  const overall = mean(areas.map(({ weight }, area) => [weight, mean(items.filter((item) => item.area === area).map((item) => [item.weight, rated.get(item.id)]))]));
  assert.deepEqual(await page.locator(".assess-figure").evaluateAll((all) => all.map((one) => `${one.querySelector("dt").textContent} ${one.querySelector("strong").textContent}`)), [`Overall rating ${Math.round(overall * 10) / 10}`, "Answered 100%"]);
  assert.equal(await page.locator(".assess-stairs").count(), 0);
  await leave();
});

test("a statement’s own words are never markup", async () => {
  const page = await visitor();
  await to(page, "Practices/Inventory");
  assert.equal(await page.locator(".assess-card").nth(2).locator(".assess-title").innerText(), "Search <b>works</b> & finds");
  assert.equal(await page.locator(".assess-card b").count(), 0);
  await leave();
});

test("without scripts a checklist is a table to be filled in by hand, on paper too", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  for (const [name, rows] of [["Practices/Inventory", 3], ["Checklist", 5], ["Summary", 5]]) {
    await page.goto(server.address + name);
    for (const media of ["screen", "print"]) {
      await page.emulateMedia({ media });
      const table = page.locator(".assess-table");
      assert.equal(await table.first().isVisible(), true);
      assert.equal(await table.locator("tbody tr:has(td)").count(), rows, name);
      assert.deepEqual(await table.first().locator("thead th").allInnerTexts(), ["Statement", "0 Unaware", "1 Initial", "2 Managed", "3 Defined", "4 Quantitative", "5 Optimised", "Does not apply", "Evidence"]);
      const box = await table.locator("tbody td.assess-box").first().evaluate((cell) => { const { width, borderTopStyle } = getComputedStyle(cell, "::before"); return [parseFloat(width) > 10, borderTopStyle]; });
      assert.deepEqual(box, [true, "solid"]);
    }
  }
  await plain.close();
});

test("on a phone every control is large enough for a finger, and a tap rates", async () => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  const page = await phone.newPage();
  await to(page, "Practices/Inventory");
  await card(page, "Coverage").locator("summary").tap();
  await card(page, "Coverage").locator(".assess-step").nth(4).tap();
  await card(page, "Owner_ship").locator(".assess-out").tap();
  assert.deepEqual(await rated(page), ["4", "-", ""]);
  const small = await page.locator(".checklist :is(label.assess-step, label.assess-out, button, summary, input:not([type=radio]), select, textarea)").evaluateAll((controls) => controls.filter((one) => one.checkVisibility()).map((one) => [one.className || one.dataset.field, one.getBoundingClientRect()]).filter(([, { width, height }]) => width < 44 || height < 44).map(([name, { width, height }]) => `${name} ${width}×${height}`));
  assert.deepEqual(small, []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  await phone.close();
});

test("an article with a checklist loads at most 10 kB of script, and none that the summary needs", async (t) => {
  const page = await visitor();
  const scripts = [];
  page.on("response", (response) => response.request().resourceType() === "script" && scripts.push([new URL(response.url()).pathname, response.body()]));
  await to(page, "Practices/Inventory");
  const sizes = await Promise.all(scripts.map(async ([name, body]) => [name, gzipSync(await body, { level: 6 }).length]));
  t.diagnostic(JSON.stringify(sizes));
  assert.ok(sizes.reduce((sum, [, size]) => sum + size, 0) <= 10_000, JSON.stringify(sizes));
  assert.equal(sizes.length, 3, JSON.stringify(sizes));
  await leave();
});

test("axe finds nothing in any state, at three widths, in both schemes and in forced colours", async () => {
  context = await browser.newContext({ reducedMotion: "reduce", bypassCSP: true });
  const page = await context.newPage(), wrong = [];
  const kinds = [[390, { colorScheme: "light" }], [768, { colorScheme: "dark" }], [1280, { colorScheme: "light" }], [1280, { forcedColors: "active", colorScheme: "dark" }]];
  const look = async (name, ways = kinds) => {
    for (const [width, media] of ways) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ forcedColors: "none", ...media });
      const found = await violations(page, { within: "main", coloursOnly: Boolean(media.forcedColors) });
      wrong.push(...found.map((told) => `${name} ${width} ${JSON.stringify(media)}: ${told}`));
      if (await page.evaluate(() => document.documentElement.scrollWidth) > width) wrong.push(`${name} ${width} scrolls sideways`);
    }
  };
  const mine = resultOf("Mine", [{ rating: 0, note: "See https://example.org/1", target: 5, owner: "Ada", date: "2027-01-31" }, { rating: 3 }, { notApplicable: true, reason: "none" }, { rating: 5 }]);
  await to(page, "Summary");
  await look("empty");
  await keep(page, { ...mine, unmatched: { gone: { rating: 4, title: "Gone" } } }, resultOf("Other", [{ rating: 2 }, { rating: 2 }], "2025-01-01"));
  await to(page, "Summary");
  await look("filled");
  for (const closed of await page.locator(".assess-view summary:visible").all()) await closed.click();
  await page.locator(".assess-menu > summary", { hasText: "Manage" }).click();
  await page.locator(".assess-menu > summary", { hasText: "Export" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.locator(".assess-link input").waitFor();
  const file = (text) => page.locator(".assess-menu input[type=file]").setInputFiles({ name: "theirs.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await file(JSON.stringify(resultOf("Theirs", [{ rating: 5 }, { rating: 1 }])));
  await page.getByRole("button", { name: "Into “Mine”" }).click();
  await look("asking, and all open");
  await page.getByRole("button", { name: "Take over" }).click();
  await file("{");
  await page.locator(".checklist-summary > [role=alert] p").waitFor();
  await look("refused", kinds.slice(0, 2));
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await to(page, "Summary", "#assessment=0" + Buffer.from(JSON.stringify(["", "", "Shared", "2026-01-01", "2026-01-01", [["AAAA", 3]]])).toString("base64url"));
  await page.locator(".assess-panel").waitFor();
  await look("shared", kinds.slice(0, 2));
  await to(page, "Checklist");
  await look("checklist");
  await page.goto(server.address + "Benchmark");
  await page.locator(".assess-own").first().waitFor();
  await page.locator(".checklist summary").click();
  await look("benchmark");
  await to(page, "Checklist");
  for (let at = 0; at < 5; at++) await page.locator(".assess-card").nth(at).getByRole("radio").nth(at + 2).check();
  await page.locator(".assess-card summary").first().click();
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  await page.locator(".assess-card").first().getByLabel("Evidence").fill("https://example.org");
  await look("rated, and not kept");
  assert.deepEqual(wrong, []);
  await context.close();
});
