// Text cut into words, as src/render/search/token.rs does it.
const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", "\u0307": "" };
const fold = (text) => text.normalize("NFKD").replace(/([иуіИУІ][\u0306\u0308])|[\u0300-\u036f]/g, "$1").normalize("NFC").toLowerCase().replace(/[ßæœøłđı\u0307]/g, (letter) => letters[letter]);
const inWord = /[\p{Alphabetic}\p{N}\p{M}]/u;

/** Scripts that put no spaces between words. */
export const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

export const words = (text) => {
  const found = [];
  let word = "", before = "";
  const flush = () => { if (word) found.push([...word].slice(0, 32).join("")); word = ""; };
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
  }
  flush();
  return found;
};

/** What a query asks for. In a script without spaces, single characters count only where they stand alone. */
export const asTerms = (query) => {
  const all = words(query);
  const pairs = new Set(all.filter((word) => unspaced.test(word) && [...word].length > 1).flatMap((word) => [...word]));
  return [...new Set(all.filter((word) => !pairs.has(word)))].slice(0, 12);
};
