// The summary of an assessment at work, on a real body of knowledge: all of its statements are rated by keyboard, what they
// add up to is worked out here once more, and results go out and come in as files and links.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build, host } from "./search-support.mjs";
import { browse } from "./support.mjs";

const here = path.dirname(fileURLToPath(import.meta.url)), repository = path.join(here, "../..");
// The corpus lies beside the repository; where it doesn't, our own site is assessed.
const corpus = process.env.BOKWORM_CORPORA ?? [path.join(here, "../../../shared/corpora"), path.join(here, "../../../../shared/corpora")].find((folder) => existsSync(folder));
const [checklist, summary, total] = corpus ? ["docs/bok/OSMM/Checklist", "docs/bok/OSMM/Summary", 71] : ["Model/Checklist", "Model/Results", 65];

let browser, folder, server, context, page;
before(async () => {
  browser = await browse();
  folder = await mkdtemp(path.join(tmpdir(), "bokworm-"));
  const config = path.join(folder, "book.toml"), out = path.join(folder, "site");
  if (corpus) {
    await writeFile(config, await readFile(path.join(repository, "examples/finos-osr/book.toml"), "utf8") + "\n[images]\nresize = false\n");
    build(repository, "--config", config, "--source", path.join(corpus, "osr/docs"), "--static", path.join(corpus, "osr/static"), "--out", out);
  } else build(repository, "--out", out);
  server = await host(out);
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  context.wrong = [];
  context.on("weberror", (error) => context.wrong.push(error.error().message));
  context.on("console", (message) => message.type() === "error" && !/favicon/.test(message.text()) && context.wrong.push(message.text()));
  page = await context.newPage();
});
after(async () => {
  await browser?.close();
  server?.end();
  if (folder) await rm(folder, { recursive: true, force: true });
  if (context) assert.deepEqual(context.wrong, []);
});

const open = async (hash = "") => {
  await page.goto("about:blank");
  await page.goto(server.address + summary + hash);
  await page.locator(".assess-figures").waitFor();
};
const model = () => page.evaluate(() => JSON.parse(document.querySelector("[data-assessment]").dataset.assessment));
/** Keeps these results, the first of them as the current one: each a name and what it answers to the statement of a place. */
const keep = async (...results) => {
  await page.goto(server.address + summary);
  const given = await model();
  const texts = results.map(([name, answer, created = "2026-11-20"]) => [name, created, JSON.stringify({ format: "bokworm-assessment/1", model: { id: given.id, title: given.title, edition: given.edition }, name, created, changed: created,
    answers: Object.fromEntries(given.items.map((item, at) => [item.id, answer(at, item)]).filter(([, one]) => one)) })]);
  await page.evaluate(([scope, all]) => {
    localStorage.clear();
    all.forEach(([, , text], at) => localStorage.setItem(`bokworm-assessment-${scope}-k${at}`, text));
    localStorage.setItem(`bokworm-assessments-${scope}`, JSON.stringify({ format: 1, current: "k0", list: all.map(([name, created], at) => ({ key: `k${at}`, name, created })) }));
  }, [given.id || "/", texts]);
  await open();
  return given;
};
const downloaded = async (act) => {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return { name: download.suggestedFilename(), text: Buffer.concat(parts).toString() };
};
const unfold = async (name) => { const menu = page.locator(".assess-menu", { has: page.locator("summary", { hasText: name }) }); if (!await menu.evaluate((one) => one.open)) await menu.locator("summary").click(); return menu; };
const exported = async (kind) => { const menu = await unfold("Export"); return downloaded(() => menu.getByRole("button", { name: kind, exact: true }).click()); };
const receive = async (name, text) => { const menu = await unfold("Import"); await menu.locator("input[type=file]").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) }); };
const names = () => page.locator(".assess-tools option").allInnerTexts();
const figures = () => page.locator(".assess-figure").evaluateAll((all) => Object.fromEntries(all.map((one) => [one.querySelector("dt").textContent, one.querySelector("strong").textContent])));
const section = (name) => page.locator("section.assess-part", { has: page.getByRole("heading", { name, exact: true }) });
const spread = (at) => (at * 7 + Math.floor(at / 5)) % 6;

