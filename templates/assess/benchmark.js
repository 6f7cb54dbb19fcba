// A benchmark's tables with the reader's own answers drawn in: here, in the browser, and nowhere else.
import { make, number, say } from "./elements.js";
import { boxPlot } from "./picture.js";
import { itemsOf, tally } from "./score.js";

const cellOf = (row) => { try { return JSON.parse(row.dataset.cell); } catch { return {}; } };
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** Draws into each row where the reader stands. */
export const drawBenchmark = (box, model, answers) => {
  const items = itemsOf(model), top = model.ratings.length - 1;
  const of = { all: () => true, level: (at) => (item) => item.level === at, area: (at) => (item) => item.area === at, page: (at) => (item) => item.place === at, item: (at) => (item) => item.order === at };
  for (const table of box.querySelectorAll("table")) {
    if (!table.querySelector(".assess-own")) for (const words of [say("you"), say("where_you_stand")]) table.tHead.rows[0].append(make("th", { scope: "col", className: "assess-own", textContent: words }));
    for (const row of table.querySelectorAll("tr[data-cell]")) {
      const { kind, at } = row.dataset, cell = cellOf(row), own = kind === "all" ? of.all : of[kind]?.(Number(at));
      const mean = own ? tally(items.filter(own), answers, model).mean : undefined;
      for (const old of row.querySelectorAll(".assess-own")) old.remove();
      const known = [cell.lower, cell.median, cell.upper].every(isNumber);
      row.append(make("td", { className: "assess-own", textContent: mean === undefined ? "–" : number(mean) }), make("td", { className: "assess-own" }, known ? boxPlot(cell, mean, top) : "–"));
    }
  }
};
