// The project's own site, built into a folder of its own and served under the strict policy that it keeps.
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { mkdtemp, readFile, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { program } from "./support.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; media-src 'self'";
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".webm": "video/webm", ".woff2": "font/woff2" };

/** Builds and serves the site: its address, its pages, the address of each, and how to end it. */
export async function publish() {
  const folder = await mkdtemp(path.join(await realpath(tmpdir()), "bokworm-site-"));
  const out = path.join(folder, "site");
  await promisify(execFile)(program, ["-C", root, "build", "--quiet", "--out", out]);
  const pages = (await readdir(out, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://x").pathname).slice(1);
    for (const name of [asked, `${asked}.html`, path.join(asked, "index.html")]) {
      try {
        const bytes = await readFile(path.join(out, name));
        response.writeHead(200, { "content-type": types[path.extname(name)] ?? "application/octet-stream", "content-security-policy": policy });
        return response.end(bytes);
      } catch { /* the next name */ }
    }
    response.writeHead(404).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const address = `http://127.0.0.1:${server.address().port}/`;
  return {
    address,
    pages,
    route: (file) => address + file.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, ""),
    end: () => {
      server.closeAllConnections();
      server.close();
      return rm(folder, { recursive: true, force: true });
    },
  };
}
