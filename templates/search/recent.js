// What was asked for lately, in this browser alone: what led to a result.
import { own } from "./parts.js";

const placeOfRecent = "bokworm-search " + own.root.pathname;
const remembered = 5;

export const recent = () => {
  // A browser may keep nothing, and what is kept may be somebody else's.
  try { return JSON.parse(localStorage.getItem(placeOfRecent)).filter((query) => typeof query === "string").slice(0, remembered); } catch { return []; }
};

export const keep = (query) => {
  const asked = query.trim().slice(0, 100);
  if (!asked) return;
  try { localStorage.setItem(placeOfRecent, JSON.stringify([asked, ...recent().filter((one) => one !== asked)].slice(0, remembered))); } catch { /* it is forgotten */ }
};
