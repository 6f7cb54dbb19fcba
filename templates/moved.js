// Leads from ids that went to other pages to where they are now. On the page of an old address, only its link is turned
// there: the theme's script follows it.
(() => {
  const script = document.currentScript;
  const follow = () => {
    const moved = JSON.parse(script.dataset.moved);
    const id = decodeURIComponent(location.hash.slice(1));
    if (!Object.hasOwn(moved, id) || document.getElementById(id)) return;
    const link = document.querySelector("a[data-redirect]");
    if (link) link.href = moved[id];
    else location.replace(moved[id]);
  };
  addEventListener("hashchange", follow);
  follow();
})();
