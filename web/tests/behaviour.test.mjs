// The enhancements in a real browser, under the product's policy, on the catalogue's pages.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { build } from "vite";
import { LAUNCH } from "../tools/eye.mjs";
import { answer } from "../tools/serve.mjs";

let browser, context, page, site, server;
const posts = [];

before(async () => {
  await build({ mode: "catalogue", logLevel: "error" });
  server = createServer((request, response) => {
    if (request.method === "POST") {
      // Slow on purpose: the second press must come while the first is on its way.
      request.on("data", (chunk) => posts.push(String(chunk))).on("end", () => setTimeout(() => response.writeHead(204).end(), 400));
    } else answer("node_modules/.catalogue", request, response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  site = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch(LAUNCH);
});

beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
  page = await context.newPage();
});

after(async () => {
  await browser?.close();
  server?.close();
});

const edit = () => page.goto(`${site}/catalogue/story-edit.html`);

test("what was typed is there after the tab was closed, with a notice, and can be discarded", async () => {
  await edit();
  await page.fill("#title", "Một cửa liên thông ở Kim Bảng");
  await page.check("#t9");
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes("story-new")));
  await page.close({ runBeforeUnload: false });
  page = await context.newPage();
  await edit();
  assert.equal(await page.inputValue("#title"), "Một cửa liên thông ở Kim Bảng");
  assert.equal(await page.isChecked("#t9"), true);
  assert.match(await page.textContent("form .notice"), /Đã khôi phục phần soạn dở/);
  await page.click("form .notice button");
  assert.equal(await page.inputValue("#title"), "");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("a form that came back with errors still holds the only copy of what was typed", async () => {
  await edit();
  await page.fill("#title", "Tiêu đề quá dài");
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes("story-new")));
  // The server's answer to a faulty form: the same page with the typed value in it.
  await page.route("**/story-edit.html", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('id="title" name="title"', 'id="title" name="title" value="Tiêu đề quá dài"');
    await route.fulfill({ response, body });
  });
  page.once("dialog", (dialog) => dialog.accept());
  await edit();
  assert.equal(await page.inputValue("#title"), "Tiêu đề quá dài");
  assert.equal(await page.evaluate(() => localStorage.length), 1);
  const asked = new Promise((done) => page.once("dialog", (dialog) => (done(dialog.type()), dialog.accept())));
  await page.click("#body");
  await page.goto(`${site}/catalogue/home.html`);
  assert.equal(await asked, "beforeunload");
});

test("leaving with unsaved text asks first", async () => {
  await edit();
  await page.fill("#title", "Chưa lưu");
  const asked = new Promise((done) => page.once("dialog", (dialog) => (done(dialog.type()), dialog.accept())));
  await page.goto(`${site}/catalogue/home.html`);
  assert.equal(await asked, "beforeunload");
});

test("a form is sent once however often its button is pressed, with the button's value", async () => {
  await edit();
  posts.length = 0;
  await page.fill("#title", "Gửi một lần");
  const button = page.locator("button[value=submit]");
  await button.evaluate((pressed) => (pressed.click(), pressed.click()));
  await button.evaluate((pressed) => pressed.click());
  assert.equal(await button.textContent(), "Đang gửi…");
  await page.waitForTimeout(700);
  assert.equal(posts.length, 1);
  assert.match(posts[0], /then=submit/);
});

test("focus on what was read lights its line in the document, and only that", async () => {
  await page.goto(`${site}/catalogue/import.html`);
  await page.focus('.read-list [data-clause="II.1.5"] a');
  assert.deepEqual(await page.$$eval(".source .is-linked", (lines) => lines.map((line) => line.id)), ["L39"]);
  await page.hover("#L31");
  assert.deepEqual(await page.$$eval(".read-list .is-linked", (items) => items.map((item) => item.dataset.clause)), ["II.1.1"]);
});

test("by keyboard an element is decided in its place and the next one has the focus; elsewhere the keys do nothing", async () => {
  const asked = [];
  await page.route("**/plans/7/**", async (route) => {
    const request = route.request();
    asked.push([request.headers()["loa-inline"], request.postData()]);
    const element = '<li class="element element-accepted" id="element-2" data-element data-clause="II.1.2" tabindex="-1">xong</li>';
    await route.fulfill({ contentType: "text/html; charset=utf-8", body: `<div id="progress">33 trong 41</div><div id="group-theme"><h2>2 trong 3</h2></div><ol>${element}</ol>` });
  });
  await page.goto(`${site}/catalogue/import.html`);
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.keyboard.press("a");
  assert.equal(asked.length, 0, "nothing is decided while no element has the focus");
  await page.focus("#element-1");
  await page.keyboard.press("j");
  assert.equal(await focused(), "element-2");
  assert.deepEqual(await page.$$eval(".source .is-linked", (lines) => lines.map((line) => line.id)), ["L33"]);
  await page.keyboard.press("a");
  await page.waitForSelector("#element-2:has-text('xong')");
  assert.equal(await page.textContent("#progress"), "33 trong 41");
  await page.waitForFunction(() => document.activeElement.id === "element-3");
  assert.deepEqual(asked, [["1", "decision=accepted"]]);
  await page.keyboard.press("k");
  assert.equal(await focused(), "element-2");
});

