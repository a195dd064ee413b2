// An outlet that another program holds: an administrator connects it, a story goes there, the other side will not have it at
// first, a person tries again, its page is the proof. A real server on the other side checks signatures by the standard.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { freePort } from "../scripts/ask.mjs";
import { World } from "./world.mjs";

const KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NAME = "Trang tin phường Đồng Văn";

let world, port, site, keeper, leader;
const heard = [];
const pages = new Map();
let willing = false;

before(async () => {
  port = await freePort();
  world = await World.start({ config: '[outside]\nprivate = ["127.0.0.1"]\n' });
  site = createServer(answer).listen(port, "127.0.0.1");
  [keeper, leader] = [await world.signIn("quan-tri"), await world.signIn("lanh-dao")];
});
after(async () => {
  await world?.end();
  site?.close();
});

/** The site of a ward. */
function answer(request, response) {
  if (request.method === "GET") {
    const page = pages.get(request.url);
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(page ?? "");
    return;
  }
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const body = Buffer.concat(parts).toString();
    const [id, at] = [request.headers["webhook-id"], request.headers["webhook-timestamp"]];
    const signed = createHmac("sha256", Buffer.from(KEY, "base64")).update(`${id}.${at}.${body}`).digest("base64");
    if (request.headers["webhook-signature"] !== `v1,${signed}`) return void response.writeHead(401).end();
    if (!willing) return void response.writeHead(422, { "content-type": "text/plain; charset=utf-8" }).end("Chuyên mục chưa mở");
    heard.push(id);
    const { data } = JSON.parse(body);
    const path = `/tin/${data.slug}`;
    pages.set(path, `<!doctype html><h1>${data.title}</h1>${data.html}`);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ url: `http://127.0.0.1:${port}${path}` }));
  });
}

test("an administrator connects it, by keyboard, and is told what is wrong", async () => {
  await keeper.goto(`${world.url}/outlets`);
  await keeper.getByRole("link", { name: "Thêm kênh" }).focus();
  await keeper.keyboard.press("Enter");
  await keeper.getByRole("heading", { name: "Thêm kênh" }).waitFor();
  await world.look(keeper, "outlets-ways");
  await keeper.getByRole("link", { name: "Phần mềm khác nhận (webhook)" }).click();
  await keeper.getByLabel("Tên kênh").fill(NAME);
  await keeper.getByLabel("Hình thức").selectOption({ label: "Trang thông tin điện tử của đơn vị" });
  await keeper.getByLabel("Đơn vị quản lý").selectOption({ label: "Phường Đồng Văn" });
  await keeper.getByLabel("Địa chỉ nhận").fill(`http://127.0.0.1:${port}/hook`);
  await keeper.getByLabel("Khóa chung").fill("ngắn quá");
  await keeper.getByRole("button", { name: "Lưu kênh" }).click();
  await keeper.getByRole("link", { name: "Khóa chung không đúng dạng: hãy sao chép" }).waitFor();
  assert.equal(await keeper.getByLabel("Tên kênh").inputValue(), NAME, "what was typed is still there");
  await world.look(keeper, "outlet-form");
  await keeper.getByLabel("Khóa chung").fill(`whsec_${KEY}`);
  await keeper.getByRole("button", { name: "Lưu kênh" }).click();
  await keeper.getByText("Đã thêm kênh").waitFor();
  await keeper.getByRole("row", { name: NAME }).waitFor();
  await world.look(keeper, "outlets");
});

test("a story goes there; the other side will not have it, and its reason is shown", async () => {
  await leader.goto(`${world.url}/stories/2/release`);
  await leader.getByLabel(NAME).check();
  await leader.getByRole("button", { name: "Phát hành" }).click();
  await leader.getByRole("link", { name: NAME }).first().click();
  await world.until("it failed", async () => {
    await leader.reload();
    return (await leader.getByText("Chuyên mục chưa mở").count()) > 0;
  });
  await world.look(leader, "delivery-failed");
  assert.deepEqual(heard, []);
});

test("tried again it stands there, and the page is the proof", async () => {
  willing = true;
  await leader.getByRole("button", { name: "Thử lại" }).click();
  await leader.getByText("Đang thử lại").waitFor();
  await world.until("it is proven", async () => {
    await leader.reload();
    return (await leader.locator(".page-head .tag-proven").count()) === 1;
  });
  assert.equal(new Set(heard).size, 1);
  await leader.getByRole("link", { name: "Xem ở bên nhận" }).waitFor();
  await world.look(leader, "delivery-elsewhere");
  world.verify();
});

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults ?? [], []);
});
