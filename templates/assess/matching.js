// Which answer belongs to which statement, after pages and statements got other names.

// From the surest to the least sure. An answer that came without an address is of a time when titles were all there was.
const ways = [
  (item) => [item.id, ...item.was ?? []].map((id) => `id ${id}`),
  (item) => [item.address, ...item.pageWas ?? []].map((address) => `at ${address} ${item.title}`),
  (item) => [`of ${item.page} ${item.title}`],
];
const names = [
  (id) => [`id ${id}`],
  (id, { address, title }) => (address && title ? [`at ${address} ${title}`] : []),
  (id, { address, page, title }, whole) => (page && title && (whole || !address) ? [`of ${page} ${title}`] : []),
];

/** The answers by the statements that they are about: each takes one. `whole` says that there are no other statements:
    then the title of its page is enough to know an answer again. */
export const match = (items, answers, whole) => {
  const found = new Map(), left = new Map(answers);
  ways.forEach((way, at) => {
    const known = new Map();
    for (const [id, answer] of left) for (const name of names[at](id, answer, whole)) if (!known.has(name)) known.set(name, id);
    for (const item of items) {
      if (found.has(item.id)) continue;
      const id = way(item).map((name) => known.get(name)).find((one) => left.has(one));
      if (id === undefined) continue;
      found.set(item.id, { id, answer: left.get(id) });
      left.delete(id);
    }
  });
  return { found, left };
};

/** A result with its answers under today's ids; what fits no statement, or no scale of so many ratings, stands apart. */
export const settle = (result, items, ratings) => {
  const all = new Map([...result.answers, ...result.unmatched]);
  const fits = ([, { rating = 0, target = 0 }]) => Math.max(rating, target) < ratings;
  const { found, left } = match(items, [...all].filter(fits), true);
  const named = (item) => ({ ...found.get(item.id).answer, page: item.page, address: item.address, title: item.title });
  const answers = new Map(items.filter(({ id }) => found.has(id)).map((item) => [item.id, named(item)]));
  return { ...result, answers, unmatched: new Map([...left, ...[...all].filter((entry) => !fits(entry))]) };
};
