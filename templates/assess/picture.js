// Pictures of where somebody stands, as drawings of our own. Whoever can't see them has the same as tables.
import { draw, number, percent, say } from "./elements.js";

const point = (angle, radius) => [Math.sin(angle) * radius, -Math.cos(angle) * radius].map((one) => Math.round(one * 10) / 10);
const path = (points, isClosed = true) => `M${points.map((one) => one.join(" ")).join("L")}${isClosed ? "Z" : ""}`;

// A name in lines of some letters, three at most.
const inLines = (text, most) => {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > most) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  const kept = lines.slice(0, 3).map((line) => (line.length > most + 4 ? `${line.slice(0, most + 3)}…` : line));
  return lines.length > 3 ? [...kept.slice(0, 2), `${kept[2].slice(0, most)}…`] : kept;
};
const words = (text, [x, y], anchor, most) => {
  const lines = inLines(text, most), first = y - (lines.length - 1) * 7 + 4;
  return draw("text", { "text-anchor": anchor, class: "assess-label" }, ...lines.map((line, at) => Object.assign(draw("tspan", { x, y: first + at * 14 }), { textContent: line })));
};

const crowd = 10; // names beside a radar that don't get in each other's way

// A name beside the end of its spoke, in lines.
const beside = (name, angle, radius) => {
  const [x, y] = point(angle, radius), side = Math.abs(x) < 12 ? "middle" : x > 0 ? "start" : "end";
  return words(name, [x, side === "middle" ? y + (y < 0 ? -8 : 12) : y], side, 18);
};

const isBackwards = () => document.documentElement.dir === "rtl";

// A name in the direction of its spoke, never upside down, in two lines where there is room between the spokes.
const alongSpoke = (name, angle, radius, room) => {
  const degrees = (angle * 180) / Math.PI, isRight = degrees < 180, most = 26;
  const [first, ...rest] = room < 28 ? [name] : inLines(name, most), lines = [first, rest.join(" ")].filter(Boolean).map((line) => (line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line));
  const text = draw("text", { "text-anchor": isRight ? "start" : "end", transform: `rotate(${degrees + (isRight ? -90 : 90)})`, class: "assess-label" });
  text.append(...lines.map((line, at) => Object.assign(draw("tspan", { x: isRight ? radius : -radius, y: 4 + (at - (lines.length - 1) / 2) * 13 }), { textContent: line })));
  return text;
};

/** A radar of groups with a mean each: `rings` are the ratings; each of `shapes` has its means (undefined where there is none)
    and a class. Without names, which a small drawing has no room for, numbers stand for them. */
export const radar = (groups, rings, shapes, label, isNamed) => {
  const radius = 130, step = (Math.PI * 2) / groups.length, top = rings - 1;
  const corner = (at, value) => point(at * step, (radius * value) / top);
  const web = Array.from({ length: top }, (_, at) => draw("path", { d: path(groups.map((_, of) => corner(of, at + 1))), class: at + 1 === top ? "assess-ring outer" : "assess-ring" }));
  const spokes = groups.map((_, at) => draw("path", { d: path([[0, 0], corner(at, top)], false), class: "assess-ring" }));
  const drawn = shapes.flatMap(({ means, className }) => [
    draw("path", { d: path(means.map((mean, at) => corner(at, mean ?? 0))), class: `assess-shape ${className}` }),
    ...means.map((mean, at) => (mean === undefined ? undefined : draw("circle", { cx: corner(at, mean)[0], cy: corner(at, mean)[1], r: 4, class: `assess-dot ${className}` }))).filter(Boolean),
  ]);
  const scale = Array.from({ length: top }, (_, at) => Object.assign(draw("text", { x: 4, y: corner(0, at + 1)[1] + 11, class: "assess-scale" }), { textContent: at + 1 }));
  const isCrowded = groups.length > crowd;
  const numbered = (at) => Object.assign(draw("text", { x: point(at * step, radius + 16)[0], y: point(at * step, radius + 16)[1] + 5, "text-anchor": "middle", class: "assess-label" }), { textContent: at + 1 });
  const names = groups.map(({ name }, at) => (!isNamed ? numbered(at) : isCrowded ? alongSpoke(name, at * step, radius + 10, step * (radius + 10)) : beside(name, at * step, radius + 14)));
  const box = !isNamed ? "-165 -165 330 330" : isCrowded ? "-322 -322 644 644" : "-290 -186 580 372";
  return draw("svg", { viewBox: box, role: "img", "aria-label": label, class: isNamed ? "assess-radar" : "assess-radar small" }, ...web, ...spokes, ...drawn, ...scale, ...names);
};

