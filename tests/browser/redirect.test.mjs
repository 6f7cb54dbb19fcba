// Redirects in Chromium: they arrive, with what was asked for, and none loads its own page again for ever.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, project, serve } from "./support.mjs";

let browser, files, preview;

before(async () => {
  files = await project({
    "book.toml": '[site]\ntitle = "Handbook"\n[urls]\nstyle = "file"\n[redirects]\n"/itself" = "/itself.html"\n"/one" = "/other"\n"/other" = "/one"\n"/old" = "/target"\n',
    "content/target.md": "# Target\n\n## Part\n\nText\n",
    "content/empty.md": '# Empty\n\n<Redirect to="" />\n',
    "content/self.md": '# Self\n\n<Redirect to="/self" />\n',
    "content/asked.md": '# Asked\n\n<Redirect to="/asked?again" />\n',
    "content/fragment.md": '# Fragment\n\n<Redirect to="#fragment" />\n',
    "content/here.md": '# Here\n\n<Redirect to="/there" />\n',
    "content/there.md": '# There\n\n<Redirect to="/here" />\n',
    "content/moved.md": '# Moved\n\n<Redirect to="/target" />\n',
  });
  preview = await serve(files.root);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await preview?.end();
  await files?.remove();
});

/** How often a browser loads something before it rests, and where. */
const follow = async (address, javaScriptEnabled) => {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  let loads = 0;
  page.on("request", (request) => { loads += Number(request.isNavigationRequest()); });
  await page.goto(new URL(address, preview.address).href, { waitUntil: "commit" });
  await page.waitForTimeout(600);
  const { pathname, hash } = new URL(page.url());
  await context.close();
  return { loads, at: pathname + hash };
};

for (const javaScriptEnabled of [true, false]) {
  test(`what leads to itself or nowhere rests, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    for (const address of ["/empty", "/self", "/asked", "/fragment", "/itself", "/one", "/here"]) {
      const { loads, at } = await follow(address, javaScriptEnabled);
      assert.ok(loads <= 2, `${address} was loaded ${loads} times`);
      assert.equal(at.replace("#fragment", ""), address);
    }
  });
}

test("a redirect arrives, with the fragment that was asked for", async () => {
  assert.deepEqual(await follow("/moved#part", true), { loads: 2, at: "/target#part" });
  assert.deepEqual(await follow("/old#part", true), { loads: 2, at: "/target#part" });
  assert.equal((await follow("/old", false)).at, "/target");
});
