import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import subsetFont from "subset-font";
import { tabularFigures } from "./figures.mjs";

const web = resolve(import.meta.dirname, "..");
const made = resolve(web, "node_modules/.fonts");
const faces = ["be-vietnam-pro", "noto-serif"];
const weights = [400, 600];

// What Vietnamese and English pages use of the Latin subset: ASCII, the Vietnamese letters of Latin-1, punctuation.
// Without closure: fractions and their small figures, which no page sets, stay out.
// fonts.css names the same ranges, and gives every other letter to the whole file.
const ascii = String.fromCharCode(...Array.from({ length: 0x5f }, (_, index) => 0x20 + index));
const letters = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý";
const punctuation = "\u00a0«»°±²³·×§©–—‘’“”†•…‹›−";

/**
 * Makes the figures for columns and the small Latin files that fonts.css asks for: 5 to 6 kB less for each face and weight, so that
 * a page with both faces stays under the 100 kB of a first paint. Also ships the fonts' licences.
 */
export function fonts() {
  return {
    name: "loa-fonts",
    async buildStart() {
      mkdirSync(made, { recursive: true });
      for (const weight of weights) {
        for (const face of faces) {
          await make(`${face}-latin-${weight}`, face, weight, (whole) => subsetFont(whole, ascii + letters + punctuation, { targetFormat: "woff2", noLayoutClosure: true }));
          await make(`${face}-whole-${weight}`, face, weight, (whole) => whole);
        }
        await make(`be-vietnam-pro-figures-${weight}`, "be-vietnam-pro", weight, tabularFigures);
      }
      if (this.meta.watchMode) return;
      for (const face of faces) {
        const source = readFileSync(resolve(web, `node_modules/@fontsource/${face}/LICENSE`), "utf8");
        this.emitFile({ type: "asset", fileName: `${face}-LICENSE.txt`, source });
      }
    },
  };
}

async function make(name, face, weight, cut) {
  const target = resolve(made, `${name}-normal.woff2`);
  if (existsSync(target)) return;
  const whole = readFileSync(resolve(web, `node_modules/@fontsource/${face}/files/${face}-latin-${weight}-normal.woff2`));
  writeFileSync(target, await cut(whole));
}
