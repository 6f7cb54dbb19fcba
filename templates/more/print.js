// Words that become a button which prints; what stands on the page may have something better to print.
import { equipped } from "./equip.js";

equipped("[data-print]", (words) => {
  const print = Object.assign(document.createElement("button"), { type: "button", className: `button ${words.className}`, textContent: words.dataset.print });
  print.addEventListener("click", () => {
    if (document.dispatchEvent(new CustomEvent("bokworm:print", { detail: words.dataset.printOf, cancelable: true }))) window.print();
  });
  words.replaceWith(print);
});
