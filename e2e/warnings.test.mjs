// A warning of somebody else: signed by the key of a source that an administrator added, asked for by one person, sent by
// another, said by a real loudspeaker; then by a rule of two people, at once; and taken back when the source takes it back.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { freePort } from "../scripts/ask.mjs";
import { World } from "./world.mjs";

const root = join(import.meta.dirname, "..");
const SENDER = "canhbao@kttv.example.vn";
const folder = mkdtempSync(join(tmpdir(), "loa-center."));
const shown = new Map();
let world, site, feed, keeper, officer, leader, station, played;

before(async () => {
  const port = await freePort();
  feed = `http://127.0.0.1:${port}`;
  world = await World.start({ config: '[outside]\nprivate = ["127.0.0.1"]\n' });
  site = createServer((request, response) => {
    const body = shown.get(request.url);
    response.writeHead(body ? 200 : 404).end(body ?? "");
  }).listen(port, "127.0.0.1");
  run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "30", "-subj", "/CN=kttv.example.vn");
  [keeper, officer] = [await world.signIn("quan-tri"), await world.signIn("can-bo")];
  [leader, station] = [await world.signIn("lanh-dao"), await world.signIn("dai-xa")];
});
after(async () => {
  await world?.end();
  site?.close();
  rmSync(folder, { recursive: true });
});

function run(program, ...words) {
  const done = spawnSync(program, words, { cwd: folder });
  assert.equal(done.status, 0, `${program}: ${done.stderr}`);
  return done.stdout;
}

/** An instant as CAP has it, so many minutes from now. */
function at(minutes) {
  const local = new Date(Date.now() + (7 * 60 + minutes) * 60_000);
  return `${local.toISOString().slice(0, 19)}+07:00`;
}

