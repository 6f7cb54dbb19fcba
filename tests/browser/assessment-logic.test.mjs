// What scripts of an assessment work out, without a page: files, tables and links that come back as they went, what isn't
// taken and why, what answers add up to, and which statement an answer belongs to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { asTable, fromTable } from "../../templates/assess/csv.js";
import { asLink, fromLink, linkStart, longestLink } from "../../templates/assess/link.js";
import { asReport } from "../../templates/assess/markdown.js";
import { match, settle } from "../../templates/assess/matching.js";
import { changes, differences, rolledUp, together } from "../../templates/assess/merge.js";
import { readResult } from "../../templates/assess/read.js";
import { asFile, asStored, checksum, emptyResult, fromStored } from "../../templates/assess/result.js";
import { doNext, gapsOf, heatMap, itemsOf, missingFor, overall, reachedLevel, tally } from "../../templates/assess/score.js";

// The same numbers each time.
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

const modelOf = (count, { levels = 5, ratings = 6, weight = () => 1 } = {}) => ({
  id: "osmm", title: "A model", edition: "0123456789abcdef", rule: { rating: Math.min(3, ratings - 1), share: 100 },
  ratings: Array.from({ length: ratings }, (_, at) => ({ name: `Rating ${at}` })), levels: Array.from({ length: levels }, (_, at) => ({ name: `Level ${at + 1}` })), areas: [],
  pages: Array.from({ length: Math.ceil(count / 3) }, (_, at) => ({ title: `Page ${at}`, href: `p${at}`, address: `/p${at}` })),
  items: Array.from({ length: count }, (_, at) => ({ id: `p${Math.floor(at / 3)}#t${at}`, title: `Statement ${at}`, description: "", page: Math.floor(at / 3), ...levels ? { level: at % levels } : {}, weight: weight(at) })),
});
const model = modelOf(71), items = itemsOf(model);

const pieces = ["=1+1", "+4", "-2", "@SUM(A1)", "\tx", "'", "''=", "\"", ",", ";", "\n", "é", "𝄞", "שלום", "<script>", "|", "`", "\\", "[a](b)", " ", "　", "\u0000", "\u0085", "\u2028", "\ud800", "0", "12", "__proto__", "word", "＝", "\u200b=", "#", "%0D", "\r\n", "\ufeff"];
const texts = (next) => Array.from({ length: Math.floor(next() * 6) }, () => pieces[Math.floor(next() * pieces.length)]).join("");
const answerFrom = (next, about) => {
  const answer = { ...about };
  const kind = next();
  if (kind < 0.6) answer.rating = Math.floor(next() * 6);
  else if (kind < 0.75) { answer.notApplicable = true; answer.reason = texts(next); }
  for (const field of ["note", "owner"]) if (next() < 0.5) answer[field] = texts(next);
  if (next() < 0.4) answer.target = Math.floor(next() * 6);
  if (next() < 0.4) answer.date = `20${10 + Math.floor(next() * 80)}-0${1 + Math.floor(next() * 9)}-1${Math.floor(next() * 10)}`;
  return answer;
};
const resultFrom = (seed) => {
  const next = random(seed);
  const answers = new Map(items.filter(() => next() < 0.8).map((item) => [item.id, answerFrom(next, { page: item.page, address: item.address, title: item.title })]));
  const unmatched = new Map(Array.from({ length: Math.floor(next() * 4) }, (_, at) => [`${texts(next)}${at}`, answerFrom(next, { title: texts(next) })]));
  return { model: { id: model.id, title: model.title, edition: model.edition }, name: `Team ${texts(next)}x`, created: "2026-01-31", changed: "2026-12-01", answers, unmatched };
};
/** As it is kept: tidied. */
const kept = (seed) => fromStored(asStored(resultFrom(seed)));

test("whatever was answered, a file that is exported, imported and exported again is the same to the byte", () => {
  for (let seed = 0; seed < 300; seed++) {
    const file = asFile(resultFrom(seed));
    const { result, isChanged } = readResult(file, model);
    assert.equal(isChanged, false, `seed ${seed}`);
    assert.equal(asFile(result), file, `seed ${seed}`);
    assert.equal(asStored(fromStored(asStored(result))), asStored(result), `seed ${seed}`);
    assert.equal(readResult(file.replace("2026-12-01", "2026-12-02"), model).isChanged, true, `seed ${seed}`);
  }
  assert.equal(checksum("foobar"), "85944171f73967e8");
});

