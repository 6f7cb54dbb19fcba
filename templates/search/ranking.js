// Which entries a query finds, best first: titles before headings before text, rare words before common ones. Where few
// have all words, what has most of them stands among these.
import { isVast, meant } from "./lookup.js";
import { own, places } from "./parts.js";
import { asTerms } from "./words.js";

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

// The terms of which all that a page is found by must stand on it. What stands on most pages need not; nor
// need what stands nowhere, but then something else must tell pages apart, and more than a short word.
const needed = ({ manifest }, found, terms) => {
  const tells = found.filter((pages) => pages.size && pages.size < 0.6 * manifest.pages);
  if (found.every((pages) => pages.size)) return tells.length ? tells : found;
  const strong = found.some((pages, at) => tells.includes(pages) && [...terms[at]].length > 3);
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
  const all = asTerms(query);
  const open = !/\s$/.test(query);
  const told = all.filter((term) => !index.manifest.functions.has(term));
  const telling = told.filter((term) => !isVast(index, term));
  const terms = telling.length ? telling : told.length ? told : all;
  const meanings = await Promise.all(terms.map((term) => meant(index, term, open && term === all.at(-1))));
  const found = meanings.map((meaning) => findTerm(index, meaning));
  const wanted = needed(index, found, terms);
  const needs = found.flatMap((pages, at) => wanted.includes(pages) ? [at] : []);
  const results = wanted.length ? inOrder(gather(index, found, wanted), needs) : [];
  for (const result of results) result.lacks = result.lacks.map((at) => terms[at]);
  const unknown = terms.filter((_, at) => !found[at].size);
  return { results, meant: new Set(meanings.flat().map(([word]) => word)), terms, unknown };
};
