// The report on paper: a cover, the picture, gaps, and all answers. It is made when it is printed, and gone afterwards.
import { dayOf, make, say } from "./elements.js";
import { barsOf, figuresOf, levelGroups, radarOf, stairsOf } from "./figures.js";
import { answersOf, gapTable, heatMapOf, nextOf, unmatchedOf } from "./tables.js";
import { groupsOf } from "./score.js";
import { partOf } from "./overview.js";

const heading = (words, deeper = 0) => make(`h${2 + deeper}`, { textContent: words });

/** The report of a result. */
export const reportOf = (view, result) => {
  const levels = levelGroups(view), groups = groupsOf(view.model, view.items), stairs = stairsOf(view);
  return make("article", { className: "assess-report prose" },
    make("header", { className: "assess-cover" },
      make("p", { className: "kicker", textContent: say("report") }),
      make("h1", { textContent: view.model.title }),
      make("p", { className: "assess-whose", textContent: result.name }),
      make("p", { className: "assess-when", textContent: say("as_of", { date: dayOf(result.changed) }) }),
      stairs ? make("figure", { className: "assess-picture" }, stairs) : "",
      figuresOf(view)),
    make("section", { className: "assess-part assess-sheet" }, heading(say("picture")), radarOf(view), levels.length ? barsOf(view, levels, say("levels"), say("level")) : ""),
    make("section", { className: "assess-part assess-sheet" }, heading(say("means")), barsOf(view, groups, say("groups"), say("group"))),
    make("div", { className: "assess-sheet" }, partOf(heading, say("heat_map"), heatMapOf(view)), partOf(heading, say("do_next"), ...nextOf(view, Infinity)), partOf(heading, say("gaps"), gapTable(view))),
    make("section", { className: "assess-part assess-sheet" }, heading(say("all_answers")), answersOf(view, (words) => heading(words, 1))),
    result.unmatched.size ? partOf(heading, say("unmatched"), unmatchedOf(view, result.unmatched)) : "");
};

/** Prints it in place of the page. */
export const printReport = (view, result) => {
  const report = reportOf(view, result), { title } = document;
  document.body.append(report);
  document.documentElement.classList.add("assess-printing");
  document.title = `${view.model.title}: ${result.name}`;
  addEventListener("afterprint", () => {
    report.remove();
    document.documentElement.classList.remove("assess-printing");
    document.title = title;
  }, { once: true });
  print();
};
