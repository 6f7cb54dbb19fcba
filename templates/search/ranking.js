// Which entries a query finds, best first: titles before headings before text, rare words before common ones. Where few
// have all words, what has most of them stands among these.
import { answersTo, asWritten, isVast, meant, parted, weight } from "./lookup.js";
import { own, places } from "./parts.js";
import { asTerms, pairsOf, unspaced } from "./words.js";

// What a word tells that is so much of a text (`src/search/standing.rs`).
const grades = [0, 0.15, 0.25, 0.4, 0.6, 0.9, 1.4, 2.2];

// How one word stands on each page: title (its share of it), head (title, tags, address, description, what links say), sections.
const standing = (written) => {
  const pages = new Map();
  const note = (page, section, value) => {
    if (!pages.has(page)) pages.set(page, { title: 0, head: 0, sections: new Map() });
    const of = pages.get(page);
    if (section === 0) {
      const length = value & 15;
      if (length) { of.title = 1 / length; of.head += 6 + 6 / length; }
      if (value & 16) of.head += 2;
      if (value & 32) of.head += 1.5;
      if (value & 64) of.head += 2;
      if (value & 128) of.head += 1.5;
    } else {
      const length = value % 4;
      of.sections.set(section, (length ? 2.5 + 2.5 / length : 0) + grades[value >> 2]);
    }
  };
  for (const some of written) places(some, note);
  return pages;
};

// How much a word tells that stands on so many pages.
const rarity = ({ manifest }, count) => Math.log(1 + (manifest.pages + 0.5) / (count + 0.5));

const kinShare = 0.7; // of a term, which a page has that has only what is used for it

// What one term finds: page → { head, body, title, sections: section → score }. Forms
// of a word are as rare as all of them together.
const findTerm = (index, candidates) => {
  const standings = candidates.map(([, sure, written, isKin]) => [sure, standing(written), isKin]);
  const forms = new Set(standings.filter(([sure]) => sure >= 0.9).flatMap(([, here]) => [...here.keys()]));
  const pages = new Map();
  for (const [sure, here, isKin] of standings) {
    const worth = sure * rarity(index, Math.max(here.size, forms.size));
    for (const [page, of] of here) {
      const inBody = [...of.sections.values()].sort((a, b) => b - a);
      if (!pages.has(page)) pages.set(page, { head: 0, body: 0, title: 0, named: 0, share: 0, sections: new Map() });
      const into = pages.get(page);
      into.share = Math.max(into.share, isKin ? kinShare : 1);
      into.head = Math.max(into.head, worth * of.head);
      into.body = Math.max(into.body, worth * ((inBody[0] || 0) + Math.min(1.2, 0.2 * (inBody.length - 1 || 0))));
      into.title = Math.max(into.title, sure * of.title);
      if (of.title) into.named = Math.max(into.named, sure);
      for (const [section, score] of of.sections) into.sections.set(section, Math.max(into.sections.get(section) || 0, worth * score));
    }
  }
  pages.surely = forms.size;
  return pages;
};

// On how many pages a term stands, or if on none, what is used for it.
const spread = (pages) => pages.surely || pages.size;

// What a word finds that is asked for by its pairs: pages where most of these stand, the more the better, and the sections
// where they stand together.
const together = (index, pairs) => {
  const here = pairs.map((candidates) => standing(candidates.flatMap(([, , written]) => written)));
  const counts = new Map();
  for (const pages of here) for (const page of pages.keys()) counts.set(page, (counts.get(page) || 0) + 1);
  const most = Math.max(0, ...counts.values());
  if (most < part * pairs.length) return new Map();
  const near = [...counts].filter(([, count]) => count >= part * pairs.length);
  const tells = rarity(index, near.filter(([, count]) => count === most).length);
  return new Map(near.map(([page, count]) => {
    const all = { head: 0, body: 0, title: 0, named: 0, share: 1, sections: new Map() };
    const worth = tells * (count / pairs.length) ** 3 / pairs.length;
    const met = new Map();
    for (const pages of here) {
      const of = pages.get(page);
      if (!of) continue;
      all.head += worth * of.head;
      all.title += of.title;
      if (of.title) all.named = 1;
      for (const [section, score] of of.sections) {
        met.set(section, (met.get(section) || 0) + 1);
        all.sections.set(section, (all.sections.get(section) || 0) + worth * score);
      }
    }
    for (const [section, score] of all.sections) all.sections.set(section, score * (met.get(section) / pairs.length) ** 2);
    const inBody = [...all.sections.values()].sort((a, b) => b - a);
    all.body = (inBody[0] || 0) + Math.min(1, 0.2 * inBody.slice(1).reduce((sum, one) => sum + one, 0));
    return [page, all];
  }));
};
const part = 0.6; // of the pairs of a word, which a page must have

// What a term finds in the index, and the words that were meant by it.
const findOne = async (index, term, isLast, joined) => {
  const pairs = pairsOf(term);
  if (!pairs || pairs.length < 2) {
    const meaning = await meant(index, term, isLast, joined);
    return { pages: findTerm(index, meaning), words: meaning.map(([word]) => word) };
  }
  const pages = together(index, await Promise.all(pairs.map((pair) => meant(index, pair, false))));
  return { pages, words: pages.size ? [term] : [] };
};

