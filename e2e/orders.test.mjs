// A loudspeaker is turned down and lets itself be heard, from the page: a real receiver follows and says so.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { programs } from "./ordeal.mjs";
import { World } from "./world.mjs";

let world, station, played, api, area;

before(async () => {
  world = await World.start();
  api = world.api("dai-xa");
  area = (await api("/speakers")).areas[0].id;
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

test("it stands on the map, and by keyboard one comes back to it", async () => {
  await station.goto(`${world.url}/speakers`);
  await station.locator("summary", { hasText: "Điều chỉnh" }).click();
  await station.getByLabel("Vị trí").fill("105.9139, 20.5411");
  await station.getByRole("button", { name: "Ghi vị trí" }).click();
  await station.getByText("Vị trí là vĩ độ rồi kinh độ").waitFor();
  await station.goto(`${world.url}/speakers`);
  await station.locator("summary", { hasText: "Điều chỉnh" }).click();
  await station.getByLabel("Vị trí").fill("20.5411, 105.9139");
  await station.getByRole("button", { name: "Ghi vị trí" }).click();
  await station.getByText("Đã ghi vị trí").waitFor();
  await station.getByRole("link", { name: "Bản đồ loa" }).click();
  await station.locator("figure.map a", { hasText: "Loa nhà văn hóa tổ 2" }).waitFor();
  await world.look(station, "map-area");
  await station.locator("figure.map a").focus();
  await station.keyboard.press("Enter");
  await station.waitForURL(/\/speakers#speaker-\d+$/);
  // The whole province, with another area where somebody has to look.
  const leader = await world.signIn("can-bo");
  const officer = world.api("can-bo");
  const other = (await officer("/speakers")).areas.find((one) => one.id !== area).id;
  const { codes } = await officer("/speakers/codes", { area: other, name: "Loa chợ", count: 1 });
  const enrolled = spawnSync(join(programs, "loa-speaker"), ["enrol", "--data", join(world.folder, "market"), "--server", world.url, "--code", codes[0]], { encoding: "utf8" });
  assert.equal(enrolled.status, 0, enrolled.stderr);
  await leader.goto(`${world.url}/speakers`);
  const row = leader.locator("tr", { hasText: "Loa chợ" });
  await row.locator("summary").click();
  await row.getByLabel("Vị trí").fill("20.6480, 105.9190");
  await row.getByRole("button", { name: "Ghi vị trí" }).click();
  await leader.goto(`${world.url}/speakers/map`);
  assert.equal(await leader.locator("figure.map a").count(), 2);
  await world.look(leader, "map-province");
});

test("the server keeps to what vendors are told, point by point", async () => {
  const { codes } = await api("/speakers/codes", { area, name: "Kiểm tra", count: 1 });
  // Something is on the air, so that there are sounds to try it with.
  const leader = world.api("lanh-dao");
  const outlet = (await leader("/outlets")).outlets.find((one) => one.area === area);
  const slot = (await api("/slots", { area, starts_at: `${new Date(Date.now() + 31 * 3600_000).toISOString().slice(0, 10)}T03:00:00Z`, seconds: 900 })).id;
  await leader("/stories/2/releases", { choices: [{ outlet: outlet.id, slot }] });
  const done = spawnSync(join(programs, "loa-speaker"), ["conform", world.url, "--code", codes[0], "--json"], { encoding: "utf8" });
  const found = JSON.parse(done.stdout);
  assert.deepEqual(found.points.filter((point) => point.found !== "ok"), []);
  assert.equal(found.points.length, 22);
  assert.equal(done.status, 0, done.stderr);
});

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults ?? [], []);
});
