// Where answers are kept: in this browser's own storage, and nowhere else. Every change reads what is there now, changes one
// answer and writes it, so that two tabs don't lose each other's. What can't be written is kept in memory and told.
import { asStored, emptyResult, fromStored, isAnswered, today } from "./result.js";

/** What documents hear when answers changed, here or in another tab. */
export const changed = "bokworm:assessment";
const heard = () => document.dispatchEvent(new Event(changed));

/** The answers kept for a model: `scope` names it, `model` is what results say of it, `name` what the first one is called. */
export const openStore = ({ scope, model, name }) => {
  const listKey = `bokworm-assessments-${scope}`, resultKey = (key) => `bokworm-assessment-${scope}-${key}`;
  const unsaved = new Map();
  const get = (key) => {
    if (unsaved.has(key)) return unsaved.get(key);
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const set = (key, text) => {
    try {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
      unsaved.delete(key);
    } catch { unsaved.set(key, text); }
  };

  const list = () => {
    let kept;
    try { kept = JSON.parse(get(listKey)); } catch { /* as if nothing were there */ }
    const known = (Array.isArray(kept?.list) ? kept.list : []).filter((one) => typeof one?.key === "string" && typeof one.name === "string");
    return { format: 1, current: known.find(({ key }) => key === kept.current)?.key ?? known[0]?.key, list: known, earlier: kept?.earlier };
  };
  const setList = (index) => set(listKey, JSON.stringify(index));
  const read = (key) => {
    const text = key === undefined ? null : get(resultKey(key));
    const kept = fromStored(text);
    // What nobody can read is set aside, not written over.
    if (text !== null && !kept) set(resultKey(`${key}-unreadable`), text);
    return kept ?? emptyResult(model, list().list.find((one) => one.key === key)?.name ?? name, today());
  };
  const put = (key, result) => { set(resultKey(key), asStored(result)); };

  const store = {
    list,
    setList,
    read,
    current: () => read(list().current),
    /** What couldn't be written, if anything. */
    isFailing: () => unsaved.size > 0,
    /** Tries again to write it. */
    retry: () => { for (const [key, text] of [...unsaved]) set(key, text); heard(); },
    /** Begins another assessment; the current one from now on, unless `beside` it. */
    add: (result, beside) => {
      const key = Math.random().toString(36).slice(2);
      const index = list();
      put(key, result);
      setList({ ...index, current: beside ? index.current : key, list: [...index.list, { key, name: result.name, created: result.created }] });
      heard();
      return key;
    },
    choose: (key) => { setList({ ...list(), current: key }); heard(); },
    put: (key, result) => {
      const index = list();
      const known = { key, name: result.name, created: result.created };
      const isKnown = index.list.some((one) => one.key === key);
      put(key, result);
      if (!isKnown || index.list.some((one) => one.key === key && one.name !== result.name)) {
        setList({ ...index, list: isKnown ? index.list.map((one) => (one.key === key ? known : one)) : [...index.list, known] });
      }
      heard();
    },
    remove: (key) => {
      const index = list();
      set(resultKey(key), null);
      setList({ ...index, list: index.list.filter((one) => one.key !== key), current: index.current === key ? undefined : index.current });
      heard();
    },
    /** Changes one answer of the current assessment; it may have been kept under an earlier id. */
    answer: (id, answer, earlierId) => {
      const key = list().current ?? store.add(emptyResult(model, name, today()));
      const result = read(key);
      for (const answers of [result.answers, result.unmatched]) answers.delete(earlierId);
      if (isAnswered(answer)) result.answers.set(id, answer);
      else result.answers.delete(id);
      store.put(key, { ...result, changed: today() });
    },
  };
  addEventListener("storage", ({ key }) => { if (key === null || key.startsWith("bokworm-assessment")) heard(); });
  return store;
};
