// Runs of `loa plan read`: how long one takes, and how much memory.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { loa, median } from "../measure.mjs";

const ARGUMENTS = (file) => ["plan", "read", file, "--json"];

/** How many numbered clauses and bullets are found in a document. */
export function found(file) {
  const run = spawnSync(loa, ARGUMENTS(file), { maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(`loa plan read ${file}: ${run.stderr}`);
  const count = (clauses) => clauses.reduce((sum, { marker, children }) => sum + (marker ? 1 : 0) + count(children), 0);
  return count(JSON.parse(run.stdout).clauses);
}

/** The time of one run in ms, process included: the middle of several. */
export function time(file, rounds) {
  return median(
    Array.from({ length: rounds }, () => {
      const began = performance.now();
      const run = spawnSync(loa, ARGUMENTS(file), { maxBuffer: 1 << 30 });
      const ms = performance.now() - began;
      if (run.status !== 0) throw new Error(`loa plan read ${file}: ${run.stderr}`);
      return ms;
    }),
  );
}

/**
 * The most memory that a run held, in bytes (proc(5), VmHWM is in KiB). It is looked at when the first of its answer
 * comes: all is read by then, and the process waits, because nobody takes the rest of what it has to say.
 */
export async function peak(file) {
  const run = spawn(loa, ARGUMENTS(file), { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  run.stderr.on("data", (bytes) => {
    said += bytes;
  });
  const gone = once(run, "exit");
  await once(run.stdout, "readable");
  const status = run.exitCode === null ? readFileSync(`/proc/${run.pid}/status`, "utf8") : "";
  const held = status.match(/^VmHWM:\s+(\d+)/m);
  run.stdout.resume();
  const [code] = await gone;
  if (code !== 0) throw new Error(`loa plan read ${file}: ${said}`);
  if (!held) throw new Error(`loa plan read ${file} ended before its memory was looked at: its answer is too short`);
  return Number(held[1]) * 1024;
}