// The terms of which all that a page is found by must stand on it. What stands on most pages need not; nor
// need what stands nowhere, but then something else must tell pages apart, and more than a short word.
const needed = ({ manifest }, all, terms, weights) => {
  const strongest = Math.max(...weights);
  const found = all.filter((_, at) => weights[at] === strongest);
  const tells = found.filter((pages) => pages.size && spread(pages) < 0.6 * manifest.pages);
  if (found.every((pages) => pages.size)) return tells.length ? tells : found;
  const strong = all.some((pages, at) => tells.includes(pages) && [...terms[at]].length > (pairsOf(terms[at]) ? 1 : 3));
  return strong ? tells : [];
};

const least = [0.4, 0.25]; // of what the words tell, which a page must have; the second where fewer than `few` have the first
const few = 3;

// What one word tells of a page, in how often it is said, grows ever less: no word outweighs all the others by itself.
const middle = 5;
const grown = (much, rare) => 2 * middle * rare * much / (middle * rare + much);

// Pages with what is wanted, each with how much of it: all of it, or a good part of what it tells; and so with sections.
const gather = (index, found, wanted, weights) => {
  const results = new Map();
  const rare = found.map((pages) => rarity(index, spread(pages)));
  const tells = found.map((pages, at) => wanted.includes(pages) ? rare[at] * (weights[at] ?? 1) : 0);
  const whole = tells.reduce((sum, one) => sum + one, 0);
  found.forEach((pages, at) => {
    const weight = weights[at] ?? 1, part = tells[at] / whole;
    for (const [page, { head, body, title, named, share, sections }] of pages) {
      if (!results.has(page)) results.set(page, { page, score: 0, title: 0, named: 0, share: 0, met: new Map(), sections: new Map() });
      const result = results.get(page);
      result.score += weight * grown(head + 0.5 * body, rare[at]);
      result.title += title;
      result.named += named * part;
      result.share += share * part;
      result.met.set(at, { head, body, title });
      for (const [section, worth] of sections) {
        const into = result.sections.get(section) ?? { worth: 0, share: 0 };
        result.sections.set(section, { worth: into.worth + weight * worth, share: into.share + share * part });
      }
    }
  });
  const having = least.map((part) => [...results.values()].filter(({ share }) => share >= part));
  return having[0].length < few ? having[1] : having[0];
};

const enough = 10; // pages with all words: after so many, none with some of them is shown

const answering = 2.2; // how many times as much a page is worth that answers such a question

// Pages in order. What words lie together in one section counts as much again, by how much of what is wanted lies there.
const inOrder = (results, wanted, answers) => {
  for (const result of results) {
    const sections = [...result.sections].map(([section, { worth, share }]) => [section, worth * share]);
    const [section, worth] = sections.reduce((best, one) => one[1] > best[1] ? one : best, [1, 0]);
    result.score = (result.score + 0.5 * worth) * (1 + result.named ** 2 * Math.min(1, result.title) ** 3) * result.share ** 1.5;
    if (answers.has(result.page)) result.score *= answering;
    // Where the title says it, the page itself is meant, unless a heading says it as well.
    result.section = result.title > 0.6 && worth < 2.5 * wanted.length ? 1 : section;
    result.lacks = wanted.filter((at) => !result.met.has(at));
  }
  results.sort((a, b) => b.score - a.score || a.page - b.page);
  const whole = results.filter(({ lacks }) => !lacks.length);
  return whole.length < enough ? results.slice(0, 2 * enough) : whole;
};

/**
 * All entries that a query finds, best first: { page, score, section, lacks: words that don't stand there }; the words
 * that were meant, and what was asked for that stands nowhere. Without an index, in that of the page's language.
 */
export const find = async (query, index = own) => {
  const { terms: told, bridges, typed, last, functions } = asTerms(await asWritten(index, query), index.manifest);
  const open = !/\s$/.test(query);
  const telling = told.filter((term) => !isVast(index, term));
  const asked = telling.length ? telling : told;
  const terms = (await Promise.all(asked.map((term) => open && term === last ? [term] : parted(index, term)))).flat();
  const joined = terms.slice(1).map((term, at) => unspaced.test(terms[at] + term) ? "" : terms[at] + term);
  const [found, between, weights, answers] = await Promise.all([
    Promise.all(terms.map((term, at) => findOne(index, term, open && term === last, [joined[at - 1], joined[at]].filter(Boolean)))),
    Promise.all(bridges.map((pair) => findOne(index, pair, false))),
    Promise.all(terms.map((term) => weight(index, term))),
    answersTo(index, functions),
  ]);
  const asTyped = (term) => typed.get(term) ?? term;
  const pages = found.map(({ pages }) => pages);
  const wanted = needed(index, pages, terms, weights);
  const needs = pages.flatMap((of, at) => wanted.includes(of) ? [at] : []);
  const results = wanted.length ? inOrder(gather(index, [...pages, ...between.map(({ pages }) => pages)], wanted, weights), needs, answers) : [];
  for (const result of results) result.lacks = result.lacks.map((at) => asTyped(terms[at]));
  const unknown = terms.filter((_, at) => !pages[at].size).map(asTyped);
  return { results, meant: new Set(found.flatMap(({ words }) => words)), terms, unknown };
};
