// Airtime of a commune: a weekly pattern, a time that is taken already and the nearest that is not, a slot taken off the
// air, the pattern ended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";

let world, station;

before(async () => {
  world = await World.start();
  station = await world.signIn("dai-xa");
});
after(() => world?.end());

/** Types into the form of the page and sends it. */
async function send(fields, button) {
  for (const [id, value] of Object.entries(fields)) await station.fill(`#${id}`, value);
  await station.getByRole("button", { name: button }).click();
}

test("a weekly pattern is made, and its slots are there", async () => {
  await station.goto(`${world.url}/airtime`);
  await station.getByRole("link", { name: "Lịch hằng tuần" }).click();
  await world.look(station, "weekly-empty");
  await send({ time: "10h00", minutes: "" }, "Thêm lịch");
  assert.equal(await station.locator(".error-summary li").count(), 2);
  assert.equal(await station.inputValue("#time"), "10h00");
  await world.look(station, "weekly-refused");
  for (const day of [1, 2, 3, 4, 5, 6, 7]) await station.check(`#day-${day}`);
  await send({ minutes: "20" }, "Thêm lịch");
  assert.equal(await station.locator("tbody th").textContent(), "Hằng ngày 10:00–10:20");
  await world.look(station, "weekly");
});

test("what overlaps is refused with the nearest time, by week and by day", async () => {
  await station.check("#day-3");
  await send({ time: "10:15", minutes: "15" }, "Thêm lịch");
  assert.match(await station.locator(".error-summary li").textContent(), /Trùng với một lịch hằng tuần/);
  assert.match(await station.locator(".notice").textContent(), /Giờ trống gần nhất: 10:30/);
  await world.look(station, "weekly-clash");
  await station.goto(`${world.url}/airtime`);
  const day = await station.inputValue("#day");
  const [date, month, year] = day.split("/").map(Number);
  const later = new Date(Date.UTC(year, month - 1, date + 3));
  const wanted = `${later.getUTCDate()}/${later.getUTCMonth() + 1}/${later.getUTCFullYear()}`;
  await send({ day: wanted, time: "10:10", minutes: "10" }, "Tạo khung giờ");
  assert.match(await station.locator(".notice").textContent(), /Giờ trống gần nhất: 10:30/);
  await world.look(station, "airtime-clash");
  await send({ time: "10:30" }, "Tạo khung giờ");
  assert.ok((await station.locator(".airtimes time").allTextContents()).includes("10:30–10:40"));
  await world.look(station, "airtime-week");
});

test("an empty slot is taken off the air, and the pattern is ended", async () => {
  const before = await station.locator(".airtimes time").count();
  await station.locator(".airtimes a", { hasText: "10:30" }).or(station.locator(".airtimes li", { hasText: "10:30" }).locator("a")).first().click();
  await world.look(station, "slot-empty");
  await station.getByRole("button", { name: "Bỏ khung giờ này" }).click();
  assert.equal(await station.locator(".airtimes time").count(), before - 1);
  await station.getByRole("link", { name: "Lịch hằng tuần" }).click();
  await station.getByRole("button", { name: "Kết thúc" }).click();
  await station.getByText("Chưa có lịch hằng tuần").waitFor();
  await station.goto(`${world.url}/airtime`);
  assert.equal(await station.locator(".airtimes time", { hasText: "10:00" }).count(), 0);
});

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults ?? [], []);
});
