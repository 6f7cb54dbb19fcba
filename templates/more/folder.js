// Opened from a folder: a browser doesn't know that `a` is `a.html`.
import { equipped } from "./equip.js";

if (location.protocol === "file:") {
  equipped("a[href]", (link) => {
    if (link.protocol !== "file:") return;
    const [, path, rest] = /^([^?#]*)(.*)$/.exec(link.href);
    if (path.endsWith("/")) link.href = path + "index.html" + rest;
    else if (!/\.[a-z][a-z0-9]{1,4}$/i.test(path)) link.href = path + ".html" + rest;
  });
}
