// The index's parts, which are scripts, since a page opened from a folder can't fetch.
// `docs/search.md` tells what is in them.

// Below the site's root, each language may have an index of its own.
const home = (document.querySelector("[data-search-in]")?.dataset.searchIn ?? "").replace(/.$/, "$&/");
/** The root of what is searched: the site's, or that of its language. */
export const root = new URL("../" + home, document.currentScript.src);
/** What the index says of itself, once `start` has come. */
export let manifest;
const asked = new Map();
const arriving = new Map();

window.bokwormSearch = (name, data) => arriving.get(name)?.(data);

/** A part by its name. */
export const load = (name) => {
  if (!asked.has(name)) {
    asked.set(name, new Promise((resolve, reject) => {
      arriving.set(name, resolve);
      const fail = () => { asked.delete(name); reject(new Error(name)); };
      const part = document.createElement("script");
      part.src = new URL("search/" + name + ".js" + (manifest ? "?v=" + manifest.version : ""), root);
      part.addEventListener("error", fail);
      // What has not arrived by now won't; to what has, this does nothing.
      part.addEventListener("load", () => { part.remove(); reject(new Error(name)); });
      document.head.append(part);
    }));
  }
  return asked.get(name);
};

export const start = async () => {
  if (!manifest) {
    const read = await load("index");
    manifest = { ...read, words: read.words.split(" "), vocabulary: read.vocabulary.split(" "), leading: read.leading.split(" ") };
  }
  return manifest;
};

/** The language that words are in. */
export const language = () => (manifest.language || "en").toLowerCase().split("-")[0];

/** What is shown of an entry: [address, title, place, description, sections]. */
export const pageData = async (page) => (await load("p" + Math.floor(page / manifest.shown)))[page % manifest.shown];

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
