// How pages look beside Starlight's and Material for MkDocs', on the same content: pictures of twelve kinds of page at four widths
// and in both colour schemes, to be looked at by people.
//
//     node bench/beside_peers.mjs --starlight FOLDER --mkdocs PROGRAM [--out FOLDER] [--only NAME,…] [--width 390,…] [--scheme light,dark]
//
// `FOLDER` is one in which npm's `astro` and `@astrojs/starlight` are installed, `PROGRAM` the `mkdocs` beside which PyPI's
// `mkdocs-material` is. The content is the project's own site as its copies in Markdown have it, built with `BOKWORM` (or the debug
// program). Each `NAME-WIDTH.png` shows ours, Starlight's and Material's from left to right, each scheme a row.
import { createServer } from "node:http";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { browse, program } from "../tests/browser/support.mjs";

const { values: options } = parseArgs({ options: {
  starlight: { type: "string" }, mkdocs: { type: "string" }, out: { type: "string", default: "beside" }, only: { type: "string" },
  width: { type: "string", default: "390,768,1280,1920" }, scheme: { type: "string", default: "light,dark" },
} });
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const run = promisify(execFile);
const site = "https://example.org";

/** What a reader does in each before the picture is taken: opens the search, or the menu. */
const opened = {
  search: [
    { click: "[data-search]", field: "dialog input" },
    { click: "site-search button", field: "dialog input" },
    { click: ".md-search__input:visible, label[for=__search]:visible", field: ".md-search__input" },
  ],
  menu: [{ click: ".menu-button" }, { click: "starlight-menu-button button" }, { click: "label.md-header__button[for=__drawer]" }],
};

/** The kinds of page: where each stands in the content, and what is looked at there. */
const kinds = {
  home: { at: "index" },
  article: { at: "Activities/Level-2/Inventory" },
  long: { at: "Training/First-Contribution" },
  section: { at: "Activities" },
  tag: { at: "tags/developer-role" },
  table: { at: "Roles", to: "table" },
  code: { at: "Contributing/Components", to: "pre" },
  picture: { at: "Activities/Level-2/Inventory", to: "main img, article img" },
  end: { at: "Activities/Level-2/Inventory", to: "footer" },
  search: { at: "Activities/Level-2/Inventory", open: "search" },
  drawer: { at: "Activities/Level-2/Inventory", open: "menu" },
  missing: { at: "no/such/page" },
};

