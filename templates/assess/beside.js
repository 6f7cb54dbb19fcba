// Several assessments beside each other: two compared, all over time, and teams rolled up into one.
import { choice, dayOf, labelled, make, number, percent, button, say, statementOf, tableOf } from "./elements.js";
import { radarOf } from "./figures.js";
import { ratingTag } from "./tables.js";
import { changes, rolledUp } from "./merge.js";
import { trend } from "./picture.js";
import { overall, reachedLevel, tally } from "./score.js";
import { partOf } from "./overview.js";

const shownChanges = 12; // at first

// Two results: where they differ, and both in one radar.
const comparison = (view, other) => {
  const { model, items, answers } = view, all = changes(items, other.answers, answers, model.ratings.length);
  const by = (one) => (one === undefined ? "–" : make("b", { className: one > 0 ? "assess-up" : "assess-down", textContent: `${one > 0 ? "+" : "−"}${Math.abs(one)}` }));
  const table = (some) => tableOf(say("compare"), [say("statement"), other.name, say("now"), say("difference")], some.map(({ item, before, after, by: amount }) => [
    make("span", {}, statementOf(item), make("span", { className: "assess-page", textContent: item.page })), ratingTag(model, before), ratingTag(model, after), by(amount)]));
  const rest = all.slice(shownChanges);
  return [radarOf(view, other), all.length ? table(all.slice(0, shownChanges)) : make("p", { textContent: say("no_difference") }),
    rest.length ? make("details", { className: "assess-rest" }, make("summary", { textContent: say("show_rest", { count: rest.length }) }), table(rest)) : ""];
};

// All of them, the oldest first.
const overTime = ({ model, items }, results) => {
  const sorted = [...results].sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0)).map((result) => ({ ...result, mean: overall(items, result.answers, model) }));
  return [make("figure", { className: "assess-picture" }, trend(sorted, model.ratings.length - 1, say("trend"))), tableOf(say("trend"), [say("assessment"), say("begun"), ...model.levels.length ? [say("level_reached")] : [], say("mean"), say("rated")], sorted.map((result) => {
    const told = tally(items, result.answers, model), { reached } = reachedLevel(items, result.answers, model);
    return [result.name, dayOf(result.created), ...model.levels.length ? [model.levels[reached]?.name ?? say("no_level")] : [], result.mean === undefined ? "–" : number(result.mean), percent((told.done / told.items) * 100)];
  }))];
};

// Which of them to roll up, and by what name.
const rollUpForm = ({ model, items }, all, add) => {
  const boxes = all.map(({ key, result }) => [key, result, make("input", { type: "checkbox", checked: true, autocomplete: "off" })]);
  const name = make("input", { type: "text", value: say("organisation"), maxLength: 100, autocomplete: "off" });
  const start = button(say("roll_up_now"), () => {
    const chosen = boxes.filter(([, , box]) => box.checked).map(([, result]) => result);
    if (chosen.length) add(name.value.trim() || say("organisation"), rolledUp(items, chosen, model));
  });
  return make("div", { className: "assess-form" }, make("p", { textContent: say("roll_up_how") }), make("fieldset", {}, make("legend", { textContent: say("assessments") }), boxes.map(([, result, box]) => make("label", { className: "assess-check" }, box, ` ${result.name}`))), labelled(say("name"), name), start);
};

/** Comparing, the trend and rolling up; nothing where there is one assessment alone. `all` are `{key, result}`. */
export const besideOf = (view, all, chosen, { compareWith, add }, heading) => {
  const others = all.filter(({ key }) => key !== chosen.current);
  if (!others.length) return [];
  const other = others.find(({ key }) => key === chosen.compared) ?? others.at(-1);
  return [
    partOf(heading, say("compare"), labelled(say("compare_with"), choice(others.map(({ key, result }) => [key, result.name]), other.key, compareWith)), ...comparison(view, other.result)),
    partOf(heading, say("trend"), ...overTime(view, all.map(({ result }) => result))),
    partOf(heading, say("roll_up"), rollUpForm(view, all, add)),
  ];
};
