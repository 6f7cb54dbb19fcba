// Narrowing by tags: any of those of one kind, all of the kinds that are chosen. What pages carry is loaded
// for the pages that were found.
import { numbers, own } from "./parts.js";

/** How a tag is named in an address. */
export const key = ([name, kind]) => kind ? kind + ":" + name : name;

const names = async (part) => (await own.load("n" + part)).map((tag, at) => [part * own.manifest.names + at, tag]);
const range = (count) => Array.from({ length: count }, (_, at) => at);

// Of every tag of some pages, its name and kind, and those of what is chosen.
const namesOf = async (carried, pages, chosen) => {
  const parts = new Set();
  for (const page of pages) for (const tag of carried(page)) parts.add(Math.floor(tag / own.manifest.names));
  const tags = new Map((await Promise.all([...parts].map(names))).flat());
  const missing = new Set(chosen);
  for (const tag of tags.values()) missing.delete(key(tag));
  for (let part = 0; missing.size && part * own.manifest.names < own.manifest.tags; part++) {
    for (const [number, tag] of await names(part)) if (missing.delete(key(tag))) tags.set(number, tag);
  }
  return tags;
};

/** The tags of pages (of all that carry any, if none are given), and those that are chosen. */
export const loadTags = async (pages, chosen) => {
  if (!own.manifest.tags) return { tags: new Map(), carried: () => [], pages: pages || [] };
  const parts = pages ? [...new Set(pages.map((page) => Math.floor(page / own.manifest.carried)))] : range(Math.ceil(own.manifest.numbers / own.manifest.carried));
  const lists = new Map(await Promise.all(parts.map(async (part) => [part, (await own.load("t" + part)).split(" ")])));
  const carried = (page) => [...numbers(lists.get(Math.floor(page / own.manifest.carried))[page % own.manifest.carried] || "")];
  const all = pages || parts.flatMap((part) => lists.get(part).flatMap((list, at) => list ? [part * own.manifest.carried + at] : []));
  return { tags: await namesOf(carried, all, chosen), carried, pages: all };
};

/** Pages that fit what is chosen, and for each tag how many would fit with it. */
export const narrow = (pages, chosen, { tags, carried }) => {
  const wanted = new Map();
  for (const [number, tag] of tags) if (chosen.has(key(tag))) wanted.set(tag[1], [...(wanted.get(tag[1]) || []), number]);
  const counts = new Map();
  const fitting = pages.filter((page) => {
    const own = carried(page);
    const missed = [...wanted].filter(([, any]) => !any.some((tag) => own.includes(tag))).map(([kind]) => kind);
    for (const tag of own) if (!missed.length || (missed.length === 1 && missed[0] === tags.get(tag)[1])) counts.set(tag, (counts.get(tag) || 0) + 1);
    return !missed.length;
  });
  return { fitting, counts };
};