/** The site's copies in Markdown: path and text, with links as both peers have them, and the title apart. */
function copies(built) {
  const files = readdirSync(built, { recursive: true }).filter((file) => file.endsWith(".md") && !file.startsWith("de/"));
  return files.map((file) => {
    const text = readFileSync(path.join(built, file), "utf8");
    const [, title, description] = /^# (.*)\n\n(?:> (?!\[llms)(.*)\n\n)?/.exec(text) ?? [undefined, path.basename(file, ".md"), ""];
    const body = text.replace(/^# .*\n\n(?:> .*\n\n)*/, "");
    const up = "../".repeat(file.split("/").length - 1) || "./";
    return { file, title, description: description ?? "", body: body.replaceAll(`](${site}/img/`, "](/img/").replaceAll(`](${site}/`, `](${up}`) };
  });
}

const front = ({ title, description }) => `---\ntitle: ${JSON.stringify(title)}\n${description ? `description: ${JSON.stringify(description)}\n` : ""}---\n\n`;

function put(folder, name, text) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

async function starlight(folder, pages, built) {
  for (const name of ["package.json", "node_modules"]) symlinkSync(path.resolve(options.starlight, name), path.join(folder, name));
  cpSync(path.join(built, "img"), path.join(folder, "public/img"), { recursive: true });
  put(folder, "src/content.config.ts", `import { defineCollection } from "astro:content";\nimport { docsLoader } from "@astrojs/starlight/loaders";\nimport { docsSchema } from "@astrojs/starlight/schema";\nexport const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };\n`);
  const sections = ["Model", "Activities", "Roles", "Risks", "Artifacts", "Training", "Contributing"];
  const sidebar = sections.map((label) => ({ label, collapsed: label !== "Activities", autogenerate: { directory: label.toLowerCase() } }));
  put(folder, "astro.config.mjs", `import { defineConfig } from "astro/config";\nimport starlight from "@astrojs/starlight";\nexport default defineConfig({ site: "${site}", integrations: [starlight({ title: "Open Source Maturity Model", sidebar: ${JSON.stringify(sidebar)} })] });\n`);
  for (const page of pages) put(folder, `src/content/docs/${page.file.toLowerCase()}`, front(page) + page.body.replaceAll(/\]\((\.[^)]*?)\.md/g, "]($1"));
  await run("node_modules/.bin/astro", ["build"], { cwd: folder, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" } });
  return { folder: path.join(folder, "dist"), route: (at) => (at === "index" ? "" : `${at.toLowerCase()}/`) };
}

async function material(folder, pages, built) {
  cpSync(path.join(built, "img"), path.join(folder, "docs/img"), { recursive: true });
  put(folder, "mkdocs.yml", `site_name: Open Source Maturity Model\nsite_url: ${site}\ntheme:\n  name: material\n  font: false\n  features: [navigation.indexes, navigation.footer, content.code.copy, search.suggest]\n  palette:\n    - media: "(prefers-color-scheme: light)"\n      scheme: default\n    - media: "(prefers-color-scheme: dark)"\n      scheme: slate\nplugins: [search]\nmarkdown_extensions: [admonition, tables, attr_list, toc, footnotes, pymdownx.highlight, pymdownx.superfences]\n`);
  // A page that has a folder stands for it.
  const place = (file) => (existsSync(path.join(built, file.slice(0, -3))) && file !== "tags.md" ? `${file.slice(0, -3)}/index.md` : file);
  for (const page of pages) put(folder, `docs/${place(page.file)}`, `${front(page)}# ${page.title}\n\n${page.body}`);
  await run(options.mkdocs, ["build", "--quiet"], { cwd: folder });
  return { folder: path.join(folder, "site"), route: (at) => (at === "index" ? "" : `${at}/`) };
}

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json", ".wasm": "application/wasm", ".woff2": "font/woff2" };

async function serve({ folder, route }) {
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://x").pathname).slice(1);
    for (const [name, status] of [[asked, 200], [`${asked}.html`, 200], [path.join(asked, "index.html"), 200], ["404.html", 404]]) {
      try {
        const bytes = await readFile(path.join(folder, name));
        response.writeHead(status, { "content-type": types[path.extname(name)] ?? "application/octet-stream" });
        return response.end(bytes);
      } catch { /* the next name */ }
    }
    response.writeHead(404).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { of: (at) => `http://127.0.0.1:${server.address().port}/${route(at)}`, end: () => { server.closeAllConnections(); server.close(); } };
}

async function picture(browser, address, { to, open }, at, { width, scheme }) {
  const page = await browser.newPage({ viewport: { width, height: width < 600 ? 844 : Math.max(900, Math.round(width * 0.5625)) }, colorScheme: scheme, reducedMotion: "reduce" });
  page.setDefaultTimeout(3_000);
  await page.goto(address, { waitUntil: "networkidle" });
  try {
    if (to) await page.locator(to).filter({ visible: true }).first().evaluate((element) => element.scrollIntoView({ block: "center" }));
    const way = open && opened[open][at];
    if (way && await page.locator(way.click).first().isVisible()) await page.locator(way.click).first().click();
    if (way?.field) await page.locator(way.field).first().pressSequentially("license", { delay: 20 });
    if (way || to) await page.waitForTimeout(700);
  } catch (error) {
    console.error(address, width, error.message.split("\n")[0]);
  }
  const taken = await page.screenshot();
  await page.close();
  return taken;
}

async function sheet(browser, rows, target) {
  const page = await browser.newPage({ viewport: { width: 1800, height: 100 } });
  const shown = rows.map((row) => `<div>${row.map((bytes) => `<img src="data:image/png;base64,${bytes.toString("base64")}">`).join("")}</div>`);
  await page.setContent(`<style>body{margin:8px;background:#888}div{display:flex;gap:8px;margin-bottom:8px}img{flex:1;min-width:0;max-width:600px}</style>${shown.join("")}`);
  writeFileSync(target, await page.screenshot({ fullPage: true }));
  await page.close();
}

const scratch = await mkdtemp(path.join(tmpdir(), "bokworm-peers-"));
const built = path.join(scratch, "own");
await run(program, ["-C", root, "build", "--quiet", "--base-url", site, "--out", built]);
const pages = copies(built);
const made = [{ folder: built, route: (at) => (at === "index" ? "" : at) }];
for (const [name, make] of [["starlight", starlight], ["mkdocs", material]]) {
  if (!options[name]) continue;
  mkdirSync(path.join(scratch, name));
  made.push(await make(path.join(scratch, name), pages, built));
}
const served = await Promise.all(made.map(serve));
mkdirSync(options.out, { recursive: true });
const browser = await browse("--hide-scrollbars");
for (const [name, kind] of Object.entries(kinds)) {
  if (options.only && !options.only.split(",").includes(name)) continue;
  for (const width of options.width.split(",").map(Number)) {
    const rows = [];
    for (const scheme of options.scheme.split(",")) {
      const row = [];
      for (const [at, one] of served.entries()) row.push(await picture(browser, one.of(kind.at), kind, at, { width, scheme }));
      rows.push(row);
    }
    await sheet(browser, rows, path.join(options.out, `${name}-${width}.png`));
  }
  console.log(name);
}
await browser.close();
served.forEach((one) => one.end());
rmSync(scratch, { recursive: true, force: true });
