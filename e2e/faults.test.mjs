// The server is killed at random moments (SIGKILL, as by a power cut) while urgent messages are asked for, sent and said by
// a swarm of loudspeakers. In the end every loudspeaker said every message once, every receipt is in the ledger once, and the
// ledger holds. `make faults` does it two hundred times; LOA_FAULTS says how often otherwise.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { World } from "./world.mjs";

const KILLS = Number(process.env.LOA_FAULTS ?? 12);
const MEMBERS = 30;
const MESSAGES = Math.max(4, Math.ceil(KILLS / 4));
const programs = resolve("../target/release");

let world, asker, sender, area, swarm, lines;
let killing = true;
let kills = 0;

before(async () => {
  world = await World.start();
  [asker, sender] = [caller("dai-xa"), caller("lanh-dao")];
  area = (await asker("/speakers")).areas[0].id;
  const { codes } = await asker("/speakers/codes", { area, name: "Loa mô phỏng", count: MEMBERS });
  writeFileSync(join(world.folder, "codes"), codes.join("\n"));
  swarm = spawn(join(programs, "loa-speaker"), ["swarm", "--server", world.url, "--codes", join(world.folder, "codes"), "--json"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  swarm.stderr.pipe(createWriteStream(join(world.folder, "speaker.log")));
  lines = createInterface({ input: swarm.stdout })[Symbol.asyncIterator]();
  assert.deepEqual(JSON.parse((await lines.next()).value), { ready: MEMBERS });
});
after(async () => {
  killing = false;
  swarm?.kill("SIGKILL");
  await world?.end();
});

test(`${MESSAGES} messages go out while the server is killed ${KILLS} times`, async () => {
  const killer = kill();
  const ids = [];
  for (let number = 1; number <= MESSAGES || kills < KILLS; number += 1) ids.push(await send(`Tin thử số ${number}`));
  await killer;
  assert.ok(kills >= KILLS, `killed ${kills} times`);
  for (const id of ids) {
    await world.until(
      `every loudspeaker said message ${id}`,
      async () => {
        const speakers = (await patiently(() => sender(`/urgent/${id}`))).areas.flatMap((one) => one.speakers);
        return speakers.length === MEMBERS && speakers.every((one) => one.heard_at);
      },
      240,
    );
  }
  swarm.stdin.end();
  const summary = JSON.parse((await lines.next()).value);
  assert.equal(summary.lost_receipts, 0);
  assert.equal(summary.refused, 0);
  const started = summary.rounds.reduce((sum, round) => sum + round.started, 0);
  const acknowledged = summary.rounds.reduce((sum, round) => sum + round.acknowledged, 0);
  assert.equal(started, ids.length * MEMBERS, "every message was begun once by each");
  assert.equal(acknowledged, started, "every receipt was acknowledged once");
  const ledger = spawnSync(join(programs, "loa"), ["--data", world.data, "verify"], { encoding: "utf8" });
  assert.equal(ledger.status, 0, ledger.stdout + ledger.stderr);
  const { entries } = await patiently(() => sender("/evidence?channel=loudspeaker"));
  assert.equal(entries, started, "every receipt is in the ledger once");
});

/** Kills and starts the server until it was killed often enough. */
async function kill() {
  while (killing && kills < KILLS) {
    await pause(Math.random() * 3000);
    await world.kill();
    kills += 1;
    await world.serve();
  }
}

/** From asking to sending, whatever breaks in between; once, for a message is known by its title. */
async function send(title) {
  const asked = async () => (await asker("/urgent")).urgent.find((one) => one.title === title);
  const message = await patiently(async () => (await asked()) ?? (await asker("/urgent", { title, text: "Thử loa.", areas: [area], minutes: 10, times: 1 })));
  await patiently(async () => {
    const seen = await sender(`/urgent/${message.id}`);
    if (seen.sent_at) return true;
    // Approved when the server was killed: the round of every minute sends it.
    if (seen.stage === "waits" && seen.sound) {
      await sender(`/urgent/${message.id}/sending`, { version: seen.version, updated_at: seen.updated_at, sound: seen.sound, heard: true });
    }
    return false;
  });
  return message.id;
}

/** Tries until it succeeds; the server is away now and then. */
async function patiently(act) {
  const end = performance.now() + 180_000;
  let last;
  while (performance.now() < end) {
    try {
      const done = await act();
      if (done) return done;
    } catch (error) {
      last = error;
    }
    await pause(150);
  }
  throw new Error(`not within three minutes: ${last}\n${readFileSync(join(world.folder, "server.log"), "utf8").slice(-2000)}`);
}

/** Calls the API as somebody. */
function caller(login) {
  const made = spawnSync(join(programs, "loa"), ["--data", world.data, "token", login], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  const headers = { authorization: `Bearer ${made.stdout.trim()}`, "content-type": "application/json" };
  return async (path, body) => {
    const answer = await fetch(`${world.url}/api/v1${path}`, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}
