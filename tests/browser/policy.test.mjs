// The site as a host serves it that follows `_headers`: under its base path, with exactly the policy that is
// written there. No page breaks it, and none of our own breaks a stricter one, which browsers are asked to tell of only.
// Each page is opened once, since that is what takes the time: on a phone, and whatever can be wrong with it is told.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { readFile, readdir, rm, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { after, before, test } from "node:test";
import { browse, program, project } from "./support.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'";
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".webm": "video/webm", ".json": "application/json" };
const base = "/handbook/";

/** The rules of a `_headers` file: a path, which may end in `*`, and the headers below it. */
function rules(text) {
  const found = [];
  for (const line of text.split("\n").filter(Boolean)) {
    if (!line.startsWith(" ")) found.push({ path: line, headers: [] });
    else found.at(-1).headers.push(/^\s+([^:]+): (.*)$/.exec(line).slice(1));
  }
  return found;
}

/** Serves a folder below the base path as its `_headers` says; what a stricter policy would refuse is told, too. */
async function host(folder, stricter) {
  const all = rules(await readFile(path.join(folder, "_headers"), "utf8"));
  const fits = (rule, asked) => (rule.path.endsWith("*") ? asked.startsWith(rule.path.slice(0, -1)) : asked === rule.path);
  const server = createServer(async (request, response) => {
    const asked = new URL(request.url, "http://x").pathname;
    const headers = all.filter((rule) => fits(rule, asked)).flatMap((rule) => rule.headers);
    for (const [name, value] of headers) response.setHeader(name, value);
    if (stricter) response.setHeader("content-security-policy-report-only", stricter);
    const below = decodeURIComponent(asked).replace(base, "");
    for (const name of [below, `${below}.html`, path.join(below, "index.html")]) {
      try {
        const bytes = await readFile(path.join(folder, name));
        response.writeHead(200, { "content-type": types[path.extname(name)] ?? "application/octet-stream" });
        return response.end(bytes);
      } catch { /* the next name */ }
    }
    response.writeHead(404).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}${base}`, end: () => server.close() };
}

/** Opens every page of a folder on a phone, where other hosts answer or don't; tells what a policy refused, what failed, what is asked for elsewhere, and
    what scrolls sideways. */
async function visit(folder, address, { answered = false } = {}) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const wrong = [], elsewhere = [], wide = [];
  await context.exposeFunction("refused", (told) => wrong.push(told));
  await context.addInitScript(() => addEventListener("securitypolicyviolation", (event) => window.refused(`${location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)));
  // What would be refused is told by an event.
  const isReport = (text) => /report[- ]only/i.test(text);
  const visitAll = async (files) => {
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && !isReport(message.text()) && wrong.push(`${page.url()}: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
    page.on("response", (response) => response.status() < 400 || wrong.push(`${response.url()} ${response.status()}`));
    if (answered) await page.route((url) => !url.href.startsWith(address), (route) => route.fulfill({ status: 200, body: "" }));
    // Only told of: to take each request in hand would cost the browser what it keeps, and half the time.
    page.on("request", (request) => request.url().startsWith(address) || request.url().startsWith("data:") || elsewhere.push(`${page.url()} asks ${request.url()}`));
    for (const file of files) {
      await page.goto(address + file.split(path.sep).map(encodeURIComponent).join("/"), { waitUntil: "load" });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) wide.push(`${file}: ${width}`);
    }
  };
  await Promise.all([0, 1, 2].map((turn) => visitAll(files.filter((_, at) => at % 3 === turn))));
  await context.close();
  return { files, wrong, elsewhere, wide };
}

let browser, out;

before(async () => {
  out = await mkdtemp(path.join(await realpath(tmpdir()), "bokworm-policy-"));
  await promisify(execFile)(program, ["-C", root, "build", "--quiet", "--out", path.join(out, "site"), "--base-url", `https://example.org${base}`]);
  // Nothing gets out, were it asked for.
  browser = await browse("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
});

after(async () => {
  await browser?.close();
  if (out) await rm(out, { recursive: true, force: true });
});

test("every page keeps its own policy and the strictest, loads all that it asks for, from its own host, and fits a phone", async () => {
  const site = await host(path.join(out, "site"), strict);
  const { files, wrong, elsewhere, wide } = await visit(path.join(out, "site"), site.address);
  site.end();
  assert.ok(files.length > 60, `${files.length} pages`);
  // A film of the site's own wants `media-src`, which the stricter policy hasn't.
  assert.deepEqual(wrong.filter((told) => !(told.includes("media-src") && told.includes("/media/levels.webm"))), []);
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(wide, []);
});

test("what a stricter policy would refuse is told", async () => {
  const folder = await project({ "content/index.md": "# Home\n\n<p style=\"color: green\">Green</p>\n" });
  await promisify(execFile)(program, ["-C", folder.root, "build", "--quiet", "--base-url", `https://example.org${base}`]);
  const built = path.join(folder.root, "public");
  const site = await host(built, strict);
  const { wrong } = await visit(built, site.address);
  site.end();
  assert.ok(wrong.some((told) => told.includes("style-src-attr")), wrong.join("\n"));
  await folder.remove();
});

test("what is fingerprinted is kept by browsers, what isn't is asked for again", async () => {
  const site = await host(path.join(out, "site"));
  const home = await fetch(site.address);
  const style = /assets\/theme\.[0-9a-f]{8}\.css/.exec(await home.text())[0];
  const kept = await fetch(site.address + style);
  site.end();
  assert.equal(home.headers.get("cache-control"), null);
  assert.match(kept.headers.get("cache-control"), /max-age=31536000, immutable/);
  assert.equal(kept.headers.get("x-content-type-options"), "nosniff");
});

test("what the content brings from elsewhere is let through, and nothing else", async () => {
  const folder = await project({
    "book.toml": `[site]\nurl = "https://example.org${base}"\n[headers.allow]\nconnect-src = ["https://stats.example"]\n`,
    "content/index.md": `# Home\n\n![A picture](https://pictures.example/a.png)\n\n<iframe src="https://films.example/embed/1" title="A film"></iframe>\n\n<p style="color: green">Green</p>\n\n<BoxOut title="A box" image="https://boxes.example/b.png">Text</BoxOut>\n`,
    "content/plain.md": "# Plain\n\n[A link](https://elsewhere.example/) needs nothing.\n",
    "templates/components/Frame.html": "{% component Frame(id: string) -%}<iframe src=\"https://frames.example/{{ id }}\" title=\"A frame\"></iframe>{%- endcomponent Frame %}",
    "content/own.md": "# Own\n\n<Frame id=\"7\"/>\n",
  });
  await promisify(execFile)(program, ["-C", folder.root, "build", "--quiet"]);
  const built = path.join(folder.root, "public");
  const policy = /Content-Security-Policy: (.*)/.exec(await readFile(path.join(built, "_headers"), "utf8"))[1];
  for (const part of ["img-src 'self' data: https://boxes.example https://pictures.example;", "frame-src https://films.example https://frames.example;", "style-src-attr 'unsafe-inline'", "connect-src 'self' https://stats.example;"]) {
    assert.ok(policy.includes(part), `${part} in ${policy}`);
  }
  assert.ok(!policy.includes("elsewhere.example"));
  const site = await host(built);
  const { wrong } = await visit(built, site.address, { answered: true });
  assert.deepEqual(wrong, []);
  const page = await browser.newPage();
  await page.goto(site.address);
  const refused = await page.evaluate(() => new Promise((resolve) => {
    addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
    document.body.append(Object.assign(new Image(), { src: "https://others.example/a.png" }));
  }));
  assert.equal(refused, "img-src");
  await page.close();
  site.end();
  await folder.remove();
});
