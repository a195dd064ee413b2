// The server, and the broker, are killed at random moments (SIGKILL, as by a power cut) while urgent messages are asked for,
// sent and said by a swarm of loudspeakers. In the end every loudspeaker said every message once, every receipt is in the
// ledger once, and the ledger holds. `make faults` kills two hundred times; LOA_FAULTS says how often otherwise.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../scripts/ask.mjs";
import { Mosquitto } from "./mosquitto.mjs";
import { Ordeal } from "./ordeal.mjs";
import { World } from "./world.mjs";

const KILLS = Number(process.env.LOA_FAULTS ?? 8);
const MEMBERS = 30;

/** Kills what `victims` names, one after the other, and starts it again. */
async function kill(times, ...victims) {
  for (let number = 0; number < times; number += 1) {
    await pause(Math.random() * 3000);
    await victims[number % victims.length]();
  }
}

test(`the server, with its broker in it, is killed ${KILLS} times`, async (t) => {
  const world = await World.start({ browser: false });
  t.after(() => world.end());
  const ordeal = await Ordeal.start(world, MEMBERS);
  t.after(() => ordeal.end());
  const server = async () => {
    await world.kill();
    await world.serve();
  };
  const ids = await ordeal.sendWhile(() => kill(KILLS, server), 4);
  await ordeal.balances(ids);
});

const half = Math.ceil(KILLS / 2);
test(`another broker, and the server beside it, are killed ${half} times`, async (t) => {
  if (!Mosquitto.isThere()) return t.skip("mosquitto is not installed");
  const port = await freePort();
  const world = await World.start({ browser: false, config: `[broker]\noutside = "mqtt://loa:bi-mat@127.0.0.1:${port}"\n` });
  t.after(() => world.end());
  const broker = new Mosquitto(world.folder, port);
  t.after(() => broker.kill());
  broker.allow(world);
  broker.start();
  const ordeal = await Ordeal.start(world, MEMBERS, async () => {
    broker.allow(world);
    await pause(1500);
  });
  t.after(() => ordeal.end());
  const outside = async () => {
    await broker.kill();
    await pause(Math.random() * 2000);
    broker.start();
  };
  const server = async () => {
    await world.kill();
    await world.serve();
  };
  const ids = await ordeal.sendWhile(() => kill(half, outside, server), 3);
  assert.ok(ids.length >= 3);
  await ordeal.balances(ids);
});
