// The page whose link a reader points at is asked for before it is followed. Where a host says `Speculation-Rules`, browsers that know
// them do so by themselves, and find here what they have. Not in a preview, whose pages change, and not where data is dear.
const root = new URL("../", document.currentScript.src).href;
const isWanted = /^http/.test(location.protocol) && !navigator.connection?.saveData && !document.querySelector("script[data-bokworm]");
const asked = new Set([location.href.split("#")[0]]);

/** Asks for the page of a link that is still pointed at after a moment. */
export const ahead = (link) => {
  const [address] = link.href.split("#");
  // What has a dot in its name is a file.
  if (!isWanted || asked.has(address) || !address.startsWith(root) || /[.?]/.test(address.slice(root.length))) return;
  if (link.matches("[download], [data-redirect], [rel~=nofollow]")) return;
  setTimeout(() => {
    if (!link.matches(":hover") || asked.has(address)) return;
    asked.add(address);
    fetch(address, { priority: "low" }).catch(() => {});
  }, 65);
};
