// The summary of an assessment at work: what is kept becomes pictures and tables, and follows every change.
import { button, headingsFor, make, say } from "./elements.js";
import { drawBenchmark } from "./benchmark.js";
import { besideOf } from "./beside.js";
import { resultIn } from "./files.js";
import { importPanel } from "./importing.js";
import { fromLink, linkStart } from "./link.js";
import { toolsOf } from "./manage.js";
import { overviewOf } from "./overview.js";
import { Refusal } from "./read.js";
import { printReport } from "./report.js";
import { itemsOf } from "./score.js";
import { lookForEarlier, storeOf } from "./checklist.js";
import { settle } from "./matching.js";
import { asStored, emptyResult, today } from "./result.js";
import { changed } from "./store.js";

const modelIn = (text) => { try { return JSON.parse(text); } catch { return undefined; } };

const summarize = (box, model, isCurrent) => {
  const items = itemsOf(model), about = { id: model.id, title: model.title, edition: model.edition };
  const store = storeOf(box.dataset, about), heading = headingsFor(box);
  const [tools, status, alert, asking, overview] = ["assess-top", "assess-status", "assess-alert", "assess-asking", "assess-view"].map((className) => make("div", { className }));
  status.setAttribute("role", "status");
  alert.setAttribute("role", "alert");
  let shared, compared, told = "", failure = "";

  const settled = (result) => ({ ...settle(result, items, model.ratings.length), model: about });
  const shown = () => { const result = shared ?? settled(store.current()); return { result, model, items, answers: result.answers }; };
  // What fits no statement of today's any more is set apart for good when somebody comes here: what other tabs write isn't
  // written again, or two with different models would never end.
  const keepSettled = () => {
    for (const { key } of store.list().list) {
      const kept = store.read(key), now = settled(kept);
      if (asStored(now) !== asStored(kept)) store.put(key, now);
    }
  };

  const tell = (words, undo) => status.replaceChildren(make("p", {}, words, " ", undo ? button(say("undo"), () => { status.replaceChildren(); undo(); }) : ""));
  const warn = (words) => { failure = words; alert.replaceChildren(...words ? [make("p", { textContent: words })] : []); };
  const endAsking = () => { asking.replaceChildren(); };
  const begin = (result) => { endAsking(); store.add(settled(result)); };

  const acts = {
    choose: (key) => { if (key) store.choose(key); },
    add: () => begin(emptyResult(about, `${say("assessment")} ${store.list().list.length + 1}`, today())),
    print: () => printReport(shown(), shown().result),
    rename: (name) => { const { current } = store.list(), result = { ...shown().result, name }; if (current) store.put(current, result); else store.add(result); },
    duplicate: () => { const { result } = shown(); begin({ ...result, name: say("copy_of", { name: result.name }), created: today() }); },
    remove: () => {
      const { current } = store.list(), { result } = shown();
      store.remove(current);
      tell(say("deleted", { name: result.name }), () => { store.put(current, result); store.choose(current); });
    },
    receive: async (file) => {
      warn("");
      try {
        receive(await resultIn(file, model));
      } catch (error) { refuse(error, file.name); }
    },
  };
  const refuse = (error, name) => warn(`${say("refused", { name })} ${error instanceof Refusal ? say(error.reason, error.places) : say("not_a_result")}`);
  const receive = (came) => {
    const { current } = store.list(), own = settled(store.current());
    const keep = (result) => {
      endAsking();
      store.put(current, { ...result, changed: today() });
      tell(say("taken_over"), () => store.put(current, own));
    };
    asking.replaceChildren(importPanel({ model, items }, { ...came, result: settled(came.result) }, own, { keep, add: begin, end: endAsking }, heading));
    asking.firstChild.focus();
  };

  const showShared = () => {
    const close = () => { history.replaceState(history.state, "", location.href.split("#")[0]); shared = undefined; show(true); };
    return make("div", { className: "assess-panel" }, make("p", {}, make("strong", { textContent: say("shared", { name: shared.name }) }), " ", say("shared_why")),
      shared.lost ? make("p", { className: "assess-warn", textContent: say("import_unmatched", { count: shared.lost }) }) : "",
      make("p", { className: "assess-buttons" }, button(say("save_as_mine"), () => { const { lost, ...result } = shared; close(); begin(result); }, { className: "button first" }), button(say("close"), close)));
  };
  const openShared = async () => {
    if (!location.hash.startsWith(linkStart)) { if (shared) { shared = undefined; show(true); } return; }
    try {
      const { result, lost } = await fromLink(location.hash, items, model);
      shared = { ...settled(result), lost };
      warn("");
    } catch (error) {
      shared = undefined;
      refuse(error, say("link"));
    }
    show(true);
  };

  let last;
  const show = (always) => {
    const { list, current } = store.list(), view = shown();
    const now = JSON.stringify([list, current, compared, asStored(view.result), list.map(({ key }) => asStored(store.read(key)))]);
    if (store.isFailing() && !failure) alert.replaceChildren(make("p", {}, say("not_kept"), " ", button(say("try_again"), store.retry)));
    if (!store.isFailing() && !failure) alert.replaceChildren();
    if (now === last && !always) return;
    last = now;
    const open = [...box.querySelectorAll(".assess-view details[open], .assess-tools details[open]")].map(({ className, firstChild }) => className + firstChild.textContent);
    const focused = tools.contains(document.activeElement) ? [...tools.querySelectorAll("button, select, input, summary")].indexOf(document.activeElement) : -1;
    tools.replaceChildren(shared ? showShared() : toolsOf(list, current, shown, acts));
    overview.replaceChildren(...overviewOf(view, view.result, heading).filter(Boolean),
      ...shared ? [] : besideOf(view, list.map(({ key }) => ({ key, result: settled(store.read(key)) })), { current, compared }, { compareWith: (key) => { compared = key; show(true); }, add: (name, answers) => begin({ ...emptyResult(about, name, today()), answers }) }, heading));
    for (const details of box.querySelectorAll(".assess-view details, .assess-tools details")) if (open.includes(details.className + details.firstChild.textContent)) details.open = true;
    tools.querySelectorAll("button, select, input, summary")[focused]?.focus();
  };

  const table = box.querySelector(".table-wrap");
  table.hidden = true;
  while (table.nextSibling) table.nextSibling.remove();
  box.append(tools, alert, status, asking, overview);
  lookForEarlier(box.dataset, items);
  keepSettled();
  show(true);
  openShared();
  addEventListener("hashchange", () => { if (isCurrent()) openShared(); });
  document.addEventListener(changed, () => { if (isCurrent()) show(); });
  document.addEventListener("bokworm:print", (event) => { if (isCurrent() && !event.defaultPrevented) { event.preventDefault(); acts.print(); } });
};

const compareBenchmark = (box, model, isCurrent) => {
  const store = storeOf(box.dataset, { id: model.id, title: model.title, edition: model.edition }), items = itemsOf(model);
  const drawn = () => drawBenchmark(box, model, settle(store.current(), items, model.ratings.length).answers);
  drawn();
  document.addEventListener(changed, () => { if (isCurrent()) drawn(); });
};

// The model that each was made for: the preview may write another one there.
const summarized = new WeakMap();
const equipSummaries = () => {
  for (const box of document.querySelectorAll("[data-assessment]")) {
    const text = box.dataset.assessment, model = summarized.get(box) === text ? undefined : modelIn(text);
    summarized.set(box, text);
    if (model) (box.matches(".checklist-benchmark") ? compareBenchmark : summarize)(box, model, () => box.isConnected && summarized.get(box) === text);
  }
};
equipSummaries();
document.addEventListener("bokworm:patch", equipSummaries);
