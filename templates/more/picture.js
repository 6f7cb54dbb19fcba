// A picture as large as the window, over the page; nearer still comes who spreads two fingers.
let dialog, picture, caption;

const build = () => {
  dialog = document.createElement("dialog");
  dialog.className = "large-picture";
  const close = Object.assign(document.createElement("button"), { type: "button", className: "icon-button", textContent: "✕", autofocus: true });
  close.ariaLabel = close.title = document.querySelector("script[data-close]")?.dataset.close ?? "✕";
  picture = document.createElement("img");
  caption = Object.assign(document.createElement("p"), { id: "large-picture-caption" });
  dialog.setAttribute("aria-labelledby", caption.id);
  dialog.append(close, picture, caption);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => { if (target === dialog || target === picture) dialog.close(); });
  document.body.append(dialog);
};

/** Shows the picture of a button, under what is said below it. */
export const enlarge = (button) => {
  if (!dialog) build();
  const small = button.querySelector("img");
  const said = button.closest("figure")?.querySelector("figcaption")?.textContent.trim() || small.title || small.alt;
  // What the caption says isn't said twice.
  Object.assign(picture, { src: small.src, alt: said === small.alt ? "" : small.alt });
  for (const side of ["width", "height"]) picture.setAttribute(side, small.getAttribute(side) ?? "");
  caption.textContent = said;
  dialog.showModal();
};
