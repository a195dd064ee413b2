// The network of all loudspeakers is gone, and comes back for moments that are too short to be of use. Nothing due meanwhile
// is missed, every receipt comes in once. `make faults` has them offline for ten minutes; LOA_OUTAGE says for how many
// seconds otherwise.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { approvedStory } from "../scripts/ask.mjs";
import { Network } from "./network.mjs";
import { programs } from "./ordeal.mjs";
import { World } from "./world.mjs";

const SECONDS = Number(process.env.LOA_OUTAGE ?? 40);
const SPEAKERS = 4;
/** A slot begins so often, in seconds. */
const EVERY = 12;
/** Time to enrol, to release and to fetch, before the cable is pulled. */
const AHEAD = 30;

test(`all loudspeakers are offline for ${SECONDS} seconds`, async (t) => {
  const net = Network.lay();
  if (!net) return t.skip("this machine lets nobody lay a network of their own");
  t.after(() => net.end());
  const world = await World.start({ host: net.here, browser: false });
  t.after(() => world.end());
  const [station, leader] = [world.api("can-bo"), world.api("lanh-dao")];
  // The one where the example has nothing on the air, whatever the hour.
  const loudspeakers = (await leader("/outlets")).outlets.find((outlet) => outlet.key === "loa-vinh-tru");
  const running = await enrolled(world, net, await codes(station, loudspeakers.area));
  t.after(async () => {
    for (const child of running) {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
  });
  const story = await approvedStory(world.api("bien-tap"), world.api("duyet"), (what, look) => world.until(what, look));
  const first = Math.ceil(Date.now() / 1000) + AHEAD;
  const slots = [];
  for (let at = first; at < first + SECONDS; at += EVERY) {
    const starts_at = new Date(at * 1000).toISOString();
    slots.push((await station("/slots", { area: loudspeakers.area, starts_at, seconds: EVERY - 1 })).id);
  }
  await leader(`/stories/${story}/releases`, { choices: slots.map((slot) => ({ outlet: loudspeakers.id, slot })) });
  await world.until("every loudspeaker holds the sound", () => folders(world).every((data) => status(data).sounds > 0), AHEAD);
  assert.ok(Date.now() < first * 1000, "the first slot is still to come");

  net.pull();
  while (Date.now() < (first + SECONDS) * 1000) {
    await pause(2000 + Math.random() * 8000);
    net.plug();
    await pause(Math.random() * 400);
    net.pull();
  }
  for (const data of folders(world)) assert.equal(status(data).plays, slots.length, "every slot was played without network");
  net.plug();
  const expected = slots.length * SPEAKERS;
  await world.until("all receipts are in", async () => (await leader("/evidence?channel=loudspeaker")).entries >= expected, 120);
  await world.until("no loudspeaker has any left", () => folders(world).every((data) => status(data).receipts_waiting === 0), 120);
  const { entries, evidence } = await leader("/evidence?channel=loudspeaker");
  assert.equal(entries, expected, "every receipt is in the ledger once");
  for (const { seq } of evidence.slice(0, 20)) {
    const { detail } = await leader(`/evidence/${seq}`);
    assert.equal(detail.outcome, "whole");
  }
  const { deliveries } = await leader(`/deliveries?story=${story}`);
  assert.deepEqual(new Set(deliveries.map((delivery) => delivery.state)), new Set(["proven"]));
  world.verify();
});

async function codes(station, area) {
  return (await station("/speakers/codes", { area, name: "Loa thử", count: SPEAKERS })).codes;
}

const folders = (world) => Array.from({ length: SPEAKERS }, (_, number) => join(world.folder, `speaker-${number}`));

/** Real loudspeakers, each a process of its own, behind the cable. */
async function enrolled(world, net, codes) {
  const program = join(programs, "loa-speaker");
  return folders(world).map((data, number) => {
    const [enrol, at] = net.behind([program, "enrol", "--server", world.url, "--code", codes[number], "--data", data]);
    const done = spawnSync(enrol, at, { encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    const [run, args] = net.behind([program, "run", "--data", data, "--out", "null", "--poll", "1"]);
    const child = spawn(run, args, { stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.pipe(createWriteStream(`${data}.log`));
    return child;
  });
}

function status(data) {
  const done = spawnSync(join(programs, "loa-speaker"), ["status", "--data", data, "--json"], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout);
}
