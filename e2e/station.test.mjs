// A commune's phone: the day is seen and heard without a network, what was heard is said, local news is recorded and sent for
// approval. When the network is back all of it arrives, once; heard is only what a second person approved.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PASSWORD, World } from "./world.mjs";

const TITLE = "Phát thuốc diệt muỗi chiều nay";

let world, phone, station, leader;

before(async () => {
  world = await World.start();
  [station, leader] = [world.api("dai-xa"), world.api("lanh-dao")];
  // Something is on the air now, and something later.
  const outlet = (await leader("/outlets")).outlets.find((one) => one.kind === "loudspeaker");
  phone = await world.signIn("dai-xa", { permissions: ["microphone"] });
  await world.freeAir(phone, outlet.area, 30);
  const slots = [];
  for (const [after, seconds] of [[3, 290], [600, 600]]) {
    const starts_at = new Date(Math.ceil(Date.now() / 1000 + after) * 1000).toISOString();
    slots.push((await station("/slots", { area: outlet.area, starts_at, seconds })).id);
  }
  await leader("/stories/2/releases", { choices: slots.map((slot) => ({ outlet: outlet.id, slot })) });
  await phone.setViewportSize({ width: 390, height: 844 });
});
after(() => world?.end());

const waits = () => phone.locator("[data-outbox-lines] li").count();

test("the day is there, with network and without", async () => {
  await phone.goto(`${world.url}/home`);
  await phone.getByRole("link", { name: "Trực đài" }).click();
  await phone.getByRole("heading", { name: "Trực đài hôm nay" }).waitFor();
  await world.look(phone, "station");
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.evaluate(() => navigator.serviceWorker.ready);
  await world.until("the sounds are kept", () => phone.evaluate(async () => (await (await caches.open("loa-station-sounds-1")).keys()).length >= 2));
  await phone.context().setOffline(true);
  await phone.reload();
  await phone.getByRole("heading", { name: "Trực đài hôm nay" }).waitFor();
  const heard = await phone.locator("audio[src]").first().evaluate(async (audio) => {
    audio.muted = true;
    await audio.play();
    await new Promise((done) => setTimeout(done, 1200));
    return audio.currentTime;
  });
  assert.ok(heard > 0.3, `it plays from the phone: ${heard} s`);
});

test("without network it says what it heard and records the commune's news, in three taps", async () => {
  await phone.getByRole("button", { name: "Đã nghe loa phát" }).first().click();
  await world.until("one thing waits", async () => (await waits()) === 1);
  await phone.fill("#title", TITLE);
  await phone.fill("#text", "Chiều nay 17h, xã phát thuốc diệt muỗi tại nhà văn hóa. Mỗi hộ một gói.");
  await phone.selectOption("#theme", { index: 1 });
  await phone.selectOption("#slot", { index: 1 });
  await phone.getByRole("button", { name: "Bắt đầu thu" }).click();
  await phone.waitForTimeout(2500);
  await phone.getByRole("button", { name: "Dừng" }).click();
  await phone.locator("[data-preview]").waitFor();
  await phone.getByRole("button", { name: "Gửi duyệt" }).click();
  await world.until("two things wait", async () => (await waits()) === 2);
  await world.look(phone, "station-offline");
  await phone.setViewportSize({ width: 390, height: 844 });
  // The phone is switched off and on.
  await phone.reload();
  await world.until("both still wait", async () => (await waits()) === 2);
  assert.equal((await station("/stories?state=submitted")).stories.filter((one) => one.title === TITLE).length, 0);
});

test("back in the network it arrives once, though the answer to the first try is lost", async () => {
  // The first try reaches the server, and its answer does not reach the phone.
  let lost = 0;
  await phone.context().route("**/station/recordings", async (route) => {
    if (lost === 0) {
      lost += 1;
      await route.fetch();
      await route.abort("connectionreset");
    } else {
      await route.continue();
    }
  });
  await phone.context().setOffline(false);
  await phone.evaluate(() => dispatchEvent(new Event("online")));
  await world.until("nothing waits any more", async () => (await waits()) === 0, 60);
  assert.equal(lost, 1);
  const mine = (await station("/stories")).stories.filter((one) => one.title === TITLE);
  assert.deepEqual(mine.map((one) => one.state), ["submitted"], "one story, and a second person is still needed");
  await world.until("the word is there", async () => (await phone.locator(".station-told").count()) === 1);
  await world.look(phone, "station-back");
});

test("whoever signs in next on the phone does not send what is not theirs", async () => {
  await phone.context().setOffline(true);
  await phone.getByRole("button", { name: "Loa không phát" }).first().click();
  await world.until("it waits", async () => (await waits()) === 1);
  await phone.context().clearCookies();
  await phone.context().setOffline(false);
  await phone.evaluate(() => dispatchEvent(new Event("online")));
  await phone.getByText("Đăng nhập lại để gửi").waitFor();
  assert.equal(await waits(), 2, "what waits, and the way to sign in");
});

test("the day that the phone kept goes with whoever signs out, what was not sent stays theirs", async () => {
  const kept = () => phone.evaluate(async () => {
    const sounds = (await caches.has("loa-station-sounds-1")) ? await (await caches.open("loa-station-sounds-1")).keys() : [];
    return [...sounds.map((one) => one.url), ...((await caches.match("/station")) ? ["/station"] : [])];
  });
  await phone.goto(`${world.url}/sign-in`);
  await phone.fill("#login", "dai-xa");
  await phone.fill("#password", PASSWORD);
  await Promise.all([phone.waitForURL(`${world.url}/home`), phone.click("main button[type=submit]")]);
  await phone.goto(`${world.url}/station`);
  await world.until("the day is kept", async () => (await kept()).length >= 3);
  await phone.locator("details.account summary").click();
  await phone.getByRole("button", { name: "Đăng xuất" }).click();
  await phone.waitForURL(`${world.url}/sign-in`);
  await world.until("nothing is kept", async () => (await kept()).length === 0);
  const unsent = await phone.evaluate(async () => (await indexedDB.databases()).map((one) => one.name));
  assert.ok(unsent.includes("loa-station"));
});

test("nothing went wrong in any browser on the way", () => {
  const expected = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|ERR_FAILED|Failed to fetch/;
  assert.deepEqual((world.faults ?? []).filter((fault) => !expected.test(fault)), []);
});
