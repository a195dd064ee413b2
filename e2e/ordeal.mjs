// A swarm that hears urgent messages while something breaks again and again, and the balance at the end.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

export const programs = resolve("../target/release");

export class Ordeal {
  /** Enrols so many simulated loudspeakers; `meanwhile` is done again and again until all are connected. */
  static async start(world, members, meanwhile = async () => {}) {
    const ordeal = new Ordeal();
    ordeal.world = world;
    ordeal.members = members;
    [ordeal.asker, ordeal.sender] = [world.api("dai-xa"), world.api("lanh-dao")];
    ordeal.area = (await ordeal.asker("/speakers")).areas[0].id;
    const { codes } = await ordeal.asker("/speakers/codes", { area: ordeal.area, name: "Loa mô phỏng", count: members });
    const file = join(world.folder, "codes");
    writeFileSync(file, codes.join("\n"));
    ordeal.swarm = spawn(join(programs, "loa-speaker"), ["swarm", "--server", world.url, "--codes", file, "--json"], { stdio: ["pipe", "pipe", "pipe"] });
    ordeal.swarm.stderr.pipe(createWriteStream(join(world.folder, "speaker.log")));
    ordeal.lines = createInterface({ input: ordeal.swarm.stdout })[Symbol.asyncIterator]();
    let ready;
    ordeal.lines.next().then((line) => {
      ready = JSON.parse(line.value);
    });
    await world.until("all loudspeakers are connected", async () => {
      await meanwhile();
      return ready;
    });
    assert.deepEqual(ready, { ready: members });
    return ordeal;
  }

  end() {
    this.swarm?.kill("SIGKILL");
  }

  /** Sends messages as long as `breaking` goes on, and at least so many. */
  async sendWhile(breaking, least) {
    let over = false;
    const broken = breaking().finally(() => {
      over = true;
    });
    const ids = [];
    while (!over || ids.length < least) ids.push(await this.send(`Tin thử số ${ids.length + 1}`));
    await broken;
    return ids;
  }

  /** Every loudspeaker said every message once, every receipt is in the ledger once, and the ledger holds. */
  async balances(ids) {
    for (const id of ids) {
      await this.world.until(
        `every loudspeaker said message ${id}`,
        async () => {
          const speakers = (await this.patiently(() => this.sender(`/urgent/${id}`))).areas.flatMap((one) => one.speakers);
          return speakers.length === this.members && speakers.every((one) => one.heard_at);
        },
        240,
      );
    }
    this.swarm.stdin.end();
    const summary = JSON.parse((await this.lines.next()).value);
    assert.equal(summary.lost_receipts, 0);
    assert.equal(summary.refused, 0);
    const started = summary.rounds.reduce((sum, round) => sum + round.started, 0);
    const acknowledged = summary.rounds.reduce((sum, round) => sum + round.acknowledged, 0);
    assert.equal(started, ids.length * this.members, "every message was begun once by each");
    assert.equal(acknowledged, started, "every receipt was acknowledged once");
    this.world.verify();
    const { entries } = await this.patiently(() => this.sender("/evidence?channel=loudspeaker"));
    assert.equal(entries, started, "every receipt is in the ledger once");
  }

  /** From asking to sending, whatever breaks in between; once, for a message is known by its title. */
  async send(title) {
    const asked = async () => (await this.asker("/urgent")).urgent.find((one) => one.title === title);
    const message = await this.patiently(
      async () => (await asked()) ?? (await this.asker("/urgent", { title, text: "Thử loa.", areas: [this.area], minutes: 10, times: 1 })),
    );
    await this.patiently(async () => {
      const seen = await this.sender(`/urgent/${message.id}`);
      if (seen.sent_at) return true;
      // Approved when the server was killed: the round of every minute sends it.
      if (seen.stage === "waits" && seen.sound) {
        await this.sender(`/urgent/${message.id}/sending`, { version: seen.version, updated_at: seen.updated_at, sound: seen.sound, heard: true });
      }
      return false;
    });
    return message.id;
  }

  /** Tries until it succeeds; the server is away now and then. */
  async patiently(act) {
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
    throw new Error(`not within three minutes: ${last}\n${readFileSync(join(this.world.folder, "server.log"), "utf8").slice(-2000)}`);
  }
}
