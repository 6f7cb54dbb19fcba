// For an address at which there is no page: the pages that it most likely means, from the search index.
(() => {
  const place = document.querySelector("[data-likely]");
  const shown = 5;

  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  // The parts of an address below the site's root, as words: `/docs/SoftwareInventory.html` → `docs`, `Software Inventory`.
  const parts = (pathname) => decoded(pathname).split("/").filter(Boolean)
    .map((part) => part.replace(/\.(html?|mdx?|php|aspx?|jsp)$/i, "").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim())
    .filter((part) => part && !/^(index|404)$/i.test(part));
  const plain = (all) => all.map((part) => part.toLowerCase().replace(/ /g, ""));

  // How much of an address another has: parts that stand in both.
  const shared = (asked, found) => asked.filter((part) => found.includes(part)).length / Math.max(asked.length, found.length);

  const likely = async (search) => {
    await search.start();
    const base = new URL(search.root).pathname;
    const asked = parts(location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname);
    const wanted = new Map();
    // The last part says most; where it finds nothing, the one before it may.
    for (let at = asked.length - 1; at >= 0 && !wanted.size; at--) {
      const { results } = await search.find(asked[at] + " ");
      for (const [rank, { page }] of results.slice(0, 2 * shown).entries()) wanted.set(page, 1 - rank / (2 * shown));
    }
    const pages = await Promise.all([...wanted].map(async ([page, worth]) => {
      const [address, title, , description] = await search.pageData(page);
      return { address, title, description, worth: worth + shared(plain(asked), plain(parts(address))) };
    }));
    return pages.sort((a, b) => b.worth - a.worth).slice(0, shown);
  };

  const show = () => likely(window.bokwormSearch).then((pages) => {
    const list = place.querySelector("ul");
    for (const { address, title, description } of pages) {
      const entry = document.createElement("li"), link = document.createElement("a");
      // Without the host, by which the theme knows what lies elsewhere.
      Object.assign(link, { href: new URL(window.bokwormSearch.addressOf(address)).pathname, textContent: title });
      entry.append(link, description ? " – " + description : "");
      list.append(entry);
    }
    place.hidden = !pages.length;
  }, () => { /* the page says enough without */ });

  // The theme loads the search box, and it tells when it has come.
  if (window.bokwormSearch?.find) show();
  else addEventListener("bokworm-search", show, { once: true });
})();
