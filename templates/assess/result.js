// What a reader answered, and its one form as text: the same answers are always the same bytes, so that a checksum
// finds what was changed by hand, and what was exported, imported and exported again is the same file.

/** What a result file begins with. */
export const resultFormat = "bokworm-assessment/1";

/** The fields of an answer, in the order in which they are written, each with what it holds. */
export const answerFields = { rating: "number", notApplicable: "boolean", reason: "string", note: "string", owner: "string", target: "number", date: "string", page: "string", address: "string", title: "string" };

/** What says which statement an answer is about, and nothing of what was answered. */
const about = ["page", "address", "title"];

/** A text without control characters and halves of letters, and without blanks at its end. */
export const tidy = (text) => {
  const clean = text.replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, "");
  let end = clean.length;
  while (end && /[^\S\uFEFF]/.test(clean[end - 1])) end--;
  return clean.slice(0, end);
};

/** An answer with the fields that it has, tidied; what is of the wrong kind is left out. */
export const asAnswer = (raw) => {
  const answer = {};
  for (const [field, kind] of Object.entries(answerFields)) {
    const value = raw?.[field];
    if (typeof value !== kind || (kind === "number" && !(Number.isInteger(value) && value >= 0))) continue;
    const kept = kind === "string" ? tidy(value) : value;
    if (kept !== "" && kept !== false) answer[field] = kept;
  }
  return answer;
};

/** Whether anything was answered. */
export const isAnswered = (answer) => Object.keys(answer).some((field) => !about.includes(field));

/** Whether it was rated, or said not to apply. */
export const isDone = (answer) => answer.rating !== undefined || answer.notApplicable === true;

/** A result in which nothing is answered. */
export const emptyResult = (model, name, day) => ({ model, name, created: day, changed: day, answers: new Map(), unmatched: new Map() });

/** Today, as the reader's clock has it. */
export const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

const asMap = (answers) => new Map([...answers].map(([id, answer]) => [id, new Map(Object.entries(asAnswer(answer)))])
  .sort(([a], [b]) => (a < b ? -1 : 1)));

const canonical = ({ model, name, created, changed, answers, unmatched }) => new Map([
  ["format", resultFormat],
  ["model", new Map(["id", "title", "edition"].map((key) => [key, tidy(model[key] ?? "")]))],
  ["name", tidy(name)],
  ["created", created],
  ["changed", changed],
  ["answers", asMap(answers)],
  ...unmatched.size ? [["unmatched", asMap(unmatched)]] : [],
]);

// Maps keep their order, whatever their keys are: an object would put "10" before "9" and both before "a".
const write = (value, step, indent) => {
  if (!(value instanceof Map)) return JSON.stringify(value);
  if (!value.size) return "{}";
  const inner = indent + step, line = step && "\n";
  const members = [...value].map(([key, member]) => `${line}${inner}${JSON.stringify(key)}:${step && " "}${write(member, step, inner)}`);
  return `{${members.join()}${line}${indent}}`;
};

/** FNV-1a in 64 bits over the text's bytes. */
export const checksum = (text) => {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
};

/** A result as it is kept in the browser. */
export const asStored = (result) => write(canonical(result), "", "");

/** The checksum that a result's file has. */
export const checksumOf = (result) => checksum(asStored(result));

/** A result as a file. */
export const asFile = (result) => `${write(canonical(result).set("checksum", checksumOf(result)), "  ", "")}\n`;

const answersOf = (raw) => new Map(Object.entries(raw ?? {}).map(([id, answer]) => [id, asAnswer(answer)]));

/** A result as it was kept; nothing if it isn't one. */
export const fromStored = (text) => {
  try {
    const { format, model, name, created, changed, answers, unmatched } = JSON.parse(text);
    const words = [model.id, model.title, model.edition, name, created, changed];
    if (format !== resultFormat || !words.every((word) => typeof word === "string")) return undefined;
    return { model, name, created, changed, answers: answersOf(answers), unmatched: answersOf(unmatched) };
  } catch { return undefined; }
};