const quiet = (text) => { text.classList.add("assess-quiet"); return text; };

/** Levels as stairs, up in the direction of reading: each filled as far as it is reached, those that are reached marked. */
export const stairs = (levels, reached, label) => {
  const width = 128, gap = 8, rise = 34, height = 84, most = levels.length, isBack = isBackwards();
  const drawn = levels.flatMap(({ name, description, share, items }, at) => {
    const x = (isBack ? most - 1 - at : at) * (width + gap), y = (most - 1 - at) * rise, tall = height + at * rise, filled = items ? tall * ((share ?? 0) / 100) : 0;
    const className = at <= reached ? "assess-stair reached" : "assess-stair";
    const title = draw("text", { x: x + width / 2, y: y - 8, "text-anchor": "middle", class: "assess-label" });
    title.textContent = items ? percent(share ?? 0) : "–";
    return [
      draw("rect", { x, y, width, height: tall, rx: 6, class: className }),
      draw("rect", { x, y: y + tall - filled, width, height: filled, rx: 6, class: `${className} filled` }),
      title,
      words(name, [x + width / 2, (most - 1) * rise + height + 22], "middle", 16),
      ...description ? [quiet(words(description, [x + width / 2, (most - 1) * rise + height + 46], "middle", 19))] : [],
    ];
  });
  const all = most * (width + gap) - gap;
  return draw("svg", { viewBox: `-4 -26 ${all + 8} ${(most - 1) * rise + height + 96}`, role: "img", "aria-label": label, class: "assess-stairs" }, ...drawn);
};

/** A bar as long as a mean; the mark is what it should be. */
export const bar = (mean, top, mark) => {
  const at = (value) => (value / top) * 200;
  const marked = mark === undefined ? [] : [draw("path", { d: `M${at(mark)} 0V16`, class: "assess-mark" })];
  return draw("svg", { viewBox: "0 0 200 16", "aria-hidden": "true", class: "assess-line", preserveAspectRatio: "none" },
    draw("rect", { width: 200, height: 16, class: "assess-groove" }), draw("rect", { width: at(mean ?? 0), height: 16, class: "assess-fill" }), ...marked);
};

/** Means over time: a line through the assessments, the oldest first. */
export const trend = (points, top, label) => {
  const width = 560, height = 180, x = (at) => (points.length > 1 ? 40 + (at * (width - 80)) / (points.length - 1) : width / 2), y = (mean) => height - (mean / top) * height;
  const known = points.map((one, at) => ({ ...one, at })).filter(({ mean }) => mean !== undefined);
  const lines = Array.from({ length: top + 1 }, (_, at) => [draw("path", { d: `M0 ${y(at)}H${width}`, class: "assess-ring" }), Object.assign(draw("text", { x: 0, y: y(at) - 3, class: "assess-scale" }), { textContent: at })]);
  const dots = known.flatMap(({ mean, name, at }) => [
    draw("circle", { cx: x(at), cy: y(mean), r: 5, class: "assess-dot own" }),
    Object.assign(draw("text", { x: x(at), y: y(mean) - 10, "text-anchor": "middle", class: "assess-label" }), { textContent: number(mean) }),
    words(name, [x(at), height + 20], "middle", Math.max(8, Math.floor(90 / points.length))),
  ]);
  return draw("svg", { viewBox: `-4 -20 ${width + 8} ${height + 64}`, role: "img", "aria-label": label, class: "assess-trend" }, ...lines.flat(),
    draw("path", { d: known.length ? path(known.map(({ mean, at }) => [x(at), y(mean)]), false) : "", class: "assess-way" }), ...dots);
};

/** Where one stands among others: the middle half as a box, the median as a line, one's own as a dot. */
export const boxPlot = ({ lower, median, upper }, own, top) => {
  const at = (value) => 6 + (value / top) * 188;
  const label = own === undefined ? "" : say("own_is", { mean: number(own) });
  return draw("svg", { viewBox: "0 0 200 24", class: "assess-box-plot", ...label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" } },
    draw("path", { d: "M6 12H194", class: "assess-ring" }),
    draw("rect", { x: at(lower), y: 5, width: Math.max(at(upper) - at(lower), 2), height: 14, rx: 2, class: "assess-half" }),
    draw("path", { d: `M${at(median)} 3V21`, class: "assess-median" }),
    ...own === undefined ? [] : [draw("circle", { cx: at(own), cy: 12, r: 5.5, class: "assess-dot own" })]);
};
