// What is heard: written, read above the script, read otherwise in one place, heard, recorded by a person, put into a bulletin.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";

const TITLE = "Lịch trả kết quả tại nhà văn hóa";
const FIRST = "UBND phường trả kết quả từ 7h30 ngày 5/5/2027.";
const SECOND = "Bà con mang theo giấy hẹn và CCCD.";

let world, editor, approver, officer, station, leader, story;

before(async () => {
  world = await World.start();
  [editor, approver, officer] = [await world.signIn("bien-tap"), await world.signIn("duyet"), await world.signIn("can-bo")];
  [station, leader] = [await world.signIn("dai-xa"), await world.signIn("lanh-dao")];
  await editor.context().grantPermissions(["microphone"]);
});
after(() => world?.end());

test("an editor sees what will be said, and sets one reading in its place", async () => {
  await editor.goto(`${world.url}/stories/new`);
  await editor.fill("#title", TITLE);
  await editor.fill("#body", `${FIRST} ${SECOND}`);
  await editor.selectOption("#clause", { label: (await editor.locator("#clause option", { hasText: "IV.1.3" }).first().textContent()).trim() });
  await editor.locator(".choice", { hasText: "II.1.5" }).locator("input").check();
  await editor.check("#radio");
  await editor.fill("#script", `${FIRST}\n${SECOND}`);
  const said = editor.locator("#reading");
  await said.locator("rt", { hasText: "bảy giờ ba mươi" }).waitFor();
  assert.match(await said.textContent(), /Ủy ban nhân dân|ủy ban nhân dân/);
  await said.locator("ruby", { hasText: "CCCD" }).locator("button, a").first().click();
  await editor.fill("dialog input", "thẻ căn cước");
  await editor.click("dialog button[type=submit]");
  assert.match(await editor.inputValue("#script"), /\{\{CCCD\|thẻ căn cước\}\}/);
  await said.locator("rt", { hasText: "thẻ căn cước" }).waitFor();
  await world.look(editor, "voice-editor");
  await editor.click("button[value=save]");
  await editor.waitForURL(/\/stories\/\d+$/);
  story = new URL(editor.url()).pathname;
});

test("the editor hears it", async () => {
  await editor.waitForSelector("#sound[data-done] audio", { timeout: 60_000 });
  assert.ok((await play(editor, "#sound audio")) > 0, "the player moves");
});

test("a sentence is recorded by a person, cut to what is to be heard, and heard in the whole", async () => {
  const before = await lengthOf(editor, "#sound audio");
  await editor.click("#sound a[href$='/recordings']");
  await world.look(editor, "voice-readers");
  await editor.locator("ol .voice-row", { hasText: "giấy hẹn" }).locator("a").click();
  await editor.click("[data-start]");
  await editor.waitForFunction(() => Number(document.querySelector("[data-level]").value) > 0.05);
  await editor.waitForFunction(() => document.querySelector("[data-clock]").textContent >= "0:06");
  await world.look(editor, "voice-recording");
  await editor.click("[data-stop]");
  await editor.waitForURL(/\/recordings\/\d+$/);
  await editor.waitForFunction(() => document.querySelector(".wave .wave-edge"));
  const wave = await editor.locator(".wave svg").boundingBox();
  await editor.mouse.move(wave.x + 2, wave.y + 20);
  await editor.mouse.down();
  await editor.mouse.move(wave.x + wave.width / 4, wave.y + 20, { steps: 4 });
  await editor.mouse.up();
  assert.ok(Number(await editor.inputValue("#from")) > 1, "dragging sets the second");
  assert.ok((await play(editor, ".wave audio")) > 1, "the player begins where it is heard");
  await world.look(editor, "voice-trim");
  await editor.click("main form.form button[type=submit]");
  await editor.waitForURL(/\/recordings$/);
  await editor.goto(world.url + story);
  await editor.waitForSelector("#sound[data-done] audio", { timeout: 60_000 });
  assert.match(await editor.textContent(".audio-meta"), /1 câu do người đọc/);
  assert.ok((await lengthOf(editor, "#sound audio")) > before + 1, "the recording is heard");
  await world.look(editor, "voice-story");
});

