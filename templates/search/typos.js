// How far a word that was typed is from one that the site has.

/** How many errors a word of that length may have. */
export const edits = (length) => length > 7 ? 2 : length > 3 ? 1 : 0;

/** Whether two words have the same letters in another order: a slip of the fingers, however far apart they stand. */
export const isJumbled = (a, b) => a.length > 4 && a.length === b.length && a[0] === b[0] && [...a].sort().join("") === [...b].sort().join("");

/** How many letters must be put in, left out, changed or swapped; `limit + 1` for more than the limit. */
export const distance = (a, b, limit) => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let last, row = Array.from({ length: b.length + 1 }, (_, at) => at), next;
  for (let i = 1; i <= a.length; i++) {
    next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], last[j - 2] + 1);
    }
    if (Math.min(...next) > limit) return limit + 1;
    [last, row] = [row, next];
  }
  return row[b.length];
};
