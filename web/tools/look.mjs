// Photographs the catalogue as it would be shipped and asks axe about it.
// node tools/look.mjs [--shots FOLDER] [PAGE…]; exit 1 on any violation, overflow or refused resource.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { build } from "vite";
import { cataloguePages } from "../catalogue/pages.mjs";
import { LAUNCH, SCHEMES, WIDTHS, faultsOf, screen } from "./eye.mjs";
import { serve } from "./serve.mjs";

const args = process.argv.slice(2);
const at = args.indexOf("--shots");
const shots = at >= 0 ? args.splice(at, 2)[1] : "node_modules/.shots";
const wanted = args.length ? args : Object.keys(cataloguePages);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

mkdirSync(shots, { recursive: true });
await build({ mode: "catalogue", logLevel: "warn" });
const site = await serve("node_modules/.catalogue");
const browser = await chromium.launch(LAUNCH);

const LIMIT_BYTES = 100_000;
const faults = [];
let largest = { bytes: 0, where: "" };
for (const name of wanted) {
  for (const scheme of SCHEMES) {
    for (const width of WIDTHS) await look(name, scheme, width);
  }
  await print(name);
}
await browser.close();
site.end();
for (const fault of faults) console.error(fault);
console.log(`${wanted.length} pages, ${faults.length} faults; the heaviest first visit is ${largest.bytes} bytes (${largest.where}); pictures in ${shots}`);
process.exit(faults.length ? 1 : 0);

async function open(name, options, where) {
  const context = await browser.newContext({ locale: "vi-VN", bypassCSP: false, ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    // The pictures need no sound file; everything else that fails is a fault.
    if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) faults.push(`${where}: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => faults.push(`${where}: ${error.message}`));
  const paid = [];
  page.on("response", (response) => paid.push(response));
  await page.goto(`${site.address}/${cataloguePages[name]}`, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState("networkidle");
  const bytes = (await Promise.all([...paid].map(cost))).reduce((sum, one) => sum + one, 0);
  largest = bytes > largest.bytes ? { bytes, where } : largest;
  if (bytes > LIMIT_BYTES) faults.push(`${where}: a first visit costs ${bytes} bytes`);
  return { context, page };
}

/** What the network carries: woff2 as it is, everything else by gzip. */
async function cost(response) {
  if (!response.ok()) return 0;
  const body = await response.body();
  return extname(new URL(response.url()).pathname) === ".woff2" ? body.length : gzipSync(body, { level: 9 }).length;
}

async function look(name, scheme, width) {
  const where = `${name} ${scheme} ${width}`;
  const { context, page } = await open(name, { viewport: screen(width), colorScheme: scheme }, where);
  await page.screenshot({ path: join(shots, `${name}-${scheme}-${width}.png`), fullPage: true });
  for (const fault of await faultsOf(page, axe)) faults.push(`${where}: ${fault}`);
  await context.close();
}

async function print(name) {
  const { context, page } = await open(name, { viewport: { width: 794, height: 1123 } }, `${name} print`);
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: join(shots, `${name}-print.png`), fullPage: true });
  await context.close();
}
