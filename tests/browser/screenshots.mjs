// Makes the pictures of the README from the project's own site: `node tests/browser/screenshots.mjs` after `cargo build`.
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { publish } from "./own.mjs";
import { browse } from "./support.mjs";

const docs = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../docs");
const pictures = {
  "list.webp": { file: "tags/developer-role.html", colorScheme: "light", viewport: { width: 1280, height: 900 }, scale: 1.25 },
  "article.webp": { file: "Activities/Level-2/Inventory.html", colorScheme: "dark", viewport: { width: 400, height: 797 }, scale: 1.5 },
};

const site = await publish();
const browser = await browse("--hide-scrollbars");
for (const [name, { file, scale, ...options }] of Object.entries(pictures)) {
  const page = await browser.newPage({ ...options, deviceScaleFactor: scale, reducedMotion: "reduce" });
  await page.goto(site.route(file), { waitUntil: "networkidle" });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 88, clip: { x: 0, y: 0, ...options.viewport, scale } });
  await writeFile(path.join(docs, name), Buffer.from(data, "base64"));
  console.log(name, (await stat(path.join(docs, name))).size, "bytes");
  await page.close();
}
await browser.close();
await site.end();