test("an approver hears the story, and it is released into a slot", async () => {
  await editor.getByRole("button", { name: "Gửi duyệt" }).click();
  await approver.goto(world.url + story);
  await approver.check("#heard");
  await approver.getByRole("button", { name: /^Duyệt phiên bản/ }).click();
  await world.freeAir(station, (await world.api("dai-xa")("/speakers")).areas[0].id, 60);
  const at = new Date(Date.now() + 20 * 60_000 + 7 * 3600_000).toISOString();
  await station.goto(`${world.url}/airtime`);
  await station.fill("#day", `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}`);
  await station.fill("#time", at.slice(11, 16));
  await station.fill("#minutes", "1");
  await station.click("aside button[type=submit]");
  await station.waitForSelector(".notice-success");
  await approver.goto(`${world.url}${story}/release`);
  await approver.locator(".choice", { hasText: at.slice(11, 16) }).locator("input").first().check();
  await approver.click("main form button[type=submit]");
  await approver.waitForURL(/\/deliveries/);
});

test("a bulletin is built around it, heard, fitted into the slot and approved by another person", async () => {
  await station.goto(`${world.url}/airtime`);
  await station.locator(".airtimes a").first().click();
  await world.look(station, "bulletin-bare");
  await station.getByRole("button", { name: "Soạn bản tin" }).click();
  await station.waitForSelector("#order[data-done] audio", { timeout: 60_000 });
  assert.match(await station.textContent(".order-opening"), /Đây là Đài Truyền thanh/);
  assert.ok((await play(station, "#order audio")) > 0, "the whole bulletin is heard");
  await world.look(station, "bulletin-draft");
  await station.fill("#opening", "Đài truyền thanh {dia_danh}, bây giờ là {gio}. ".repeat(12));
  await station.locator("#reading-opening rt, #reading-opening", { hasText: "giờ" }).first().waitFor();
  await station.getByRole("button", { name: "Lưu và dựng bản tin" }).last().click();
  await station.waitForSelector("#order[data-done] audio", { timeout: 60_000 });
  assert.match(await station.textContent("#order .notice-warning"), /Dài hơn khung giờ/);
  await world.look(station, "bulletin-over");
  await station.fill("#opening", "Đây là Đài Truyền thanh {dia_danh}. Bây giờ là {gio}.");
  await station.fill("#closing", "Xin chào bà con.");
  await station.selectOption("#jingle", "chime");
  await station.getByRole("button", { name: "Lưu và dựng bản tin" }).last().click();
  await station.waitForSelector("#order[data-done] audio", { timeout: 60_000 });
  assert.equal(await station.locator(".order-jingle").count(), 1);
  await leader.goto(station.url());
  await leader.check("#heard");
  await world.look(leader, "bulletin-approval");
  await leader.getByRole("button", { name: "Duyệt bản tin" }).click();
  await leader.locator(".order-state .tag", { hasText: "Đã duyệt" }).waitFor();
  await world.look(leader, "bulletin-approved");
});

/** Plays for a moment; answers where the player is then. */
async function play(page, selector) {
  return page.evaluate(async (selector) => {
    const audio = document.querySelector(selector);
    audio.muted = true;
    await audio.play();
    const began = audio.currentTime;
    await new Promise((done) => audio.addEventListener("timeupdate", () => audio.currentTime > began && done()));
    audio.pause();
    return audio.currentTime;
  }, selector);
}

async function lengthOf(page, selector) {
  return page.evaluate(async (selector) => {
    const audio = document.querySelector(selector);
    audio.preload = "metadata";
    audio.load();
    await new Promise((done) => audio.addEventListener("loadedmetadata", done, { once: true }));
    return audio.duration;
  }, selector);
}

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults, []);
});
