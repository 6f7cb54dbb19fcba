// What the menu of a page does by itself: loaded when it is first opened.
(() => {
  const menu = document.querySelector(".page-menu");
  const act = {
    copy: async (button) => {
      const link = menu.querySelector("[type='text/markdown']");
      try {
        await navigator.clipboard.writeText(await (await fetch(link.href)).text());
        button.textContent = button.dataset.done;
      } catch { link.click(); }
    },
    print: () => {
      menu.open = false;
      if (document.dispatchEvent(new CustomEvent("bokworm:print", { cancelable: true }))) window.print();
    },
    share: () => navigator.share({ title: document.title, url: location.href }).catch(() => {}),
  };
  for (const button of menu.querySelectorAll("button")) {
    if (button.name === "share" && navigator.share) button.parentNode.hidden = false;
    button.addEventListener("click", () => act[button.name](button));
  }
})();
