// Before the first paint: the colours the reader chose, and that scripts run. A fade given up is no fault.
{
  const html = document.documentElement;
  html.className = "js";
  try {
    const scheme = localStorage.getItem("bokworm-scheme");
    if (/^(light|dark)$/.test(scheme)) html.dataset.scheme = scheme;
  } catch {}
  addEventListener("unhandledrejection", (fault) => / Transition was/.test(fault.reason) && fault.preventDefault());
}
