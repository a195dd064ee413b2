// idle_mb: resident memory of `loa serve` with an installation, ten seconds after its last request.
// start_ms: from the start of the process to its first answered page, on an installation that is there.
// binary_mb: the file `loa`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { figure, inScratch, loa, median, progress } from "./measure.mjs";

const MEGABYTE = 1e6;

figure("footprint", "binary_mb", statSync(loa).size / MEGABYTE, "MB");
await inScratch(async (folder) => {
  const port = await freePort();
  mkdirSync(join(folder, "loa-data"));
  writeFileSync(join(folder, "loa-data/loa.toml"), `[web]\nlisten = "127.0.0.1:${port}"\n`);

  progress("first start, which creates the installation");
  await (await start(folder, port)).stop();
  const starts = [];
  for (let round = 1; round <= 5; round += 1) {
    progress(`start ${round} of 5`);
    const server = await start(folder, port);
    starts.push(server.ms);
    if (round === 5) {
      progress("ten idle seconds");
      await pause(10_000);
      figure("footprint", "idle_mb", resident(server.pid), "MB");
    }
    await server.stop();
  }
  figure("footprint", "start_ms", median(starts), "ms");
});

async function start(folder, port) {
  const began = performance.now();
  const server = spawn(loa, ["serve"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (bytes) => {
      said = (said + bytes).slice(-4000);
    });
  }
  const gone = once(server, "exit");
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`loa serve ended before it answered:\n${said}`);
    }
    const page = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (page?.ok) {
      await page.text();
      break;
    }
    if (performance.now() - began > 120_000) {
      server.kill("SIGKILL");
      throw new Error(`loa serve did not answer in two minutes:\n${said}`);
    }
    await pause(2);
  }
  return {
    ms: performance.now() - began,
    pid: server.pid,
    stop: async () => {
      server.kill("SIGTERM");
      await gone;
    },
  };
}

/** Resident memory in MB (proc(5), VmRSS is in KiB). */
function resident(pid) {
  const [, kib] = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+)/m);
  return (Number(kib) * 1024) / MEGABYTE;
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
