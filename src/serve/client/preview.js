// The preview's own part in a page: hears that the site changed, brings the page in view up to date,
// and shows what was found. Never published.
//
// A page is patched by what changed between what the server sent before and what it sends now. What
// the reader and other scripts did to the page since (scrolled, typed, opened, added) is in neither,
// so it stays.
(() => {
  const PRIVATE = "/_bokworm/";
  const script = document.currentScript;

  // ── The page as it was sent, and the live node of each of its nodes.

  const live = new WeakMap();
  const known = new WeakSet();
  const pair = (sent, shown) => { live.set(sent, shown); known.add(shown); };
  const pairAll = (sent, shown) => {
    pair(sent, shown);
    const theirs = shown.childNodes;
    sent.childNodes.forEach((child, at) => { if (theirs[at]) pairAll(child, theirs[at]); });
  };
  let sent = document.documentElement.cloneNode(true);
  pairAll(sent, document.documentElement);
  let sentHash = script?.dataset.bokworm;

  const parse = (html) => new DOMParser().parseFromString(html, "text/html").documentElement;
  const hashOf = (root) => root.querySelector("script[data-bokworm]")?.dataset.bokworm;

  // The same page, as it was sent: what differs was done by scripts that ran before this one.
  const adopt = (guess, real) => {
    const shown = live.get(guess);
    if (shown) pair(real, shown);
    const guesses = [...guess.childNodes];
    let at = 0;
    for (const child of real.childNodes) {
      const found = guesses.findIndex((candidate, place) => place >= at && candidate.nodeName === child.nodeName);
      if (found < 0) continue;
      adopt(guesses[found], child);
      at = found + 1;
    }
  };

  // ── Patching.

  const isSheet = (node) => node.nodeName === "LINK" && /(^|\s)stylesheet(\s|$)/i.test(node.getAttribute("rel") || "");
  let added = [];

  // A new style sheet takes over when it has come, so that nothing is seen without one.
  const swapSheet = (shown, href) => {
    const fresh = shown.cloneNode();
    fresh.setAttribute("href", href);
    const done = () => shown.remove();
    fresh.addEventListener("load", done, { once: true });
    fresh.addEventListener("error", done, { once: true });
    shown.after(fresh);
    known.add(fresh);
    return fresh;
  };

  const attributes = (before, after) => {
    const shown = live.get(before);
    for (const { name, value } of [...after.attributes]) {
      if (before.getAttribute(name) === value) continue;
      before.setAttribute(name, value);
      if (!shown) continue;
      if (name === "href" && isSheet(before)) live.set(before, swapSheet(shown, value));
      else shown.setAttribute(name, value);
    }
    for (const { name } of [...before.attributes]) {
      if (after.hasAttribute(name)) continue;
      before.removeAttribute(name);
      shown?.removeAttribute(name);
    }
  };

  // The child of `parent` that is or holds a node.
  const climb = (node, parent) => {
    while (node && node.parentNode !== parent) node = node.parentNode;
    return node;
  };

  const remove = (node) => {
    const shown = live.get(node);
    const parent = live.get(node.parentNode);
    node.remove();
    if (!shown) return;
    const frame = parent && climb(shown, parent);
    shown.remove();
    // What a script put around it goes along, unless something else stands in it.
    if (!frame || frame === shown) return;
    const walk = document.createTreeWalker(frame);
    for (let inner = walk.nextNode(); inner; inner = walk.nextNode()) if (known.has(inner)) return;
    frame.remove();
  };

  const insert = (parent, node, before) => {
    const copy = node.cloneNode(true);
    parent.insertBefore(copy, before);
    const shownParent = live.get(parent);
    if (!shownParent) return;
    const fresh = document.importNode(node, true);
    pairAll(copy, fresh);
    let place = null;
    for (let next = copy.nextSibling; next && !place; next = next.nextSibling) place = climb(live.get(next), shownParent);
    for (let last = copy.previousSibling; last && !place; last = last.previousSibling) {
      const above = climb(live.get(last), shownParent);
      if (!above) continue;
      above.after(fresh);
      added.push(fresh);
      return;
    }
    shownParent.insertBefore(fresh, place);
    added.push(fresh);
  };

  const patch = (before, after) => {
    if (before.nodeType !== Node.ELEMENT_NODE) {
      if (before.data === after.data) return;
      before.data = after.data;
      const shown = live.get(before);
      if (shown) shown.data = after.data;
      return;
    }
    attributes(before, after);
    children(before, after);
  };

  const children = (parent, wanted) => {
    const have = [...parent.childNodes], want = [...wanted.childNodes];
    while (have.length && want.length && have[0].isEqualNode(want[0])) { have.shift(); want.shift(); }
    const end = [];
    while (have.length && want.length && have.at(-1).isEqualNode(want.at(-1))) { end.unshift(have.pop()); want.pop(); }
    const behind = end[0] ?? null;
    let had = 0, wants = 0;
    for (const [atHave, atWant] of [...common(have, want), [have.length, want.length]]) {
      between(parent, have.slice(had, atHave), want.slice(wants, atWant), have[atHave] ?? behind);
      [had, wants] = [atHave + 1, atWant + 1];
    }
  };

  // Nodes that stay as they are, in order: the longest common subsequence.
  const common = (have, want) => {
    if (have.length * want.length > 250000) return [];
    const key = (node) => node.outerHTML ?? node.nodeName + node.data;
    const a = have.map(key), b = want.map(key);
    const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] === b[j]) pairs.push([i++, j++]);
      else if (longest[i + 1][j] >= longest[i][j + 1]) i++;
      else j++;
    }
    return pairs;
  };

  // Nodes between two that stay: of one kind, they are patched in order.
  const between = (parent, have, want, stop) => {
    const alike = (one, other) => one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");
    for (const node of want) {
      const at = have.findIndex((candidate) => alike(candidate, node));
      if (at < 0) {
        insert(parent, node, have[0] ?? stop);
        continue;
      }
      have.splice(0, at).forEach(remove);
      patch(have.shift(), node);
    }
    have.forEach(remove);
  };

  // ── Keeping up.

  const scriptsOf = (root) => [...root.querySelectorAll("script:not([data-bokworm])")]
    .filter((node) => !node.type || /javascript|^module$/.test(node.type))
    .map((node) => (node.hasAttribute("src") ? new URL(node.getAttribute("src"), location).href : node.textContent))
    .join("\n");

  const show = (html) => {
    const wanted = parse(html);
    const hash = hashOf(wanted);
    if (hash && hash === sentHash) {
      if (!adopted) { adopt(sent, wanted); sent = wanted; }
      adopted = true;
      return;
    }
    adopted = true;
    if (scriptsOf(sent) !== scriptsOf(wanted)) return location.reload();
    added = [];
    patch(sent, wanted);
    sentHash = hash;
    document.dispatchEvent(new CustomEvent("bokworm:patch", { detail: { added } }));
  };
  let adopted = false;

  let asking = false, askAgain = false;
  const refresh = async () => {
    askAgain = true;
    if (asking) return;
    asking = true;
    try {
      while (askAgain) {
        askAgain = false;
        const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
        const html = await response.text();
        if (askAgain) continue;
        if (response.redirected) history.replaceState(history.state, "", response.url + location.hash);
        const gone = response.status === 404 && !shownIsMissing;
        state.failed = response.status >= 500 ? wordsOf(html) : gone ? GONE : null;
        if (response.ok || shownIsMissing) show(html);
        if (response.ok) shownIsMissing = false;
        draw();
        look();
      }
    } catch { /* the server is away: the channel will say when it is back */ } finally {
      asking = false;
    }
  };
  const GONE = { message: "There is no page at this address any more.", help: "This is how it was last. If it was moved, the preview follows as soon as it is found." };
  const wordsOf = (html) => {
    const [message, help] = [...parse(html).querySelectorAll("main p")].map((node) => node.textContent);
    return { message, help };
  };
  let shownIsMissing = performance.getEntriesByType("navigation")[0]?.responseStatus === 404;

  // Files that hold other bytes under the same address.
  let round = 0;
  const changed = (paths) => {
    const at = (url) => { try { return new URL(url, location).pathname; } catch { return ""; } };
    const renewed = (url) => { const it = new URL(url, location); it.searchParams.set("preview", ++round); return it.href; };
    for (const path of paths) {
      if ([...document.scripts].some((node) => node.src && at(node.src) === path)) return location.reload();
      const sheets = [...document.querySelectorAll("link")].filter(isSheet);
      const named = sheets.filter((sheet) => at(sheet.href) === path);
      const through = named.length || !path.endsWith(".css") ? named : sheets.filter((sheet) => new URL(sheet.href).host === location.host);
      for (const sheet of through) {
        const fresh = swapSheet(sheet, renewed(sheet.href));
        const walk = document.createTreeWalker(sent);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) if (live.get(node) === sheet) live.set(node, fresh);
      }
      for (const node of document.querySelectorAll("img, source, video, audio, iframe, embed")) {
        if (node.getAttribute("src") && at(node.src) === path) node.src = renewed(node.src);
      }
    }
  };

  const plain = (path) => {
    try { path = decodeURI(path); } catch { /* as it is */ }
    return path.replace(/\/index\.html$|\.html$/, "").replace(/(.)\/$/, "$1");
  };

  const heard = {
    // Files that changed since this page was asked for, and before it began to listen.
    hello: ({ changed: ages }) => {
      changed(Object.keys(ages ?? {}).filter((path) => ages[path] <= performance.now()));
      refresh();
    },
    again: () => location.reload(),
    site: ({ changed: paths }) => { changed(paths); refresh(); },
    moved: ({ from, to }) => {
      if (plain(from) !== plain(location.pathname)) return;
      history.replaceState(history.state, "", to + location.search + location.hash);
      refresh();
    },
    findings: (told) => { Object.assign(state, { errors: 0, warnings: 0, notes: 0 }, told); draw(); },
  };
  const listen = () => {
    const socket = new WebSocket("ws://" + location.host + PRIVATE + "live");
    socket.onmessage = ({ data }) => { const news = JSON.parse(data); heard[news.type]?.(news); };
    socket.onopen = () => { state.away = false; draw(); };
    socket.onclose = () => { state.away = true; draw(); setTimeout(listen, 700); };
  };

  // ── The bar, the list of findings, the panel of the page in view.

  const state = { errors: 0, warnings: 0, notes: 0, list: [], stopped: [], failed: null, away: false, open: null, page: null };
  try { state.open = sessionStorage.getItem("bokworm-preview"); } catch { /* not remembered */ }
  const make = (name, properties, ...within) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in node) node[key] = value;
      else node.setAttribute(key, value);
    }
    node.append(...within.filter((part) => part != null && part !== false));
    return node;
  };
  const host = document.createElement("bokworm-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const box = make("div", { className: "preview", role: "region" });
  box.setAttribute("aria-label", "Preview");
  shadow.append(make("link", { rel: "stylesheet", href: PRIVATE + "preview.css" }), box);

  // What keeps the newest state away, and what of the page can't be shown: each is told in a box.
  const stopped = () => state.failed ? [state.failed, ...state.stopped] : state.stopped;
  const lacking = () => document.querySelector(".not-shown") ? state.page?.told ?? [] : [];
  const counted = (number, what) => number + " " + what + (number === 1 ? "" : "s");
  const words = () => {
    if (state.away) return "The preview has ended";
    const parts = [[stopped().length + lacking().length, "problem"], [state.errors, "error"], [state.warnings, "warning"]].filter(([number]) => number);
    return parts.length ? parts.map(([number, what]) => counted(number, what)).join(", ") : state.notes ? counted(state.notes, "note") : "No findings";
  };
  const toggle = (name) => {
    state.open = state.open === name ? null : name;
    try { sessionStorage.setItem("bokworm-preview", state.open ?? ""); } catch { /* not remembered */ }
    look();
    draw();
  };
  const finding = ({ severity, place, message, help, open }) => make("li", { className: severity ?? "error" },
    place && (open ? make("a", { href: open, textContent: place }) : make("span", { className: "place", textContent: place })),
    make("p", { textContent: message }),
    help && make("p", { className: "help", textContent: help }));
  const button = (name, text, kind) => {
    const it = make("button", { type: "button", className: kind, textContent: text });
    it.setAttribute("aria-expanded", String(state.open === name));
    it.addEventListener("click", () => toggle(name));
    return it;
  };
  const links = (title, entries) => entries.length > 0 && make("section", {}, make("h3", { textContent: title }),
    make("ul", {}, ...entries.map(({ title: text, label, href }) => make("li", {}, href ? make("a", { href, textContent: text ?? label }) : label))));
  const panel = () => {
    const it = state.page;
    if (!it) return make("p", { textContent: "There is no page of the content at this address." });
    return make("div", {},
      make("p", {}, make("a", { href: it.open, textContent: it.file }), ", " + counted(it.words, "word")),
      links("Tags", it.tags), links("In the lists of", it.lists), links("Linked from", it.incoming));
  };
  let asked = 0;
  const about = async () => {
    const round = ++asked;
    try {
      const response = await fetch(PRIVATE + "page?at=" + encodeURIComponent(location.pathname));
      const page = response.ok ? await response.json() : null;
      // Answers need not come in the order of the questions.
      if (round !== asked) return;
      state.page = page;
      draw();
    } catch { /* the server is away */ }
  };

  /** Of a page that lacks a part it is told why, whatever is open. */
  const look = () => {
    if (state.open === "page" || document.querySelector(".not-shown")) return about();
    asked += 1;
    state.page = null;
    draw();
  };

  let drawn = "";
  const draw = () => {
    const now = JSON.stringify(state);
    if (now === drawn) return;
    drawn = now;
    const focused = shadow.activeElement?.className;
    const boxed = (title, told) => told.length > 0 && make("div", { className: "overlay", role: "alert" },
      make("h2", { textContent: title }), make("ul", {}, ...told.map(finding)));
    const kind = state.away || stopped().length || lacking().length || state.errors ? "error" : state.warnings ? "warning" : "clean";
    const list = state.open === "findings" && make("div", { className: "sheet" }, make("h2", { textContent: words() }),
      make("ul", {}, ...state.list.map(finding)));
    const page = state.open === "page" && make("div", { className: "sheet" }, make("h2", { textContent: "This page" }), panel());
    const bar = make("div", { className: "bar" }, button("page", "This page", "of-page"), button("findings", words(), "of-findings " + kind));
    box.replaceChildren(...[
      boxed("The newest state can’t be shown", stopped()), boxed("A part of this page can’t be shown", lacking()), list, page, bar,
    ].filter(Boolean));
    if (focused) box.querySelector("button." + focused.split(" ")[0])?.focus();
  };

  document.documentElement.append(host);
  draw();
  look();
  listen();
})();
