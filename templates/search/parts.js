// The index's parts, which are scripts, since a page opened from a folder can't fetch.
// `docs/search.md` tells what is in them.

// Below the site's root, each language may have an index of its own.
const { searchIn, searchOriginal, searchOriginalLanguage, searchOriginalLabel } = document.querySelector("[data-search]")?.dataset ?? {};
const below = (folder = "") => new URL("../" + folder.replace(/.$/, "$&/"), document.currentScript.src);
const arriving = new Map();

// A part says its name; indexes that have parts of one name are told apart by where these come from.
window.bokwormSearch = (name, data) => arriving.get(document.currentScript.src)?.(data);

// The index below a root: its parts by their names, and what it says of itself, once `start` has come.
const openIndex = (root) => {
  const asked = new Map();
  const load = (name) => {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve, reject) => {
        const part = document.createElement("script");
        part.src = new URL("search/" + name + ".js" + (index.manifest ? "?v=" + index.manifest.version : ""), root);
        arriving.set(part.src, resolve);
        const fail = () => { asked.delete(name); reject(new Error(name)); };
        part.addEventListener("error", fail);
        // What has not arrived by now won't; to what has, this does nothing.
        part.addEventListener("load", () => { part.remove(); reject(new Error(name)); });
        document.head.append(part);
      }));
    }
    return asked.get(name);
  };
  const start = async () => {
    if (!index.manifest) {
      const read = await load("index");
      index.manifest = { ...read, words: read.words.split(" "), vocabulary: read.vocabulary.split(" "), leading: read.leading.split(" "), functions: new Set(read.functions.split(" ")), questions: new Set(read.questions.split(" ")), endings: new Set(read.endings.split(" ")) };
    }
    return index.manifest;
  };
  const index = { root, load, start, manifest: undefined };
  return index;
};

/** What is searched: the site, or the part of it that is in the page's language. */
export const own = openIndex(below(searchIn));
/** The language that this one is translated from, where the site has its pages, too. */
export const original = searchOriginal === undefined ? null : Object.assign(openIndex(below(searchOriginal)), { code: searchOriginalLanguage, label: searchOriginalLabel });

/** What is shown of an entry: [address, title, place, description, sections, look]; of a section: [id, heading, text, level]. */
export const pageData = async (page) => (await own.load("p" + Math.floor(page / own.manifest.shown)))[page % own.manifest.shown];

/** The parts, by how they begin, that hold what lies between two words. A word that takes several begins each of them. */
export const between = (starts, from, to) => {
  let first = 0, after = starts.length;
  while (after - first > 1) {
    const middle = (first + after) >> 1;
    if (starts[middle] <= from) first = middle;
    else after = middle;
  }
  while (first > 0 && starts[first] === from && starts[first - 1] === from) first--;
  const found = [first];
  for (let at = first + 1; at < starts.length && starts[at] <= to; at++) found.push(at);
  return found;
};

export const digit = (code) => code === 45 ? 62 : code === 95 ? 63 : code < 58 ? code + 4 : code < 91 ? code - 65 : code - 71;

/** The numbers in a text of digits; each digit has five bits, and says whether another follows. */
export const numbers = function* (written) {
  let number = 0, scale = 1;
  for (let at = 0; at < written.length; at++) {
    const next = digit(written.charCodeAt(at));
    number += (next & 31) * scale;
    scale *= 32;
    if (next < 32) { yield number; number = 0; scale = 1; }
  }
};

/** Calls `each` with the places that are written there: entry, section, and how the word stands. */
export const places = (written, each) => {
  let at = 0, page = 0;
  const read = () => {
    let number = 0, scale = 1, next;
    do { next = digit(written.charCodeAt(at++)); number += (next & 31) * scale; scale *= 32; } while (next > 31);
    return number;
  };
  while (at < written.length) { page += read(); each(page, read(), read()); }
};