/** A warning of a flood, or what takes one back, signed. */
function sign(identifier, headline, ends) {
  const info = headline
    ? `<info><language>vi-VN</language><category>Met</category><event>Lũ</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty><expires>${at(180)}</expires><headline>${headline}</headline><description>Mực nước sông Đáy lúc 16 giờ là 4,2 m, còn lên.</description><instruction>Bà con ngoài đê di dời ngay. Cần giúp đỡ gọi 112.</instruction><area><areaDesc>Thành phố Phủ Lý (cũ)</areaDesc><geocode><valueName>DVHC</valueName><value>347</value></geocode></area><area><areaDesc>Bãi ven sông chưa có mã</areaDesc></area></info>`
    : "";
  const kind = ends ? `<msgType>Cancel</msgType><scope>Public</scope><references>${ends.sender},${ends.identifier},${ends.sent}</references>` : "<msgType>Alert</msgType><scope>Public</scope>";
  const sent = at(0);
  const transform = (name) => `<Transform Algorithm="http://www.w3.org/${name}"/>`;
  const signature = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><Reference URI=""><Transforms>${transform("2000/09/xmldsig#enveloped-signature")}${transform("2001/10/xml-exc-c14n#")}</Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference></SignedInfo><SignatureValue/><KeyInfo><X509Data/></KeyInfo></Signature>`;
  writeFileSync(join(folder, "template.xml"), `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier><sender>${SENDER}</sender><sent>${sent}</sent><status>Actual</status>${kind}${info}${signature}</alert>`);
  const document = run("xmlsec1", "--sign", "--privkey-pem", "key.pem,cert.pem", "template.xml");
  return { document, sender: SENDER, identifier, sent };
}

/** Brings a document, and answers what became of it. */
async function bring(document) {
  const token = spawnSync(join(root, "target/release/loa"), ["--data", world.data, "token", "quan-tri"], { encoding: "utf8" });
  const secret = token.stdout.trim();
  const answer = await fetch(`${world.url}/api/v1/warnings`, { method: "POST", headers: { authorization: `Bearer ${secret}`, "content-type": "application/cap+xml" }, body: document });
  return { status: answer.status, ...(await answer.json()) };
}

test("an administrator adds a source, and is told what is wrong", async () => {
  await keeper.goto(`${world.url}/urgent`);
  await keeper.getByRole("link", { name: "Cảnh báo từ nơi khác" }).click();
  await keeper.getByRole("heading", { name: "Chưa nhận cảnh báo nào" }).waitFor();
  await world.look(keeper, "warnings-empty");
  await keeper.getByRole("link", { name: "Thêm nguồn cảnh báo" }).click();
  await keeper.getByLabel("Tên nguồn").fill("Đài Khí tượng Thủy văn tỉnh");
  await keeper.getByRole("button", { name: "Thêm nguồn" }).click();
  await keeper.locator(".error-summary").waitFor();
  assert.equal(await keeper.getByLabel("Tên nguồn").inputValue(), "Đài Khí tượng Thủy văn tỉnh");
  await world.look(keeper, "warnings-source-form");
  await keeper.getByLabel("Tên trong cảnh báo").fill(SENDER);
  await keeper.getByLabel("Chứng thư số").fill(readFileSync(join(folder, "cert.pem"), "utf8"));
  await keeper.getByLabel("Danh mục mã").fill("DVHC");
  await keeper.getByLabel("Địa chỉ danh sách").fill(`${feed}/list.atom`);
  await keeper.getByLabel("Đơn vị phụ trách").selectOption({ label: "Tỉnh Ninh Bình" });
  await keeper.getByRole("button", { name: "Thêm nguồn" }).click();
  await keeper.getByRole("heading", { name: "Đài Khí tượng Thủy văn tỉnh" }).waitFor();
  const print = run("openssl", "x509", "-in", "cert.pem", "-noout", "-fingerprint", "-sha256").toString().split("=")[1].trim();
  assert.ok((await keeper.textContent("aside")).includes(print), "openssl shows the same fingerprint");
});

test("what comes is shown with where it holds; what is forged is shown with why", async () => {
  const { document } = sign("KTTV-1", "Lũ trên sông Đáy lên nhanh");
  const forged = await bring(document.toString().replace("4,2 m", "1,2 m"));
  assert.equal(forged.status, 422);
  await keeper.goto(`${world.url}/warnings/${forged.warning}`);
  await keeper.getByText("Chữ ký số không khớp").first().waitFor();
  await world.look(keeper, "warnings-forged");
  assert.equal((await bring(document)).status, 201);
  await station.goto(`${world.url}/home`);
  const first = station.locator("section[aria-labelledby=waiting] .lines a").first();
  assert.match(await first.textContent(), /Lũ trên sông Đáy lên nhanh/);
  await first.click();
  await station.getByText("Cụm loa phường Phủ Lý").waitFor();
  await station.getByText("Bãi ven sông chưa có mã").waitFor();
  await world.look(station, "warnings-shown");
});

test("two people have it said by the loudspeaker", async () => {
  await station.goto(`${world.url}/speakers`);
  await station.locator("section", { hasText: "Cụm loa phường Phủ Lý" }).locator("form.filters button").click();
  played = world.speaker((await station.textContent("[data-code]")).trim());
  await station.goto(`${world.url}/home`);
  await station.locator("section[aria-labelledby=waiting] .lines a").first().click();
  await station.getByRole("link", { name: "Soạn tin khẩn cấp từ cảnh báo này" }).click();
  assert.equal(await station.inputValue("#title"), "Lũ trên sông Đáy lên nhanh");
  assert.match(await station.inputValue("#text"), /di dời ngay/);
  await station.fill("#minutes", "10");
  await station.fill("#times", "1");
  await station.getByRole("button", { name: "Gửi người thứ hai" }).click();
  await station.waitForURL(/\/urgent\/\d+$/);
  await leader.goto(station.url());
  await leader.waitForSelector("#state audio", { timeout: 60_000 });
  await leader.check("#heard");
  await leader.getByRole("button", { name: "Duyệt và phát ngay" }).click();
  await leader.locator("#state .tag-urgent").waitFor();
  await world.until("the loudspeaker says it", () => readdirSync(played).some((name) => statSync(join(played, name)).size > 50_000), 60);
  await leader.getByRole("button", { name: "Hủy tin khẩn cấp" }).click();
});

test("a rule of two people says the next one at once, from the source's own list", async () => {
  await officer.goto(`${world.url}/warnings`);
  await officer.getByRole("link", { name: "Đài Khí tượng Thủy văn tỉnh" }).first().click();
  await officer.getByText("Đề nghị quy tắc tự phát").click();
  await world.look(officer, "warnings-rule-form");
  await officer.getByRole("button", { name: "Gửi người thứ hai" }).click();
  await officer.getByText("chờ người thứ hai duyệt").first().waitFor();
  await leader.goto(`${world.url}/home`);
  await leader.getByRole("link", { name: /Duyệt quy tắc tự phát/ }).click();
  await leader.getByRole("button", { name: "Duyệt quy tắc" }).click();
  await leader.getByText("Quy tắc có hiệu lực từ bây giờ").waitFor();
  await world.look(leader, "warnings-source");
  const second = sign("KTTV-2", "Vỡ bờ bao xã ven sông");
  shown.set("/2.xml", second.document);
  shown.set("/list.atom", `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>x</title><updated>2026-11-24T02:00:00Z</updated><entry><id>2</id><title>2</title><updated>2026-11-24T02:00:00Z</updated><link href="${feed}/2.xml"/></entry></feed>`);
  await world.until("the rule has it said", async () => {
    await leader.goto(`${world.url}/urgent`);
    return (await leader.locator("tr", { hasText: "Vỡ bờ bao xã ven sông" }).locator(".tag-urgent").count()) === 1;
  }, 120);
  const before = readdirSync(played).length;
  await leader.getByRole("link", { name: "Vỡ bờ bao xã ven sông" }).click();
  await world.until("its receipt is there, or it plays", async () => {
    await leader.reload();
    return readdirSync(played).length > before || (await leader.locator("#state td", { hasText: "1 trong 1 loa" }).count()) === 1;
  }, 60);
  await leader.goto(`${world.url}/warnings`);
  await world.look(leader, "warnings-list");
  assert.equal((await bring(sign("KTTV-3", null, second).document)).status, 201);
  await world.until("it is taken back", async () => {
    await leader.goto(`${world.url}/urgent`);
    return (await leader.locator("tr", { hasText: "Vỡ bờ bao xã ven sông" }).locator(".tag-withdrawn").count()) === 1;
  }, 30);
});

test("nothing went wrong in any browser on the way", () => {
  assert.deepEqual(world.faults, []);
});
