// What stands behind the picture, as tables and lists that lead to the statements.
import { dayOf, make, say, statementOf, tableOf } from "./elements.js";
import { doNext, gapsOf, heatMap } from "./score.js";
import { colorOf, inkOn, withLinks } from "./rating.js";

/** A rating with its colour. */
export const ratingTag = (model, rating) => {
  if (rating === undefined || !model.ratings[rating]) return make("span", { className: "assess-tag none", textContent: say("not_rated") });
  const tag = make("span", { className: "assess-tag" }, make("b", { textContent: rating }), make("span", { textContent: ` ${model.ratings[rating].name}` }));
  const color = colorOf(model.ratings[rating].color, rating, model.ratings.length);
  tag.style.setProperty("--rating", color);
  tag.style.setProperty("--ink", inkOn(color));
  return tag;
};

const itemList = (items) => make("ul", {}, items.map((item) => make("li", {}, statementOf(item), make("span", { className: "assess-page", textContent: item.page }))));

/** The heat-map: how many statements of each level have each rating; each number opens to the statements. */
export const heatMapOf = ({ model, items, answers }) => {
  const rows = heatMap(items, answers, model), most = Math.max(1, ...rows.flatMap(({ cells }) => cells.map((cell) => cell.length)));
  const heads = [model.levels.length ? say("level") : say("group"), ...model.ratings.map(({ name, href }, at) => make("span", {}, make("b", { textContent: at }), " ", make("span", { className: "assess-named" }, href ? make("a", { href, textContent: name }) : name))), ...[say("not_rated"), say("not_applicable")].map((textContent) => make("span", { className: "assess-named", textContent }))];
  return tableOf(say("heat_map"), heads, rows.map(({ level, cells }) => [
    level ? make("span", {}, level.href ? make("a", { href: level.href, textContent: level.name }) : level.name) : model.title,
    ...cells.map((cell, at) => {
      const td = make("td", { className: at < model.ratings.length ? "assess-heat" : "assess-heat out" });
      if (at < model.ratings.length) td.style.setProperty("--rating", colorOf(model.ratings[at].color, at, model.ratings.length));
      td.style.setProperty("--heat", `${cell.length ? 12 + Math.round((cell.length / most) * 20) : 0}%`);
      if (cell.length) td.append(make("details", {}, make("summary", { textContent: cell.length }), itemList(cell)));
      else td.append(make("span", { textContent: "0" }));
      return td;
    })]), "assess-heat-map");
};

/** What to do next, as a list of at most so many. */
export const nextOf = ({ model, items, answers }, most) => {
  const next = doNext(items, answers, model);
  const entry = (item) => make("li", {}, make("div", {}, statementOf(item), make("span", { className: "assess-page", textContent: item.page }), item.description ? make("span", { className: "assess-text", textContent: item.description }) : ""), ratingTag(model, answers.get(item.id)?.rating));
  const rest = next.slice(most);
  return next.length ? [make("ol", { className: "assess-next" }, next.slice(0, most).map(entry)),
    rest.length ? make("details", { className: "assess-rest" }, make("summary", { textContent: say("show_rest", { count: rest.length }) }), make("ol", { className: "assess-next", start: most + 1 }, rest.map(entry))) : ""] : [make("p", { textContent: say("nothing_next") })];
};

/** Gaps against targets as a table; nothing where there are none. */
export const gapTable = ({ model, items, answers }) => {
  const gaps = gapsOf(items, answers, model);
  return gaps.length ? tableOf(say("gaps"), [say("statement"), say("now"), say("target"), say("owner"), say("by_when")], gaps.map(({ item }) => {
    const { rating, target, owner, date } = answers.get(item.id);
    return [make("span", {}, statementOf(item), make("span", { className: "assess-page", textContent: item.page })), ratingTag(model, rating), ratingTag(model, target), owner ?? "–", date ? dayOf(date) : "–"];
  }), "assess-gaps") : "";
};

const evidenceOf = ({ note, reason, owner, target, date }, model) => [reason, note].filter(Boolean).map((text) => make("p", { className: "assess-written", dir: "auto" }, withLinks(text)))
  .concat([[owner, "owner_is"], [target === undefined ? undefined : `${target} ${model.ratings[target]?.name ?? ""}`.trim(), "target_is"], [date && dayOf(date), "due_is"]]
    .filter(([value]) => value).map(([value, word]) => make("p", { className: "assess-page", textContent: { owner_is: say("owner_is", { value }), target_is: say("target_is", { value }), due_is: say("due_is", { value }) }[word] })));

/** Every answer, page by page; `heading` makes their headings. */
export const answersOf = ({ model, items, answers }, heading) => model.pages.map((page, place) => [page, items.filter((item) => item.place === place)]).filter(([, own]) => own.length).map(([page, own]) => make("section", { className: "assess-answers" },
  heading(page.title), tableOf(page.title, [say("statement"), say("rating"), say("evidence")], own.map((item) => {
    const answer = answers.get(item.id) ?? {};
    return [make("span", {}, make("b", { textContent: item.title }), item.description ? make("span", { className: "assess-text", textContent: item.description }) : ""),
      answer.notApplicable ? make("span", { className: "assess-tag none", textContent: say("not_applicable") }) : ratingTag(model, answer.rating), make("div", {}, evidenceOf(answer, model))];
  }), "assess-all")));

const mostUnmatched = 200; // shown; all are kept

/** Answers that fit no statement any more. */
export const unmatchedOf = ({ model }, unmatched) => (unmatched.size ? tableOf(say("unmatched"), [say("statement"), say("rating"), say("evidence")], [...unmatched].slice(0, mostUnmatched).map(([id, answer]) => [
  make("span", {}, answer.title ?? id, answer.page ? make("span", { className: "assess-page", textContent: answer.page }) : ""),
  answer.notApplicable ? say("not_applicable") : ratingTag(model, answer.rating), make("div", {}, evidenceOf(answer, model))])) : "");
