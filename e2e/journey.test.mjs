// The main job as the people of a province do it, in Vietnamese, in a real browser, with a real loudspeaker.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import jsQRModule from "jsqr";
import { PNG } from "pngjs";
import { World, shots } from "./world.mjs";

const jsQR = jsQRModule.default ?? jsQRModule;

const TITLE = "Trả kết quả thủ tục hành chính tại nhà ở phường Phủ Lý";
const BODY = "Từ ngày 01/12/2026, phường Phủ Lý trả kết quả tại nhà cho người cao tuổi theo Nghị định số 118/2025/NĐ-CP. Bưu tá mang kết quả đến trong 2 ngày làm việc.";
const SCRIPT = "Từ ngày 01/12/2026, phường Phủ Lý trả kết quả tại nhà cho người cao tuổi theo Nghị định số 118/2025/NĐ-CP.";

let world, officer, editor, approver, story, played;

before(async () => {
  world = await World.start();
  [officer, editor, approver] = [await world.signIn("can-bo"), await world.signIn("bien-tap"), await world.signIn("duyet")];
});
after(() => world?.end());

test("the officer finds the plan live, with its themes and its duties", async () => {
  await officer.click("nav a[href='/plans']");
  await officer.click("main a:has-text('Thông tin, tuyên truyền về cải cách hành chính')");
  const text = await officer.textContent("main");
  for (const part of ["II.1.10", "Sở Nội vụ", "2021", "2030"]) assert.ok(text.includes(part), `the plan's page lacks ${part}`);
  await world.look(officer, "plan");
});

test("an editor writes a story and hears how it will be read", async () => {
  await editor.click("nav a[href='/stories']");
  await editor.click("main a[href='/stories/new']");
  await editor.fill("#title", TITLE);
  await editor.fill("#summary", "Người cao tuổi không phải đi lại để nhận kết quả.");
  await editor.fill("#body", BODY);
  await editor.selectOption("#clause", { label: (await editor.locator("#clause option", { hasText: "IV.1.3" }).first().textContent()).trim() });
  await editor.locator(".choice", { hasText: "II.1.5" }).locator("input").check();
  await editor.check("#radio");
  await editor.fill("#script", SCRIPT);
  await editor.reload();
  assert.equal(await editor.inputValue("#title"), TITLE, "what was typed is still there");
  await editor.click("button[value=read]");
  const spoken = await editor.textContent(".spoken");
  assert.match(spoken, /một trăm mười tám/);
  assert.match(spoken, /ngày một tháng mười hai/);
  await world.look(editor, "editor");
  await editor.click("button[value=submit]");
  await editor.waitForURL(/\/stories\/\d+$/);
  story = new URL(editor.url()).pathname;
  assert.equal(await editor.locator("form[action$='/approval']").count(), 0, "nobody approves what they wrote");
});

test("a second person returns it with a reason, and approves what comes back", async () => {
  await approver.goto(world.url + story);
  await approver.fill("#reason", "Nêu rõ ai được trả kết quả tại nhà.");
  await approver.click("form[action$='/return'] button");
  await editor.goto(world.url + story);
  assert.match(await editor.textContent("main"), /Nêu rõ ai được trả kết quả tại nhà/);
  await editor.click("main a[href$='/edit']");
  await editor.fill("#summary", "Người từ 80 tuổi và người khuyết tật nặng được nhận kết quả tại nhà.");
  await editor.click("button[value=submit]");
  await editor.waitForURL(/\/stories\/\d+$/);
  await approver.goto(world.url + story);
  await approver.waitForSelector("#sound[data-done] audio", { timeout: 60_000 });
  const heard = await approver.evaluate(async () => {
    const audio = document.querySelector("#sound audio");
    audio.muted = true;
    await audio.play();
    return audio.duration;
  });
  assert.ok(heard > 3, `the sound has only ${heard} s`);
  await world.look(approver, "approval");
  await approver.check("#heard");
  await approver.click("form[action$='/approval'] button");
  await approver.waitForSelector(".tag-approved");
});

