// The box as readers see it. What the site holds and what they type becomes text on the page, never markup.
import { excerpt, matches } from "./excerpt.js";
import { original, own } from "./parts.js";
import { key } from "./tags.js";

const make = (name, properties, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};

// Where a site's own frame doesn't name the words, their names are better than nothing.
export const say = window.bokwormSay ?? Object.assign((name) => name, { list: (things) => things.join(", ") });

export const field = make("input", { id: "search-field", type: "text", inputMode: "search", role: "combobox", autocomplete: "off", spellcheck: false, autocapitalize: "none", enterKeyHint: "go", placeholder: say("search"), "aria-label": say("search"), "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "search-results" });
export const close = make("button", { type: "button", className: "search-close", textContent: say("search_close") });
export const status = make("p", { className: "search-status", role: "status" });
export const facets = make("div", { className: "search-facets" });
export const results = make("div", { id: "search-results", className: "search-results", role: "listbox", "aria-label": say("search_results") });
export const more = make("button", { type: "button", className: "search-more", textContent: say("search_more"), hidden: true });
export const elsewhere = make("p", { className: "search-elsewhere", role: "status" });
export const chips = make("p", { className: "search-chips", hidden: true });
export const hints = make("div", { className: "search-hints", hidden: true });
export const narrowing = make("details", { className: "search-narrow", hidden: true }, make("summary", { textContent: say("search_narrow") }), facets);
const keys = { "{up}": "↑", "{down}": "↓", "{enter}": say("key_enter"), "{escape}": say("key_escape") };
const foot = make("p", { className: "search-foot" }, ...say("search_foot").split(/(\{\w+\})/).map((part) => keys[part] ? make("kbd", { textContent: keys[part] }) : part));
export const dialog = make("dialog", { className: "search-box", "aria-label": say("search") },
  make("div", { className: "search-head" }, field, close), chips, make("div", { className: "search-body" }, status, hints, narrowing, results, more, elsewhere), foot);

/** Words that were typed, as they are told. */
export const quoted = (words) => say.list(words.map((word) => say("search_quoted", { word })));

const marked = (text, query) => {
  const nodes = [];
  let from = 0;
  for (const [start, end] of matches(text, query)) {
    nodes.push(text.slice(from, start), make("mark", { textContent: text.slice(start, end) }));
    from = end;
  }
  return [...nodes, text.slice(from)];
};

// Opened from a folder, a browser doesn't know that `a` is `a.html`.
const asFile = (address) => {
  if (address.protocol !== "file:") return address;
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  else if (!/\.[a-z][a-z0-9]{1,4}$/i.test(address.pathname)) address.pathname += ".html";
  return address;
};
/** Where a result leads, by its address in the index. */
export const addressOf = (to, id) => {
  const address = new URL(own.root);
  const [path, rest = ""] = to.split(/(?=[?#])/, 2);
  address.pathname += path;
  return asFile(address).href + rest + (id ? "#" + encodeURIComponent(id) : "");
};

// The headings above a section and its own, from the top; a heading that only repeats the title is left out.
const way = (sections, at, title) => {
  const headings = [];
  for (let level = 7; at > 0 && level > 2; at--) {
    const [, heading, , own = 2] = sections[at];
    if (own < level && heading && heading !== title) headings.unshift(heading);
    level = Math.min(level, own);
  }
  return headings;
};

const option = ([to, title, , description, sections, look], { section, lacks }, query, place) => {
  const at = sections[section - 1] ? section - 1 : 0;
  const [id, , text] = sections[at] || ["", "", ""];
  const link = make("a", { id: "search-result-" + place, role: "option", tabIndex: -1, href: addressOf(to, id), "aria-selected": "false", className: "search-result" },
    make("span", { className: looking("search-title", look) }, ...marked(title, query)));
  const headings = way(sections, at, title);
  if (headings.length) link.append(make("span", { className: "search-heading" }, ...marked(headings.join(" › "), query)));
  const words = excerpt(text || description, query);
  if (words) link.append(make("span", { className: "search-excerpt" }, ...marked(words, query)));
  if (lacks?.length) link.append(make("span", { className: "search-lacks", textContent: say("search_lacks", { words: quoted(lacks) }) }));
  return link;
};

/** Shows results with what is known of their pages, grouped by their place on the site. */
export const showResults = (found, data, query) => {
  const groups = new Map();
  data.forEach((page, at) => groups.set(page[2], [...(groups.get(page[2]) || []), at]));
  let place = 0, number = 0;
  const shown = [...groups].map(([name, members]) => {
    const label = make("p", { id: "search-group-" + number, className: "search-group", textContent: name || own.manifest.title, role: "presentation" });
    return make("div", { role: "group", "aria-labelledby": "search-group-" + number++ }, label, ...members.map((at) => option(data[at], found[at], query, place++)));
  });
  results.replaceChildren(...shown);
  field.setAttribute("aria-expanded", String(found.length > 0));
};

// What the words on the page call a language; where they don't know it, its own name.
const languageName = ({ code, label }) => {
  try { return new Intl.DisplayNames([say.language || "en"], { type: "language", fallback: "none" }).of(code) || label; } catch { return label; }
};

/** Says how much more there is in the language that this one is translated from, and leads to the same page there. */
export const showElsewhere = (count, query) => {
  const there = document.querySelector(`.languages a[hreflang="${CSS.escape(original.code)}"]`);
  const address = asFile(new URL(there?.href ?? original.root));
  address.hash = "";
  address.searchParams.set("q", query.trim());
  elsewhere.replaceChildren(make("a", { href: address.href, hreflang: original.code, textContent: say("search_elsewhere", { count, language: languageName(original) }) }));
};

const shownTags = 200; // the most frequent

/** Shows the tags that pages were found with, by kind, each with its count. */
export const showFacets = (tags, counts, chosen) => {
  const focused = facets.contains(document.activeElement) ? document.activeElement.value : null;
  const all = [...tags].map(([number, tag]) => [tag, counts.get(number) || 0, chosen.has(key(tag))]);
  all.sort((a, b) => b[2] - a[2] || b[1] - a[1]);
  const kinds = new Map();
  for (const one of all.filter(([, count, is]) => count || is).slice(0, shownTags)) kinds.set(one[0][1], [...(kinds.get(one[0][1]) || []), one]);
  const compare = new Intl.Collator(own.manifest.language || "en", { numeric: true }).compare;
  const sorted = [...kinds].sort(([a], [b]) => !a - !b || compare(a, b));
  facets.replaceChildren(...sorted.map(([kind, members]) => make("fieldset", {}, make("legend", { textContent: kind || say("search_other_tags") }),
    ...members.sort(([a], [b]) => compare(a[0], b[0])).map(([tag, count, checked]) => {
      const box = make("input", { type: "checkbox", value: key(tag), checked });
      return make("label", {}, box, make("span", { className: looking("", tag[2]), textContent: tag[0] }), make("span", { className: "search-count", textContent: String(count) }));
    }))));
  if (!sorted.length) facets.replaceChildren(make("p", { className: "search-count", textContent: say("search_no_tags") }));
  if (focused !== null) [...facets.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
};

// A class, with those of a tag's colour and icon where it has such.
const looking = (name, look = "") => `${name} ${look}`.trim();
const button = (name, text, value, label) => make("button", { type: "button", className: name, textContent: text, value, ...label && { "aria-label": label } });
const named = (tag) => tag.replace(":", ": ");

/** Shows the tags that are chosen, each to be taken off. */
export const showChips = (chosen) => {
  chips.hidden = !chosen.size;
  chips.replaceChildren(...[...chosen].map((tag) => button("search-chip", named(tag) + " ✕", tag, say("search_remove", { tag: named(tag) }))));
};

/** Shows what may be asked for before anything is: what was asked for lately, and the tags that most pages carry. */
export const showHints = (recent, tags) => {
  const group = (label, buttons) => buttons.length ? [make("p", { className: "search-group", textContent: label }), make("p", { className: "search-chips" }, ...buttons)] : [];
  hints.replaceChildren(
    ...group(say("search_recent"), recent.map((query) => button("search-chip search-again", query, query))),
    ...group(say("search_frequent"), tags.map((tag) => button(looking("search-chip search-tag", tag[2]), named(key(tag)), key(tag)))));
  hints.hidden = !hints.childElementCount;
};
