// What an assessment comes to at a glance: the level reached, how much is rated, and the pictures of it.
import { make, number, percent, say, tableOf } from "./elements.js";
import { bar, radar, stairs } from "./picture.js";
import { groupsOf, missingFor, overall, reachedLevel, tally } from "./score.js";

const figure = (words, value, more) => make("div", { className: "assess-figure" }, make("dt", { textContent: words }), make("dd", {}, make("strong", { textContent: value }), more ? make("span", { textContent: more }) : ""));

/** The few numbers that matter. */
export const figuresOf = ({ model, items, answers }) => {
  const all = tally(items, answers, model), { reached, next } = reachedLevel(items, answers, model), mean = overall(items, answers, model);
  const level = model.levels[reached];
  const missing = next === undefined ? 0 : missingFor(next, items, answers, model).length;
  return make("dl", { className: "assess-figures" },
    model.levels.length ? figure(say("level_reached"), level?.name ?? say("no_level"), level?.description) : "",
    figure(say(model.levels.length ? "mean" : "overall"), mean === undefined ? "–" : number(mean), say("of_at_most", { most: model.ratings.length - 1 })),
    figure(say("rated"), percent((all.done / all.items) * 100), say("progress", { done: all.done, all: all.items })),
    missing ? figure(say("missing_next"), String(missing), model.levels[next].name) : "");
};

/** The levels as stairs; nothing where there are none. */
export const stairsOf = ({ model, items, answers }) => {
  const { reached } = reachedLevel(items, answers, model);
  const levels = model.levels.map(({ name, description }, at) => ({ name, description, ...tally(items.filter((item) => item.level === at), answers, model) }));
  return levels.length ? stairs(levels, reached, say("stairs")) : "";
};

/** The groups as a radar, with targets and another result where there are such; nothing where there are too few. */
export const radarOf = ({ model, items, answers }, other) => {
  const groups = groupsOf(model, items);
  if (groups.length < 3) return "";
  const means = (of) => groups.map((group) => tally(group.items, of, model).mean);
  const targets = new Map(items.filter((item) => answers.get(item.id)?.target !== undefined && !answers.get(item.id).notApplicable).map((item) => [item.id, { rating: Math.max(answers.get(item.id).target, answers.get(item.id).rating ?? 0) }]));
  const aims = new Map([...answers, ...targets]);
  const shapes = [...targets.size ? [{ means: means(aims), className: "aim", words: say("target") }] : [], ...other ? [{ means: means(other.answers), className: "other", words: other.name }] : [], { means: means(answers), className: "own", words: say("now") }];
  const legend = make("ul", { className: "assess-legend" }, shapes.map(({ className, words }) => make("li", { className, textContent: words })));
  const numbered = make("ol", { className: "assess-numbered", "aria-hidden": "true" }, groups.map(({ name }) => make("li", { textContent: name })));
  return make("figure", { className: "assess-picture" }, [true, false].map((isNamed) => radar(groups, model.ratings.length, shapes, say("radar"), isNamed)), make("figcaption", {}, shapes.length > 1 ? legend : "", numbered));
};

const groupRow = ({ model, answers }, { name, href, items }) => {
  const told = tally(items, answers, model);
  return [href ? make("a", { href, textContent: name }) : name, make("span", { className: "assess-mean" }, bar(told.mean, model.ratings.length - 1), make("b", { textContent: told.mean === undefined ? "–" : number(told.mean) })),
    `${told.done} / ${told.items}`, told.share === undefined ? "–" : percent(told.share)];
};

/** Groups with their means as a table with bars. */
export const barsOf = (view, groups, label, head) => tableOf(label, [head, say("mean"), say("rated"), say("enough", { rating: `${view.model.rule.rating} ${view.model.ratings[view.model.rule.rating]?.name ?? ""}`.trim() })], groups.map((group) => groupRow(view, group)), "assess-bars");

/** Levels as groups, and the groups beside them. */
export const levelGroups = ({ model, items }) => model.levels.map((level, at) => ({ ...level, items: items.filter((item) => item.level === at) })).filter((group) => group.items.length);