test("every statement is rated by keyboard alone, without a request, and the picture is what they add up to", async () => {
  await page.goto(server.address + checklist);
  await page.locator(".assess-card").first().waitFor();
  // What the theme loads when a link is first come to has nothing to do with answers.
  await page.locator("a[href^='#']").first().focus();
  await page.waitForFunction(() => window.bokwormMore);
  const asked = [];
  const ask = (request) => asked.push(request.url());
  context.on("request", ask);
  await page.locator(".assess-card input").first().focus();
  // From one statement to the next lie the link between, what else can be said of it, and the way back.
  for (let done = 0; done < total; done++) {
    while (await page.evaluate(() => document.activeElement.type !== "radio")) await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    for (let step = 0; step < spread(done); step++) await page.keyboard.press("ArrowRight");
    for (let step = 0; step < 3; step++) await page.keyboard.press("Tab");
  }
  assert.deepEqual([asked, await context.cookies()], [[], []]);
  context.off("request", ask);
  await open();

  // Once more, by hand.
  const { items, levels, pages, rule, ratings } = await model();
  assert.equal(items.length, total);
  // The order in which they were rated is that of the levels on that page.
  const order = items.map((item, at) => [item.level, at]).sort(([a, x], [b, y]) => a - b || x - y).map(([, at]) => at);
  const rating = new Map(await page.evaluate(() => Object.values(localStorage).flatMap((text) => Object.entries(JSON.parse(text).answers ?? {})).map(([id, answer]) => [id, answer.rating])));
  assert.equal(rating.size, total);
  assert.equal([...rating.values()].reduce((sum, one) => sum + one, 0), order.map((_, at) => spread(at)).reduce((sum, one) => sum + one, 0));
  const heat = await page.locator(".assess-heat-map tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => Number((cell.querySelector("summary") ?? cell).textContent))));
  const expected = levels.map((_, level) => [...ratings.map((__, at) => items.filter((item) => item.level === level && rating.get(item.id) === at).length), 0, 0]).reverse();
  assert.deepEqual(heat, expected);
  let reached = "None yet";
  for (const [level, { name }] of levels.entries()) {
    if (!items.filter((item) => item.level === level).every((item) => rating.get(item.id) >= rule.rating)) break;
    reached = name;
  }
  const mean = items.reduce((sum, item) => sum + rating.get(item.id), 0) / total;
  assert.deepEqual(await figures(), { "Level reached": reached, "Mean rating": String(Math.round(mean * 10) / 10), Answered: "100%", "Missing for the next level": String(items.filter((item) => item.level === 0 && rating.get(item.id) < rule.rating).length) });
  // A corner of the radar lies as far out as the mean of its page.
  const corners = await page.locator(".assess-radar:not(.small) .assess-shape.own").first().evaluate((shape) => shape.getAttribute("d").replace(/[MZ]/g, "").split("L").map((one) => one.split(" ").map(Number)));
  const rim = await page.locator(".assess-radar:not(.small) .assess-ring.outer").first().evaluate((ring) => -Number(ring.getAttribute("d").slice(1).split(" ")[1].split("L")[0]));
  const means = pages.map((_, at) => items.filter((item) => item.page === at).map((item) => rating.get(item.id))).map((all) => all.reduce((sum, one) => sum + one, 0) / all.length);
  assert.equal(corners.length, means.length);
  const off = corners.map(([x, y], at) => Math.abs(Math.hypot(x, y) / rim - means[at] / (ratings.length - 1)));
  assert.ok(Math.max(...off) < 0.01, `${off}`);
  const next = items.filter((item) => item.level === 0 && rating.get(item.id) < rule.rating).sort((a, b) => rating.get(a.id) - rating.get(b.id)).map(({ title }) => title);
  assert.deepEqual(await section("What to do next").locator("li a").allTextContents(), next);
  assert.equal(new URL(await section("What to do next").locator("li a").first().evaluate((link) => link.href)).origin + "/", server.address);
});

test("a file that is exported, imported into an empty browser and exported again is the same to the byte", async () => {
  await keep(["Team A", (at) => (at % 9 ? { rating: spread(at), note: `Line\n=${at} "é"` } : { notApplicable: true, reason: "No such product" })]);
  const first = await exported("JSON");
  assert.equal(first.name, "Team-A-2026-11-20.json");
  const table = await exported("CSV");
  assert.equal(table.text.split("\r\n").length, total + 2);
  await page.evaluate(() => localStorage.clear());
  await open();
  await receive(first.name, first.text);
  await page.getByRole("button", { name: "As an assessment of its own" }).click();
  assert.deepEqual(await exported("JSON"), first);
  assert.equal((await exported("CSV")).text, table.text);
  const report = await exported("Markdown");
  assert.match(report.name, /\.md$/);
  assert.match(report.text, /Line \\=1 \\"é\\"/);
  await receive("team.csv", table.text);
  await page.getByRole("button", { name: "As an assessment of its own" }).click();
  assert.equal((await exported("CSV")).text, table.text);
  assert.deepEqual(await names(), ["Team A", "team"]);
});

test("importing into an assessment that has answers shows both side by side, and asks", async () => {
  const given = await keep(["Ours", (at) => (at < 4 ? { rating: 1, note: at === 1 ? "our note" : undefined } : undefined)]);
  const [a, b, c, d, e] = given.items.map(({ id }) => id);
  const before = await exported("JSON");
  const theirs = { ...JSON.parse(before.text), name: "Theirs", answers: { [a]: { rating: 1 }, [b]: { rating: 4, note: "their note" }, [c]: { rating: 5 }, [d]: { notApplicable: true, reason: "none" }, [e]: { rating: 2 } } };
  await receive("theirs.json", JSON.stringify(theirs));
  const panel = page.locator(".assess-panel");
  assert.match(await panel.innerText(), /was changed after it was exported/);
  await panel.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await panel.count(), 0);
  assert.equal((await exported("JSON")).text, before.text, "nothing is changed");
  await receive("theirs.json", JSON.stringify(theirs));
  await panel.getByRole("button", { name: "Into “Ours”" }).click();
  assert.match(await panel.innerText(), /Different: 3\. New: 1\. The same: 1\./);
  assert.equal(await panel.locator("tbody tr").count(), 3);
  assert.match(await panel.locator("tbody tr").first().innerText(), /our note[\s\S]*their note/);
  assert.equal(await panel.getByRole("radio", { name: /^Mine/ }).first().isChecked(), true);
  await panel.getByRole("radio", { name: `Imported: ${given.items[1].title}` }).check();
  await panel.getByRole("button", { name: "Take over" }).click();
  const now = JSON.parse((await exported("JSON")).text).answers;
  assert.deepEqual([a, b, c, d, e].map((id) => now[id].rating), [1, 4, 1, 1, 2]);
  assert.equal(now[b].note, "their note");
  await page.locator(".assess-status").getByRole("button", { name: "Undo" }).click();
  assert.deepEqual(JSON.parse((await exported("JSON")).text).answers, JSON.parse(before.text).answers);
});

