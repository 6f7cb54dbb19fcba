// Where a text says what was asked for, and the stretch of it that says most.
import { alike, pairsOf, unspaced, words } from "./words.js";

const length = 170;

/** Stretches of a text that say what was asked for: [from, to]. */
export const matches = (text, { meant, terms }) => {
  const found = [];
  for (const { 0: word, index } of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}'’]+/gu)) {
    if (!unspaced.test(word)) {
      if (words(word).some((part) => meant.has(part))) found.push([index, index + word.length]);
      continue;
    }
    const looks = alike(word);
    for (const term of terms.filter((term) => unspaced.test(term))) {
      // All of it, or where it stands nowhere so, what of it there is.
      for (const part of looks.includes(term) ? [term] : pairsOf(term)) {
        for (let at = looks.indexOf(part); at >= 0; at = looks.indexOf(part, at + part.length)) found.push([index + at, index + at + part.length]);
      }
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.reduce((joined, [from, to]) => {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
    return joined;
  }, []);
};

/** The part of a text where most of what was asked for stands close together. */
export const excerpt = (text, query) => {
  if (text.length <= length) return text;
  const found = matches(text, query);
  let best = 0, most = 0;
  found.forEach(([start], at) => {
    const near = new Set(found.slice(at, at + 30).filter(([, end]) => end < start + length - 30).map(([a, b]) => text.slice(a, b).toLowerCase())).size;
    if (near > most) [best, most] = [start, near];
  });
  let from = best < 40 ? 0 : text.indexOf(" ", best - 40) + 1;
  if (!from || from > best) from = best < 40 ? 0 : best;
  let to = Math.min(text.length, from + length);
  const gap = text.lastIndexOf(" ", to);
  if (to < text.length && gap > from + length / 2) to = gap;
  return (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
};
