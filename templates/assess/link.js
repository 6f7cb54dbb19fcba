// A result as part of an address, which no browser sends to a server: packed, with short hashes of the statements' ids
// in place of the ids and titles, which the site knows.
import { isAnswered, tidy } from "./result.js";
import { checkedAnswer, isDay, Refusal, withinSize } from "./read.js";

/** What an address with a result begins with, behind its page. */
export const linkStart = "#assessment=";

/** The longest address that mail and chat programs pass on whole. */
export const longestLink = 4000;

const ways = { plain: "0", packed: "1" };
const notApplicable = -1; // in place of a rating
const shared = ["rating", "note", "owner", "target", "date", "reason"];

// 24 bits of FNV-1a; a model of 71 statements has two alike once in seven thousand times.
const hashOf = (id) => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193);
  return ((hash >>> 8) ^ (hash & 0xff)) >>> 0;
};
const asName = (id) => btoa(String.fromCharCode(...[16, 8, 0].map((bits) => (hashOf(id) >>> bits) & 0xff))).replaceAll("+", "-").replaceAll("/", "_");

// Statements by their hashes; where two have the same, the later is known by its id as a whole.
const named = (items) => {
  const byName = new Map();
  const put = (name, id, item) => byName.set(byName.has(name) && byName.get(name) !== item ? id : name, item);
  for (const item of items) put(asName(item.id), item.id, item);
  for (const item of items) for (const id of item.was ?? []) if (!byName.has(asName(id))) byName.set(asName(id), item);
  return byName;
};

const asBase64 = (bytes) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};
const fromBase64 = (text) => {
  if (!/^[\w-]*$/.test(text)) throw new Refusal("broken_link");
  try { return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0)); } catch { throw new Refusal("broken_link"); }
};

const through = async (bytes, transform) => {
  const stream = new Blob([bytes]).stream().pipeThrough(transform).getReader();
  const parts = [];
  let length = 0;
  // What unpacks to more than any result is given up while it unpacks.
  for (let part = await stream.read(); !part.done; part = await stream.read()) {
    length += part.value.length;
    try { withinSize(length); } catch (error) { await stream.cancel(); throw error; }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};
const packs = () => { try { return new CompressionStream("deflate-raw"); } catch { return undefined; } };

/** A result as what stands behind the page's address. */
export const asLink = async (result, items, model) => {
  const names = new Map([...named(items)].reverse().map(([name, item]) => [item.id, name]));
  const rows = items.filter((item) => isAnswered(result.answers.get(item.id) ?? {})).map((item) => {
    const answer = result.answers.get(item.id);
    const row = [names.get(item.id), ...shared.map((field) => answer[field] ?? "")];
    if (answer.notApplicable) row[1] = notApplicable;
    while (row.at(-1) === "") row.pop();
    return row;
  });
  const bytes = new TextEncoder().encode(JSON.stringify([model.id, model.edition, result.name, result.created, result.changed, rows]));
  const pack = packs();
  return linkStart + (pack ? ways.packed + asBase64(await through(bytes, pack)) : ways.plain + asBase64(bytes));
};

const answerIn = (row) => {
  const raw = Object.fromEntries(shared.map((field, at) => [field, row[at + 1]]).filter(([, value]) => value !== undefined && value !== ""));
  if (raw.rating === notApplicable) { delete raw.rating; raw.notApplicable = true; }
  return checkedAnswer(String(row[0]), raw);
};

/** The result that an address holds, and how many of its answers fit no statement here. */
export const fromLink = async (hash, items, model) => {
  const [way, text] = [hash.slice(linkStart.length, linkStart.length + 1), hash.slice(linkStart.length + 1)];
  withinSize(text.length);
  const bytes = fromBase64(text);
  let raw;
  try {
    const plain = way === ways.packed ? await through(bytes, new DecompressionStream("deflate-raw")) : bytes;
    raw = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain));
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal("broken_link");
  }
  const [id, edition, name, created, changed, rows] = Array.isArray(raw) ? raw : [];
  if (![id, edition, name, created, changed].every((word) => typeof word === "string" && word.length <= 200) || !Array.isArray(rows)) throw new Refusal("broken_link");
  if (id !== model.id) throw new Refusal("other_model", { title: tidy(id) });
  if (!isDay(created) || !isDay(changed)) throw new Refusal("broken_link");
  if (rows.length > 20_000) throw new Refusal("too_large");
  const byName = named(items), answers = new Map();
  let lost = 0;
  for (const row of rows) {
    if (!Array.isArray(row)) throw new Refusal("broken_link");
    const item = byName.get(row[0]), answer = answerIn(row);
    if (item && isAnswered(answer)) answers.set(item.id, { ...answer, page: item.page, address: item.address, title: item.title });
    else lost++;
  }
  return { result: { model: { id, title: model.title, edition }, name: tidy(name), created, changed, answers, unmatched: new Map() }, lost };
};
