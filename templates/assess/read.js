// A result file read with distrust: whoever wrote it, it becomes a result or a reason why not.
import { answerFields, asAnswer, checksumOf, resultFormat, tidy } from "./result.js";

const limits = { text: 5_000_000, answers: 20_000, id: 500, name: 200, owner: 200, reason: 10_000, note: 10_000, page: 10_000, address: 10_000, title: 10_000 };

/** The most ratings that a scale can have; what this model's hasn't is set apart later. */
const mostRatings = 20;

/** Why something can't be taken, as the name of what is said. */
export class Refusal extends Error {
  constructor(reason, places = {}) {
    super(reason);
    Object.assign(this, { reason, places });
  }
}
const refuse = (reason, places) => { throw new Refusal(reason, places); };

/** Refuses what is longer than any result. */
export const withinSize = (length) => length <= limits.text || refuse("too_large");

const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isLong = (text, most) => text.length > most && [...text].length > most;

/** Whether a text is a day that there is. */
export const isDay = (text) => {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(Number(day)) && day.toISOString().startsWith(text);
};
const dayIn = (text) => (isDay(text) ? text : refuse("not_a_result"));

/** An answer as it should be; else it is refused. */
export const checkedAnswer = (id, raw) => {
  const wrong = () => refuse("wrong_answer", { id });
  if (isLong(id, limits.id) || !isPlain(raw)) wrong();
  for (const [field, value] of Object.entries(raw)) {
    const kind = Object.hasOwn(answerFields, field) ? answerFields[field] : undefined;
    if (typeof value !== kind) wrong();
    if (kind === "number" && !(Number.isInteger(value) && value >= 0 && value < mostRatings)) wrong();
    if (kind === "string" && field !== "date" && isLong(value, limits[field])) wrong();
    if (field === "date" && !isDay(value)) wrong();
  }
  if (raw.notApplicable && raw.rating !== undefined) wrong();
  return asAnswer(raw);
};

const checkedAnswers = (raw) => {
  if (raw === undefined) return new Map();
  if (!isPlain(raw)) refuse("not_a_result");
  const entries = Object.entries(raw);
  if (entries.length > limits.answers) refuse("too_large");
  return new Map(entries.map(([id, answer]) => [id, checkedAnswer(id, answer)]));
};

/** A result file's text as a result of this model; `isChanged` if somebody edited it by hand. */
export const readResult = (text, model) => {
  withinSize(text.length);
  let raw;
  try { raw = JSON.parse(text); } catch { refuse("not_json"); }
  if (!isPlain(raw) || !isPlain(raw.model)) refuse("not_a_result");
  if (raw.format !== resultFormat && String(raw.format).startsWith("bokworm-assessment/")) refuse("newer_format");
  if (raw.format !== resultFormat) refuse("not_a_result");
  if (typeof raw.name !== "string" || isLong(raw.name, limits.name)) refuse("not_a_result");
  const about = Object.fromEntries(["id", "title", "edition"].map((key) => [key, typeof raw.model[key] === "string" ? raw.model[key] : ""]));
  if (about.id !== model.id) refuse("other_model", { title: tidy(about.title || about.id).slice(0, limits.name) });
  const result = {
    model: about,
    name: tidy(raw.name),
    created: dayIn(raw.created),
    changed: dayIn(raw.changed),
    answers: checkedAnswers(raw.answers),
    unmatched: checkedAnswers(raw.unmatched),
  };
  return { result, isChanged: raw.checksum !== checksumOf(result) };
};
