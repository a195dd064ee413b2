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

test("the length of a script follows what is typed and says when it is over the slot", async () => {
  await edit();
  await page.fill("#script", "một hai ba ".repeat(400));
  assert.equal(await page.textContent("#script-length"), "1.200 tiếng, đọc khoảng 6,7 phút – quá 5 phút của khung giờ");
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
