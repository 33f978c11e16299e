// Looks at the admin pages as people do: node pages.mjs CHROMIUM ADDRESS FOLDER, where the screenshots go.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";

const [executablePath, address, folder] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const pages = ["/", "/plugins", "/plugins?message=google.protobuf.StringValue", "/failures", "/sessions", "/report"];

try {
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, viewport] of Object.entries(sizes)) {
      // The pages' own rules let no script in but the checker's, and they work without any.
      const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      for (const each of pages) {
        const response = await page.goto(address + each);
        assert.equal(response.status(), 200, each);
        assert.equal(await page.locator("h1").count(), 1, `${each} has one heading`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        assert.equal(wide, false, `${each} fits a ${name}`);
        await page.addScriptTag({ path: axe });
        const { violations } = await page.evaluate(() => axe.run(document));
        assert.deepEqual(
          violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html)}`),
          [],
          `${each} on a ${name}, ${colorScheme}`,
        );
        const file = `${name}-${colorScheme}-${each.replace(/[^a-z]+/gi, "-").replace(/^-|-$/g, "") || "overview"}.png`;
        await page.screenshot({ path: path.join(folder, file), fullPage: true });
      }
      await context.close();
    }
  }

  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole("link", { name: "Plugins" }).click();
  await page.getByRole("link", { name: "google.protobuf.StringValue" }).click();
  await page.getByText("offered").waitFor();
  await page.getByRole("link", { name: "Failures" }).click();
  await page.getByText("GRAFT_EXTENSION_UNKNOWN").first().waitFor();
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("button", { name: "Load the plugins again" }).click();
  await page.getByText("Reloaded in").waitFor();
  // Another site's page cannot press that button.
  await page.setContent(`<form method="post" action="${address}/reload"><button>Win</button></form>`);
  await page.getByRole("button", { name: "Win" }).click();
  await page.getByText("which no web page can").waitFor();
} finally {
  await browser.close();
}
console.log("all pages are as they should be");
