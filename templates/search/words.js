// Text cut into words, as src/search/token.rs does it.
const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", "\u0307": "" };
// Japanese syllables have one script here.
const katakana = (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60);
const fold = (text) => text.normalize("NFKD").replace(/([иуіИУІ][\u0306\u0308])|[\u0300-\u036f]/g, "$1").normalize("NFC").toLowerCase()
  .replace(/[ßæœøłđı\u0307]/g, (letter) => letters[letter]).replace(/[\u3041-\u3096\u309d\u309e]/g, katakana);
const inWord = /[\p{Alphabetic}\p{N}\p{M}]/u;

/** Scripts that put no spaces between words. */
export const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const stretches = new RegExp(`(${unspaced.source}+)`, "u");

// What stands before an apostrophe in the place of an article or the like, and is no part of the word.
const elided = new Set("c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu un all dall dell nell sull coll dagl degl negl quell quest sant bell senz tutt".split(" "));

export const words = (text) => {
  const found = [];
  let word = "", before = "", from = 0;
  const flush = () => {
    const letters = [...word].slice(0, 32), rest = letters.slice(from);
    if (word) found.push((rest.length > 1 ? rest : letters).join(""));
    word = "";
    from = 0;
  };
  for (const c of fold(text)) {
    if (unspaced.test(c)) {
      flush();
      found.push(c);
      if (before) found.push(before + c);
      before = c;
      continue;
    }
    before = "";
    if (inWord.test(c)) word += c;
    else if (c !== "'" && c !== "’") flush();
    else if (elided.has(word)) from = word.length;
  }
  flush();
  return found;
};

/** A text in which every letter stands where it did, and looks as in the index where that is one letter, too. */
export const alike = (text) => [...text].map((c) => { const to = fold(c); return to.length === c.length ? to : c; }).join("");

/** The pairs of letters by which a word of a script without spaces is found; nothing for other words. */
export const pairsOf = (term) => {
  if (!unspaced.test(term)) return null;
  const all = [...term];
  return all.length > 1 ? all.slice(1).map((c, at) => all[at] + c) : all;
};

// The words of a stretch without spaces, as far as the browser knows the language. A single Chinese letter belongs to the word
// before, or to the next; other single letters belong together.
const cut = (stretch, language, functions) => {
  let parts = [stretch];
  try { parts = [...new Intl.Segmenter(language, { granularity: "word" }).segment(stretch)].map(({ segment }) => segment); } catch { /* one word */ }
  const joined = [];
  let before = "function";
  for (const part of parts) {
    const kind = functions.has(fold(part)) ? "function" : [...part].length < 2 ? "single" : "word";
    const areHan = /\p{Script=Han}$/u.test(joined.at(-1) ?? "") && /^\p{Script=Han}/u.test(part);
    const belongs = before === "single" ? kind === "single" || (kind === "word" && areHan) : before === "word" && kind === "single" && areHan;
    if (belongs) joined[joined.length - 1] += part;
    else joined.push(part);
    before = belongs && areHan ? "word" : kind;
  }
  return joined;
};

/**
 * What a query asks for: its words, those that tell nothing left out if there are others, and these; pairs that stand between such without
 * spaces; and how words that look otherwise in the index were typed.
 */
export const asTerms = (query, { language, functions }) => {
  const all = [], bridges = [], typed = new Map();
  for (const stretch of query.normalize("NFKC").split(stretches)) {
    if (!unspaced.test(stretch)) { all.push(...words(stretch)); continue; }
    const parts = cut(stretch, language || "en", functions).map((part) => { const word = fold(part); typed.set(word, part); return word; });
    all.push(...parts);
    parts.slice(1).forEach((part, at) => { if (!functions.has(part) && !functions.has(parts[at])) bridges.push([...parts[at]].at(-1) + [...part][0]); });
  }
  const telling = all.filter((word) => !functions.has(word));
  return { terms: [...new Set(telling.length ? telling : all)].slice(0, 12), bridges: [...new Set(bridges)].slice(0, 6), typed, last: all.at(-1), functions: all.filter((word) => functions.has(word)) };
};
