// Answers as a table for spreadsheets, and back. No cell can be a formula: one that could gets an apostrophe before it,
// which is taken away again when the table comes back.
import { isAnswered } from "./result.js";
import { checkedAnswer, isDay, Refusal, withinSize } from "./read.js";

const heads = ["id", "level", "page", "statement", "rating", "rating name", "not applicable", "reason", "evidence", "owner", "target", "date", "address", "fits"];
// Blanks before it don't make it safe, nor do apostrophes of its own.
const isFormula = (text) => /^[\s'\u200B\uFEFF]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text);
const guarded = (text) => (isFormula(text) ? `'${text}` : text);
const unguarded = (text) => (text.startsWith("'") && isFormula(text) ? text.slice(1) : text);
const cell = (value) => {
  const text = guarded(String(value ?? ""));
  return /[",;\t\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A result as a table: every statement of the model, then the answers that fit none. */
export const asTable = (result, items, model) => {
  const row = (id, answer, level, fits) => [id, level, answer.page, answer.title, answer.rating, model.ratings[answer.rating]?.name, answer.notApplicable ? "yes" : "",
    answer.reason, answer.note, answer.owner, answer.target, answer.date, answer.address, fits];
  const rows = items.map((item) => row(item.id, { ...result.answers.get(item.id), page: item.page, address: item.address, title: item.title }, model.levels[item.level]?.name, "yes"));
  const others = [...result.unmatched].filter(([, answer]) => isAnswered(answer)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, answer]) => row(id, answer, "", "no"));
  return `\uFEFF${[heads, ...rows, ...others].map((cells) => cells.map(cell).join()).join("\r\n")}\r\n`;
};

// The cells of a table, whatever stands between them.
const cellsOf = (text) => {
  const first = text.split("\n", 1)[0];
  const between = [",", ";", "\t"].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  const rows = [[]];
  let said = "", quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted && letter === '"' && text[at + 1] === '"') said += text[at++];
    else if (quoted ? letter === '"' : letter === '"' && !said) quoted = !quoted;
    else if (quoted) said += letter;
    else if (letter === between || letter === "\n") {
      rows.at(-1).push(said);
      said = "";
      if (letter === "\n") rows.push([]);
    } else if (letter !== "\r") said += letter;
  }
  rows.at(-1).push(said);
  return rows.filter((cells) => cells.some(Boolean));
};

/** The answers in a table: those that name a statement, and those that fitted none. */
export const fromTable = (text) => {
  withinSize(text.length);
  const [head = [], ...rows] = cellsOf(text.replace(/^\uFEFF/, ""));
  const places = Object.fromEntries(heads.map((name) => [name, head.indexOf(name)]));
  if (places.id < 0 || places.rating < 0) throw new Refusal("not_a_table");
  if (rows.length > 20_000) throw new Refusal("too_large");
  const answers = new Map(), unmatched = new Map();
  for (const cells of rows) {
    const of = (name) => unguarded(cells[places[name]] ?? "");
    const number = (said) => (/^\d{1,3}$/.test(said) ? Number(said) : said || undefined);
    const date = of("date");
    const raw = { rating: number(of("rating").trim()), notApplicable: of("not applicable") ? true : undefined, reason: of("reason"), note: of("evidence"), owner: of("owner"),
      target: number(of("target").trim()), date: date === "" || isDay(date) ? date : 0, page: of("page"), address: of("address"), title: of("statement") };
    for (const field of Object.keys(raw)) if (raw[field] === "" || raw[field] === undefined) delete raw[field];
    const answer = checkedAnswer(of("id"), raw);
    if (isAnswered(answer)) (of("fits") === "no" ? unmatched : answers).set(of("id"), answer);
  }
  return { answers, unmatched };
};
