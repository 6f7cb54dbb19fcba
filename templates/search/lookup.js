// The site's words that a word of a query may mean: itself, other forms, what begins with it, and
// where there is none of these, what was probably meant.
import { between, digit, places } from "./parts.js";
import { distance, edits, isJumbled } from "./typos.js";
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

const exactly = async (index, term) => (await read(index, between(index.manifest.words, term, term))).get(term);

const isKeyword = 16; // as `src/search/standing.rs` says it

/** The pages that answer a question that has such words: `who` asks for people. */
export const answersTo = async (index, words) => {
  const pages = new Set();
  for (const word of words.filter((word) => index.manifest.questions.has(word) && !isVast(index, word))) {
    for (const written of (await exactly(index, word))?.places ?? []) {
      places(written, (page, section, how) => { if (section === 0 && how & isKeyword) pages.add(page); });
    }
  }
  return pages;
};

const half = 3; // letters that a part of a word has at least


/** Words of which one that the site doesn't have is put together: `opensource`. Otherwise the word alone. */
export const parted = async (index, term) => {
  if (unspaced.test(term) || term.length < 2 * half + 1 || await exactly(index, term)) return [term];
  for (let at = term.length - half; at >= half; at--) {
    const [one, other] = [term.slice(0, at), term.slice(at)];
    if (!index.manifest.endings.has(other) && await exactly(index, one) && await exactly(index, other)) return [one, other];
  }
  return [term];
};

/** The words that a term may mean, which with its neighbours makes words that are `joined`: [word, how surely, places, whether it is only used for it]. */
export const meant = async (index, term, isLast, joined = []) => {
  const { manifest } = index;
  const known = unspaced.test(term) ? term : (await exactly(index, term))?.stem ?? await irregular(index, term);
  // Other forms begin as the word does, up to its stem's last letter, or as the stem does.
  const stem = known ?? term.slice(0, beforeEnding(manifest, term));
  const root = unspaced.test(term) ? term : stem.slice(0, Math.max(2, stem.length - 1));
  const base = common(term, root) || term;
  const sure = sureness(index, term, known, isLast);
  const bases = base.length < Math.min(3, root.length) ? [term, root] : [base];
  const near = [...new Set(bases.flatMap((base) => between(manifest.words, base, base + "\uffff")))];
  const found = await read(index, near.length > most ? await likeliest(index, term, base, sure) : near);
  const fitting = [...found].map(([word, { stem, places }]) => [word, sure(word, stem), places]).filter(([, sure]) => sure);
  for (const word of joined) {
    const places = (await exactly(index, word))?.places;
    const beginning = fitting.find(([other]) => other === word);
    if (beginning) beginning[1] = 0.9;
    else if (places) fitting.push([word, 0.9, places]);
  }
  const all = [...fitting, ...await related(index, term, known, new Set(fitting.map(([word]) => word)))];
  // What only looks like a form of some word may be a slip.
  const isGuess = !known && !fitting.some(([word]) => word.startsWith(term));
  return isGuess || !all.length ? mended(index, all, await misspelt(index, term, isLast, all)) : all;
};

// What is meant with what may have been slipped: all that the nearest word means, its forms and what is used for it, is as near as itself.
const mended = async (index, others, slips) => {
  const all = new Map([...others, ...slips].map((one) => [one[0], one]));
  const [nearest, sure] = slips[0] ?? [];
  for (const [word, own, places, isKin] of nearest ? await meant(index, nearest, false) : []) {
    if (all.has(word)) all.get(word)[1] = Math.max(all.get(word)[1], sure * own);
    else all.set(word, [word, sure * own, places, isKin]);
  }
  return [...all.values()];
};

// What the index knows of how words are related: for each line its mark, and stems, of which those with a `-` are not the site's.
const relations = async ({ load, manifest }) => {
  const parts = await Promise.all(Array.from({ length: manifest.related }, (_, at) => load("r" + at)));
  return parts.flatMap((part) => part.split(",")).map((line) => [line[0], line.slice(1).split(" ")]);
};
const bare = (stem) => stem.replace("-", "");

