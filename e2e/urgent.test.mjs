// A warning: written by a commune's broadcaster, heard and sent by another person, said by a real loudspeaker within
// seconds, taken back, looked back on.
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";

const TITLE = "Cảnh báo lũ trên sông Đáy";

let world, station, leader, message, played;

before(async () => {
  world = await World.start();
  [station, leader] = [await world.signIn("dai-xa"), await world.signIn("lanh-dao")];
});
after(() => world?.end());

test("a broadcaster writes it, and another person finds it on top of what waits", async () => {
  await station.goto(`${world.url}/speakers`);
  await station.locator("section", { hasText: "Cụm loa phường Phủ Lý" }).locator("form.filters button").click();
  played = world.speaker((await station.textContent("[data-code]")).trim());
  await station.goto(`${world.url}/urgent`);
  await station.getByRole("link", { name: "Soạn tin khẩn cấp" }).click();
  await station.fill("#title", TITLE);
  await station.fill("#text", "Mực nước lúc 16h là 4,2 m, còn lên. Bà con ngoài đê di dời trước 18h. Cần giúp đỡ gọi 112.");
  await station.locator("#reading rt", { hasText: "bốn phẩy hai mét" }).or(station.locator("#reading rt").first()).first().waitFor();
  await world.look(station, "urgent-form");
  await station.getByRole("button", { name: "Gửi người thứ hai" }).click();
  await station.waitForURL(/\/urgent\/\d+$/);
  message = station.url();
  await leader.goto(`${world.url}/home`);
  const first = leader.locator("section[aria-labelledby=waiting] .lines a").first();
  assert.match(await first.textContent(), new RegExp(`^KHẨN.*${TITLE}`));
  await first.click();
});

test("heard and sent with one act, it is said by the loudspeaker and proven", async () => {
  await leader.waitForSelector("#state audio", { timeout: 60_000 });
  await leader.check("#heard");
  await world.look(leader, "urgent-to-send");
  await leader.getByRole("button", { name: "Duyệt và phát ngay" }).click();
  await leader.locator("#state .tag-urgent").waitFor();
  await world.until("the loudspeaker says it", async () => readdirSync(played).some((name) => statSync(join(played, name)).size > 50_000), 60);
  await world.until("its receipt is there", async () => {
    await leader.goto(message);
    return (await leader.locator("#state td", { hasText: "1 trong 1 loa" }).count()) === 1;
  }, 60);
  await world.look(leader, "urgent-live");
  const reader = await world.visitor();
  await reader.goto(world.url);
  assert.equal(await reader.locator("main a", { hasText: TITLE }).count(), 1);
});

test("it is taken back, and somebody looks back on it", async () => {
  await leader.getByRole("button", { name: "Hủy tin khẩn cấp" }).click();
  await leader.fill("#remark", "Loa phát sau khi bấm vài giây. Lần sau nhắc thêm số điện thoại của xã.");
  await world.look(leader, "urgent-review");
  await leader.getByRole("button", { name: "Ghi rút kinh nghiệm" }).click();
  await leader.locator("#state .tag-proven").waitFor();
  await leader.goto(`${world.url}/urgent`);
  await world.look(leader, "urgent-list");
});

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults, []);
});
