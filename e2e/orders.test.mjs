// A loudspeaker is turned down and lets itself be heard, from the page: a real receiver follows and says so.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";

let world, station, played;

before(async () => {
  world = await World.start();
  const api = world.api("dai-xa");
  const area = (await api("/speakers")).areas[0].id;
  const { codes } = await api("/speakers/codes", { area, name: "Loa nhà văn hóa tổ 2", count: 1 });
  played = world.speaker(codes[0]);
  station = await world.signIn("dai-xa");
});
after(() => world?.end());

async function shown(text) {
  await station.goto(`${world.url}/speakers`);
  return (await station.locator("main tbody", { hasText: text }).count()) > 0;
}

test("it is turned down, and plays as it says", async () => {
  await world.until("it is there", () => shown("Đang kết nối"));
  await station.locator("summary", { hasText: "Điều chỉnh" }).click();
  await station.getByLabel("Âm lượng, từ 0 đến 100").fill("40");
  await world.look(station, "speaker-orders");
  await station.getByRole("button", { name: "Đặt âm lượng" }).click();
  await station.getByText("Đã ghi âm lượng").waitFor();
  await world.until("it follows", async () => (await shown("âm lượng 40")) && !(await shown("Chưa nhận điều chỉnh mới nhất")));
});

test("it lets itself be heard, once", async () => {
  await station.locator("summary", { hasText: "Điều chỉnh" }).click();
  await station.getByRole("button", { name: "Phát thử âm báo" }).click();
  await station.getByText("Đã yêu cầu phát thử").waitFor();
  await world.until("it sounded", () => shown("Đã phát thử âm báo"));
  await world.look(station, "speaker-tone");
  assert.ok(existsSync(played));
  assert.equal(readdirSync(played).filter((name) => name.startsWith("tone-")).length, 1);
});

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults ?? [], []);
});
