// One assessment as a whole: where it stands, in pictures and in tables.
import { make, say } from "./elements.js";
import { barsOf, figuresOf, levelGroups, radarOf, stairsOf } from "./figures.js";
import { answersOf, gapTable, heatMapOf, nextOf, unmatchedOf } from "./tables.js";
import { groupsOf } from "./score.js";

const atOnce = 8; // of what to do next

/** A part with its heading; nothing if there is nothing in it. */
export const partOf = (heading, words, ...content) => (content.flat().some(Boolean) ? make("section", { className: "assess-part" }, heading(words), ...content.flat()) : "");

/** All that is shown of a result; `heading` makes headings. */
export const overviewOf = (view, result, heading) => {
  const levels = levelGroups(view), groups = groupsOf(view.model, view.items);
  const stairs = stairsOf(view), radar = radarOf(view);
  const deeper = (words) => heading(words, 1);
  return [
    figuresOf(view),
    make("div", { className: "assess-pictures" }, stairs ? make("figure", { className: "assess-picture" }, stairs) : "", radar),
    partOf(heading, say("do_next"), ...nextOf(view, atOnce)),
    partOf(heading, say("heat_map"), heatMapOf(view)),
    partOf(heading, say("gaps"), gapTable(view)),
    partOf(heading, say("means"), levels.length ? barsOf(view, levels, say("levels"), say("level")) : "", barsOf(view, groups, say("groups"), say("group"))),
    partOf(heading, say("unmatched"), result.unmatched.size ? make("p", { textContent: say("unmatched_why") }) : "", unmatchedOf(view, result.unmatched)),
    make("details", { className: "assess-every" }, make("summary", { textContent: say("all_answers") }), answersOf(view, deeper)),
  ];
};
