// Which assessment is shown, and what can be done with it.
import { button, choice, labelled, make, say } from "./elements.js";
import { kinds, sharedAddress } from "./files.js";

const menu = (words, ...content) => make("details", { className: "assess-menu" }, make("summary", { textContent: words }), make("div", { className: "assess-form" }, ...content));

// The link that carries the answers, or why there is none.
const showLink = async (place, shown) => {
  const { address, isTooLong } = await sharedAddress(shown());
  if (isTooLong) return place.replaceChildren(make("p", { textContent: say("link_too_long", { length: address.length }) }), button(say("save_file"), () => kinds[0].save(shown())));
  const field = make("input", { type: "text", readOnly: true, value: address });
  const copy = button(say("copy_link"), async () => {
    field.select();
    try { await navigator.clipboard.writeText(address); } catch { document.execCommand("copy"); }
    copy.textContent = say("copied");
  });
  place.replaceChildren(labelled(say("link"), field), copy, make("p", { className: "assess-page", textContent: say("link_why") }));
  field.focus();
  field.select();
};

/** The tools of the summary. `shown` is what is there now; `acts` do what they are called. */
export const toolsOf = (list, current, shown, acts) => {
  const file = make("input", { type: "file", accept: ".json,.csv,.tsv,.txt,application/json,text/csv", autocomplete: "off" });
  file.addEventListener("change", () => { if (file.files[0]) acts.receive(file.files[0]); file.value = ""; });
  const name = make("input", { type: "text", value: shown().result.name, maxLength: 100, autocomplete: "off" });
  name.addEventListener("change", () => { if (name.value.trim()) acts.rename(name.value.trim()); });
  const place = make("div", { className: "assess-link", "aria-live": "polite" });
  const options = list.length ? list.map((one) => [one.key, one.name]) : [["", shown().result.name]];
  return make("div", { className: "assess-tools" },
    labelled(say("assessment"), choice(options, current ?? "", acts.choose)),
    button(say("new"), acts.add),
    button(say("print_report"), acts.print),
    menu(say("manage"), labelled(say("name"), name), make("p", { className: "assess-buttons" }, button(say("duplicate"), acts.duplicate), button(say("delete"), acts.remove, { disabled: !list.length }))),
    menu(say("export"), make("p", { className: "assess-buttons" }, kinds.map(({ words, save }) => button(words, () => save(shown())))), make("p", { className: "assess-page", textContent: say("export_why") }), button(say("make_link"), () => showLink(place, shown)), place),
    menu(say("import"), labelled(say("import_file"), file), make("p", { className: "assess-page", textContent: say("import_why") })));
};
