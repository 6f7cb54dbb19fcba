// Checklists are graded: grades are remembered in this browser, wherever a page's checklist is shown, and add up in the summary.
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

test("a grade given on one page is known on the assessment and in the summary", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const summary = page.locator("tr", { hasText: "Keeping an inventory" }).locator("td").last();
  await page.goto(route("Model/Results.html"));
  assert.equal(await summary.innerText(), "none yet");
  await page.goto(route("Activities/Level-2/Inventory.html"));
  await page.getByLabel("Grade for: Coverage").selectOption("3");
  await page.getByLabel("Grade for: Search").selectOption("1");
  await page.reload();
  assert.equal(await page.getByLabel("Grade for: Coverage").inputValue(), "3");
  await page.goto(route("Model/Checklist.html"));
  const there = page.locator("[data-checklist]", { has: page.getByRole("link", { name: "Keeping an inventory" }) }).last();
  assert.equal(await there.getByLabel("Grade for: Coverage").inputValue(), "3");
  await there.getByLabel("Grade for: Coverage").selectOption("");
  await there.getByLabel("Grade for: Ownership").selectOption("0");
  await page.goto(route("Model/Results.html"));
  assert.equal(await summary.innerText(), "0 1");
  assert.equal(await page.locator("tr", { hasText: "License compliance" }).locator("td").last().innerText(), "none yet");
  await context.close();
});

test("a statement's own words are never markup, and storage that holds nonsense is no harm", async () => {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(route("Activities/Level-2/Inventory.html"));
  await page.evaluate(() => localStorage.setItem("bokworm-grades-" + location.pathname, "{nonsense"));
  await page.reload();
  assert.equal(await page.getByLabel("Grade for: Coverage").inputValue(), "");
  await page.getByLabel("Grade for: Coverage").selectOption("5");
  await page.reload();
  assert.equal(await page.getByLabel("Grade for: Coverage").inputValue(), "5");
  assert.deepEqual(errors, []);
  await page.close();
});
