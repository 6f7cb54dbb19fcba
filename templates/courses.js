// Course tables sort by their headers: numbers by size, what is free first, what is missing last. The table says
// how its language says so, and how its words for hours and days begin.
(() => {
  const weight = (text, { free = "", unknown = "", hours = "", days = "" }) => {
    const all = (list) => list.split(", ").filter(Boolean);
    const is = (list) => all(list).some((word) => text.localeCompare(word, document.documentElement.lang, { sensitivity: "accent" }) === 0);
    const holds = (list) => all(list).some((word) => text.toLocaleLowerCase().split(/[^\p{L}\p{M}]+/u).some((part) => part.startsWith(word)));
    if (is(free)) return 0;
    if (/^[-–]?$/.test(text) || is(unknown)) return Infinity;
    const number = /^\D{0,2}(\d+(?:[.,]\d+)?)/.exec(text);
    return number ? parseFloat(number[1].replace(",", ".")) * (holds(days) ? 480 : holds(hours) ? 60 : 1) : text;
  };
  const order = (a, b) => (typeof a === "number" && typeof b === "number" ? (a === b ? 0 : a - b) : String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true }));
  const known = new WeakSet();
  const equip = () => document.querySelectorAll("table.course-list thead th").forEach((header) => {
    if (known.has(header)) return;
    known.add(header);
    const sort = Object.assign(document.createElement("button"), { type: "button" });
    sort.append(...header.childNodes);
    header.append(sort);
    sort.addEventListener("click", () => {
      const down = header.ariaSort === "ascending";
      for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", down ? "descending" : "ascending");
      const { tBodies: [body], dataset } = header.closest("table");
      const rows = [...body.rows].map((row) => [weight(row.cells[header.cellIndex].textContent.trim(), dataset), row]);
      rows.sort(([a], [b]) => order(a, b) * (down ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
    });
  });
  equip();
  document.addEventListener("bokworm:patch", equip);
})();
