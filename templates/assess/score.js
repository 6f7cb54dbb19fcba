// What answers add up to: how much is answered, means, which level is reached, and what to do next.
import { isDone } from "./result.js";

/** A model with each statement's page and answers at hand: scripts know statements by what stands here. */
export const itemsOf = (model) => model.items.map((item, order) => {
  const { title, address, href, was } = model.pages[item.page];
  return { ...item, order, place: item.page, page: title, address, href, pageWas: was };
});

// A rating that the scale has no more counts as none.
const ratingOf = (answers, item, model) => {
  const { rating, notApplicable } = answers.get(item.id) ?? {};
  return notApplicable || rating === undefined || rating >= model.ratings.length ? undefined : rating;
};
const isOut = (answers, item) => answers.get(item.id)?.notApplicable === true;
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/** What some statements add up to: `mean` is undefined if none is rated, `share` if none applies. */
export const tally = (items, answers, model) => {
  const applicable = items.filter((item) => !isOut(answers, item));
  const rated = applicable.map((item) => [item.weight, ratingOf(answers, item, model)]).filter(([, rating]) => rating !== undefined);
  const weight = sum(rated.map(([one]) => one)), all = sum(applicable.map((item) => item.weight));
  const enough = sum(rated.filter(([, rating]) => rating >= model.rule.rating).map(([one]) => one));
  return {
    items: items.length,
    applicable: applicable.length,
    rated: rated.length,
    done: items.filter((item) => isDone(answers.get(item.id) ?? {})).length,
    mean: weight ? sum(rated.map(([one, rating]) => one * rating)) / weight : undefined,
    share: all ? (enough / all) * 100 : undefined,
  };
};

// As whole numbers of weight, since 0.1 + 0.2 is not 0.3.
const isEnough = ({ share }, model) => share === undefined || share >= model.rule.share - 1e-9;

/** The level reached as its place, -1 for none; and the lowest that isn't, undefined if there is none. */
export const reachedLevel = (items, answers, model) => {
  let reached = -1, isRated = false;
  for (let level = 0; level < model.levels.length; level++) {
    const own = items.filter((item) => item.level === level);
    if (!own.length) continue;
    const told = tally(own, answers, model);
    if (!isEnough(told, model)) return { reached, next: level };
    isRated ||= told.rated > 0;
    if (isRated) reached = level;
  }
  return { reached, next: undefined };
};

/** What is missing for the next level: its statements that apply and aren't rated high enough. */
export const missingFor = (level, items, answers, model) => items.filter((item) => item.level === level && !isOut(answers, item)
  && !(ratingOf(answers, item, model) >= model.rule.rating));

/** What to do next, the lowest first: of the lowest level that isn't reached, or of all where there are no levels. */
export const doNext = (items, answers, model) => {
  const { next } = reachedLevel(items, answers, model);
  const open = model.levels.length ? (next === undefined ? [] : missingFor(next, items, answers, model))
    : items.filter((item) => !isOut(answers, item) && !(ratingOf(answers, item, model) >= model.rule.rating));
  const at = (item) => ratingOf(answers, item, model) ?? -1;
  return [...open].sort((a, b) => at(a) - at(b) || b.weight - a.weight || a.order - b.order);
};

/** Statements with a target above their rating, the widest gap first. */
export const gapsOf = (items, answers, model) => {
  const gap = (item) => (answers.get(item.id)?.target ?? -1) - (ratingOf(answers, item, model) ?? 0);
  return items.filter((item) => !isOut(answers, item) && gap(item) > 0).map((item) => ({ item, gap: gap(item) }))
    .sort((a, b) => b.gap - a.gap || a.item.order - b.item.order);
};

/** What stands beside each other in pictures: areas, or else pages. */
export const groupsOf = (model, items) => {
  const byArea = model.areas.length > 0;
  const all = byArea ? model.areas : model.pages;
  return all.map((one, at) => ({ name: one.name ?? one.title, href: one.href, weight: one.weight ?? 1, items: items.filter((item) => (byArea ? item.area : item.place) === at) }))
    .filter((group) => group.items.length);
};

/** One number for all: of areas by their weights where there are no levels, else of all statements. */
export const overall = (items, answers, model) => {
  if (model.levels.length || !model.areas.length) return tally(items, answers, model).mean;
  const means = groupsOf(model, items).map((group) => [group.weight, tally(group.items, answers, model).mean]).filter(([, mean]) => mean !== undefined);
  const weight = sum(means.map(([one]) => one));
  return weight ? sum(means.map(([one, mean]) => one * mean)) / weight : undefined;
};

/** The heat-map: for each level (the highest first; all statements where there are none) the statements of each rating,
    then those that aren't rated, then those that don't apply. */
export const heatMap = (items, answers, model) => {
  const columns = model.ratings.length + 2;
  const rows = model.levels.length ? model.levels.map((level, at) => ({ level, at })).reverse() : [{ level: undefined, at: undefined }];
  return rows.map(({ level, at }) => {
    const cells = Array.from({ length: columns }, () => []);
    for (const item of items.filter((one) => at === undefined || one.level === at)) {
      const rating = ratingOf(answers, item, model);
      cells[isOut(answers, item) ? columns - 1 : rating ?? columns - 2].push(item);
    }
    return { level, at, cells };
  });
};

