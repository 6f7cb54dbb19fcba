// Results as files and links, and what comes back.
import { number, say } from "./elements.js";
import { asTable, fromTable } from "./csv.js";
import { asLink, longestLink } from "./link.js";
import { asReport } from "./markdown.js";
import { fileName, saveAs } from "./checklist.js";
import { readResult, withinSize } from "./read.js";
import { asFile, tidy, today } from "./result.js";

/** Each kind of file: what it is called, and how a result becomes one. */
export const kinds = [
  { ending: "json", words: "JSON", save: ({ result }) => saveAs(fileName(result, "json"), asFile(result), "application/json") },
  { ending: "csv", words: "CSV", save: ({ result, items, model }) => saveAs(fileName(result, "csv"), asTable(result, items, model), "text/csv") },
  { ending: "md", words: "Markdown", save: ({ result, items, model }) => saveAs(fileName(result, "md"), asReport(result, items, model, { say, number }), "text/markdown") },
];

/** A result's address to pass on, and whether it is too long for that. */
export const sharedAddress = async ({ result, items, model }) => {
  const address = location.href.split("#")[0] + await asLink(result, items, model);
  return { address, isTooLong: address.length > longestLink };
};

/** What a file holds as a result; what is wrong with it is thrown. */
export const resultIn = async (file, model) => {
  withinSize(file.size);
  const text = await file.text();
  if (!/\.(csv|tsv|txt)$/i.test(file.name)) return readResult(text.replace(/^\uFEFF/, ""), model);
  const name = tidy(file.name.replace(/\.\w+$/, "")).slice(0, 100);
  return { result: { model: { id: model.id, title: model.title, edition: model.edition }, name, created: today(), changed: today(), ...fromTable(text) }, isChanged: false };
};
