// Whether search forgives slips that nobody chose: the queries of OSR's lists with one or two letters wrong, put there by chance
// (the same for one seed), asked as `search_explain.mjs` does.
//
//     node bench/search_slips.mjs SITE [SEED…]
//
// SITE is the built folder. It prints how many have one of their answers at the first place and among the first three:
// as they stand in the lists, with a slip in one word, and with slips in two.
import { openSite, place, readList } from "./search_explain.mjs";

const lists = ["osr", "osr-second", "osr-third", "osr-fourth"];
const shortest = 5; // letters of a word that gets a slip
// What is typed for a letter by ear, or beside it.
const beside = { a: "eso", b: "p", c: "ks", d: "t", e: "ari", f: "v", g: "j", i: "eoy", k: "c", l: "r", m: "n", n: "m", o: "aiu", p: "b", r: "l", s: "zc", t: "d", u: "oi", v: "f", y: "i", z: "s" };

const chance = (seed) => () => { seed = (seed * 1664525 + 1013904223) >>> 0; return seed / 2 ** 32; };

// A word with a letter left out, doubled, changed for another or swapped with the next; its first letter stays.
const slipped = (word, random) => {
  const at = 1 + Math.floor(random() * (word.length - 1)), kind = random();
  const others = beside[word[at]] ?? "";
  if (kind < 0.35) return word.slice(0, at) + word.slice(at + 1);
  if (kind < 0.5) return word.slice(0, at + 1) + word.slice(at);
  if (kind < 0.75 && others) return word.slice(0, at) + others[Math.floor(random() * others.length)] + word.slice(at + 1);
  return at + 1 < word.length ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2) : word.slice(0, at);
};

// A query with slips in so many of its words; nothing if it hasn't as many.
const withSlips = (query, count, functions, random) => {
  const words = query.split(" ");
  const can = words.map((_, at) => at).filter((at) => new RegExp(`^[a-z]{${shortest},}$`).test(words[at]) && !functions.has(words[at]));
  if (can.length < count) return null;
  for (let left = count; left > 0; left--) {
    const [at] = can.splice(Math.floor(random() * can.length), 1);
    words[at] = slipped(words[at], random);
  }
  return words.join(" ");
};

const [root, ...seeds] = process.argv.slice(2);
const site = openSite(root);
const { functions } = await site.own.start();
const asked = lists.flatMap(readList).filter(({ kind }) => kind !== "misspelt");
for (const seed of seeds.length ? seeds.map(Number) : [1, 2, 3]) {
  const random = chance(seed), sums = [0, 1, 2].map(() => [0, 0, 0]);
  for (const one of asked) {
    for (const [count, sum] of sums.entries()) {
      const query = withSlips(one.query, count, functions, random);
      if (query === null || withSlips(one.query, 1, functions, () => 0) === null) continue;
      const [at] = await place(site, { ...one, query });
      sum[0] += at === 0;
      sum[1] += at >= 0;
      sum[2]++;
    }
  }
  console.log(`seed ${seed}: ${sums.map(([first, three, all], count) => `${count} slips ${first}/${three} of ${all}`).join(", ")}`);
}