test("a table comes back as it went, and no cell of it is a formula", () => {
  for (let seed = 0; seed < 300; seed++) {
    const result = kept(seed), table = asTable(result, items, model);
    const back = { ...result, ...fromTable(table) };
    assert.ok(asTable(back, items, model) === table, `seed ${seed}`);
    for (const field of ["rating", "note", "owner", "target", "date", "notApplicable", "reason"]) {
      for (const { id } of items) assert.equal(back.answers.get(id)?.[field], result.answers.get(id)?.[field], `seed ${seed} ${id} ${field}`);
    }
    // What a spreadsheet takes for a formula, by another reader of tables.
    for (const cell of table.slice(1).match(/"(?:[^"]|"")*"|[^",\r\n]+/g)) {
      assert.doesNotMatch(cell.replace(/^"|"$/g, "").replaceAll('""', '"'), /^[\s\u200b]*[=+\-@＝＋－＠]/, `seed ${seed}: ${cell}`);
    }
  }
  const german = `id;rating;evidence\r\n${items[0].id};3;"a;b"\r\n`;
  assert.deepEqual(fromTable(german).answers.get(items[0].id), { rating: 3, note: "a;b" });
});

test("a link carries all answers, and is short where notes are short", async () => {
  for (let seed = 0; seed < 60; seed++) {
    const result = kept(seed);
    const { result: back, lost } = await fromLink(await asLink(result, items, model), items, model);
    assert.equal(lost, 0);
    assert.equal(asFile({ ...back, unmatched: result.unmatched }), asFile({ ...result, answers: new Map([...result.answers].filter(([, answer]) => Object.keys(answer).length > 3)) }), `seed ${seed}`);
  }
  const notes = ["We have it in the handbook", "See the wiki of the platform team", "Asked legal in May", "No owner yet", "Only two of our nine products"];
  const full = (note) => ({ ...emptyResult(model, "Payments, 2026", "2026-12-01"), answers: new Map(items.map((item, at) => [item.id, { rating: (at * 7) % 6, note: note(at) }])) });
  const short = await asLink(full((at) => `${notes[at % 5]} (${at})`), items, model);
  assert.ok(short.length < 4000, `${short.length}`);
  assert.match(short, /^#assessment=[\w-]+$/);
  const next = random(7);
  const long = await asLink(full(() => Array.from({ length: 80 }, () => String.fromCharCode(97 + next() * 26)).join("")), items, model);
  assert.ok(long.length > longestLink, `${long.length}`);
  // After a statement was renamed, a link still finds it.
  const renamed = itemsOf({ ...model, items: model.items.map((item, at) => (at ? item : { ...item, id: "p0#new", was: [item.id] })) });
  assert.equal((await fromLink(short, renamed, model)).result.answers.get("p0#new").rating, 0);
});

test("what is hostile or broken is refused with a reason, and changes nothing", async () => {
  const answers = (said) => `{"format":"bokworm-assessment/1","model":{"id":"osmm"},"name":"A","created":"2026-01-01","changed":"2026-01-01","answers":${said}}`;
  const why = (text) => { try { readResult(text, model); return "taken"; } catch (error) { return error.reason ?? String(error); } };
  for (const [text, reason] of [
    ["", "not_json"], ["{", "not_json"], ["[]", "not_a_result"], ["null", "not_a_result"], ["3", "not_a_result"], ['{"format":"x","model":{}}', "not_a_result"],
    ['{"format":"bokworm-assessment/2","model":{}}', "newer_format"], [answers("{}").replace("osmm", "other"), "other_model"], [answers("[]"), "not_a_result"], [answers("3"), "not_a_result"],
    [answers("{}").replace('"A"', `"${"x".repeat(201)}"`), "not_a_result"], [answers("{}").replace("2026-01-01", "2026-02-31"), "not_a_result"],
    ...['{"rating":1e999}', '{"rating":99999999}', '{"rating":-1}', '{"rating":2.5}', '{"rating":"3"}', '{"note":3}', '{"note":{"toString":"x"}}', '{"date":"2026-02-30"}', '{"date":"soon"}', '{"other":1}', '{"__proto__":1}', '{"constructor":"x"}', "[]", "null", '{"rating":1,"notApplicable":true}', `{"note":"${"x".repeat(10001)}"}`, `{"owner":"${"x".repeat(201)}"}`]
      .map((answer) => [answers(`{"p0#t0":${answer}}`), "wrong_answer"]),
    [answers(`{"${"x".repeat(501)}":{}}`), "wrong_answer"],
    [answers(`{${Array.from({ length: 20_001 }, (_, at) => `"${at}":{}`).join()}}`), "too_large"], ["x".repeat(5_000_001), "too_large"],
    [answers('{"__proto__":{"rating":1},"constructor":{"rating":2}}'), "taken"],
  ]) assert.equal(why(text), reason, text.slice(0, 200));
  assert.equal({}.rating, undefined);
  const odd = settle(readResult(answers('{"__proto__":{"rating":1},"constructor":{"rating":19}}'), model).result, items, 6);
  assert.deepEqual([odd.answers.size, [...odd.unmatched.keys()]], [0, ["__proto__", "constructor"]]);

  const whyNot = async (hash) => { try { await fromLink(hash, items, model); return "taken"; } catch (error) { return error.reason ?? String(error); } };
  const packed = (text) => `${linkStart}1${deflateRawSync(text).toString("base64url")}`;
  const good = await asLink(kept(1), items, model);
  for (let cut = linkStart.length; cut < good.length; cut += 37) assert.equal(await whyNot(good.slice(0, cut)), "broken_link", `${cut}`);
  for (const [hash, reason] of [
    [linkStart, "broken_link"], [`${linkStart}1!!`, "broken_link"], [`${linkStart}9abc`, "broken_link"], [packed("{}"), "broken_link"], [packed("[1,2]"), "broken_link"],
    [packed(" ".repeat(50_000_000)), "too_large"], [packed('["other","e","n","2026-01-01","2026-01-01",[]]'), "other_model"],
    [packed('["osmm","e","n","2026-99-01","2026-01-01",[]]'), "broken_link"], [packed('["osmm","e","n","2026-01-01","2026-01-01",[3]]'), "broken_link"],
    [packed('["osmm","e","n","2026-01-01","2026-01-01",[["a",1e9]]]'), "wrong_answer"], [packed('["osmm","e","n","2026-01-01","2026-01-01",[["a",1,{}]]]'), "wrong_answer"],
    [packed(`["osmm","e","n","2026-01-01","2026-01-01",[${"0,".repeat(20_001)}0]]`), "too_large"],
  ]) assert.equal(await whyNot(hash), reason, hash.slice(0, 80));
  const reasonOf = (table) => { try { fromTable(table); return "taken"; } catch (error) { return error.reason ?? String(error); } };
  assert.deepEqual(["", "a,b\n1,2\n", "id,rating\nx,77\n", "id,rating\nx,lots\n", "id,rating,date\nx,1,yesterday\n"].map(reasonOf), ["not_a_table", "not_a_table", "wrong_answer", "wrong_answer", "wrong_answer"]);
});

test("what answers add up to is what is worked out by hand", () => {
  const small = modelOf(6, { levels: 3 });
  small.items.forEach((item, at) => { item.level = [0, 0, 1, 1, 2, 2][at]; item.weight = [1, 3, 1, 1, 1, 1][at]; });
  const all = itemsOf(small), given = (...ratings) => new Map(ratings.map((rating, at) => [all[at].id, rating === "-" ? { notApplicable: true } : { rating }]).filter(([, answer]) => answer.rating !== undefined || answer.notApplicable));
  const reached = (...ratings) => reachedLevel(all, given(...ratings), small);
  assert.deepEqual(reached(), { reached: -1, next: 0 });
  assert.deepEqual(reached(3, 5, 3), { reached: 0, next: 1 });
  assert.deepEqual(reached(3, 3, 3, 3, 5, 2), { reached: 1, next: 2 });
  assert.deepEqual(reached(3, 3, "-", "-", 3, 3), { reached: 2, next: undefined });
  assert.deepEqual(reached("-", "-", "-", "-", "-", "-"), { reached: -1, next: undefined }, "nothing was rated");
  assert.deepEqual(reached("-", "-", 3, 3), { reached: 1, next: 2 });
  assert.deepEqual(reached(0, 0, 5, 5, 5, 5), { reached: -1, next: 0 }, "a level needs those below it");
  assert.equal(reachedLevel(all, given(3, 5), { ...small, rule: { rating: 4, share: 75 } }).reached, 0, "three quarters by weight");
  const told = tally(all.slice(0, 2), given(1, 5), small);
  assert.deepEqual([told.mean, told.share, told.done], [4, 75, 2]);
  assert.deepEqual(tally(all.slice(0, 2), given(undefined, "-"), small), { items: 2, applicable: 1, rated: 0, done: 1, mean: undefined, share: 0 });
  assert.deepEqual(doNext(all, given(2, undefined, 0), small).map(({ order }) => order), [1, 0], "unrated first, of the lowest level");
  assert.deepEqual(missingFor(1, all, given(3, 3, 2, "-"), small).map(({ order }) => order), [2]);
  const aims = new Map([[all[0].id, { rating: 1, target: 4 }], [all[1].id, { target: 5 }], [all[2].id, { rating: 4, target: 4 }], [all[3].id, { notApplicable: true, target: 5 }]]);
  assert.deepEqual(gapsOf(all, aims, small).map(({ item, gap }) => [item.order, gap]), [[1, 5], [0, 3]]);
  assert.deepEqual(heatMap(all, given(3, "-", 0), small).map(({ at, cells }) => [at, ...cells.map((cell) => cell.length)]), [[2, 0, 0, 0, 0, 0, 0, 2, 0], [1, 1, 0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 1, 0, 0, 0, 1]]);
  const flat = { ...modelOf(4, { levels: 0, ratings: 3 }), areas: [{ name: "A", weight: 3 }, { name: "B", weight: 1 }] };
  flat.items.forEach((item, at) => { item.area = at % 2; });
  const two = itemsOf(flat);
  assert.equal(overall(two, new Map([[two[0].id, { rating: 2 }], [two[1].id, { rating: 0 }], [two[3].id, { rating: 1 }]]), flat), (3 * 2 + 0.5) / 4);
});

test("answers are found again by id, earlier id, address and title, and what fits none is kept", () => {
  const of = (id, page, address, title, more = {}) => ({ id, page, address, title, ...more });
  const statements = [of("a#one", "A", "/a", "One"), of("a#zwei", "A", "/a", "Zwei", { was: ["a#two"] }), of("b#three", "B", "/b", "Three", { pageWas: ["/old"] }), of("c#four", "C", "/c", "Four")];
  const answers = new Map([["a#one", { rating: 1 }], ["a#two", { rating: 2 }], ["x#three", { rating: 3, address: "/old", title: "Three" }], ["y", { rating: 4, page: "C", title: "Four", address: "/gone" }], ["z", { rating: 5, title: "Nobody’s" }]]);
  const { answers: found, unmatched } = settle({ answers, unmatched: new Map() }, statements, 6);
  assert.deepEqual([...found].map(([id, { rating }]) => [id, rating]), [["a#one", 1], ["a#zwei", 2], ["b#three", 3], ["c#four", 4]]);
  assert.deepEqual([...unmatched], [["z", { rating: 5, title: "Nobody’s" }]]);
  // On a page that doesn't know the others, the title of another page's statement isn't enough.
  assert.equal(match([statements[3]], answers, false).found.size, 0);
  // An answer belongs to one statement: the surer one.
  const both = settle({ answers: new Map([["a#two", { rating: 2 }], ["a#zwei", { rating: 5 }]]), unmatched: new Map() }, statements, 6);
  assert.deepEqual([both.answers.get("a#zwei").rating, [...both.unmatched.keys()]], [5, ["a#two"]]);
  // Once more a statement: what was set apart is back.
  const again = settle({ answers: new Map(), unmatched: new Map([["a#one", { rating: 3 }]]) }, statements, 6);
  assert.deepEqual([again.answers.get("a#one").rating, again.unmatched.size], [3, 0]);
});

test("what comes in is set beside what is there, and teams become one", () => {
  const [a, b, c, d] = items.map(({ id }) => id);
  const own = new Map([[a, { rating: 1 }], [b, { rating: 2, note: "x" }], [c, { rating: 3 }]]);
  const other = new Map([[a, { rating: 1 }], [b, { rating: 2, note: "y" }], [c, { rating: 0 }], [d, { rating: 5 }]]);
  const { fresh, same, clashing } = differences(own, other);
  assert.deepEqual([fresh, same, clashing.map(({ id }) => id)], [[d], 1, [b, c]]);
  const merged = together(own, other, new Map([[b, "mine"], [c, "theirs"]]));
  assert.deepEqual([...merged].map(([id, { rating, note }]) => [id, rating, note]), [[a, 1, undefined], [b, 2, "x"], [c, 0, undefined], [d, 5, undefined]]);
  assert.deepEqual(changes(items, own, other, 6).map(({ item, by }) => [item.id, by]), [[c, -3], [d, undefined]]);
  const one = rolledUp(items, [{ name: "A", answers: own }, { name: "B", answers: other }, { name: "C", answers: new Map([[c, { notApplicable: true, reason: "none" }]]) }], model);
  assert.deepEqual([a, b, c, d].map((id) => one.get(id).rating), [1, 2, 1, 5], "1.5 isn't 2");
  assert.match(one.get(b).note, /^A: 2 Rating 2 · x\nB: 2 Rating 2 · y$/);
});

test("in a report what readers wrote stays text", () => {
  const result = { ...kept(3), name: "# <b>x</b> | [a](javascript:1)" };
  result.answers.set(items[0].id, { rating: 2, note: "![x](http://y/z.png)\n\n# Not a heading\n<script>alert(1)</script>" });
  const report = asReport(result, items, model, { say: (name) => name, number: String });
  assert.doesNotMatch(report, /<(?!\/?$)[a-z]/i);
  assert.doesNotMatch(report, /(?<!\\)!\[|(?<!\\)\]\(/);
  assert.equal(report.match(/^# /gm).length, 1);
});
