// Diagrams and formulas beside what the originals of their syntax make of them: Mermaid and KaTeX, in the same browser.
//
//     node bench/beside_originals.mjs --mermaid FILE --katex FOLDER [--out FOLDER] [--only WORD,…] [--scheme light,dark]
//
// `FILE` is `dist/mermaid.min.js` of npm's `mermaid`, `FOLDER` is `dist` of npm's `katex`; both are installed elsewhere. What is
// drawn are the diagrams of `crates/diagram` and the formulas of `src/formula`, as their tests have them, by `BOKWORM` (or the
// debug program). It writes `KIND-SCHEME.png`: ours to the left, the original to the right, to be looked at by people.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { browse, program, project } from "../tests/browser/support.mjs";

const { values: options } = parseArgs({ options: {
  mermaid: { type: "string" }, katex: { type: "string" }, out: { type: "string", default: "beside" },
  only: { type: "string" }, scheme: { type: "string", default: "light,dark" },
} });
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const read = (name) => readFileSync(path.join(root, name), "utf8");
const wanted = (name) => !options.only || options.only.split(",").some((word) => name.includes(word));

/** What is drawn: its name, which begins with its kind, and its source. */
const diagrams = read("crates/diagram/src/drawn_diagrams.txt").split("=== ").slice(1)
  .map((part) => ({ name: part.slice(0, part.indexOf("\n")), text: part.slice(part.indexOf("\n") + 1) }));
const formulas = [...read("src/formula/tests.rs").split("const UNREAD")[0].matchAll(/^ {4}r"(.*)",$/gm)]
  .map(([, text], at) => ({ name: `formula ${at + 1}`, text }));

/** The page that bokworm makes of all of them: its address, its head, and what it drew of each. */
async function ours() {
  const fence = ({ text }) => `\`\`\`mermaid\n${text}\`\`\`\n`;
  const alone = ({ text }) => `$$\n${text}\n$$\n`;
  // Style sheets as they are now, whatever the program was built with.
  const sheet = (name) => [`templates/${name}`, read(`templates/${name}`)];
  const site = await project({ ...Object.fromEntries(["theme.css", "drawn.css"].map(sheet)), "content/index.md": `---\ntitle: All\n---\n\n${diagrams.map(fence).join("\n")}\n${formulas.map(alone).join("\n")}` });
  await promisify(execFile)(program, ["-C", site.root, "build", "--quiet", "--out", "site"]).catch((error) => { throw new Error(error.stderr); });
  const built = path.join(site.root, "site");
  const page = readFileSync(path.join(built, "index.html"), "utf8");
  const drawn = page.match(/<svg class="diagram [^]*?<\/svg>/g) ?? [];
  const math = page.match(/<span class="formula"[^]*?<\/math><\/span>/g) ?? [];
  if (drawn.length !== diagrams.length || math.length !== formulas.length) throw new Error(`${drawn.length} diagrams and ${math.length} formulas were drawn`);
  const sheets = page.match(/<link rel="stylesheet"[^>]*>/g).join("");
  return { remove: site.remove, base: pathToFileURL(path.join(built, "index.html")).href, sheets, of: new Map([...diagrams, ...formulas].map(({ name }, at) => [name, [...drawn, ...math][at]])) };
}

/** Fills the right column, in the browser, where the originals are loaded. */
async function original({ all, dark }) {
  const asItIs = Object.fromEntries(["flowchart", "sequence", "class", "state", "pie", "gantt"].map((kind) => [kind, { useMaxWidth: false }]));
  window.mermaid?.initialize({ startOnLoad: false, theme: dark ? "dark" : "default", securityLevel: "loose", ...asItIs });
  for (const [at, { name, text }] of all.entries()) {
    const cell = document.querySelector(`[data-at="${at}"]`);
    try {
      if (name.startsWith("formula")) window.katex.render(text, cell, { displayMode: true, throwOnError: true, strict: false });
      else cell.innerHTML = (await window.mermaid.render(`original-${at}`, text)).svg;
    } catch (error) {
      cell.textContent = `not read: ${error.message}`;
    }
  }
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

async function sheet(browser, made, kind, all, colorScheme) {
  const isFormula = kind === "formula";
  const page = await browser.newPage({ viewport: { width: 1560, height: 200 }, colorScheme });
  const row = ({ name, text }, at) => `<tr><td><b>${name}</b>${isFormula ? `<br><code>${escaped(text)}</code>` : ""}<td>${made.of.get(name)}<td data-at="${at}">`;
  const katex = isFormula ? `<link rel="stylesheet" href="${pathToFileURL(path.resolve(options.katex, "katex.min.css"))}">` : "";
  const file = path.join(path.dirname(fileURLToPath(made.base)), `sheet-${kind}.html`);
  writeFileSync(file, `<!doctype html><meta charset="utf-8">${made.sheets}${katex}<style>
    body { margin: 8px } table { display: table; inline-size: 100%; border-collapse: collapse } td { border: 1px solid #888; padding: 6px; vertical-align: top; font-size: 13px }
    td:first-child { inline-size: 150px; overflow-wrap: anywhere } td:not(:first-child) { inline-size: 690px } td code { font-size: 11px } svg { max-inline-size: 690px !important }
  </style><body><table class="prose">${all.map(row).join("")}</table>`);
  await page.goto(pathToFileURL(file).href);
  await page.addScriptTag({ path: isFormula ? path.join(options.katex, "katex.min.js") : options.mermaid });
  await page.evaluate(original, { all, dark: colorScheme === "dark" });
  await page.waitForTimeout(300);
  const target = path.join(options.out, `${kind}-${colorScheme}.png`);
  await page.screenshot({ path: target, fullPage: true });
  await page.close();
  return target;
}

mkdirSync(options.out, { recursive: true });
const made = await ours();
const browser = await browse("--hide-scrollbars", "--allow-file-access-from-files");
const kinds = Map.groupBy?.([...diagrams, ...formulas], ({ name }) => name.split(" ")[0])
  ?? [...diagrams, ...formulas].reduce((kinds, one) => kinds.set(one.name.split(" ")[0], [...kinds.get(one.name.split(" ")[0]) ?? [], one]), new Map());
for (const [kind, all] of kinds) {
  if (!wanted(kind) || !(kind === "formula" ? options.katex : options.mermaid)) continue;
  for (const scheme of options.scheme.split(",")) console.log(await sheet(browser, made, kind, all, scheme));
}
await browser.close();
await made.remove();
