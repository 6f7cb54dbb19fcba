// The index of tags can be narrowed.
import { equipped } from "./equip.js";

equipped("[data-filter]", (index) => {
  const field = index.previousElementSibling?.querySelector("input");
  field?.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    for (const item of index.querySelectorAll("li")) item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
    for (const section of index.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
  });
});
