// A result that comes in: as an assessment of its own, or into the one that is there. Where both say something else, they
// stand beside each other, and the reader says which it shall be.
import { button, make, say, statementOf, tableOf } from "./elements.js";
import { differences, together } from "./merge.js";
import { ratingTag } from "./tables.js";

const said = (model, answer) => make("span", {}, answer.notApplicable ? make("span", { className: "assess-tag none", textContent: say("not_applicable") }) : ratingTag(model, answer.rating),
  [answer.reason, answer.note, answer.owner, answer.date].filter(Boolean).map((text) => make("span", { className: "assess-text", textContent: text })),
  answer.target === undefined ? "" : make("span", { className: "assess-text", textContent: say("target_is", { value: `${answer.target} ${model.ratings[answer.target]?.name ?? ""}`.trim() }) }));

let asked = 0;

// Both answers to each statement, to choose among; a function tells what was chosen.
const sideBySide = ({ model, items }, clashing) => {
  const byId = new Map(items.map((item) => [item.id, item])), chosen = new Map(clashing.map(({ id }) => [id, "mine"]));
  const radios = [];
  const option = (id, side, answer, group, item) => {
    const radio = make("input", { type: "radio", name: group, value: side, checked: side === "mine", autocomplete: "off", "aria-label": `${side === "mine" ? say("mine") : say("theirs")}: ${item?.title ?? id}` });
    radio.addEventListener("change", () => chosen.set(id, side));
    radios.push([id, side, radio]);
    return make("label", { className: "assess-check" }, radio, said(model, answer));
  };
  const table = tableOf(say("both"), [say("statement"), say("mine"), say("theirs")], clashing.map(({ id, mine, theirs }) => {
    const item = byId.get(id), group = `assess-clash-${asked++}`;
    return [item ? make("span", {}, statementOf(item), make("span", { className: "assess-page", textContent: item.page })) : id, option(id, "mine", mine, group, item), option(id, "theirs", theirs, group, item)];
  }), "assess-both");
  const all = (wanted) => () => { for (const [id, side, radio] of radios) if (side === wanted) { radio.checked = true; chosen.set(id, side); } };
  return { chosen, shown: [table, make("p", { className: "assess-buttons" }, button(say("all_mine"), all("mine")), button(say("all_theirs"), all("theirs")))] };
};

/** Asks what shall become of what came in. `own` is what is there; `keep` takes over a result, `add` begins one, `end` does neither. */
export const importPanel = (view, { result, isChanged, lost = 0 }, own, { keep, add, end }, heading) => {
  const panel = make("section", { className: "assess-panel", tabIndex: -1, "aria-label": say("import") });
  const cancel = () => button(say("cancel"), end);
  const told = () => [heading(say("import_of", { name: result.name || say("assessment") })), make("p", { textContent: say("answers_count", { count: result.answers.size }) }),
    isChanged ? make("p", { className: "assess-warn", textContent: say("file_changed") }) : "", result.unmatched.size + lost ? make("p", { className: "assess-warn", textContent: say("import_unmatched", { count: result.unmatched.size + lost }) }) : ""].filter(Boolean);
  const into = () => {
    const { clashing, same, fresh } = differences(own.answers, result.answers);
    const { chosen, shown } = sideBySide(view, clashing);
    const take = () => keep({ ...own, answers: together(own.answers, result.answers, chosen), unmatched: new Map([...result.unmatched, ...own.unmatched]) });
    if (!clashing.length) return take();
    panel.replaceChildren(...told(), make("p", { textContent: say("both_differ", { differ: clashing.length, fresh: fresh.length, same }) }), ...shown,
      make("p", { className: "assess-buttons" }, button(say("take_over"), take, { className: "button first" }), cancel()));
    panel.focus();
  };
  panel.append(...told(), make("p", { className: "assess-buttons" }, button(say("as_own"), () => add(result), { className: "button first" }),
    own.answers.size ? button(say("into", { name: own.name }), into) : "", cancel()));
  return panel;
};
