// One side of the comparison: a server, a swarm, some urgent messages, and what was measured.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { inScratch, loa, progress } from "../measure.mjs";

const speaker = resolve("target/release/loa-speaker");
/** The first message has every loudspeaker fetch the sound; the others are measured. */
const MESSAGES = 4;

/** Runs everything in a scratch folder and gives the swarm's summary, without the first message. */
export function onNetwork({ count, mosquitto }) {
  return inScratch(async (folder) => {
    const running = [];
    try {
      const [web, mqtt] = [await freePort(), await freePort()];
      if (mosquitto) running.push(await peer(folder, mqtt));
      const data = join(folder, "data");
      mkdirSync(data);
      const outside = mosquitto ? `outside = "mqtt://127.0.0.1:${mqtt}"` : `listen = "127.0.0.1:${mqtt}"\nencrypted = false`;
      writeFileSync(
        join(data, "loa.toml"),
        `[web]\nlisten = "127.0.0.1:${web}"\n[air]\nquiet_from = 0\nquiet_to = 0\n[broker]\n${outside}\n`,
      );
      const server = program(loa, ["--data", data, "serve", "--example"], join(folder, "server.log"));
      running.push(server);
      const url = `http://127.0.0.1:${web}`;
      await until(`the server answers (${join(folder, "server.log")})`, async () => (await fetch(`${url}/health`).catch(() => null))?.ok, 60);
      const [asker, sender] = [await caller(url, data, "dai-xa"), await caller(url, data, "lanh-dao")];
      const area = (await asker("/speakers")).areas[0].id;
      const codes = join(folder, "codes");
      writeFileSync(codes, (await makeCodes(asker, area, count)).join("\n"));
      const swarm = program(speaker, ["swarm", "--server", url, "--codes", codes, "--json"], join(folder, "swarm.log"), true);
      running.push(swarm);
      const lines = createInterface({ input: swarm.stdout })[Symbol.asyncIterator]();
      await lines.next();
      for (let message = 0; message < MESSAGES; message += 1) {
        const id = await urgent(asker, sender, area);
        await until("all receipts are in", async () => receipts(folder) === message + 1, 300);
        await sender(`/urgent/${id}/cancellation`, {});
        progress(`message ${message + 1} of ${MESSAGES}`);
      }
      const server_mb = memory(server.pid);
      swarm.stdin.end();
      const summary = JSON.parse((await lines.next()).value);
      if (summary.count !== count) throw new Error(`${summary.count} of ${count} loudspeakers were connected`);
      return { ...summary, rounds: summary.rounds.slice(1), server_mb };
    } finally {
      for (const one of running.reverse()) await end(one);
    }
  });
}

/** Mosquitto as it comes, for anybody, without a disk. */
async function peer(folder, port) {
  const config = join(folder, "mosquitto.conf");
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nmax_queued_messages 0\nuser root\n`);
  const child = program("mosquitto", ["-c", config], join(folder, "mosquitto.log"));
  await pause(500);
  if (child.exitCode !== null) throw new Error(`mosquitto ended:\n${readFileSync(join(folder, "mosquitto.log"), "utf8")}`);
  return child;
}

/** One person asks, another hears and sends. */
async function urgent(asker, sender, area) {
  const { id } = await asker("/urgent", { title: "Thử loa", text: "Thử loa.", areas: [area], minutes: 5, times: 1 });
  let seen;
  await until("the sound is made", async () => {
    seen = await sender(`/urgent/${id}`);
    return seen.sound;
  }, 60);
  await sender(`/urgent/${id}/sending`, { version: seen.version, updated_at: seen.updated_at, sound: seen.sound, heard: true });
  return id;
}

async function makeCodes(asker, area, count) {
  const codes = [];
  while (codes.length < count) {
    const made = await asker("/speakers/codes", { area, name: "Loa mô phỏng", count: Math.min(1000, count - codes.length) });
    codes.push(...made.codes);
  }
  return codes;
}

/** How often all receipts were in. */
function receipts(folder) {
  return readFileSync(join(folder, "swarm.log"), "utf8").split("all receipts are acknowledged").length - 1;
}

/** Calls the API as somebody. */
async function caller(url, data, login) {
  const made = spawnSync(loa, ["--data", data, "token", login], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`loa token: ${made.stderr}`);
  const authorization = `Bearer ${made.stdout.trim()}`;
  return async (path, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: body ? "POST" : "GET",
      headers: { authorization, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? {} : answer.json();
  };
}

function program(command, args, log, talks = false) {
  const child = spawn(command, args, { stdio: [talks ? "pipe" : "ignore", talks ? "pipe" : "ignore", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
  child.stderr.pipe(createWriteStream(log));
  return child;
}

async function end(child) {
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await gone;
  clearTimeout(late);
}

/** Largest memory of a process, in MB. */
function memory(pid) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").split("\n").find((text) => text.startsWith("VmHWM:"));
  return Number(line.match(/\d+/)[0]) / 1024;
}

async function until(what, holds, seconds) {
  const last = Date.now() + seconds * 1000;
  while (Date.now() < last) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
