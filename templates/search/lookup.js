// The site's words that a word of a query may mean: itself, other forms, what begins with it, and
// where there is none of these, what was probably meant.
import { between, digit } from "./parts.js";
import { distance, edits } from "./typos.js";
import { unspaced } from "./words.js";

const most = 8; // parts that are loaded for one word of a query
// Letters that must be left of a word without its ending: a Korean one is a syllable.
const shortest = (word) => /[\uac00-\ud7af]/.test(word) ? 2 : 3;
const common = (a, b) => { let at = 0; while (at < a.length && a[at] === b[at]) at++; return a.slice(0, at); };

/** Whether a word stands in so many places that it tells nothing and takes long to load. */
export const isVast = ({ manifest }, term) => between(manifest.words, term, term).length > most;

/** A query in the letters that the site has: simplified Chinese ones for traditional ones, or the other way round. */
export const asWritten = async ({ load, manifest }, query) => {
  const typed = [...query.normalize("NFKC")];
  if (!manifest.variants || !typed.some((letter) => unspaced.test(letter))) return query;
  const pairs = [...await load("z0")];
  return typed.map((letter) => { const at = pairs.findIndex((one, at) => at % 2 === 0 && one === letter); return at < 0 ? letter : pairs[at + 1]; }).join("");
};

// A word of the index and its stem, which is told by how many letters are cut from the word and what is put there.
const wordAndStem = (written) => {
  const [word, change] = written.split(",");
  return [word, change ? word.slice(0, word.length - digit(change.charCodeAt(0))) + change.slice(1) : word];
};

// The words of parts, each with its stem and its places; those of a word that takes several parts together.
const read = async ({ load }, parts) => {
  const found = new Map();
  for (const part of await Promise.all(parts.map((part) => load("w" + part)))) {
    for (const entry of part.split(" ")) {
      const colon = entry.indexOf(":"), [word, stem] = wordAndStem(entry.slice(0, colon));
      if (!found.has(word)) found.set(word, { stem, places: [] });
      found.get(word).places.push(entry.slice(colon + 1));
    }
  }
  return found;
};

// Where the longest ending of a word begins that it can do without.
const beforeEnding = ({ endings }, term) => {
  for (let at = shortest(term); at < term.length; at++) if (endings.has(term.slice(at))) return at;
  return term.length;
};

// Whether a word that the site doesn't have is a form of those with a stem: it differs from the stem by an ending, and by
// the stem's last letter at most.
const isForm = ({ endings }, term, stem) => {
  const same = common(term, stem).length;
  return same >= (same < stem.length ? Math.max(4, stem.length - 1) : shortest(term)) && (same === term.length || endings.has(term.slice(same)));
};

// How surely a word is meant by a term whose stem is known if the site has it; 0 if it isn't.
const sureness = ({ manifest }, term, known, isLast) => (word, stem) => {
  if (word === term) return 1;
  if (known ? stem === known : isForm(manifest, term, stem)) return 0.9;
  if (!word.startsWith(term)) return 0;
  if (term.length > 1) return (isLast ? 0.75 : 0.45) * Math.sqrt(term.length / word.length);
  return isLast ? 0.3 / word.length : 0;
};

// Words that begin so, each with its stem and how often it stands somewhere: all, or if there are too many, those of titles and the like.
const beginning = async ({ load, manifest }, from) => {
  const all = between(manifest.vocabulary, from, from + "\uffff").map((part) => "v" + part);
  const parts = all.length > most ? between(manifest.leading, from, from + "\uffff").map((part) => "h" + part).slice(0, most) : all;
  const lists = await Promise.all(parts.map(load));
  return lists.flatMap((list) => list.split(" ")).filter((entry) => entry.startsWith(from)).map((entry) => [...wordAndStem(entry.slice(0, -1)), digit(entry.charCodeAt(entry.length - 1))]);
};

// Of what begins alike in more parts than are loaded: the parts of the word itself, and of those that are
// most likely meant.
const likeliest = async (index, term, base, sure) => {
  const { manifest } = index;
  const parts = new Set(between(manifest.words, term, term));
  const candidates = (await beginning(index, base)).map(([word, stem, often]) => [sure(word, stem) * (1 + often), word]).filter(([worth]) => worth);
  for (const [, word] of candidates.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? -1 : 1))) {
    const more = between(manifest.words, word, word).filter((part) => !parts.has(part));
    if (parts.size + more.length <= most) more.forEach((part) => parts.add(part));
  }
  return [...parts];
};

/** The words that a term may mean: [word, how surely, places]. */
export const meant = async (index, term, isLast) => {
  const { manifest } = index;
  const known = unspaced.test(term) ? term : (await read(index, between(manifest.words, term, term))).get(term)?.stem;
  // Other forms begin as the word does, up to its stem's last letter.
  const stem = known ?? term.slice(0, beforeEnding(manifest, term));
  const base = common(term, unspaced.test(term) ? term : stem.slice(0, Math.max(2, stem.length - 1))) || term;
  const sure = sureness(index, term, known, isLast);
  const near = between(manifest.words, base, base + "\uffff");
  const found = await read(index, near.length > most ? await likeliest(index, term, base, sure) : near);
  const fitting = [...found].map(([word, { stem, places }]) => [word, sure(word, stem), places]).filter(([, sure]) => sure);
  return fitting.length ? fitting : misspelt(index, term, isLast);
};

// How far a word is from a term, and how surely it is meant then; nothing if it is too far.
const likeness = ({ manifest }, term, isLast) => {
  let bare = term;
  for (let at; (at = beforeEnding(manifest, bare)) < bare.length;) bare = bare.slice(0, at);
  const within = (a, b) => {
    const limit = edits(Math.min(a.length, b.length));
    const far = limit ? distance(a, b, limit) : 1;
    return far > limit ? Infinity : far;
  };
  return (word, stem) => {
    const far = Math.min(within(term, word), within(bare, stem));
    if (far < Infinity) return 0.6 / (far || 1);
    const isBeginning = isLast && term.length > 4 && word.length > term.length && distance(term, word.slice(0, term.length), 1) < 2;
    return isBeginning ? 0.4 / edits(term.length) : 0;
  };
};

const misspelt = async (index, term, isLast) => {
  const { manifest } = index;
  if (unspaced.test(term) || !edits(term.length)) return [];
  // On a site with very many words, the first two letters must be right.
  const isWide = between(manifest.vocabulary, term[0], term[0] + "\uffff").length > most;
  const like = likeness(index, term, isLast);
  const candidates = (await beginning(index, term.slice(0, isWide ? 2 : 1))).map(([word, stem]) => [word, like(word, stem)]).filter(([, sure]) => sure);
  candidates.sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1));
  const found = [];
  for (const [word, sure] of candidates.slice(0, 12)) found.push([word, sure, (await read(index, between(manifest.words, word, word))).get(word)?.places || []]);
  return found;
};
