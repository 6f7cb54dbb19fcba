// Answers that were given before there was this: the grades of our select boxes, and the cookies that the Open Source
// Maturity Model's first site kept one for each statement of, `PAGE_STATEMENT=3`, and sent with every request.
import { match } from "./matching.js";
import { awaited } from "./checklist.js";
import { emptyResult, today } from "./result.js";

const gradesKey = "bokworm-grades-";

/** The grades kept for pages below a path, as answers; each with the key that they were kept by. */
export const fromGrades = (entries, root) => entries.flatMap(([key, text]) => {
  const path = key.startsWith(gradesKey) ? `${key.slice(gradesKey.length)}/` : "";
  if (!path.startsWith(root)) return [];
  try {
    const address = decodeURI(path.slice(root.length - 1).replace(/(.)\/$/, "$1"));
    return JSON.parse(text).filter(([title, grade]) => typeof title === "string" && /^\d$/.test(grade))
      .map(([title, grade]) => ({ key, id: `${address}#${title}`, answer: { rating: Number(grade), address, title } }));
  } catch { return []; }
});

/** The cookies that are about these statements, as answers; others are none of our business. */
export const fromCookies = (cookies, items) => {
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const known = new Map(items.map((item) => [`${item.page}_${item.title}`, item]));
  return cookies.split(/;\s*/).flatMap((cookie) => {
    const at = cookie.lastIndexOf("="), name = cookie.slice(0, at), value = cookie.slice(at + 1);
    const item = known.get(name) ?? known.get(decoded(name));
    return item && /^\d$/.test(value) ? [{ cookie: name, id: item.id, answer: { rating: Number(value), page: item.page, title: item.title } }] : [];
  });
};

const stored = () => { try { return Object.entries(localStorage); } catch { return []; } };

/** Takes over what there is for these statements, once: as the first assessment, or beside one that has answers. */
export const takeOver = (store, { root, items, first, name }) => {
  const taken = [...fromGrades(stored(), root), ...fromCookies(document.cookie, items)];
  if (!taken.length) return;
  const { current } = store.list(), { model } = store.current();
  const isFirst = !current || !store.current().answers.size;
  // Where those went that were found on other pages.
  const before = store.list().list.find(({ key }) => key === store.list().earlier)?.key;
  let key = before ?? (isFirst ? current : undefined);
  key ??= store.add(emptyResult(model, current ? name : first, today()), Boolean(current));
  const result = store.read(key);
  for (const { id, answer } of taken) {
    const isTaken = match([{ id, ...answer }], result.answers).found.size;
    (isTaken ? result.unmatched : result.answers).set(id, answer);
  }
  store.put(key, result);
  store.setList({ ...store.list(), earlier: key });
  // Not before they are kept.
  if (store.isFailing()) return;
  for (const { cookie, key: grades } of taken) {
    if (grades) localStorage.removeItem(grades);
    else document.cookie = `${cookie}=; max-age=0; path=/`;
  }
};

const { store, items, root, settings } = awaited;
if (store) takeOver(store, { root, items, first: settings.first, name: settings.earlier });