test("a link holds the answers, opens read-only, and can be saved as one’s own", async () => {
  await keep(["Shared <b>one</b>", (at) => ({ rating: spread(at), note: `Handbook, chapter ${at % 9}` })]);
  const { text } = await exported("JSON");
  const menu = await unfold("Export");
  await menu.getByRole("button", { name: "Make a link" }).click();
  const link = await menu.getByLabel("Link", { exact: true }).inputValue();
  assert.ok(link.length < 4000, `${link.length}`);
  await page.evaluate(() => localStorage.clear());
  const asked = [];
  const ask = (request) => asked.push(request.url());
  context.on("request", ask);
  await page.goto("about:blank");
  await page.goto(link);
  const panel = page.locator(".assess-panel");
  assert.match(await panel.innerText(), /“Shared <b>one<\/b>” was shared with you/);
  assert.equal((await figures()).Answered, "100%");
  assert.equal(await page.locator(".assess-tools").count(), 0);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.deepEqual(asked.filter((url) => url.includes("#") || url.includes("?")), []);
  context.off("request", ask);
  await panel.getByRole("button", { name: "Save as mine" }).click();
  assert.equal(new URL(page.url()).hash, "");
  assert.equal((await exported("JSON")).text, text);
  // What no packing makes short.
  let seed = 1;
  const letters = () => Array.from({ length: 90 }, () => String.fromCharCode(97 + ((seed = (seed * 48271) % 2147483647) % 26))).join("");
  await keep(["Long", (at) => ({ rating: spread(at), note: letters() })]);
  await unfold("Export");
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.locator(".assess-link p").waitFor();
  assert.match(await page.locator(".assess-link").innerText(), /would be \d{4,} characters long/);
  assert.equal((await downloaded(() => page.locator(".assess-link").getByRole("button", { name: "Save as a file" }).click())).text, (await exported("JSON")).text);
});

