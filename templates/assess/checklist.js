// The checklists of a page: each row of their tables becomes controls, which show what is kept and keep what is chosen.
import { cardOf, inscribe } from "./rating.js";
import { match } from "./matching.js";
import { asFile, isDone } from "./result.js";
import { changed, openStore } from "./store.js";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const listIn = (text) => { try { return JSON.parse(text ?? "[]"); } catch { return []; } };

let store, whole = 0;

const rootOf = ({ root }) => new URL(root || ".", location).pathname;

/** The store of the page, as the first element that needs it says. */
export const storeOf = (settings, model) => {
  store ??= openStore({ scope: model.id || rootOf(settings), model, name: settings.first });
  return store;
};

/** Whose earlier answers are awaited: what is needed to take them over. */
export const awaited = { items: [] };

/** Loads what takes over answers of earlier days, where there may be some. */
export const lookForEarlier = (settings, items) => {
  awaited.items.push(...items);
  let isThere = /_[^=;]*=\d(;|$)/.test(document.cookie);
  try { isThere ||= Object.keys(localStorage).some((key) => key.startsWith("bokworm-grades-")); } catch { /* nor is anything kept */ }
  if (!isThere || awaited.store) return;
  Object.assign(awaited, { store, settings, root: rootOf(settings) });
  document.head.append(Object.assign(document.createElement("script"), { src: settings.takeOver }));
};

/** Has the browser save a text as a file. */
export const saveAs = (name, text, type) => {
  Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type })), download: name }).click();
};

/** What a file of a result is called. */
export const fileName = ({ name, changed: day }, ending) => `${name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "assessment"}-${day}.${ending}`;

// What stands on the page: statements with their controls, and the bars that tell how much is rated.
let cards = [], bars = [], answers = new Map();
const done = [];

const answerOf = ({ id }) => answers.get(id)?.answer ?? {};
const change = (item, answer, field) => {
  const { key, id } = done.at(-1) ?? {}, current = store.list().current;
  // Letters of one text are taken back together.
  const goesOn = id === item.id && key === current && field !== "rating" && done.at(-1).field === field;
  if (!goesOn) done.push({ key: current, id: item.id, title: item.title, field, answer: answerOf(item) });
  store.answer(item.id, { ...answer, page: item.page, address: item.address, title: item.title }, answers.get(item.id)?.id);
};
const undo = () => {
  const { key, id, title, answer } = done.pop() ?? {};
  if (!id || (key && key !== store.list().current)) return;
  store.answer(id, answer, id);
  for (const { status } of bars) status.textContent = status.dataset.undone.replace("{title}", () => title);
};

const refresh = () => {
  const result = store.current();
  answers = match([...new Map(cards.map(({ item }) => [item.id, item])).values()], [...result.answers, ...result.unmatched], false).found;
  for (const { show } of cards) show();
  const inAll = [...result.answers.values()].filter(isDone).length;
  for (const { show } of bars) show(inAll, result);
};

const barOf = (parts, own) => {
  const bar = parts.querySelector(".assess-bar").cloneNode(true);
  const find = (selector) => bar.querySelector(selector), failing = find("template").content, warning = find(".assess-alert");
  const [here, inAll] = all("[data-progress]", bar), which = find(".assess-which"), button = find(".assess-undo");
  const tell = (place, count, of) => {
    inscribe(place, place.dataset.progress.replace("{done}", count).replace("{all}", of));
    place.style.setProperty("--done", `${(count / of) * 100 || 0}%`);
  };
  const show = (count, result) => {
    tell(here, own.filter((item) => isDone(answerOf(item))).length, own.length);
    tell(inAll, Math.min(count, whole), whole);
    inAll.hidden = whole <= own.length;
    inscribe(which, store.list().list.length > 1 ? which.dataset.which.replace("{name}", () => result.name) : "");
    button.disabled = !done.length;
    if (store.isFailing() && !warning.firstChild) warning.append(failing.cloneNode(true));
    if (!store.isFailing()) warning.replaceChildren();
  };
  bar.addEventListener("click", ({ target }) => {
    if (target === button) undo();
    if (target.matches(".assess-retry")) store.retry();
    if (target.matches(".assess-save")) saveAs(fileName(store.current(), "json"), asFile(store.current()), "application/json");
  });
  bars.push({ bar, show, status: find("[data-undone]") });
  return bar;
};

// The tables that controls were made from: what the preview writes into one is made anew.
const known = new WeakMap();
const equip = () => {
  for (const box of all(".checklist[data-model]")) {
    const tables = all(".assess-table", box).map((table) => table.outerHTML).join();
    if (known.get(box) === tables) continue;
    known.set(box, tables);
    for (const old of all(".assess-cards, .assess-bar", box)) old.remove();
    const { model, title, total } = box.dataset, parts = box.querySelector("template").content, own = [];
    storeOf(box.dataset, { id: model, title, edition: "" });
    whole = Number(total);
    for (const table of all(".assess-table", box)) {
      const list = Object.assign(document.createElement("ul"), { className: "assess-cards" });
      const wrap = table.parentNode;
      for (const row of all("[data-item]", table)) {
        const item = { id: row.dataset.item, was: listIn(row.dataset.was), title: row.querySelector("strong").textContent, text: row.querySelector("span")?.textContent ?? "",
          page: table.dataset.page, address: table.dataset.address, pageWas: listIn(table.dataset.was) };
        own.push(item);
        const made = cardOf(parts, item, { found: () => answerOf(item), change: (answer, field) => change(item, answer, field) });
        cards.push({ ...made, item });
        list.append(made.card);
      }
      list.ariaLabel = wrap.ariaLabel;
      wrap.after(list);
      wrap.hidden = true;
    }
    box.append(barOf(parts, own));
    lookForEarlier(box.dataset, own);
  }
  cards = cards.filter(({ card }) => card.isConnected);
  bars = bars.filter(({ bar }) => bar.isConnected);
  if (cards.length) refresh();
};
equip();
document.addEventListener("bokworm:patch", equip);
document.addEventListener(changed, () => { if (cards.length) refresh(); });
addEventListener("beforeunload", (event) => { if (store?.isFailing()) event.preventDefault(); });
