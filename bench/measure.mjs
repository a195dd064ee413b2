// What the benchmarks share: a scratch folder, a line of JSON, a median.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The programs under measure, as `make build` leaves them. */
export const loa = resolve("target/release/loa");

/** Prints a figure as the contract wants it. */
export function figure(bench, name, value, unit) {
  console.log(JSON.stringify({ bench, figure: name, value: Number(value.toPrecision(4)), unit }));
}

/** Says what is being done. */
export function progress(text) {
  console.error(`bench: ${text}`);
}

/** The middle one. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Runs `work` in a folder of its own, which goes away whatever happens. */
export async function inScratch(work) {
  const folder = mkdtempSync(join(tmpdir(), "loa-bench."));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