// The stem of a form that no rule makes, and that the site doesn't have.
const irregular = async (index, term) => (await relations(index)).find(([mark, [, ...forms]]) => mark === ":" && forms.includes(term))?.[1][0];

/** How much a term counts beside others: some words of a question tell little. */
export const weight = async (index, term) => {
  const stem = unspaced.test(term) ? term : (await exactly(index, term))?.stem;
  return (await relations(index)).some(([mark, stems]) => mark === "?" && stems.includes(stem)) ? 0.3 : 1;
};

// How surely a word of the same family is meant, and one that means nearly the same.
const kinship = { "=": 0.65, "~": 0.35 };

// The words that are used for a term, which the site need not have.
const related = async (index, term, known, without) => {
  const { manifest } = index;
  const lines = (await relations(index)).filter(([mark]) => kinship[mark]);
  const own = known ?? lines.flatMap(([, stems]) => stems.map(bare)).filter((stem) => isForm(manifest, term, stem)).sort((a, b) => b.length - a.length)[0];
  const wanted = new Map();
  for (const [mark, stems] of lines.filter(([, stems]) => stems.some((stem) => bare(stem) === own))) {
    for (const stem of stems) if (stem === bare(stem) && stem !== own) wanted.set(stem, Math.max(kinship[mark], wanted.get(stem) ?? 0));
  }
  const parts = new Set();
  for (const stem of wanted.keys()) {
    const base = stem.slice(0, Math.max(2, stem.length - 1));
    const near = between(manifest.words, base, base + "\uffff");
    if (parts.size + near.length <= most) near.forEach((part) => parts.add(part));
  }
  const found = [...await read(index, [...parts])].filter(([word, { stem }]) => wanted.has(stem) && !without.has(word));
  return found.map(([word, { stem, places }]) => [word, wanted.get(stem), places, true]);
};

// How far a word is from a term, and how surely it is meant then; nothing if it is too far.
const likeness = ({ manifest }, term, isLast) => {
  let root = term;
  for (let at; (at = beforeEnding(manifest, root)) < root.length;) root = root.slice(0, at);
  const within = (a, b) => {
    const limit = edits(Math.min(a.length, b.length));
    const far = limit ? distance(a, b, limit) : 1;
    return far <= limit ? far : isJumbled(a, b) ? 1 : Infinity;
  };
  return (word, stem) => {
    const far = Math.min(within(term, word), 0.5 + within(root, stem));
    if (far < Infinity) return 0.9 / Math.max(1, far) ** 2;
    const isBeginning = isLast && term.length > 4 && word.length > term.length && distance(term, word.slice(0, term.length), 1) < 2;
    return isBeginning ? 0.6 / edits(term.length) : 0;
  };
};

const nearestSure = 0.75; // of the word that is nearest to a slip, at least

const misspelt = async (index, term, isLast, others) => {
  const { manifest } = index;
  if (unspaced.test(term) || !edits(term.length)) return [];
  const known = new Set(others.map(([word]) => word));
  // On a site with very many words, the first two letters must be right.
  const isWide = between(manifest.vocabulary, term[0], term[0] + "\uffff").length > most;
  const like = likeness(index, term, isLast);
  const alike = async (from) => (await beginning(index, from)).map(([word, stem]) => [word, like(word, stem)]).filter(([word, sure]) => sure && !known.has(word));
  let candidates = await alike(term.slice(0, isWide ? 2 : 1));
  // Where nothing begins as the word does, its first letter may be wrong; to look for it takes all words.
  if (!candidates.length && !others.length && term.length > 4 && between(manifest.vocabulary, "", "\uffff").length <= most) candidates = await alike("");
  // However far it is, nothing is nearer than the nearest.
  const up = Math.max(1, nearestSure / Math.max(...candidates.map(([, sure]) => sure)));
  candidates.sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1));
  const found = [];
  for (const [word, sure] of candidates.slice(0, 12)) found.push([word, sure * up, (await read(index, between(manifest.words, word, word))).get(word)?.places || []]);
  return found;
};
