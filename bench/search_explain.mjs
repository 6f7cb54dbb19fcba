// What the search box finds on a built site, and why, without a browser: its own modules, run by Node over the parts of the
// index. For one who works on ranking: it takes a second where `search_words.mjs` takes a minute.
//
//     node bench/search_explain.mjs SITE [--start PAGE] [--list LIST]… [QUERY…]
//
// SITE is the built folder, PAGE a path in it whose language is searched. Of a list (`osr`, or a file) it prints how many
// queries have one of their answers at the first place and among the first three, and the others with what they find. Of a
// query it prints the first results with what each word gives them. `BOKWORM_SEARCH` names another folder of modules.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const repository = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const modules = process.env.BOKWORM_SEARCH ?? path.join(repository, "templates/search");

/** The box's `find`, as it works on a page of a built site. */
export const openSite = (site, language = "") => {
  const script = { src: pathToFileURL(path.join(path.resolve(site), "assets/search.js")).href };
  const window = { bokwormSearch: undefined };
  const document = {
    currentScript: script,
    querySelector: () => language ? { dataset: { searchIn: language } } : null,
    createElement: () => ({ set src(to) { this.from = String(to); }, get src() { return this.from; }, addEventListener(name, call) { this[name] = call; }, remove() {} }),
    head: { append: (part) => load(part) },
  };
  const load = (part) => {
    const name = fileURLToPath(part.src.replace(/\?.*/, ""));
    const before = document.currentScript;
    try {
      document.currentScript = part;
      new Function("bokwormSearch", readFileSync(name, "utf8"))(window.bokwormSearch);
      part.load();
    } catch (error) { part.error(error); } finally { document.currentScript = before; }
  };
  const code = ["words", "typos", "parts", "lookup", "ranking"].map((name) => readFileSync(path.join(modules, name + ".js"), "utf8")
    .split("\n").filter((line) => !line.startsWith("import ")).map((line) => line.replace(/^export /, "")).join("\n")).join("\n");
  return new Function("window", "document", "URL", code + "\nreturn { find, own, pageData };")(window, document, URL);
};

export const plain = (address) => "/" + decodeURIComponent(address.replace(/[?#].*$/, "")).replace(/^\/+/, "").replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "");
export const readList = (list) => JSON.parse(readFileSync(list.endsWith(".json") ? list : path.join(repository, "bench/search", list + ".json"), "utf8"));

/** Where the first right answer stands: from 0, or -1; and the first addresses. */
export const place = async ({ find, pageData }, { query, answers }, many = 3) => {
  const { results } = await find(query);
  const found = await Promise.all(results.slice(0, many).map(async ({ page }) => plain((await pageData(page))[0])));
  return [found.findIndex((found) => answers.includes(found)), found];
};

const explain = async ({ find, pageData }, query) => {
  const found = await find(query);
  console.log(`\n${query}: ${found.terms.join(" ")}; unknown: ${found.unknown.join(" ")}; ${found.results.length} results`);
  for (const { page, score, section, named, share, met } of found.results.slice(0, 6)) {
    const [address, title] = await pageData(page);
    console.log(`  ${score.toFixed(2)} ${plain(address)} “${title}” §${section} named ${named?.toFixed(2)} share ${share?.toFixed(2)}`);
    for (const [at, { head, body, title }] of met) console.log(`      ${found.terms[at] ?? "(together)"}: head ${head.toFixed(2)} body ${body.toFixed(2)} title ${title.toFixed(2)}`);
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals: [root, ...queries] } = parseArgs({ allowPositionals: true, options: { start: { type: "string" }, list: { type: "string", multiple: true, default: [] }, quiet: { type: "boolean" } } });
  const site = openSite(root, values.start);
  await site.own.start();
  for (const list of values.list) {
    const sums = [0, 0, 0], failed = [];
    for (const asked of readList(list)) {
      const [at, found] = await place(site, asked);
      sums[0] += at === 0; sums[1] += at >= 0; sums[2]++;
      if (at !== 0) failed.push(`  ${at < 0 ? "-" : at + 1} ${asked.kind}: ${asked.query} → ${found.join("  ") || "nothing"}`);
    }
    console.log(`${list}: ${sums[0]}/${sums[1]} of ${sums[2]}${values.quiet ? "" : "\n" + failed.join("\n")}`);
  }
  for (const query of queries) await explain(site, query);
}
