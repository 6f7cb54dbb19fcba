// The theme's script hands over what a reader points at, comes to or opens.
import { ahead } from "./ahead.js";
import { enlarge } from "./picture.js";
import { tell } from "./note.js";

window.bokwormMore = (asked, kind) => {
  if (asked.matches(".enlarge")) {
    if (kind === "click") enlarge(asked);
  } else if (asked.matches(".footnote-ref a, abbr")) tell(asked, kind);
  else if (kind === "pointerover") ahead(asked);
};
