// The week of a commune's loudspeakers: a slot moved by hand, by arrow keys and by its form; a move that is refused goes back and
// says why; a calendar program reads it; what was released is played at once by a real receiver.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
import { World } from "./world.mjs";

let world, station, api, outlet, next;
const slots = [];

/** `10:20` in Vietnam, so many days from now. */
function at(days, time) {
  const day = new Date(Date.now() + 7 * 3600_000 + days * 86_400_000).toISOString().slice(0, 10);
  return new Date(`${day}T${time}:00+07:00`).toISOString();
}

before(async () => {
  world = await World.start();
  api = world.api("dai-xa");
  const leader = world.api("lanh-dao");
  outlet = (await leader("/outlets")).outlets.find((one) => one.kind === "loudspeaker");
  // All in one week: the next one, from its Tuesday on.
  const today = new Date(Date.now() + 7 * 3600_000).getUTCDay() || 7;
  next = 9 - today;
  for (const [day, time] of [[next, "10:00"], [next + 1, "10:00"], [next + 1, "15:00"]]) slots.push((await api("/slots", { area: outlet.area, starts_at: at(day, time), seconds: 1200 })).id);
  await leader("/stories/2/releases", { choices: [{ outlet: outlet.id, slot: slots[0] }] });
  station = await world.signIn("dai-xa", { viewport: { width: 1440, height: 1600 } });
});
after(() => world?.end());

const week = () => `${world.url}/timetable?area=${outlet.area}&week=${at(next, "10:00").slice(0, 10)}`;
/** When the three slots of this journey begin, on a page. */
const times = (page = station) => Promise.all(slots.map((id) => page.locator(`#slot-${id} .week-time time`).textContent()));
const slot = (number, page = station) => page.locator(`#slot-${slots[number]}`);

test("the week is seen at every width", async () => {
  await station.goto(`${world.url}/airtime`);
  await station.getByRole("link", { name: "Lịch phát trong tuần" }).click();
  await station.goto(week());
  assert.deepEqual(await times(), ["10:00", "10:00", "15:00"]);
  await world.look(station, "timetable");
  await station.setViewportSize({ width: 1440, height: 1600 });
});

test("a slot is dragged to another time", async () => {
  const box = await slot(2).locator(".week-time").boundingBox();
  await station.mouse.move(box.x + 4, box.y + 4);
  await station.mouse.down();
  await station.mouse.move(box.x + 4, box.y - 20, { steps: 4 });
  // An hour is 54 pixels high.
  await station.mouse.move(box.x + 4, box.y + 4 - 54, { steps: 4 });
  await station.mouse.up();
  await station.getByText("Đã dời khung giờ").waitFor();
  assert.deepEqual(await times(), ["10:00", "10:00", "14:00"]);
});

test("by arrow keys it is moved too; where something else is, it goes back and says why", async () => {
  const move = slot(0).locator("summary");
  await move.focus();
  await station.keyboard.press("ArrowRight");
  await station.keyboard.press("ArrowDown");
  assert.match(await station.locator("[data-week-told]").textContent(), /Thứ Tư.*10:05/s);
  await station.keyboard.press("Enter");
  await station.locator("[data-week-refused]").waitFor();
  assert.match(await station.locator("[data-week-refused]").textContent(), /Giờ trống gần nhất/);
  await world.look(station, "timetable-refused");
  await station.setViewportSize({ width: 1440, height: 1600 });
  for (let step = 0; step < 12; step += 1) await station.keyboard.press("ArrowUp");
  await station.keyboard.press("Enter");
  await world.until("it is moved", async () => (await times()).join() === "09:00,10:00,14:00");
});

test("without scripts the form does it", async () => {
  const plain = await world.signIn("dai-xa", { javaScriptEnabled: false });
  await plain.goto(week());
  await slot(2, plain).locator("summary").click();
  await slot(2, plain).locator("[name=time]").fill("17h30");
  await slot(2, plain).getByRole("button", { name: "Dời đến đây" }).click();
  assert.deepEqual(await times(plain), ["09:00", "10:00", "17:30"]);
});

test("a calendar program reads it under an address of its own", async () => {
  await station.goto(week());
  await station.getByRole("button", { name: "Tạo địa chỉ lịch" }).click();
  const address = await station.locator(".notice .hash").textContent();
  await world.look(station, "timetable-link");
  const answer = await fetch(address);
  assert.match(answer.headers.get("content-type"), /^text\/calendar/);
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  const filled = events.find((event) => event.startDate.toJSDate().toISOString() === at(next, "09:00"));
  assert.equal(filled.summary, "Năm bước nộp hồ sơ trực tuyến tại nhà");
  assert.equal((await fetch(address, { headers: { "if-none-match": answer.headers.get("etag") } })).status, 304);
});

test("a day off is added with its reason, seen in the week, and taken back", async () => {
  await station.goto(`${world.url}/airtime/weekly?area=${outlet.area}`);
  await world.look(station, "airtime-weekly");
  await station.getByRole("link", { name: "Ngày nghỉ phát" }).click();
  await station.getByLabel("Lý do").fill("Bảo trì hệ thống loa");
  await station.getByRole("button", { name: "Thêm ngày nghỉ" }).click();
  await station.locator(".error-summary").waitFor();
  assert.equal(await station.getByLabel("Lý do").inputValue(), "Bảo trì hệ thống loa");
  await station.locator("#day").fill(at(next + 2, "10:00").slice(0, 10));
  await station.getByRole("button", { name: "Thêm ngày nghỉ" }).click();
  await station.locator("tbody", { hasText: "Bảo trì hệ thống loa" }).waitFor();
  await world.look(station, "days-off");
  await station.goto(week());
  await station.getByText("Lịch hằng tuần nghỉ: Bảo trì hệ thống loa").waitFor();
  await world.look(station, "timetable-off");
  await station.goto(`${world.url}/airtime/days-off?area=${outlet.area}`);
  await station.getByRole("button", { name: "Phát lại ngày này" }).click();
  await station.getByText("Chưa có ngày nghỉ phát nào sắp tới").waitFor();
});

test("what was released is played at once", async () => {
  await world.freeAir(station, outlet.area, 10);
  const { codes } = await api("/speakers/codes", { area: outlet.area, name: "Loa trụ sở", count: 1 });
  world.speaker(codes[0]);
  await station.goto(`${world.url}/deliveries?state=planned`);
  await station.locator("tbody th a").first().click();
  await station.getByRole("button", { name: "Phát ngay trên loa" }).click();
  await station.getByText("Sẽ phát trong giây lát").waitFor();
  await world.look(station, "delivery-now");
  const proven = async () => (await world.api("lanh-dao")("/deliveries?state=proven")).deliveries.some((one) => one.channel === "loudspeaker");
  await world.until("it was heard", proven, 120);
  world.verify();
});

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults ?? [], []);
});
