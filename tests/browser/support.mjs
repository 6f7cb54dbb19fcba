// What the browser tests share: a project in a folder of its own, a preview of it, a browser.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
export const program = process.env.BOKWORM ?? path.join(here, "../../target/debug/bokworm");

/** Opens Chromium, with more arguments where there are any; `CHROMIUM` names another than Debian's one without windows. */
export const browse = (...more) => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
});

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds in a page or a part of it, each with the first element that shows it. `coloursOnly` where the same
    page was looked at before in other colours. What passes isn't described, which takes longer than finding it. */
export async function violations(page, { within = "html", coloursOnly = false } = {}) {
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(axe);
  return page.evaluate(async ([within, coloursOnly]) => {
    const rules = coloursOnly ? { runOnly: ["cat.color"] } : {};
    const found = await window.axe.run(within, { resultTypes: ["violations"], preload: false, ...rules });
    return found.violations.map(({ id, nodes }) => `${id} ${nodes[0].target}`);
  }, [within, coloursOnly]);
}

/** A folder that holds these files: { "content/index.md": "# Home" }. */
export async function project(files) {
  const root = await mkdtemp(path.join(await realpath(tmpdir()), "bokworm-"));
  const put = async (name, text) => {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  for (const [name, text] of Object.entries(files)) await put(name, text);
  return { root, put, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Serves a folder; resolves when it answers. */
export function serve(root, ...options) {
  const child = spawn(program, ["serve", ...(options.includes("--port") ? [] : ["--port", "0"]), ...options], { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
      const address = /http:\/\/\S+/.exec(said);
      if (address) resolve({ address: address[0], end: () => new Promise((ended) => { child.on("exit", ended); child.kill("SIGKILL"); }) });
    });
    child.on("error", reject);
    child.on("exit", () => reject(new Error("the preview ended: " + said)));
  });
}
