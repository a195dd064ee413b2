// One side of the comparison: a server, a swarm, some urgent messages, and what was measured.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../scripts/ask.mjs";
import { inScratch, progress } from "../measure.mjs";
import { caller, end, memory, program, serve, speaker, until } from "../server.mjs";

/** The first message has every loudspeaker fetch the sound; the others are measured. */
const MESSAGES = 4;

/** Runs everything in a scratch folder and gives the swarm's summary, without the first message. */
export function onNetwork({ count, mosquitto }) {
  return inScratch(async (folder) => {
    const running = [];
    try {
      const mqtt = await freePort();
      if (mosquitto) running.push(await peer(folder, mqtt));
      const outside = mosquitto ? `outside = "mqtt://127.0.0.1:${mqtt}"` : `listen = "127.0.0.1:${mqtt}"\nencrypted = false`;
      const { url, data, server } = await serve(folder, `[broker]\n${outside}\n`);
      running.push(server);
      const [asker, sender] = [caller(url, data, "dai-xa"), caller(url, data, "lanh-dao")];
      const area = (await asker("/speakers")).areas[0].id;
      const codes = join(folder, "codes");
      writeFileSync(codes, (await makeCodes(asker, area, count)).join("\n"));
      const swarm = program(speaker, ["swarm", "--server", url, "--codes", codes, "--json"], join(folder, "swarm.log"), { talks: true });
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
