// The search box: loaded when it is first opened. What the site holds and what the reader types
// reach the page as text only. `docs/search.md` tells how the index is made.
(() => {
  const script = document.currentScript;
  const root = new URL("../", script.src);
  const language = () => (manifest.language || "en").toLowerCase().split("-")[0];
  let manifest;

  // ── The index: scripts, since a page opened from a folder can't fetch ──────
  const asked = new Map();
  const arriving = new Map();
  window.bokwormSearch = (name, data) => arriving.get(name)?.(data);
  const load = (name) => {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve, reject) => {
        arriving.set(name, resolve);
        const part = document.createElement("script");
        part.src = new URL("search/" + name + ".js" + (manifest ? "?v=" + manifest.version : ""), root);
        part.addEventListener("error", () => { asked.delete(name); reject(new Error(name)); });
        part.addEventListener("load", () => part.remove());
        document.head.append(part);
      }));
    }
    return asked.get(name);
  };

  // ── Words, as src/render/search/token.rs makes them ────────────────────────
  const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", "\u0307": "" };
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase().replace(/[ßæœøłđı\u0307]/g, (letter) => letters[letter]);
  const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const inWord = /[\p{Alphabetic}\p{N}\p{M}]/u;
  const words = (text) => {
    const found = [];
    let word = "", before = "";
    const flush = () => { if (word) found.push([...word].slice(0, 32).join("")); word = ""; };
    for (const c of fold(text)) {
      if (unspaced.test(c)) {
        flush();
        found.push(c);
        if (before) found.push(before + c);
        before = c;
        continue;
      }
      before = "";
      if (inWord.test(c)) word += c;
      else if (c !== "'" && c !== "’") flush();
    }
    flush();
    return found;
  };
  // Of what is asked in a script without spaces, single characters count only where they stand alone.
  const asTerms = (query) => {
    const all = words(query);
    const pairs = new Set(all.filter((word) => unspaced.test(word) && [...word].length > 1).flatMap((word) => [...word]));
    return [...new Set(all.filter((word) => !pairs.has(word)))].slice(0, 12);
  };

  // ── Stems: endings taken off, by language ──────────────────────────────────
  const endings = {
    de: /(?:ungen|heiten|keiten|lichen|ischen|ung|heit|keit|lich|isch|ern|em|en|er|es|e|n|s)$/,
    es: /(?:aciones|acion|mente|ados|adas|idos|idas|ando|iendo|ado|ada|ido|ida|ar|er|ir|es|as|os|a|o|e|s)$/,
    fr: /(?:ations|ation|ements|ement|euses|euse|eurs|eur|antes|ante|ants|ant|ees|ee|es|er|ez|ir|e|s|x)$/,
    it: /(?:azioni|azione|mente|ando|endo|ati|ate|ato|ata|are|ere|ire|i|e|a|o)$/,
    nl: /(?:ingen|heden|elijk|ing|heid|en|er|es|e|s)$/,
    pt: /(?:acoes|acao|mente|ados|adas|ando|endo|ado|ada|ar|er|ir|es|as|os|a|o|e|s)$/,
    sv: /(?:heterna|heten|heter|ningar|ning|arna|erna|orna|ande|ar|er|or|en|et|a|e|s)$/,
  };
  const english = (word) => {
    let stem = word;
    if (/(?:ss|us|is)$/.test(stem)) return stem;
    stem = stem.replace(/sses$/, "ss").replace(/ies$/, "y").replace(/([^s])s$/, "$1");
    stem = stem.replace(/(?:izations?|isations?)$/, "iz").replace(/(?:ational|ations?)$/, "ate").replace(/(?:ances?|ences?)$/, "e").replace(/(?:fulness|ness|ments?)$/, "").replace(/(?:ability|ibility)$/, "able");
    stem = stem.replace(/^(.*[aeiouy].*?)(?:ing|edly|ed)$/, (all, rest) => rest.length < 3 ? all : rest).replace(/(?:izer|iser|ized|ised|ise)$/, "iz").replace(/([^aeiou])(?:ers?|ors?)$/, "$1").replace(/ly$/, "");
    stem = stem.replace(/([^aeiouylsz])\1$/, "$1").replace(/i$/, "y").replace(/e$/, "");
    return stem.replace(/y$/, "i");
  };
  const stemOf = (word) => {
    if (word.length < 4 || unspaced.test(word)) return word;
    if (language() === "en") return english(word);
    const ending = endings[language()]?.exec(word);
    return ending && ending.index > 2 ? word.slice(0, ending.index) : word;
  };

  // How many letters must be put in, left out, changed or swapped; `limit + 1` for more than the limit.
  const distance = (a, b, limit) => {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let last, row = Array.from({ length: b.length + 1 }, (_, at) => at), next;
    for (let i = 1; i <= a.length; i++) {
      next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], last[j - 2] + 1);
      }
      if (Math.min(...next) > limit) return limit + 1;
      [last, row] = [row, next];
    }
    return row[b.length];
  };

  // ── Looking words up ───────────────────────────────────────────────────────
  // The parts, by their first words, that hold what lies between two words.
  const between = (starts, from, to) => {
    let first = 0;
    for (let step = 1 << 16; step; step >>= 1) if (starts[first + step] !== undefined && starts[first + step] && starts[first + step] <= from) first += step;
    const found = [];
    for (let at = first; at < starts.length && (at === first || (starts[at] && starts[at] <= to)); at++) found.push(at);
    return found;
  };
  const longest = 8; // parts for one word of a query
  const digit = (code) => code === 45 ? 62 : code === 95 ? 63 : code < 58 ? code + 4 : code < 91 ? code - 65 : code - 71;
  const postings = (written, each) => {
    let at = 0, page = 0;
    const read = () => {
      let number = 0, shift = 1, next;
      do { next = digit(written.charCodeAt(at++)); number += (next & 31) * shift; shift *= 32; } while (next > 31);
      return number;
    };
    while (at < written.length) { page += read(); each(page, read(), read()); }
  };
  const common = (a, b) => { let at = 0; while (at < a.length && a[at] === b[at]) at++; return a.slice(0, at); };

  // Words of the site that a term may mean: [word, how surely, postings].
  const meant = async (term, isLast) => {
    const stem = stemOf(term);
    const base = common(term, stem) || term;
    const exact = new Set(between(manifest.words, term, term));
    const near = between(manifest.words, base, base + "\uffff");
    const parts = [...new Set([...exact, ...near])].slice(0, longest);
    const found = [];
    for (const part of await Promise.all(parts.map((part) => load("w" + part)))) {
      for (const [word, written] of Object.entries(part)) {
        if (!word.startsWith(base)) continue;
        let sure = 0;
        if (word === term) sure = 1;
        else if (stemOf(word) === stem) sure = 0.9;
        else if (word.startsWith(term) && term.length > 1) sure = (isLast ? 0.75 : 0.45) * Math.sqrt(term.length / word.length);
        else if (isLast && term.length === 1 && word.startsWith(term)) sure = 0.3 / word.length;
        if (sure) found.push([word, sure, written]);
      }
    }
    return found.length ? found : misspelt(term, isLast);
  };
  const misspelt = async (term, isLast) => {
    const limit = unspaced.test(term) ? 0 : term.length > 7 ? 2 : term.length > 3 ? 1 : 0;
    if (!limit) return [];
    const parts = between(manifest.vocabulary, term[0], term[0] + "\uffff").slice(0, longest);
    const stem = stemOf(term);
    const candidates = [];
    for (const list of await Promise.all(parts.map((part) => load("v" + part)))) {
      for (const word of list.split(" ")) {
        if (word[0] !== term[0]) continue;
        let far = distance(term, word, limit), sure = 0.6;
        if (far > limit) far = distance(stem, stemOf(word), limit);
        if (far > limit && isLast && term.length > 4 && word.length > term.length) { far = distance(term, word.slice(0, term.length), 1) + (limit - 1); sure = 0.4; }
        if (far <= limit) candidates.push([word, sure / (far || 1)]);
      }
    }
    candidates.sort((a, b) => b[1] - a[1] || a[0].length - b[0].length);
    const found = [];
    for (const [word, sure] of candidates.slice(0, 12)) {
      const part = await load("w" + between(manifest.words, word, word).at(-1));
      if (Object.hasOwn(part, word)) found.push([word, sure, part[word]]);
    }
    return found;
  };

  // ── Ranking ────────────────────────────────────────────────────────────────
  // What one term finds: page → { score, title: its share of the title, sections: section → score }.
  const findTerm = (candidates) => {
    const pages = new Map();
    for (const [, sure, written] of candidates) {
      const here = new Map();
      postings(written, (page, section, value) => {
        if (!here.has(page)) here.set(page, { title: 0, head: 0, sections: new Map() });
        const of = here.get(page);
        if (section === 0) {
          const length = value & 15;
          if (length) { of.title = 1 / length; of.head += 6 + 6 / length; }
          if (value & 16) of.head += 2;
          if (value & 32) of.head += 1.5;
          if (value & 64) of.head += 4.5;
        } else {
          const length = value & 7, often = value >> 3;
          of.sections.set(section, (length ? 2.5 + 2.5 / length : 0) + [0, 0.8, 1.2, 1.5][often]);
        }
      });
      const rare = Math.log(1 + manifest.pages / here.size);
      for (const [page, of] of here) {
        const inBody = [...of.sections.values()].sort((a, b) => b - a);
        const score = sure * rare * (of.head + (inBody[0] || 0) + Math.min(1.2, 0.2 * (inBody.length - 1 || 0)));
        if (!pages.has(page)) pages.set(page, { score: 0, title: 0, sections: new Map() });
        const into = pages.get(page);
        into.score = Math.max(into.score, score);
        into.title = Math.max(into.title, sure * of.title);
        into.head = Math.max(into.head || 0, sure * of.head);
        for (const [section, worth] of of.sections) into.sections.set(section, Math.max(into.sections.get(section) || 0, sure * rare * worth));
      }
    }
    return pages;
  };

  // All pages that a query finds, best first: { page, score, section }, and the words that were meant.
  const find = async (query) => {
    const terms = asTerms(query);
    const open = !/\s$/.test(query);
    const meanings = await Promise.all(terms.map((term, at) => meant(term, open && at === terms.length - 1)));
    const found = meanings.map(findTerm);
    // What stands on most pages, or on none, need not stand on a page that is found.
    const tells = found.filter((pages) => pages.size && pages.size < 0.6 * manifest.pages);
    const needed = new Set(tells.length ? tells : found.filter((pages) => pages.size));
    const results = new Map();
    for (const pages of found) {
      for (const [page, { score, title, sections }] of pages) {
        if (!results.has(page)) results.set(page, { page, score: 0, title: 0, met: 0, sections: new Map() });
        const result = results.get(page);
        result.score += score;
        result.title += title;
        if (needed.has(pages)) result.met++;
        for (const [section, worth] of sections) result.sections.set(section, (result.sections.get(section) || 0) + worth);
      }
    }
    const most = Math.max(0, ...[...results.values()].map((result) => result.met));
    const kept = [...results.values()].filter((result) => result.met === most && most > 0);
    for (const result of kept) {
      result.score *= 1 + Math.min(1, result.title);
      const [section, worth] = [...result.sections].reduce((best, one) => one[1] > best[1] ? one : best, [1, 0]);
      // Where the title says it, the page itself is meant, unless a heading says it as well.
      result.section = result.title > 0.6 && worth < 2.5 * terms.length ? 1 : section;
    }
    kept.sort((a, b) => b.score - a.score || a.page - b.page);
    return { results: kept, meant: new Set(meanings.flat().map(([word]) => word)), terms };
  };

  // ── Tags: any within a kind, all between kinds ─────────────────────────────
  const key = ([name, kind]) => kind ? kind + ":" + name : name;
  const loadTags = async () => {
    const parts = Array.from({ length: Math.ceil(manifest.pages / manifest.tagged) }, (_, at) => load("t" + at));
    const [tags, ...carried] = await Promise.all([load("tags"), ...parts]);
    return { tags, carried: (page) => carried[Math.floor(page / manifest.tagged)][page % manifest.tagged] };
  };
  // Pages that fit what is chosen, and for each tag how many would fit with it.
  const narrow = (pages, chosen, { tags, carried }) => {
    const wanted = new Map();
    tags.forEach((tag, at) => { if (chosen.has(key(tag))) wanted.set(tag[1], [...(wanted.get(tag[1]) || []), at]); });
    const counts = new Map();
    const fitting = pages.filter((page) => {
      const own = carried(page);
      const missed = [...wanted].filter(([, any]) => !any.some((tag) => own.includes(tag))).map(([kind]) => kind);
      for (const tag of own) if (!missed.length || (missed.length === 1 && missed[0] === tags[tag][1])) counts.set(tag, (counts.get(tag) || 0) + 1);
      return !missed.length;
    });
    return { fitting, counts };
  };

  const pageData = async (page) => (await load("p" + Math.floor(page / manifest.shown)))[page % manifest.shown];
  const start = async () => { manifest ??= await load("index"); return manifest; };


  // ── The box ────────────────────────────────────────────────────────────────
  const make = (name, properties, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
  // So many results are shown, and their parts loaded, at a time.
  const shownAtOnce = 10;
  let limit = shownAtOnce;
  const excerptLength = 170;

  // Stretches of a text that say what was asked for: [from, to].
  const matches = (text, { meant, terms }) => {
    const found = [];
    for (const { 0: word, index } of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}'’]+/gu)) {
      if (!unspaced.test(word)) {
        if (words(word).some((part) => meant.has(part))) found.push([index, index + word.length]);
        continue;
      }
      for (const term of terms.filter((term) => unspaced.test(term))) {
        for (let at = word.indexOf(term); at >= 0; at = word.indexOf(term, at + term.length)) found.push([index + at, index + at + term.length]);
      }
    }
    found.sort((a, b) => a[0] - b[0]);
    return found.reduce((joined, [from, to]) => {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
      return joined;
    }, []);
  };
  const marked = (text, query) => {
    const nodes = [];
    let from = 0;
    for (const [start, end] of matches(text, query)) {
      nodes.push(text.slice(from, start), make("mark", { textContent: text.slice(start, end) }));
      from = end;
    }
    return [...nodes, text.slice(from)];
  };
  // The part of a text where most of what was asked for stands close together.
  const excerpt = (text, query) => {
    if (text.length <= excerptLength) return text;
    const found = matches(text, query);
    let best = 0, most = 0;
    found.forEach(([start], at) => {
      const near = new Set(found.slice(at).filter(([, end]) => end < start + excerptLength - 30).map(([a, b]) => text.slice(a, b).toLowerCase())).size;
      if (near > most) [best, most] = [start, near];
    });
    let from = best < 40 ? 0 : text.indexOf(" ", best - 40) + 1;
    if (!from || from > best) from = best < 40 ? 0 : best;
    let to = Math.min(text.length, from + excerptLength);
    const gap = text.lastIndexOf(" ", to);
    if (to < text.length && gap > from + excerptLength / 2) to = gap;
    return (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
  };

  // Opened from a folder, a browser doesn't know that `a` is `a.html`.
  const addressOf = (to, id) => {
    const address = new URL(root);
    const [path, rest = ""] = to.split(/(?=[?#])/, 2);
    let file = path;
    if (root.protocol === "file:") {
      if (!file || file.endsWith("/")) file += "index.html";
      else if (!/\.[a-z][a-z0-9]{1,4}$/i.test(file)) file += ".html";
    }
    address.pathname += file;
    return address.href + rest + (id ? "#" + encodeURIComponent(id) : "");
  };

  const field = make("input", { id: "search-field", type: "text", inputMode: "search", role: "combobox", autocomplete: "off", spellcheck: false, autocapitalize: "none", enterKeyHint: "go", placeholder: "Search", "aria-label": "Search", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "search-results" });
  const close = make("button", { type: "button", className: "search-close", textContent: "Close" });
  const status = make("p", { className: "search-status", role: "status" });
  const facets = make("div", { className: "search-facets" });
  const results = make("div", { id: "search-results", className: "search-results", role: "listbox", "aria-label": "Results" });
  const more = make("button", { type: "button", className: "search-more", textContent: "More results", hidden: true });
  const foot = make("p", { className: "search-foot" }, make("kbd", { textContent: "↑" }), " ", make("kbd", { textContent: "↓" }), " choose, ", make("kbd", { textContent: "Enter" }), " open, ", make("kbd", { textContent: "Esc" }), " close");
  const narrowing = make("details", { className: "search-narrow", hidden: true }, make("summary", { textContent: "Narrow by tag" }), facets);
  const dialog = make("dialog", { className: "search-box", "aria-label": "Search" },
    make("div", { className: "search-head" }, field, close), make("div", { className: "search-body" }, status, narrowing, results, more), foot);
  document.body.append(dialog);
  const chosen = new Set();
  let active = -1, turn = 0;
  const options = () => [...results.querySelectorAll("[role=option]")];

  const choose = (at) => {
    const all = options();
    active = all.length ? (at + all.length) % all.length : -1;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    if (active < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };

  const result = ([to, title, , description, sections], { section }, query, place) => {
    const [id, heading, text] = sections[section - 1] || sections[0];
    const option = make("a", { id: "search-result-" + place, role: "option", tabIndex: -1, href: addressOf(to, id), "aria-selected": "false", className: "search-result" },
      make("span", { className: "search-title" }, ...marked(title, query)));
    if (heading && heading !== title) option.append(make("span", { className: "search-heading" }, ...marked(heading, query)));
    const words = excerpt(text || description, query);
    if (words) option.append(make("span", { className: "search-excerpt" }, ...marked(words, query)));
    return option;
  };

  const showResults = async (found, query, mine) => {
    const first = found.slice(0, limit);
    const data = await Promise.all(first.map(({ page }) => pageData(page)));
    if (mine !== turn) return;
    const groups = new Map();
    data.forEach((page, at) => groups.set(page[2], [...(groups.get(page[2]) || []), at]));
    let place = 0, number = 0;
    const shown = [...groups].map(([name, members]) => {
      const label = make("p", { id: "search-group-" + number, className: "search-group", textContent: name || manifest.title, role: "presentation" });
      return make("div", { role: "group", "aria-labelledby": "search-group-" + number++ }, label, ...members.map((at) => result(data[at], first[at], query, place++)));
    });
    results.replaceChildren(...shown);
    field.setAttribute("aria-expanded", String(first.length > 0));
    more.hidden = found.length <= limit;
    choose(first.length ? 0 : -1);
  };

  const showFacets = ({ tags }, counts) => {
    const focused = facets.contains(document.activeElement) ? document.activeElement.value : null;
    const kinds = new Map();
    tags.forEach((tag, at) => {
      if (!counts.has(at) && !chosen.has(key(tag))) return;
      kinds.set(tag[1], [...(kinds.get(tag[1]) || []), [tag, counts.get(at) || 0]]);
    });
    const compare = new Intl.Collator(manifest.language || "en", { numeric: true }).compare;
    const sorted = [...kinds].sort(([a], [b]) => !a - !b || compare(a, b));
    facets.replaceChildren(...sorted.map(([kind, members]) => make("fieldset", {}, make("legend", { textContent: kind || "Other tags" }),
      ...members.sort(([a], [b]) => compare(a[0], b[0])).map(([tag, count]) => {
        const box = make("input", { type: "checkbox", value: key(tag), checked: chosen.has(key(tag)) });
        return make("label", {}, box, make("span", { textContent: tag[0] }), make("span", { className: "search-count", textContent: String(count) }));
      }))));
    narrowing.hidden = !sorted.length;
    if (focused !== null) [...facets.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
  };

  const remember = () => {
    const address = new URL(location.href);
    address.searchParams.delete("q");
    address.searchParams.delete("tag");
    if (dialog.open && field.value.trim()) address.searchParams.set("q", field.value.trim());
    if (dialog.open) for (const tag of chosen) address.searchParams.append("tag", tag);
    // A browser may refuse this for a page opened from a folder.
    try { history.replaceState(history.state, "", address); } catch { /* not to be shared */ }
  };

  const tell = (text) => { if (status.textContent !== text) status.textContent = text; };
  const search = async () => {
    const mine = ++turn;
    const query = field.value;
    remember();
    results.ariaBusy = "true";
    try {
      await start();
      if (!asTerms(query).length && !chosen.size) {
        results.replaceChildren();
        narrowing.hidden = more.hidden = true;
        field.setAttribute("aria-expanded", "false");
        choose(-1);
        return tell(query.trim() ? "Nothing found" : "");
      }
      const found = asTerms(query).length ? await find(query) : { results: Array.from({ length: manifest.pages }, (_, page) => ({ page, section: 1 })), meant: new Set(), terms: [] };
      if (mine !== turn) return;
      // What isn't narrowed is shown before the tags have come.
      const first = !chosen.size;
      if (first) await showResults(found.results, found, mine);
      const tags = await loadTags();
      if (mine !== turn) return;
      // A tag that an old address names and nothing carries narrows nothing.
      const known = new Set(tags.tags.map(key));
      for (const tag of [...chosen]) if (!known.has(tag)) chosen.delete(tag);
      const every = found.results.map(({ page }) => page);
      const { fitting, counts } = narrow(every, chosen, tags);
      const fits = new Set(fitting);
      const kept = found.results.filter(({ page }) => fits.has(page));
      if (!first) await showResults(kept, found, mine);
      if (mine !== turn) return;
      showFacets(tags, counts);
      const many = kept.length === 1 ? "1 page" : kept.length + " pages";
      tell(kept.length ? many + " found" + (kept.length > limit ? ", the best " + limit + " are shown" : "") : "Nothing found");
    } catch {
      if (mine === turn) tell("The search index could not be loaded");
    } finally {
      if (mine === turn) results.ariaBusy = "false";
    }
  };

  field.addEventListener("input", () => { limit = shownAtOnce; search(); });
  more.addEventListener("click", async () => {
    const next = limit;
    limit += shownAtOnce;
    await search();
    choose(next);
    field.focus();
  });
  facets.addEventListener("change", ({ target }) => {
    if (target.checked) chosen.add(target.value);
    else chosen.delete(target.value);
    limit = shownAtOnce;
    search();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(active + 1);
    else if (event.key === "ArrowUp") choose(active - 1);
    else if (event.key === "Enter") options()[Math.max(active, 0)]?.click();
    else return;
    event.preventDefault();
  });
  results.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option || event.metaKey || event.ctrlKey || event.shiftKey) return;
    // The page's own address first goes back to what it was, for the way back.
    dialog.close();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { turn++; remember(); });

  const open = (query, tags) => {
    if (query !== undefined) field.value = query;
    if (tags) { chosen.clear(); for (const tag of tags) chosen.add(tag); }
    if (tags?.length) narrowing.open = true;
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
    search();
  };
  Object.assign(window.bokwormSearch, { open, start, find, narrow, loadTags, pageData, words, stemOf, key });
  window.dispatchEvent(new Event("bokworm-search"));
})();
