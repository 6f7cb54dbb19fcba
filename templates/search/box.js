// The box at work: what is typed and chosen becomes results, and stands in the page's address.
import { original, own, pageData } from "./parts.js";
import { find } from "./ranking.js";
import { keep, recent } from "./recent.js";
import { key, loadTags, narrow } from "./tags.js";
import { addressOf, chips, close, dialog, elsewhere, facets, field, hints, more, narrowing, quoted, results, say, showChips, showElsewhere, showFacets, showHints, showResults, status } from "./view.js";
import { words } from "./words.js";

const shownAtOnce = 10; // results, and their parts, at a time
const pause = 300; // milliseconds without a letter, after which another language is searched, too
const chosen = new Set();
let limit = shownAtOnce, active = -1, turn = 0;

const options = () => [...results.querySelectorAll("[role=option]")];
const choose = (at) => {
  const all = options();
  active = all.length ? (at + all.length) % all.length : -1;
  all.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
  if (active < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", all[active].id);
  all[active].scrollIntoView({ block: "nearest" });
};

const remember = () => {
  const address = new URL(location.href);
  address.searchParams.delete("q");
  address.searchParams.delete("tag");
  if (dialog.open && field.value.trim()) address.searchParams.set("q", field.value.trim());
  if (dialog.open) for (const tag of chosen) address.searchParams.append("tag", tag);
  // A browser may refuse this for a page opened from a folder.
  try { history.replaceState(history.state, "", address); } catch { /* not to be shared */ }
};

const tell = (text) => { if (status.textContent !== text) status.textContent = text; };
const sum = (kept, unknown) => {
  if (!kept.length) return say("search_nothing");
  const count = kept.filter(({ lacks }) => !lacks?.length).length;
  if (!count) return say("search_some");
  const found = unknown.length ? say("search_found_without", { count, words: quoted(unknown) }) : say("search_found", { count });
  if (count < kept.length) return say("search_and_some", { found });
  return count > limit ? say("search_best", { found, count: limit }) : found;
};

const show = async (found, query, mine) => {
  const first = found.slice(0, limit);
  const data = await Promise.all(first.map(({ page }) => pageData(page)));
  if (mine !== turn) return;
  showResults(first, data, query);
  more.hidden = found.length <= limit;
  choose(first.length ? 0 : -1);
};

const clear = (text) => {
  results.replaceChildren();
  narrowing.hidden = more.hidden = true;
  field.setAttribute("aria-expanded", "false");
  choose(-1);
  tell(text);
};

// What of the results fits the tags that are chosen; their counts are shown.
const narrowed = async (found, mine) => {
  const byTags = await loadTags(found && found.results.map(({ page }) => page), chosen);
  if (mine !== turn) return [];
  // A tag that an old address names and nothing carries narrows nothing.
  const known = new Set([...byTags.tags.values()].map(key));
  for (const tag of [...chosen]) if (!known.has(tag)) chosen.delete(tag);
  const { fitting, counts } = narrow(byTags.pages, chosen, byTags);
  showFacets(byTags.tags, counts, chosen);
  const fits = new Set(fitting);
  return found ? found.results.filter(({ page }) => fits.has(page)) : fitting.map((page) => ({ page, section: 1 }));
};

// How many pages of the original have all of it, where this language lacks some; without them there is nothing to say.
const searchElsewhere = async (query, mine) => {
  if (!original) return;
  await new Promise((resolve) => setTimeout(resolve, pause));
  if (mine !== turn) return;
  try {
    await original.start();
    const { results, unknown } = await find(query, original);
    const whole = results.filter(({ lacks }) => !lacks.length).length;
    if (mine === turn && whole && !unknown.length) showElsewhere(whole, query);
  } catch { /* what was found is shown all the same */ }
};

const nothing = { results: [], meant: new Set(), terms: [], unknown: [] };
const search = async () => {
  const mine = ++turn;
  const query = field.value;
  remember();
  results.ariaBusy = "true";
  elsewhere.replaceChildren();
  showChips(chosen);
  hints.hidden = true;
  hints.replaceChildren();
  try {
    await own.start();
    const asked = words(query).length > 0;
    if (mine !== turn) return;
    if (!asked && !chosen.size) {
      if (!query.trim()) showHints(recent(), own.manifest.frequent);
      return clear(query.trim() ? say("search_nothing") : "");
    }
    const found = asked ? await find(query) : null;
    if (mine !== turn) return;
    // Tags are looked up where they are seen or narrow.
    const kept = chosen.size || narrowing.open ? await narrowed(found, mine) : found.results;
    if (mine !== turn) return;
    await show(kept, found || nothing, mine);
    if (mine !== turn) return;
    narrowing.hidden = !own.manifest.tags || !(kept.length || chosen.size);
    tell(sum(kept, found?.unknown || []));
    if (asked && !chosen.size) searchElsewhere(query, mine);
  } catch {
    if (mine === turn) tell(say("search_failed"));
  } finally {
    if (mine === turn) results.ariaBusy = "false";
  }
};

const open = (query, tags) => {
  if (query !== undefined) field.value = query;
  if (tags) { chosen.clear(); for (const tag of tags) chosen.add(tag); }
  if (tags?.length) narrowing.open = true;
  if (!dialog.open) dialog.showModal();
  field.focus();
  // What was typed while this was loading is typed on; what was asked for before is replaced.
  if (query === undefined) field.select();
  search();
};

field.addEventListener("input", () => { limit = shownAtOnce; search(); });
field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") choose(active + 1);
  else if (event.key === "ArrowUp") choose(active - 1);
  else if (event.key === "Enter") options()[Math.max(active, 0)]?.click();
  else return;
  event.preventDefault();
});
more.addEventListener("click", async () => {
  const next = limit;
  limit += shownAtOnce;
  await search();
  choose(next);
  field.focus();
});
facets.addEventListener("change", ({ target }) => {
  if (target.checked) chosen.add(target.value);
  else chosen.delete(target.value);
  limit = shownAtOnce;
  search();
});
const without = (event) => {
  if (!chosen.delete(event.target.closest("button")?.value)) return;
  limit = shownAtOnce;
  field.focus();
  search();
};
chips.addEventListener("click", without);
hints.addEventListener("click", ({ target }) => {
  const chip = target.closest("button");
  if (!chip) return;
  if (chip.classList.contains("search-again")) field.value = chip.value;
  else chosen.add(chip.value);
  field.focus();
  search();
});
narrowing.addEventListener("toggle", () => { if (narrowing.open && dialog.open) search(); });
results.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option || event.metaKey || event.ctrlKey || event.shiftKey) return;
  keep(field.value);
  // Who comes back finds the box as it was; on the same page, it would cover what was found.
  if (option.pathname === location.pathname) dialog.close();
  else turn++;
});
elsewhere.addEventListener("click", (event) => { if (event.target.closest("a") && !event.metaKey && !event.ctrlKey && !event.shiftKey) dialog.close(); });
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
dialog.addEventListener("close", () => { turn++; remember(); });

document.body.append(dialog);
Object.assign(window.bokwormSearch, { open, start: own.start, find, load: own.load, root: own.root.href, addressOf, pageData, words });
window.dispatchEvent(new Event("bokworm-search"));
