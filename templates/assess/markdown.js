// A result as a report in Markdown: what was written into it stays text, whatever it looks like.
import { doNext, gapsOf, groupsOf, overall, reachedLevel, tally } from "./score.js";

const plain = (text) => String(text ?? "").replace(/[\\`*_{}[\]<>()#+\-.!|&~:@=^$"']/g, (mark) => (mark === "<" ? "&lt;" : mark === "&" ? "&amp;" : `\\${mark}`)).replace(/\s*\n\s*/g, " ");
const table = (heads, rows) => [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const list = (lines) => lines.map((line) => `- ${line}`).join("\n");

/** The report; `say` has the words, `number` writes means as the language does. */
export const asReport = (result, items, model, { say, number }) => {
  const { answers } = result, all = tally(items, answers, model), { reached } = reachedLevel(items, answers, model);
  const ratingName = (rating) => (rating === undefined ? say("not_rated") : `${rating} ${plain(model.ratings[rating]?.name)}`);
  const mean = (told) => (told.mean === undefined ? "–" : number(told.mean));
  const share = (told) => (told.share === undefined ? "–" : `${Math.floor(told.share)} %`);
  const statement = (item) => `${plain(item.title)} (${plain(item.page)})`;
  const parts = [`# ${plain(model.title)}: ${plain(result.name)}`, `${say("as_of", { date: result.changed })} ${say("progress", { done: all.done, all: all.items })}`];
  if (model.levels.length) parts.push(`**${say("level_reached")}:** ${reached < 0 ? say("no_level") : plain(model.levels[reached].name)}`);
  else parts.push(`**${say("overall")}:** ${mean({ mean: overall(items, answers, model) })}`);
  const groups = [...model.levels.map((level, at) => ({ name: level.name, items: items.filter((item) => item.level === at) })), ...groupsOf(model, items)];
  parts.push(table([say("group"), say("statements"), say("rated"), say("mean"), say("enough", { rating: ratingName(model.rule.rating) })], groups.filter((group) => group.items.length).map((group) => {
    const told = tally(group.items, answers, model);
    return [plain(group.name), told.items, told.rated, mean(told), share(told)];
  })));
  const next = doNext(items, answers, model), gaps = gapsOf(items, answers, model);
  if (next.length) parts.push(`## ${say("do_next")}`, list(next.map((item) => `${statement(item)}: ${ratingName(answers.get(item.id)?.rating)}`)));
  if (gaps.length) parts.push(`## ${say("gaps")}`, list(gaps.map(({ item }) => `${statement(item)}: ${ratingName(answers.get(item.id)?.rating)} → ${ratingName(answers.get(item.id).target)}`)));
  parts.push(`## ${say("all_answers")}`);
  const entry = (answer, title) => list([`**${plain(title)}**: ${answer.notApplicable ? say("not_applicable") : ratingName(answer.rating)}`,
    ...[[say("reason_out"), answer.reason], [say("evidence"), answer.note], [say("owner"), answer.owner], [say("by_when"), answer.date]].filter(([, text]) => text).map(([word, text]) => `${word}: ${plain(text)}`)]).replace(/\n- /g, "\n  - ");
  for (const page of new Set(items.map((item) => item.place))) {
    const own = items.filter((item) => item.place === page);
    parts.push(`### ${plain(own[0].page)}`, own.map((item) => entry(answers.get(item.id) ?? {}, item.title)).join("\n"));
  }
  const others = [...result.unmatched.values()];
  if (others.length) parts.push(`## ${say("unmatched")}`, others.map((answer) => entry(answer, [answer.page, answer.title].filter(Boolean).join(": ") || "–")).join("\n"));
  return `${parts.join("\n\n")}\n`;
};
