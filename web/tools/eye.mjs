// What is looked for on every page, in the catalogue and in the journeys: does it fit, does axe object.
import { readFileSync } from "node:fs";

/** Chromium of Debian's package, without its calls home. Its own words (file and date fields) are Vietnamese; its microphone hears a beep a second. */
export const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  env: { ...process.env, LANGUAGE: "vi", LANG: "vi_VN.UTF-8" },
  args: ["--lang=vi", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream"],
};

export const WIDTHS = [390, 768, 1440];
export const SCHEMES = ["light", "dark"];

/** The size of a screen of that width. */
export const screen = (width) => ({ width, height: width === 390 ? 844 : 900 });

/** What is wrong with the page as it stands; `axe` is the path of axe.min.js. */
export async function faultsOf(page, axe) {
  const faults = [];
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) faults.push(`the page is ${over} px wider than the screen`);
  await page.evaluate(readFileSync(axe, "utf8"));
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  for (const { id, help, nodes } of violations) {
    for (const node of nodes.slice(0, 3)) faults.push(`${id}: ${help}: ${node.target.join(" ")}: ${node.any.map((check) => check.message).join("; ")}`);
  }
  return faults;
}
