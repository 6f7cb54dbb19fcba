// Which entries a query finds, best first: titles before headings before text, rare words before common ones.
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
      if (value & 64) of.head += 4.5;
    } else {
      const length = value & 7, often = value >> 3;
      of.sections.set(section, (length ? 2.5 + 2.5 / length : 0) + [0, 0.8, 1.2, 1.5][often]);
    }
  };
  for (const some of written) places(some, note);
  return pages;
};

// What one term finds: page → { score, title, sections: section → score }.
const findTerm = ({ manifest }, candidates) => {
  const pages = new Map();
  for (const [, sure, written] of candidates) {
    const here = standing(written);
    const rare = Math.log(1 + manifest.pages / here.size);
    for (const [page, of] of here) {
      const inBody = [...of.sections.values()].sort((a, b) => b - a);
      const score = sure * rare * (of.head + (inBody[0] || 0) + Math.min(1.2, 0.2 * (inBody.length - 1 || 0)));
      if (!pages.has(page)) pages.set(page, { score: 0, title: 0, sections: new Map() });
      const into = pages.get(page);
      into.score = Math.max(into.score, score);
      into.title = Math.max(into.title, sure * of.title);
      for (const [section, worth] of of.sections) into.sections.set(section, Math.max(into.sections.get(section) || 0, sure * rare * worth));
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

const gather = (found, wanted) => {
  const results = new Map();
  for (const pages of found) {
    const counts = wanted.includes(pages);
    for (const [page, { score, title, sections }] of pages) {
      if (!results.has(page)) results.set(page, { page, score: 0, title: 0, met: 0, sections: new Map() });
      const result = results.get(page);
      result.score += score;
      result.title += title;
      if (counts) result.met++;
      for (const [section, worth] of sections) result.sections.set(section, (result.sections.get(section) || 0) + worth);
    }
  }
  const most = Math.max(0, ...new Set([...results.values()].map((result) => result.met)));
  return [...results.values()].filter((result) => most > 0 && result.met === most);
};

/**
 * All entries that a query finds, best first: { page, score, section }; the words that were meant, and
 * what was asked for that stands nowhere. Without an index, in that of the page's language.
 */
export const find = async (query, index = own) => {
  const all = asTerms(query);
  const open = !/\s$/.test(query);
  const telling = all.filter((term) => !isVast(index, term));
  const terms = telling.length ? telling : all;
  const meanings = await Promise.all(terms.map((term) => meant(index, term, open && term === all.at(-1))));
  const found = meanings.map((meaning) => findTerm(index, meaning));
  const kept = gather(found, needed(index, found, terms));
  for (const result of kept) {
    result.score *= 1 + Math.min(1, result.title);
    const [section, worth] = [...result.sections].reduce((best, one) => one[1] > best[1] ? one : best, [1, 0]);
    // Where the title says it, the page itself is meant, unless a heading says it as well.
    result.section = result.title > 0.6 && worth < 2.5 * terms.length ? 1 : section;
  }
  kept.sort((a, b) => b.score - a.score || a.page - b.page);
  const unknown = terms.filter((_, at) => !found[at].size);
  return { results: kept, meant: new Set(meanings.flat().map(([word]) => word)), terms, unknown };
};
