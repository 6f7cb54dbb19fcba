// Before the first paint: the colours the reader chose, and that scripts run.
(function (html) {
  html.className = "js";
  try {
    var scheme = localStorage.getItem("bokworm-scheme");
    if (scheme === "light" || scheme === "dark") html.dataset.scheme = scheme;
  } catch (_) {}
})(document.documentElement);