test("an answer that is none of ours sends the form the plain way", async () => {
  let plain = 0;
  await page.route("**/plans/7/**", (route) => {
    if (route.request().headers()["loa-inline"]) return route.fulfill({ status: 500, body: "" });
    plain += 1;
    return route.fulfill({ contentType: "text/html", body: "<p>trang</p>" });
  });
  await page.goto(`${site}/catalogue/import.html`);
  await page.click("#element-3 button[value=accepted]");
  await page.waitForURL(/decision$/);
  assert.equal(plain, 1);
});

test("progress is asked for until it is done, and not after", async () => {
  let polls = 0;
  await page.route("**/story.html", (route) => {
    if (route.request().resourceType() !== "fetch") return route.continue();
    polls += 1;
    return route.fulfill({ contentType: "text/html; charset=utf-8", body: `<div id="sound-central" ${polls > 1 ? "data-done" : ""}>lần ${polls}</div>` });
  });
  await page.goto(`${site}/catalogue/story.html`);
  await page.waitForSelector("#sound-central[data-done]", { timeout: 15000 });
  await page.waitForTimeout(4000);
  assert.equal(await page.textContent("#sound-central"), "lần 2");
  assert.equal(polls, 2);
});

/** Answers readings as the server does: UBND is a pair that leads to the lexicon, an author's own reading one that does not. */
async function readingServer() {
  const asked = [];
  const pair = (from, to, kind, base, said, own = "") => `<ruby class="said said-${kind}" data-from="${from}" data-to="${to}"${own}>${base}<rt>${said}</rt></ruby>`;
  await page.route("**/lexicon/reading", (route) => {
    const text = new URLSearchParams(route.request().postData()).get("text");
    asked.push(text);
    const shown = text.replace(/\{\{([^|]*)\|([^}]*)\}\}|UBND/g, (found, printed, said, at) =>
      printed === undefined
        ? pair(at, at + found.length, "builtin", '<a href="/lexicon/new?written=UBND" target="_blank">UBND</a>', "Ủy ban nhân dân")
        : pair(at, at + found.length, "author", `<span>${printed}</span>`, said, " data-own"),
    );
    return route.fulfill({ contentType: "text/html; charset=utf-8", body: `<div id="reading"><p>${shown}</p></div>` });
  });
  return asked;
}

test("the reading follows what is typed, once it rests", async () => {
  const asked = await readingServer();
  await edit();
  await page.fill("#script", "");
  await page.locator("#script").pressSequentially("UBND xã", { delay: 20 });
  await page.waitForSelector("#reading ruby.said-builtin");
  assert.deepEqual(asked.slice(-1), ["UBND xã"]);
  assert.ok(asked.length < 7, `asked ${asked.length} times`);
  await page.unroute("**/lexicon/reading");
  await page.route("**/lexicon/reading", (route) => route.abort());
  await page.fill("#script", "UBND tỉnh");
  await page.waitForSelector("[data-reading-failed]");
  assert.ok(await page.isVisible("#reading ruby.said-builtin"), "the last reading stays");
});

test("a piece is read otherwise in its place by keyboard, and goes back to what it was", async () => {
  await readingServer();
  await edit();
  await page.fill("#script", "Họp ở UBND {x|y} xã");
  await page.focus("#reading ruby.said-builtin a");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  assert.equal(await page.inputValue("#override-said"), "Ủy ban nhân dân");
  assert.match(await page.getAttribute("dialog a", "href"), /written=UBND/);
  await page.keyboard.type("ủy ban | xã");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog", { state: "detached" });
  assert.equal(await page.inputValue("#script"), "Họp ở {{UBND|ủy ban \\| xã}} {x|y} xã");
  assert.equal(await page.evaluate(() => document.activeElement.id), "script");
  await page.fill("#script", "Họp ở {{UBND|ủy ban}} xã");
  await page.click("#reading ruby.said-author button");
  assert.equal(await page.inputValue("#override-said"), "ủy ban");
  await page.click("dialog button:has-text('Bỏ cách đọc riêng')");
  assert.equal(await page.inputValue("#script"), "Họp ở UBND xã");
});

test("what is selected gets a reading, and Escape changes nothing", async () => {
  await readingServer();
  await edit();
  await page.fill("#script", "Công ty Samsung ở xã");
  await page.evaluate(() => document.getElementById("script").setSelectionRange(10, 10));
  await page.click("text=Đặt cách đọc cho chữ đang chọn");
  assert.match(await page.textContent("dialog h2"), /Samsung/);
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#script"), "Công ty Samsung ở xã");
  await page.evaluate(() => document.getElementById("script").setSelectionRange(8, 15));
  await page.click("text=Đặt cách đọc cho chữ đang chọn");
  await page.fill("#override-said", "sam sung");
  await page.click("text=Dùng lời đọc này");
  assert.equal(await page.inputValue("#script"), "Công ty {{Samsung|sam sung}} ở xã");
});

test("changing the language keeps the place", async () => {
  await page.goto(`${site}/catalogue/coverage.html?year=2025#one`);
  await page.click("a[data-language=en]");
  assert.equal(new URL(page.url()).search, "?year=2025&lang=en");
  assert.equal(new URL(page.url()).hash, "#one");
});

test("a phone opens the menu by keyboard without scripts, and shuts it with Escape", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const phone = await plain.newPage();
  await phone.goto(`${site}/catalogue/home.html`);
  const reports = phone.locator("#main-nav a[href='/reports']");
  assert.equal(await reports.isVisible(), false);
  await phone.focus(".nav-button");
  await phone.keyboard.press("Enter");
  assert.equal(await reports.isVisible(), true);
  await phone.keyboard.press("Escape");
  assert.equal(await reports.isVisible(), false);
  await plain.close();
});
