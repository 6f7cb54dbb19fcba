// Hosts that can't be started here, as a small server that answers by what each says (or was seen) to do. Each rule gets a path
// without its first slash and the files that there are, and gives the file, or the path that it leads to.

const found = (file) => ({ status: 200, file });
const led = (status, to) => ({ status, to });
const page = (files, path) => files.has(`${path}.html`);
const folder = (files, path) => files.has(path ? `${path}/index.html` : "index.html");
const bare = (path) => path.replace(/\/+$/, "");

export const rules = {
  // docs.github.com; https://github.com/slorber/trailing-slash-guide has what it was seen to do.
  "GitHub Pages": (path, files) => {
    if (path === "" || path.endsWith("/")) return folder(files, bare(path)) && found(`${path}index.html`);
    if (files.has(path)) return found(path);
    if (page(files, path)) return found(`${path}.html`);
    return folder(files, path) && led(301, `${path}/`);
  },
  // docs.netlify.com: "Pretty URLs", as they are unless somebody switches them off.
  "Netlify": (path, files) => {
    if (files.has(path)) return found(path);
    if (path.endsWith("/") && page(files, bare(path))) return led(301, bare(path));
    if (path === "" || path.endsWith("/")) return folder(files, bare(path)) && found(`${path}index.html`);
    if (page(files, path)) return found(`${path}.html`);
    return folder(files, path) && led(301, `${path}/`);
  },
  // developers.cloudflare.com/pages/configuration/serving-pages
  "Cloudflare Pages": (path, files) => {
    if (path === "index.html" || path.endsWith("/index.html")) return files.has(path) && led(308, path.replace(/index\.html$/, ""));
    if (path.endsWith(".html")) return files.has(path) && led(308, path.replace(/\.html$/, ""));
    if (path === "" || path.endsWith("/")) {
      if (folder(files, bare(path))) return found(`${path}index.html`);
      return page(files, bare(path)) && led(308, bare(path));
    }
    if (files.has(path)) return found(path);
    if (page(files, path)) return found(`${path}.html`);
    return folder(files, path) && led(308, `${path}/`);
  },
  // docs.aws.amazon.com/AmazonS3: a bucket that is a website, with index.html as its index document.
  "S3": (path, files) => {
    if (path === "" || path.endsWith("/")) return folder(files, bare(path)) && found(`${path}index.html`);
    if (files.has(path)) return found(path);
    return folder(files, path) && led(302, `${path}/`);
  },
  // docs.python.org/3/library/http.server, without the lists of files that it makes.
  "python3 -m http.server": (path, files) => {
    if (path === "" || path.endsWith("/")) return folder(files, bare(path)) && found(`${path}index.html`);
    if (files.has(path)) return found(path);
    return folder(files, path) && led(301, `${path}/`);
  },
};

/** Which styles of addresses a host is for. */
export const suits = (host, style) => style !== "file" || !["S3", "python3 -m http.server"].includes(host);

/** Asks such a host: the answer as `fetch` would have it, without what follows. */
export const asked = (rule, files, address) => {
  const { pathname } = new URL(address);
  const path = decodeURIComponent(pathname.slice(1));
  const answer = rule(path, files) || { status: 404, file: nearest(path, files) };
  const location = answer.to === undefined ? null : "/" + answer.to.split("/").map(encodeURIComponent).join("/");
  return { status: answer.status, location, text: async () => files.get(answer.file) ?? "" };
};

// Each looks for it in the root of what it is given, some nearer by.
const nearest = (path, files) => {
  for (let above = path; above;) {
    above = above.includes("/") ? above.slice(0, above.lastIndexOf("/")) : "";
    const file = above ? `${above}/404.html` : "404.html";
    if (files.has(file)) return file;
  }
  return "404.html";
};
