// A public screen: it comes in with a code, shows what was released and nothing else, with a network and without, and what it
// showed is proven by its own signature.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";

const NAME = "Sảnh nhà văn hóa";

let world, station, leader, screen, outlet, title;

before(async () => {
  world = await World.start();
  leader = world.api("lanh-dao");
  station = await world.signIn("dai-xa");
});
after(() => world?.end());

const deliveries = async () => (await leader("/deliveries")).deliveries.filter((one) => one.outlet === outlet);
const release = (story, ...more) => leader(`/stories/${story}/releases`, { choices: [{ outlet }, ...more] });
const standing = () => screen.locator("[data-title]").textContent();

test("it is added, opened with its address, and waits for notices", async () => {
  await station.goto(`${world.url}/outlets`);
  await station.getByRole("link", { name: "Bảng tin điện tử" }).click();
  await station.getByLabel("Nơi đặt màn hình").fill(NAME);
  await station.getByRole("button", { name: "Tạo mã kết nối" }).click();
  await station.getByText("Mã kết nối của").waitFor();
  await world.look(station, "boards-code");
  const address = await station.locator("[data-invitation]").getAttribute("href");
  outlet = (await leader("/outlets")).outlets.find((one) => one.kind === "notice_board").id;

  screen = await world.visitor();
  await screen.goto(`${world.url}/board`);
  await screen.getByRole("button", { name: "Kết nối" }).waitFor();
  await world.look(screen, "board-entry");
  await screen.goto("about:blank");
  await screen.goto(address);
  await screen.getByRole("button", { name: "Kết nối" }).click();
  await screen.getByText("Hiện chưa có thông báo.").waitFor();
  assert.ok(!screen.url().includes("#"), "the code does not stay in the address");
});

test("what is released stands there, and is proven when all of it was shown", async () => {
  const portal = (await leader("/outlets")).outlets.find((one) => one.kind === "portal").id;
  await release(2, { outlet: portal });
  await screen.reload();
  await screen.locator("[data-notice]").waitFor();
  title = await standing();
  await screen.locator("[data-qr] path").waitFor();
  await world.look(screen, "board");
  await world.until("it is proven", async () => (await deliveries()).every((one) => one.state === "proven"), 60_000);
  await station.goto(`${world.url}/boards`);
  await station.getByText("Đang hiển thị").waitFor();
  await world.look(station, "boards");
});

test("without a network it goes on, and what it showed then is told later", async () => {
  await release(1);
  await screen.evaluate(() => navigator.serviceWorker.ready);
  await world.until("it holds both", async () => {
    await screen.reload();
    await screen.locator("[data-notice]").waitFor();
    return (await screen.locator("[data-place-in-row]").textContent()) === "1/2";
  });
  await screen.context().setOffline(true);
  await screen.reload();
  await screen.locator("[data-notice]").waitFor();
  await screen.locator("[data-trouble]", { hasText: "Không liên lạc được với máy chủ" }).waitFor();
  const kept = () => screen.evaluate(() => new Promise((done) => {
    const asked = indexedDB.open("loa-board");
    asked.onsuccess = () => {
      const count = asked.result.transaction("receipts").objectStore("receipts").count();
      count.onsuccess = () => done(count.result);
    };
  }));
  await world.until("a receipt waits", async () => (await kept()) > 0, 120_000);
  assert.ok((await deliveries()).some((one) => one.state !== "proven"), "nobody knows of it yet");
  await screen.context().setOffline(false);
  await world.until("all is proven", async () => (await deliveries()).every((one) => one.state === "proven"), 90_000);
  assert.equal(await kept(), 0);
});

test("what is not signed is not shown, and somebody sees that it was tried", async () => {
  await screen.route("**/air/v1/boards/manifest", async (route) => {
    const headers = { ...route.request().headers() };
    delete headers["if-none-match"];
    const answer = await route.fetch({ headers });
    const envelope = await answer.json();
    const text = Buffer.from(envelope.payload, "base64").toString().replaceAll(title, "Tin bịa");
    await route.fulfill({ response: answer, json: { ...envelope, payload: Buffer.from(text).toString("base64") } });
  });
  await screen.reload();
  await screen.locator("[data-trouble]", { hasText: "không có chữ ký hợp lệ" }).waitFor();
  assert.ok(!(await screen.content()).includes("Tin bịa"));
  await screen.unroute("**/air/v1/boards/manifest");
  await station.goto(`${world.url}/boards`);
  await station.getByText("chữ ký không khớp").waitFor();
});

test("taken away, it shows nothing any more", async () => {
  await station.getByRole("button", { name: "Ngừng màn hình" }).click();
  await station.getByText("Đã ngừng màn hình").waitFor();
  await screen.reload();
  await screen.locator("[data-fault]", { hasText: "Màn hình này đã được ngừng" }).waitFor();
  assert.ok(await screen.locator("[data-screen]").isHidden());
});

test("none of these pages has a fault, by axe or in the console", () => {
  const expected = /net::ERR_INTERNET_DISCONNECTED/;
  assert.deepEqual((world.faults ?? []).filter((fault) => !expected.test(fault)), []);
  world.verify();
});
