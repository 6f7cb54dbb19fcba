// Which entries a query finds, best first: titles before headings before text, rare words before common ones. Where few
// have all words, what has most of them stands among these.
import { asWritten, isVast, meant } from "./lookup.js";
import { own, places } from "./parts.js";
import { asTerms, pairsOf } from "./words.js";

// How one word stands on each page: title (its share of it), head (title, tags, address, description), sections.
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
    } else {
      const length = value & 7, often = value >> 3;
      of.sections.set(section, (length ? 2.5 + 2.5 / length : 0) + [0, 0.8, 1.2, 1.5][often]);
    }
  };
  for (const some of written) places(some, note);
  return pages;
};

// How much a word tells that stands on so many pages.
const rarity = ({ manifest }, count) => Math.log(1 + (manifest.pages + 0.5) / (count + 0.5));

// What one term finds: page → { head, body, title, sections: section → score }. Forms
// of a word are as rare as all of them together.
const findTerm = (index, candidates) => {
  const standings = candidates.map(([, sure, written]) => [sure, standing(written)]);
  const forms = new Set(standings.filter(([sure]) => sure >= 0.9).flatMap(([, here]) => [...here.keys()]));
  const pages = new Map();
  for (const [sure, here] of standings) {
    const worth = sure * rarity(index, Math.max(here.size, sure < 0.9 ? 0 : forms.size));
    for (const [page, of] of here) {
      const inBody = [...of.sections.values()].sort((a, b) => b - a);
      if (!pages.has(page)) pages.set(page, { head: 0, body: 0, title: 0, sections: new Map() });
      const into = pages.get(page);
      into.head = Math.max(into.head, worth * of.head);
      into.body = Math.max(into.body, worth * ((inBody[0] || 0) + Math.min(1.2, 0.2 * (inBody.length - 1 || 0))));
      into.title = Math.max(into.title, sure * of.title);
      for (const [section, score] of of.sections) into.sections.set(section, Math.max(into.sections.get(section) || 0, worth * score));
    }
  }
  return pages;
};

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
    const all = { head: 0, body: 0, title: 0, sections: new Map() };
    const worth = tells * (count / pairs.length) ** 3 / pairs.length;
    const met = new Map();
    for (const pages of here) {
      const of = pages.get(page);
      if (!of) continue;
      all.head += worth * of.head;
      all.title += of.title;
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
const findOne = async (index, term, isLast) => {
  const pairs = pairsOf(term);
  if (!pairs || pairs.length < 2) {
    const meaning = await meant(index, term, isLast);
    return { pages: findTerm(index, meaning), words: meaning.map(([word]) => word) };
  }
  const pages = together(index, await Promise.all(pairs.map((pair) => meant(index, pair, false))));
  return { pages, words: pages.size ? [term] : [] };
};

// The terms of which all that a page is found by must stand on it. What stands on most pages need not; nor
// need what stands nowhere, but then something else must tell pages apart, and more than a short word.
const needed = ({ manifest }, found, terms) => {
  const tells = found.filter((pages) => pages.size && pages.size < 0.6 * manifest.pages);
  if (found.every((pages) => pages.size)) return tells.length ? tells : found;
  const strong = found.some((pages, at) => tells.includes(pages) && [...terms[at]].length > (pairsOf(terms[at]) ? 1 : 3));
  return strong ? tells : [];
};

// Pages with what is wanted, each with how much of it: all of it, or a good part of what it tells.
const gather = (index, found, wanted) => {
  const results = new Map();
  const tells = found.map((pages) => wanted.includes(pages) ? rarity(index, pages.size) : 0);
  const whole = tells.reduce((sum, one) => sum + one, 0);
  found.forEach((pages, at) => {
    for (const [page, { head, body, title, sections }] of pages) {
      if (!results.has(page)) results.set(page, { page, score: 0, title: 0, named: 0, share: 0, met: new Set(), sections: new Map() });
      const result = results.get(page);
      result.score += head + 0.5 * body;
      result.title += title;
      if (title) result.named += tells[at] / whole;
      result.share += tells[at] / whole;
      result.met.add(at);
      for (const [section, worth] of sections) result.sections.set(section, (result.sections.get(section) || 0) + worth);
    }
  });
  return [...results.values()].filter(({ share }) => share >= 0.4);
};

const enough = 10; // pages with all words: after so many, none with some of them is shown

// Pages in order. What words lie together in one section counts as much again.
const inOrder = (results, wanted) => {
  for (const result of results) {
    const [section, worth] = [...result.sections].reduce((best, one) => one[1] > best[1] ? one : best, [1, 0]);
    result.score = (result.score + 0.5 * worth) * (1 + 2 * result.named * Math.min(1, result.title) ** 3) * result.share ** 3;
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
  const { terms: told, bridges, typed, last } = asTerms(await asWritten(index, query), index.manifest);
  const open = !/\s$/.test(query);
  const telling = told.filter((term) => !isVast(index, term));
  const terms = telling.length ? telling : told;
  const [found, between] = await Promise.all([
    Promise.all(terms.map((term) => findOne(index, term, open && term === last))),
    Promise.all(bridges.map((pair) => findOne(index, pair, false))),
  ]);
  const asTyped = (term) => typed.get(term) ?? term;
  const pages = found.map(({ pages }) => pages);
  const wanted = needed(index, pages, terms);
  const needs = pages.flatMap((of, at) => wanted.includes(of) ? [at] : []);
  const results = wanted.length ? inOrder(gather(index, [...pages, ...between.map(({ pages }) => pages)], wanted), needs) : [];
  for (const result of results) result.lacks = result.lacks.map((at) => asTyped(terms[at]));
  const unknown = terms.filter((_, at) => !pages[at].size).map(asTyped);
  return { results, meant: new Set(found.flatMap(({ words }) => words)), terms, unknown };
};
