// A server with the example in a scratch folder, and what benchmarks do with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { caller as ask, freePort } from "../scripts/ask.mjs";
import { loa } from "./measure.mjs";

export const speaker = resolve("target/release/loa-speaker");

/** Starts one without quiet hours, with more sections of loa.toml, and waits until it answers. */
export async function serve(folder, config = "") {
  const data = join(folder, "data");
  const web = await freePort();
  mkdirSync(data);
  writeFileSync(join(data, "loa.toml"), `[web]\nlisten = "127.0.0.1:${web}"\n[air]\nquiet_from = 0\nquiet_to = 0\n${config}`);
  const log = join(folder, "server.log");
  const server = program(loa, ["--data", data, "serve", "--example"], log);
  const url = `http://127.0.0.1:${web}`;
  await until(`the server answers (${log})`, async () => (await fetch(`${url}/health`).catch(() => null))?.ok, 60);
  return { url, data, server };
}

/** Calls the API as somebody. */
export function caller(url, data, login) {
  return ask(loa, url, data, login);
}

export function program(command, args, log, { talks = false, env = {} } = {}) {
  const child = spawn(command, args, { stdio: [talks ? "pipe" : "ignore", talks ? "pipe" : "ignore", "pipe"], env: { ...process.env, NO_COLOR: "1", ...env } });
  child.stderr.pipe(createWriteStream(log));
  return child;
}

export async function end(child) {
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await gone;
  clearTimeout(late);
}

/** Largest memory of a process, in MB. */
export function memory(pid) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").split("\n").find((text) => text.startsWith("VmHWM:"));
  return Number(line.match(/\d+/)[0]) / 1024;
}

export async function until(what, holds, seconds) {
  const last = Date.now() + seconds * 1000;
  while (Date.now() < last) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}
