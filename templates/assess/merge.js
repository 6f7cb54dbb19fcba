// Two results beside each other, and many: where they differ, what becomes of them together, how they went over time.
import { answerFields, isAnswered } from "./result.js";

const compared = Object.keys(answerFields).filter((field) => !["page", "address", "title"].includes(field));
const isSame = (a, b) => compared.every((field) => a[field] === b[field]);

/** What an import brings to answers that are there: what is new, what is the same, and where both say something else. */
export const differences = (own, other) => {
  const fresh = [], clashing = [];
  let same = 0;
  for (const [id, theirs] of other) {
    const mine = own.get(id);
    if (!mine || !isAnswered(mine)) fresh.push(id);
    else if (isSame(mine, theirs)) same++;
    else clashing.push({ id, mine, theirs });
  }
  return { fresh, same, clashing };
};

/** Both together: where they clash, what was chosen; all else that is there. */
export const together = (own, other, chosen) => {
  const answers = new Map(own);
  for (const [id, theirs] of other) {
    const mine = own.get(id);
    if (!mine || !isAnswered(mine) || isSame(mine, theirs) || chosen.get(id) === "theirs") answers.set(id, theirs);
  }
  return answers;
};

/** Where two results rate a statement otherwise; the widest difference first. */
export const changes = (items, before, after, ratings) => {
  const at = (answers, id) => { const { rating, notApplicable } = answers.get(id) ?? {}; return notApplicable || !(rating < ratings) ? undefined : rating; };
  return items.map((item) => ({ item, before: at(before, item.id), after: at(after, item.id) }))
    .filter((change) => change.before !== change.after)
    .map((change) => ({ ...change, by: change.before === undefined || change.after === undefined ? undefined : change.after - change.before }))
    .sort((a, b) => Math.abs(b.by ?? 0) - Math.abs(a.by ?? 0) || a.item.order - b.item.order);
};

/** Several results as one: each statement has the mean of its ratings, to the whole and never upwards from the middle, and
    doesn't apply only if it applies to none. As evidence stands what each of them says. */
export const rolledUp = (items, results, model) => {
  const answers = new Map();
  for (const item of items) {
    const all = results.map(({ name, answers: given }) => ({ name, ...given.get(item.id) }));
    const ratings = all.filter(({ rating, notApplicable }) => !notApplicable && rating < model.ratings.length).map(({ rating }) => rating);
    const about = { page: item.page, address: item.address, title: item.title };
    const line = ({ name, rating, note, reason }) => `${name}: ${[rating === undefined ? "–" : `${rating} ${model.ratings[rating]?.name ?? ""}`.trim(), note, reason].filter(Boolean).join(" · ")}`;
    const note = [...all.filter(({ rating, note: said, notApplicable }) => rating !== undefined || said || notApplicable).map(line).join("\n")].slice(0, 10_000).join("");
    if (ratings.length) answers.set(item.id, { rating: Math.ceil(ratings.reduce((sum, one) => sum + one, 0) / ratings.length - 0.5), note, ...about });
    else if (all.length && all.every(({ notApplicable }) => notApplicable)) answers.set(item.id, { notApplicable: true, note, ...about });
    else if (note) answers.set(item.id, { note, ...about });
  }
  return answers;
};
