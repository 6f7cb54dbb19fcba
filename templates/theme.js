// What a page can do more than HTML and CSS do by themselves. Each part stands alone; without
// any of it the page is complete. Parts that equip what stands in the article can be run
// again: the preview puts new blocks into the page and says so.
(() => {
  const html = document.documentElement;
  // What is said here in the page's language stands at this script's element, or at the element that it is said of.
  const { link: linkTo = "{title}", copy: copyWord = "⧉", copied: copiedWord = "✓", more } = document.currentScript?.dataset ?? {};
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const store = {
    get: (key) => { try { return localStorage.getItem("bokworm-" + key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem("bokworm-" + key, value); } catch { /* not remembered */ } },
  };

  // The elements that a part hasn't seen yet.
  const known = {};
  const fresh = (selector) => {
    const seen = known[selector] ??= new WeakSet();
    return all(selector).filter((element) => !seen.has(element) && seen.add(element));
  };
  const parts = [];

  // Each file once, in the order in which they are asked for.
  const loaded = {};
  const load = (src) => loaded[src] ??= new Promise((resolve) => {
    document.head.append(make("script", { src, async: false, onload: resolve }));
  });

  // What few pages hold has a script of its own; so has an address in a folder, which browsers can't follow.
  parts.push(() => {
    if (more && (location.protocol === "file:" || document.querySelector("[data-filter], [data-print], a[data-redirect]"))) load(more);
  });

  // Pictures open large, what notes and terms say is shown beside them, and pages are asked for ahead: by that script, when a
  // reader first points there.
  parts.push(() => {
    for (const picture of fresh("img[data-large]")) if (!picture.closest("a, button, label, summary")) {
      const button = make("button", { type: "button", className: "enlarge" });
      picture.replaceWith(button);
      button.append(picture);
    }
    for (const term of fresh(".prose abbr[title]")) term.tabIndex = 0;
  });
  for (const kind of ["click", "focusin", "pointerover"]) document.addEventListener(kind, ({ target }) => {
    const asked = target.closest?.("a[href], .enlarge, .prose abbr[tabindex]");
    if (asked && more) load(more).then(() => window.bokwormMore(asked, kind));
  });

  // Menus close as menus do, also when something of them is followed. The switch of languages keeps the place: a heading has another id in another language, but
  // where both pages have as many, it is the one at the same place. `#at-2-7-why` is the second of seven, here `why`.
  const languages = document.querySelector(".languages");
  const decoded = (id) => { try { return decodeURIComponent(id); } catch { return id; } };
  const headings = () => all("main :is(h1, h2, h3, h4, h5, h6)[id]");
  for (const menu of all(".languages, .page-menu, .toc-narrow")) {
    const close = (others) => { if (menu.open && others && !menu.contains(others)) menu.open = false; };
    document.addEventListener("click", ({ target }) => close(target));
    menu.addEventListener("click", ({ target }) => { if (target.closest("a")) menu.open = false; });
    menu.addEventListener("focusout", ({ relatedTarget }) => close(relatedTarget));
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.firstElementChild.focus();
    });
    // Its script comes when it is first opened.
    menu.addEventListener("toggle", () => { if (menu.dataset.menu) load(menu.dataset.menu); });
  }
  if (languages) {
    const keep = ({ target }) => {
      const link = target.closest("a");
      if (!link) return;
      const id = location.hash.slice(1), known = headings();
      const at = known.findIndex((heading) => heading.id === decoded(id)) + 1;
      link.hash = id && `at-${at}-${known.length}-${id}`;
    };
    for (const followed of ["click", "auxclick"]) languages.addEventListener(followed, keep);
  }
  const [, at, of, id] = /^#at-(\d+)-(\d+)-(.*)$/.exec(location.hash) ?? [];
  if (of) {
    const known = headings();
    const found = document.getElementById(decoded(id)) ?? (known.length === Number(of) && known[at - 1]);
    if (found) location.replace("#" + encodeURIComponent(found.id));
    else try { history.replaceState(null, "", location.pathname + location.search); } catch { /* a file's address stays */ }
  }

  // Colours: as the system, light, dark.
  const schemes = ["auto", "light", "dark"];
  const button = document.querySelector(".scheme-button");
  const asSystem = button?.ariaLabel;
  const say = () => { if (button) button.title = button.ariaLabel = button.dataset[html.dataset.scheme] ?? asSystem; };
  button?.addEventListener("click", () => {
    const next = schemes[(schemes.indexOf(html.dataset.scheme || "auto") + 1) % schemes.length];
    if (next === "auto") delete html.dataset.scheme;
    else html.dataset.scheme = next;
    store.set("scheme", next);
    say();
  });
  say();

  // The current page stays in sight in a long sidebar.
  const current = document.querySelector('.sidebar [aria-current="page"]');
  const reveal = () => {
    const box = current?.closest(".menu");
    if (!box) return;
    const top = current.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0 || top > box.clientHeight - 96) box.scrollTop += top - box.clientHeight / 3;
  };
  reveal();

  // While the menu covers the page it holds the focus: nothing else can be come to. It is let go of before the menu closes,
  // which then hands the focus back.
  const drawer = document.getElementById("menu");
  const hold = (held) => {
    for (let part = drawer; part !== document.body; part = part.parentNode) {
      for (const other of part.parentNode.children) if (other !== part) other.inert = held;
    }
  };
  drawer?.addEventListener("toggle", ({ newState }) => {
    reveal();
    if (newState === "open") hold(true);
    else if (document.activeElement === document.body) document.querySelector(".menu-button")?.focus();
  });
  drawer?.addEventListener("beforetoggle", ({ newState }) => { if (newState === "closed") hold(false); });

  // A link beside each heading, to copy its address.
  parts.push(() => all(".prose :is(h2, h3, h4, h5, h6)[id]").forEach((heading) => {
    const anchor = heading.querySelector(".anchor") ?? make("a", { className: "anchor", textContent: "#" });
    const words = [...heading.childNodes].filter((node) => node !== anchor).map((node) => node.textContent).join("").trim();
    anchor.setAttribute("href", "#" + heading.id);
    anchor.ariaLabel = linkTo.replace("{title}", () => words);
    if (!anchor.parentNode) heading.append(anchor);
  }));

  // The table of contents follows the reading; above the first heading it stands at the first entry.
  let observer;
  parts.push(() => {
    observer?.disconnect();
    const entries = new Map();
    for (const link of all(".toc a[href^='#']")) {
      const heading = document.getElementById(decoded(link.hash.slice(1)));
      if (heading) entries.set(heading, link);
      else link.ariaCurrent = null;
    }
    const follow = () => {
      let [found] = entries.values();
      for (const [heading, link] of entries) {
        if (heading.getBoundingClientRect().top > innerHeight / 4) break;
        found = link;
      }
      if (found.ariaCurrent) return;
      for (const link of entries.values()) link.ariaCurrent = null;
      found.ariaCurrent = "location";
      const box = document.querySelector(".toc");
      if (box.scrollHeight > box.clientHeight) box.scrollTop = found.offsetTop - box.clientHeight / 2;
    };
    // What lies above counts as seen, so that a jump past a heading is noticed too.
    if (entries.size) observer = new IntersectionObserver(follow, { rootMargin: "999999px 0px -75% 0px" });
    for (const heading of entries.keys()) observer.observe(heading);
  });

  // Code can be copied.
  if (navigator.clipboard) {
    parts.push(() => fresh(".prose pre:has(> code)").forEach((pre) => {
      let frame = pre.closest("figure.code");
      if (!frame) {
        frame = make("figure", { className: "code" });
        pre.replaceWith(frame);
        frame.append(pre);
      }
      const copy = make("button", { type: "button", className: "copy", textContent: copyWord });
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(pre.textContent.replace(/\n$/, ""));
        copy.textContent = copiedWord;
        copy.classList.add("done");
        setTimeout(() => { copy.textContent = copyWord; copy.classList.remove("done"); }, 2000);
      });
      frame.append(copy);
    }));
  }

  // Tabs of one group keep in step, here and on the next page.
  const choose = (group, value) => {
    for (const tabs of all(".tabs[data-group]")) {
      if (tabs.dataset.group !== group) continue;
      const input = all(":scope > .tab > input", tabs).find((candidate) => candidate.value === value);
      if (input) input.checked = true;
    }
  };
  parts.push(() => {
    for (const group of new Set(fresh(".tabs[data-group]").map((tabs) => tabs.dataset.group))) {
      const value = store.get("tab-" + group);
      if (value !== null) choose(group, value);
    }
  });
  document.addEventListener("change", ({ target }) => {
    const group = target.closest?.(".tab > input") && target.closest(".tabs").dataset.group;
    if (!group) return;
    const before = target.getBoundingClientRect().top;
    choose(group, target.value);
    store.set("tab-" + group, target.value);
    scrollBy({ top: target.getBoundingClientRect().top - before, behavior: "instant" });
  });

  // What a component needs is loaded where one stands.
  parts.push(() => fresh("[data-load]").forEach(({ dataset }) => dataset.load.split(" ").forEach(load)));

  // Search: what it takes is loaded when the box is first opened, or at an address that holds a query.
  const opener = document.querySelector("[data-search]");
  if (opener) {
    const shared = new URLSearchParams(location.search);
    const keys = opener.querySelector("kbd");
    if (keys && /^(Mac|iP)/.test(navigator.platform)) keys.textContent = "⌘ K";
    // What is typed before the box is there goes into a field that nobody sees.
    let waiting, loading = false;
    const giveUp = () => {
      waiting?.before?.focus({ preventScroll: true });
      waiting?.field.remove();
      waiting = undefined;
    };
    const show = () => {
      if (!waiting || waiting.composing) return;
      const { field, query, tags } = waiting;
      giveUp();
      window.bokwormSearch.open(field.value || query, tags);
    };
    const wait = (query, tags) => {
      const field = make("input", { type: "text", ariaLabel: opener.title, autocomplete: "off" });
      Object.assign(field.style, { position: "fixed", insetBlockStart: 0, opacity: 0, pointerEvents: "none" });
      waiting = { field, query, tags, before: document.activeElement, composing: false };
      field.addEventListener("compositionstart", () => { waiting.composing = true; });
      field.addEventListener("compositionend", () => {
        waiting.composing = false;
        if (window.bokwormSearch?.open) setTimeout(show);
      });
      field.addEventListener("keydown", ({ key }) => { if (key === "Escape") giveUp(); });
      document.body.append(field);
      field.focus({ preventScroll: true });
    };
    const load = () => {
      loading = true;
      const fail = () => { loading = false; giveUp(); };
      const style = make("link", { rel: "stylesheet", href: opener.dataset.searchStyle });
      const script = make("script", { src: opener.dataset.search });
      const first = [style, ...opener.dataset.searchWords ? [make("script", { src: opener.dataset.searchWords })] : []];
      for (const part of [...first, script]) part.addEventListener("error", () => { part.remove(); fail(); });
      const arrived = (part) => new Promise((resolve) => part.addEventListener("load", resolve));
      Promise.all(first.map(arrived)).then(() => document.head.append(script));
      document.head.append(...first);
    };
    addEventListener("bokworm-search", show, { once: true });
    const open = (query, tags) => {
      if (window.bokwormSearch?.open) return window.bokwormSearch.open(query, tags);
      if (!waiting) wait(query, tags);
      if (!loading) load();
    };
    opener.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    document.addEventListener("keydown", (event) => {
      const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
      const slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!slash && !((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey)) return;
      event.preventDefault();
      open();
    });
    if (document.querySelector("[data-likely]")) load();
    if (shared.has("q") || shared.has("tag")) open(shared.get("q") ?? "", shared.getAll("tag"));
  }

  const equip = () => { for (const part of parts) part(); };
  equip();
  document.addEventListener("bokworm:patch", equip);
})();
