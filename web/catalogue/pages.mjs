import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { coverageCompact, coverageMonths, coverageOverview } from "./coverage-sample.mjs";

const here = import.meta.dirname;

/** Every page of the catalogue, by name. */
export const cataloguePages = {
  catalogue: "catalogue.html",
  ...Object.fromEntries(
    ["home", "coverage", "story", "story-edit", "import", "report", "sign-in", "day", "portal-home", "portal-story", "portal-progress"].map(
      (name) => [name, `catalogue/${name}.html`],
    ),
  ),
};

const samples = { coverageCompact, coverageMonths, coverageOverview };

/** Fills `<!-- include:FILE -->` with a fragment of this folder and `<!-- sample:NAME -->` with generated marks. */
export function catalogue() {
  return {
    name: "loa-catalogue",
    transformIndexHtml: {
      order: "pre",
      handler(html) {
        return html
          .replace(/<!-- include:([\w-]+) -->/g, (_, file) => readFileSync(resolve(here, `_${file}.html`), "utf8"))
          .replace(/<!-- sample:(\w+) -->/g, (_, name) => samples[name]());
      },
    },
  };
}
