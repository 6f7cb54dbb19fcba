// The theme's script hands over what a reader points at, comes to or opens.
import { enlarge } from "./picture.js";
import { tell } from "./note.js";

window.bokwormMore = (asked, kind) => {
  if (!asked.matches(".enlarge")) tell(asked, kind);
  else if (kind === "click") enlarge(asked);
};