test("hostile files and links change nothing, say why, and never become markup", async () => {
  const given = await keep(["Mine", (at) => (at ? undefined : { rating: 3 })]);
  const before = await page.evaluate(() => JSON.stringify(localStorage));
  const marker = "<img src=x onerror=\"document.title='hit'\"><svg onload=\"document.title='hit'\"></svg>";
  const result = (answers, more = {}) => JSON.stringify({ format: "bokworm-assessment/1", model: { id: given.id, title: marker, edition: marker }, name: marker, created: "2026-01-01", changed: "2026-01-01", answers, ...more });
  const refused = async (reason) => {
    await page.waitForFunction(() => document.querySelector(".checklist-summary > [role=alert]").textContent !== "");
    assert.match(await page.locator(".checklist-summary > [role=alert]").innerText(), reason);
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage)), before);
    assert.equal(await page.locator(".assess-panel").count(), 0);
  };
  for (const [name, text, reason] of [
    [`${marker.replaceAll("/", "")}.json`, "{", /can’t be read as JSON/],
    ["a.json", "[]", /not the result/], ["a.json", result({}).replace('"bokworm-assessment/1"', "7"), /not the result/], ["a.json", result({}, { model: { id: "other", title: marker } }), /another model/],
    ["a.json", result({ [marker]: { rating: 1e300 } }), /can’t be read/], ["a.json", result({ x: { rating: 1, note: [marker] } }), /can’t be read/],
    ["a.json", result(Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [at, {}]))), /larger than/], ["a.json", " ".repeat(5_000_001), /larger than/], ["a.csv", "a,b\n", /no columns/], ["a.csv", "id,rating\n=1,=2\n", /can’t be read/],
  ]) { await receive(name, text); await refused(reason); }
  for (const [hash, reason] of [["#assessment=1AAAA", /incomplete or damaged/], ["#assessment=", /incomplete or damaged/], ["#assessment=0W10", /incomplete or damaged/], [`#assessment=0${Buffer.from(JSON.stringify(["other", "", "", "2026-01-01", "2026-01-01", []])).toString("base64url")}`, /another model/]]) {
    await open(hash);
    await refused(reason);
    assert.deepEqual(await names(), ["Mine"]);
  }
  // What is taken is shown as it was written.
  await open();
  await receive("a.json", result({ __proto__: null, ["__proto__x"]: { rating: 1, note: marker, title: marker, page: marker }, [given.items[1].id]: { rating: 2, note: marker, owner: marker, target: 5, reason: marker } }).replace("__proto__x", "__proto__"));
  assert.match(await page.locator(".assess-panel").innerText(), /fit no statement here: 1/);
  await page.getByRole("button", { name: "As an assessment of its own" }).click();
  for (const all of await page.locator(".assess-every > summary, .assess-heat summary").all()) await all.click();
  for (const kind of ["CSV", "Markdown", "JSON"]) await exported(kind);
  const link = await page.evaluate(() => location.href);
  assert.equal(link.includes("#"), false);
  assert.equal(await page.locator(".checklist-summary :is(img, script), [onload], [onerror]").count(), 0);
  assert.ok(await page.locator("td", { hasText: marker }).count() > 0);
  assert.doesNotMatch(await page.title(), /hit/);
});

