// A loudspeaker goes silent: its sound card's program is gone while something is on the air. The commune and the province see
// it at home; mended, it is no longer named.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { programs } from "./ordeal.mjs";
import { World } from "./world.mjs";

const NAME = "Loa nhà văn hóa tổ 4";

let world, station, officer, data;

before(async () => {
  world = await World.start();
  [station, officer] = [await world.signIn("dai-xa"), await world.signIn("can-bo")];
  const broadcaster = world.api("dai-xa");
  const area = (await broadcaster("/speakers")).areas[0].id;
  const { codes } = await broadcaster("/speakers/codes", { area, name: NAME, count: 1 });
  data = join(world.folder, "speaker");
  const enrolled = spawnSync(join(programs, "loa-speaker"), ["enrol", "--server", world.url, "--code", codes[0], "--data", data], { encoding: "utf8" });
  assert.equal(enrolled.status, 0, enrolled.stderr);
});
after(() => world?.end());

/** Whether somebody's home names the loudspeaker. */
async function named(page) {
  await page.goto(`${world.url}/home`);
  return (await page.locator("main", { hasText: NAME }).count()) > 0;
}

test("it is heard of by the commune and by the province", async () => {
  // No program plays for it: PATH holds none.
  world.receiver = world.run("loa-speaker", ["run", "--data", data, "--out", "alsa", "--poll", "1"], "speaker.log", { PATH: world.folder });
  const [asker, sender] = [world.api("dai-xa"), world.api("lanh-dao")];
  await world.until("it is there", async () => (await asker("/speakers")).speakers.some((one) => one.health === "online"));
  assert.equal(await named(station), false);
  // Long enough that it should still be heard when its silence is told.
  const text = "Đề nghị bà con theo dõi mực nước và làm theo hướng dẫn của chính quyền địa phương. ".repeat(12);
  const { id } = await asker("/urgent", { title: "Nước sông Đáy lên nhanh", text, areas: [(await asker("/speakers")).areas[0].id], minutes: 5, times: 1 });
  const seen = await world.until("its sound is made", async () => {
    const message = await sender(`/urgent/${id}`);
    return message.sound && message;
  });
  await sender(`/urgent/${id}/sending`, { version: seen.version, updated_at: seen.updated_at, sound: seen.sound, heard: true });
  await world.until("the commune sees it", () => named(station), 60);
  await world.look(station, "silent-home");
  assert.ok(await named(officer), "the province sees it");
  await station.goto(`${world.url}/speakers`);
  assert.match(await station.locator("main").textContent(), /Im lặng/);
  await world.look(station, "silent-speakers");
});

test("mended, it is no longer named", async () => {
  await world.stopReceiver();
  world.receiver = world.run("loa-speaker", ["run", "--data", data, "--out", "null", "--poll", "1"], "speaker.log");
  await world.until("it is well again", async () => !(await named(station)), 120);
});

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults ?? [], []);
});
