// What a footnote or a term says, on a card beside it: it stays while a pointer is on either, and Escape takes it away.
let card, shown, wait;

const hide = () => {
  clearTimeout(wait);
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  if (shown.dataset.term) shown.title = shown.dataset.term;
  card.remove();
  shown = undefined;
};
const hideSoon = () => {
  clearTimeout(wait);
  wait = setTimeout(hide, 250);
};

/** What is said of a reference: the footnote without its ways back, or the title of a term, which browsers would show besides. */
const said = (reference) => {
  if (!reference.hash) {
    if (reference.title) reference.dataset.term = reference.title;
    reference.removeAttribute("title");
    return reference.dataset.term ? [reference.dataset.term] : [];
  }
  const note = document.getElementById(decodeURIComponent(reference.hash.slice(1)))?.cloneNode(true);
  note?.querySelectorAll(".footnote-backref, button, script").forEach((part) => part.remove());
  note?.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  return note ? [...note.childNodes] : [];
};

/** Above where there is no room below, and within the window. */
const place = (reference) => {
  const { left, top, bottom } = reference.getClientRects()[0];
  const { offsetWidth: width, offsetHeight: height } = card;
  const below = bottom + 6 + height <= innerHeight || top < height + 6;
  const most = document.documentElement.clientWidth - width - 8;
  card.style.left = `${scrollX + Math.max(8, Math.min(left - 16, most))}px`;
  card.style.top = `${scrollY + (below ? bottom + 6 : top - height - 6)}px`;
};

const show = (reference) => {
  clearTimeout(wait);
  if (shown === reference) return;
  hide();
  if (!card) {
    card = Object.assign(document.createElement("div"), { id: "note-card", className: "note-card" });
    card.setAttribute("role", "tooltip");
    card.addEventListener("pointerenter", () => clearTimeout(wait));
    card.addEventListener("pointerleave", hideSoon);
  }
  card.replaceChildren(...said(reference));
  if (!card.textContent.trim()) return;
  shown = reference;
  (reference.closest("main") ?? document.body).append(card);
  reference.setAttribute("aria-describedby", card.id);
  place(reference);
};

const known = new WeakSet();

/** A pointer or the focus has come to a reference. Who follows one needs no card. */
export const tell = (reference, kind) => {
  if (!known.has(reference)) {
    known.add(reference);
    reference.addEventListener("pointerleave", hideSoon);
    reference.addEventListener("blur", hideSoon);
  }
  if (kind === "click") return reference.hash ? hide() : show(reference);
  if (kind === "focusin") return reference.matches(":focus-visible") && show(reference);
  clearTimeout(wait);
  wait = setTimeout(() => { if (reference.matches(":hover")) show(reference); }, shown === reference ? 0 : 120);
};

document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
addEventListener("resize", hide);