test("assessments are begun, renamed, copied, compared, rolled up and deleted, and what is deleted comes back", async () => {
  await keep(["Team A", (at) => ({ rating: at ? 4 : 1 }), "2026-03-01"], ["Team B", (at) => (at === 2 ? undefined : { rating: at ? 4 : 2, note: at ? undefined : "We try" }), "2025-03-01"]);
  const compare = section("Compare");
  assert.deepEqual(await compare.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent))), [["2 Managed", "1 Initial", "−1"], ["Not rated", "4 Quantitative", "–"]]);
  assert.equal(await compare.locator(".assess-shape.other").count(), 2);
  assert.deepEqual(await section("Over time").locator("tbody th").allInnerTexts(), ["Team B", "Team A"], "the oldest first");
  await section("Roll teams up").getByLabel("Name").fill("All of us");
  await section("Roll teams up").getByRole("button", { name: "Roll up" }).click();
  assert.deepEqual(await names(), ["Team A", "Team B", "All of us"]);
  const [first] = Object.values(JSON.parse((await exported("JSON")).text).answers).filter(({ note }) => note.includes("We try"));
  assert.deepEqual([first.rating, first.note], [1, "Team A: 1 Initial\nTeam B: 2 Managed · We try"]);
  await page.locator(".assess-tools select").selectOption("Team B");
  const manage = await unfold("Manage");
  await manage.getByLabel("Name").fill("Team B, last year");
  await manage.getByLabel("Name").press("Enter");
  await page.waitForFunction(() => [...document.querySelectorAll(".assess-tools option")].some(({ textContent }) => textContent === "Team B, last year"));
  await manage.getByRole("button", { name: "Duplicate" }).click();
  assert.deepEqual(await names(), ["Team A", "Team B, last year", "All of us", "Team B, last year (copy)"]);
  await page.getByRole("button", { name: "New", exact: true }).click();
  assert.equal((await figures()).Answered, "0%");
  await page.locator(".assess-tools select").selectOption("Team A");
  const before = await exported("JSON");
  await (await unfold("Manage")).getByRole("button", { name: "Delete" }).click();
  assert.equal((await names()).includes("Team A"), false);
  await page.locator(".assess-status").getByRole("button", { name: "Undo" }).click();
  assert.equal((await names()).includes("Team A"), true);
  assert.equal((await exported("JSON")).text, before.text);
});

test("the summary follows another tab, and says that storage is full", async () => {
  await keep(["Mine", () => undefined]);
  const other = await context.newPage();
  await other.goto(server.address + checklist);
  await other.locator(".assess-card").first().getByRole("radio", { name: "5" }).check();
  await page.waitForFunction((all) => document.querySelector(".assess-figures").textContent.includes(`1 of ${all}`), total);
  await other.close();
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  await page.getByRole("button", { name: "New", exact: true }).click();
  assert.match(await page.locator(".checklist-summary > [role=alert]").innerText(), /can’t store your answers/);
  assert.deepEqual(await names(), ["Mine", "Assessment 2"]);
});

test("the report on paper has a cover, the picture, gaps and every answer, and leaves the page as it was", async () => {
  await keep(["Payments", (at) => ({ rating: spread(at), target: 5, note: `Evidence ${at}` })]);
  await page.evaluate(() => { window.print = () => {}; });
  await page.getByRole("button", { name: /^(Save as PDF|Print a report)$/ }).first().click();
  await page.emulateMedia({ media: "print" });
  const report = page.locator(".assess-report");
  assert.deepEqual(await page.locator("body > *").evaluateAll((all) => all.filter((one) => one.checkVisibility()).map(({ className }) => className)), ["assess-report prose"]);
  assert.match(await report.innerText(), /Payments[\s\S]*What to do next[\s\S]*Gaps against targets[\s\S]*All answers/);
  for (const at of [0, total - 1]) assert.equal(await report.getByText(`Evidence ${at}`, { exact: true }).isVisible(), true);
  assert.ok((await page.pdf({ format: "A4" })).length > 50_000);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  assert.deepEqual([await report.count(), await page.locator("html.assess-printing").count(), await page.locator(".assess-view").isVisible()], [0, 0, true]);
});
