// What stands on the page is equipped once: at the start, and when the preview puts new blocks into it.

/** Does something with each element of a kind. */
export const equipped = (selector, equip) => {
  const seen = new WeakSet();
  const all = () => document.querySelectorAll(selector).forEach((element) => {
    if (seen.has(element)) return;
    seen.add(element);
    equip(element);
  });
  all();
  document.addEventListener("bokworm:patch", all);
};
