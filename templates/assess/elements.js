// Elements and words for what is shown. What readers wrote and files hold becomes text on the page, never markup.

const spoken = globalThis.window?.bokwormAssessSay ?? Object.assign((name) => name, { language: "en" });

/** Says a word by its name, with its places filled in. */
export const say = (name, places) => spoken(name, places);

/** An element; properties that it doesn't have become attributes. */
export const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return element;
};

/** An element of a drawing. */
export const draw = (name, attributes = {}, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/** A button that does something. */
export const button = (words, act, properties = {}) => {
  const made = make("button", { type: "button", textContent: words, ...properties });
  made.addEventListener("click", act);
  return made;
};

/** A field with its words above it. */
export const labelled = (words, field) => make("label", {}, make("span", { textContent: words }), field);

/** A choice of one among `[value, words]`. */
export const choice = (options, chosen, act) => {
  const made = make("select", { autocomplete: "off" }, options.map(([value, words]) => make("option", { value, textContent: words, selected: value === chosen })));
  made.addEventListener("change", () => act(made.value));
  return made;
};

/** A table in a frame of its own that scrolls: heads are texts or elements, so are cells; the first of a row is its head. */
export const tableOf = (label, heads, rows, className = "") => make("div", { className: "table-wrap", tabIndex: 0, role: "group", "aria-label": label },
  make("table", { className: `assess-plain ${className}` },
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, rows.map(([first, ...cells]) => make("tr", {}, make("th", { scope: "row" }, first), cells.map((cell) => (cell instanceof HTMLTableCellElement ? cell : make("td", {}, cell))))))));

const lasting = (first) => { let made; return (...args) => (made ??= first()).format(...args); };
/** A number as the language writes it, with one place behind the comma. */
export const number = lasting(() => new Intl.NumberFormat(spoken.language, { maximumFractionDigits: 1 }));
const percents = lasting(() => new Intl.NumberFormat(spoken.language, { style: "percent" }));
/** A share of a hundred; what isn't whole is never rounded up to it. */
export const percent = (share) => percents(Math.floor(share + 1e-9) / 100);
const dates = lasting(() => new Intl.DateTimeFormat(spoken.language, { dateStyle: "medium", timeZone: "UTC" }));
/** A day as the language writes it. */
export const dayOf = (text) => { try { return dates(new Date(`${text}T00:00:00Z`)); } catch { return text; } };

/** Headings one step below the last heading before an element. */
export const headingsFor = (box) => {
  const before = [...document.querySelectorAll("h1, h2, h3, h4, h5")].filter((heading) => heading.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING && !box.contains(heading));
  const level = Number(before.at(-1)?.tagName[1] ?? 1) + 1;
  return (words, deeper = 0) => make(`h${Math.min(level + deeper, 6)}`, { textContent: words });
};

/** A statement as a link to its page. */
export const statementOf = (item) => make("a", { href: item.href, textContent: item.title });