test("a loudspeaker is enrolled and the story released to the portal and to a slot", async () => {
  await officer.goto(`${world.url}/speakers`);
  await officer.locator("section", { hasText: "Cụm loa phường Phủ Lý" }).locator("form.filters button").click();
  await world.look(officer, "enrolment");
  const code = (await officer.textContent("[data-code]")).trim();
  const invitation = scan(await officer.locator(".qr").screenshot());
  assert.ok(invitation.startsWith(`loa1 ${world.url} ${code} `), invitation);
  played = world.speaker(invitation);
  await world.freeAir(officer, (await world.api("dai-xa")("/speakers")).areas[0].id, 5);
  await officer.goto(`${world.url}/airtime`);
  await officer.selectOption("#area", { label: "Cụm loa phường Phủ Lý" });
  await officer.click("form.filters button");
  const begin = nextMinute(15);
  await officer.fill("#day", `${begin.day}`);
  await officer.fill("#time", begin.time);
  await officer.fill("#minutes", "1");
  await officer.click("main form.form button[type=submit]");
  await officer.waitForSelector(".notice-success");
  await approver.goto(`${world.url}${story}/release`);
  await approver.locator(".choice", { hasText: "Trang thông tin công cộng" }).locator("input").check();
  await approver.locator(".choice", { hasText: begin.time }).locator("input").first().check();
  await approver.click("main form button[type=submit]");
  await approver.waitForURL(/\/deliveries/);
  await world.look(approver, "deliveries");
});

test("the server is killed between release and receipt; the delivery is proven once all the same", async () => {
  await world.until("the loudspeaker holds the sound", async () => {
    await approver.goto(`${world.url}/deliveries?story=${story.split("/").pop()}`);
    return (await approver.locator("tr", { hasText: "phường Phủ Lý" }).locator(".tag-delivered").count()) === 1;
  });
  await world.kill();
  await world.until("the loudspeaker has played without a server", async () => readdirSync(played).some((name) => statSync(join(played, name)).size > 50_000), 120);
  await world.serve();
  await world.until("both deliveries are proven", async () => {
    await approver.goto(`${world.url}/deliveries?story=${story.split("/").pop()}`);
    return (await approver.locator("tbody .tag-proven").count()) === 2;
  });
  await approver.locator("tr", { hasText: "phường Phủ Lý" }).locator("a").first().click();
  assert.equal(await approver.locator("section, table", { hasText: "phát đủ" }).locator("tbody tr").count(), 1, "one receipt");
  await world.look(approver, "delivery");
});

test("the public reads it, hears it and finds it in the feed", async () => {
  const reader = await world.visitor();
  await reader.goto(world.url);
  await world.look(reader, "portal");
  await reader.click(`main a:has-text("${TITLE}")`);
  assert.match(await reader.textContent("article"), /Nghị định số 118\/2025\/NĐ-CP/);
  const sound = await reader.evaluate(async () => {
    const answer = await fetch(document.querySelector("audio").src, { headers: { range: "bytes=0-999" } });
    return { status: answer.status, kind: answer.headers.get("content-type"), bytes: (await answer.arrayBuffer()).byteLength };
  });
  assert.deepEqual(sound, { status: 206, kind: "audio/mpeg", bytes: 1000 });
  await world.look(reader, "portal-story");
  const feed = await (await fetch(`${world.url}/feed.xml`)).text();
  assert.ok(feed.includes(TITLE) && /<enclosure [^>]*type="audio\/mpeg"/.test(feed));
});

test("coverage shows it at one look, and a cell opens its evidence", async () => {
  await officer.goto(`${world.url}/coverage`);
  await world.look(officer, "coverage");
  const row = officer.locator("table.coverage tbody tr", { hasText: "II.1.5" }).first();
  const strip = row.locator("a.strip", { hasText: "Truyền thanh cơ sở" });
  await strip.click();
  assert.equal(await officer.locator("tbody tr", { hasText: TITLE }).count(), 1);
  await officer.locator("tbody tr", { hasText: TITLE }).locator("a").first().click();
  assert.match(await officer.textContent("main"), /Biên nhận|biên nhận/);
  await world.look(officer, "evidence");
});

