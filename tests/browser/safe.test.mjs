// Hostile pages in a browser, where only safe HTML is let through: made by the generator of `tests/all/safe_mode.rs`, built,
// opened without any policy, their elements looked at, focused and clicked. Nothing of theirs runs.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { after, before, test } from "node:test";
import { browse, program, project } from "./support.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const run = promisify(execFile);
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png" };

/** Serves a folder as it is. */
async function host(folder) {
  const server = createServer(async (request, response) => {
    try {
      const file = path.join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname));
      const bytes = await readFile(file);
      response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}/`, end: () => server.close() };
}

/** Runs in each page before anything else: what pages would do to show that they can is told. */
function watch() {
  const tell = (what) => window.ran(what + " on " + decodeURIComponent(location.href));
  for (const name of ["bokwormPwned", "alert", "confirm", "prompt", "open"]) {
    Object.defineProperty(window, name, { value: () => tell(name), writable: false, configurable: false });
  }
  window.print = () => {};
  const outside = (address) => new URL(address, location).origin !== location.origin;
  for (const [of, name, place] of [[window, "fetch", 0], [XMLHttpRequest.prototype, "open", 1], [navigator, "sendBeacon", 0]]) {
    const own = of[name];
    of[name] = function (...all) {
      if (outside(all[place]?.url ?? all[place])) tell(name + " of " + all[place]);
      return own.apply(this, all);
    };
  }
  addEventListener("securitypolicyviolation", () => tell("a policy"));
  // A link to another page is followed by nobody here; one that runs something does.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a, area");
    if (link && /^(https?|mailto|tel):$/.test(link.protocol)) event.preventDefault();
  });
}

/** Does what a reader may do, to every element, and a browser by itself. */
function touch() {
  const events = ["error", "load", "loadstart", "toggle", "mouseover", "mouseenter", "mousemove", "pointerover", "focus", "focusin", "blur", "animationstart", "transitionend", "begin", "scroll", "keydown", "input", "change", "submit", "close"];
  const wrong = [];
  for (const element of [...document.querySelectorAll("*")]) {
    const handler = element.getAttributeNames().find((name) => name.startsWith("on"));
    if (handler) wrong.push(`${handler} of ${element.outerHTML.slice(0, 200)}`);
    for (const event of events) element.dispatchEvent(new Event(event));
    element.focus?.();
  }
  for (const element of document.querySelectorAll("main *")) {
    if (element.matches("a, area, button, input, summary, label, [tabindex]")) element.click?.();
  }
  return wrong;
}

let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

/** Opens these pages one after the other; tells what ran. */
async function visit(addresses) {
  const context = await browser.newContext();
  const wrong = [];
  await context.exposeFunction("ran", (what) => wrong.push(what));
  await context.addInitScript(watch);
  let awaited;
  await context.route("**", (route) => {
    const request = route.request();
    const own = request.url().startsWith(new URL("/", addresses[0]).href);
    if (request.isNavigationRequest() && request.frame() === request.frame().page().mainFrame()) {
      // A page may say that it has moved; it is looked at all the same, and only once.
      if (request.url() !== awaited) return route.abort();
      awaited = undefined;
      return route.continue();
    }
    if (own) return route.continue();
    if (request.resourceType() === "image" || request.resourceType() === "media") return route.abort();
    wrong.push(`a ${request.resourceType()} from elsewhere: ${request.url()}`);
    return route.fulfill({ contentType: "text/javascript", body: "bokwormPwned()" });
  });
  const page = await context.newPage();
  context.on("page", (opened) => wrong.push(`a window: ${opened.url()}`));
  page.on("dialog", (dialog) => { wrong.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  for (const address of addresses) {
    awaited = address;
    await page.goto(address, { waitUntil: "load" });
    const title = await page.title();
    for (const handler of await page.evaluate(touch)) wrong.push(`${handler} on ${decodeURIComponent(address)}`);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 20)));
    if (await page.title() !== title) wrong.push(`another title on ${address}`);
    if (page.frames().length > 1) wrong.push(`a frame on ${address}`);
  }
  await context.close();
  return wrong;
}

const visitAll = async (addresses) => (await Promise.all(inParts(addresses).map(visit))).flat();

/** Builds the sites of a folder, some at a time; gives back the addresses of their pages. */
async function build(folder, address) {
  const sites = (await readdir(folder)).sort((a, b) => a - b);
  const built = await Promise.all(inParts(sites).map(async (part) => {
    const pages = [];
    for (const site of part) pages.push([site, await pagesOf(folder, address, site)]);
    return pages;
  }));
  return built.flat().sort(([one], [other]) => one - other).flatMap(([, pages]) => pages);
}

/** A site that can't be built has no pages: a template that isn't there. */
async function pagesOf(folder, address, site) {
  const isBuilt = await run(program, ["-C", path.join(folder, site), "build", "--quiet"]).then(() => true, (error) => { assert.equal(error.signal, null, `site ${site}`); return false; });
  if (!isBuilt) return [];
  const files = await readdir(path.join(folder, site, "public"), { recursive: true });
  const own = files.filter((file) => file.endsWith(".html") && !/^(404|tags)\.html$/.test(file)).sort();
  return own.map((file) => address + [site, "public", ...file.split(path.sep)].map(encodeURIComponent).join("/"));
}

/** What is done some at a time, since each waits more than it works. */
const inParts = (all) => [0, 1, 2].map((part) => all.filter((_, at) => at % 3 === part)).filter((part) => part.length > 0);

test("what runs in a page is seen", async () => {
  const ways = ["<img src=nope.png onerror=bokwormPwned()>", "<a href=\"javascript:bokwormPwned()\">a</a>", "<p tabindex=0 onfocus=bokwormPwned()>a</p>", "<script>document.title = 'x'; alert(1)</script>", "<iframe srcdoc='<script>parent.bokwormPwned()</script>'></iframe>", "<script src=https://evil.example/a.js></script>", "<button onclick=\"fetch('https://evil.example')\">a</button>"];
  const files = ways.map((way, at) => [[`${at}/book.toml`, ""], [`${at}/content/index.md`, `# Home\n\n${way}\n`]]).flat();
  const folder = await project(Object.fromEntries(files));
  const site = await host(folder.root);
  const wrong = await visitAll(await build(folder.root, site.address));
  site.end();
  for (const at of ways.keys()) assert.ok(wrong.some((told) => told.includes(`/${at}/public/`)) || wrong.some((told) => told.includes("a script from elsewhere")) && at === 5, `${ways[at]}: ${wrong.join("\n")}`);
  await folder.remove();
});

test("nothing runs in a hundred hostile pages", async () => {
  // Beside those made at random, the one that once ran a script.
  const hole = `# Home\n\n<Details summary="s" className="x onerror=bokwormPwned() y">\n\nhi\n\n</Details>\n\n![&#x10FFFD;0&#x10FFFC;](nope.png)\n`;
  const folder = await project({ "1000/book.toml": "[markdown]\nhtml = \"safe\"\n", "1000/content/index.md": hole });
  const environment = { ...process.env, BOKWORM_HOSTILE_FOLDER: folder.root, BOKWORM_CASES: "32" };
  // With the features that the others were compiled with: with others everything is compiled once more.
  const features = process.env.BOKWORM_TEST_FEATURES ?? "";
  await run("cargo", ["test", "--quiet", "--features", features, "--test", "all", "--", "--ignored", "--exact", "safe_mode::sites_for_a_browser"], { cwd: root, env: environment });
  const site = await host(folder.root);
  const pages = await build(folder.root, site.address);
  assert.ok(pages.length >= 100, `${pages.length} pages`);
  const wrong = await visitAll(pages.slice(-100));
  site.end();
  assert.deepEqual(wrong, []);
  await folder.remove();
});