test("the report of the year counts it, every figure opens its proof, and goes out as DOCX and PDF", async () => {
  await officer.goto(`${world.url}/reports`);
  const year = await officer.evaluate(() => Math.max(...[...document.querySelectorAll("#year option")].map((option) => Number(option.value))));
  await officer.goto(`${world.url}/reports?year=${year}`);
  await world.look(officer, "reports");
  await officer.locator("tbody tr", { has: officer.getByRole("rowheader", { name: "Tỉnh Ninh Bình", exact: true }) }).locator("button").click();
  await officer.waitForURL(/\/reports\/\d+$/);
  await world.look(officer, "report");
  const report = officer.url();
  const figures = await officer.locator("a.figure").evaluateAll((links) => links.map((link) => ({ href: link.href, text: link.textContent.trim() })));
  assert.ok(figures.length >= 10, `only ${figures.length} figures open something`);
  const seen = new Set();
  for (const { href } of figures) {
    if (seen.has(href)) continue;
    seen.add(href);
    const answer = await officer.goto(href);
    assert.equal(answer.status(), 200, href);
  }
  assert.ok(figures.some(({ text }) => text !== "0"), "no figure counts anything");
  for (const [ending, begin] of [["docx", "PK"], ["pdf", "%PDF-"]]) {
    const [download] = await Promise.all([officer.waitForEvent("download"), officer.goto(`${report}.${ending}`).catch(() => null)]);
    const file = join(shots, `report.${ending}`);
    await download.saveAs(file);
    assert.equal(readFileSync(file).subarray(0, begin.length).toString(), begin, `${ending} begins otherwise`);
  }
});

test("the officer's home says what waits, where it is silent, what is next and who is late", async () => {
  await officer.goto(`${world.url}/home`);
  for (const panel of ["waiting", "silent", "soon", "late"]) assert.equal(await officer.locator(`#${panel}`).count(), 1, panel);
  const below = await officer.evaluate(() => Math.max(...[...document.querySelectorAll("section.panel h2")].map((head) => head.getBoundingClientRect().bottom)));
  assert.ok(below < 900, `a question of the home is answered below the first screen (${below} px)`);
  await world.look(officer, "home");
  const english = await world.visitor();
  await english.goto(`${world.url}/?lang=en`);
  assert.equal(await english.getAttribute("html", "lang"), "en");
});

test("a first visit costs at most 100 kB", async () => {
  const pages = [
    [await world.visitor(), "/"],
    [await world.visitor(), "/sign-in"],
    [officer, "/home"],
    [officer, "/coverage"],
  ];
  for (const [page, path] of pages) {
    const bytes = await world.weigh(page, world.url + path);
    assert.ok(bytes > 1000 && bytes <= 100_000, `${path} costs ${bytes} bytes`);
  }
});

test("no page had a fault: nothing cut, nothing axe objects to, no English in Vietnamese pages, no script error", () => {
  assert.deepEqual(world.faults ?? [], []);
});

/** The next full minute that is at least so many seconds away, as Vietnam's clocks show it. */
function nextMinute(seconds) {
  const at = new Date(Math.ceil((Date.now() + seconds * 1000) / 60_000) * 60_000);
  const part = (options) => new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", ...options }).format(at);
  return {
    day: part({ day: "numeric", month: "numeric", year: "numeric" }),
    time: part({ hour: "2-digit", minute: "2-digit", hour12: false }),
  };
}

/** What a camera reads on a picture. */
function scan(picture) {
  const { data, width, height } = PNG.sync.read(picture);
  const found = jsQR(new Uint8ClampedArray(data), width, height);
  assert.ok(found, "no QR code is to be seen");
  return found.data;
}
