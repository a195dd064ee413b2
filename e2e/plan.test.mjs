// An officer imports a plan that a word processor made, corrects what was read, confirms it, and later imports an amended version.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { plan } from "./documents.mjs";
import { World } from "./world.mjs";

let world, officer, files, address;

before(async () => {
  world = await World.start();
  files = plan(join(world.folder, "documents"));
  officer = await world.signIn("can-bo");
});
after(() => world?.end());

test("a DOCX with a task table is read: the document on the left, what it asks on the right", async () => {
  await bring(files.first);
  address = officer.url();
  const text = await officer.textContent("main");
  for (const part of ["45/KH-STTTT", "Nguyễn Văn Mẫu", "An toàn thông tin cho người dân"]) assert.ok(text.includes(part), `the review lacks ${part}`);
  assert.equal(await officer.locator(".source table", { hasText: "cẩm nang" }).locator("tbody tr").count(), 3, "the task table is a table");
  assert.equal(await elements("duty").count(), 4, "three rows of the table, and the sentence on reporting");
  // The cell that is merged over two rows leads both tasks.
  assert.equal(await elements("duty").locator("strong", { hasText: /^Sở Thông tin và Truyền thông$/ }).count(), 2);
  await world.look(officer, "plan-review");
});

test("nothing is live before every element is decided", async () => {
  await officer.click("form[action$='/confirmation'] button");
  assert.match(await officer.textContent(".error-summary"), /Cẩm nang|cẩm nang|Dịch vụ công trực tuyến/);
});

test("the officer corrects two elements with the keyboard and accepts the rest", async () => {
  await officer.goto(address);
  await officer.waitForSelector("[data-keys]:not([hidden])");
  const theme = elements("theme").filter({ hasText: "An toàn thông tin" });
  await theme.focus();
  await officer.keyboard.press("e");
  await theme.locator("textarea").fill("An toàn thông tin và phòng, chống lừa đảo trực tuyến");
  await theme.locator("button[value=save]").click();
  await theme.locator("text=phòng, chống lừa đảo trực tuyến").waitFor();
  const duty = elements("duty").filter({ hasText: "cẩm nang kỹ năng số" });
  await duty.focus();
  await officer.keyboard.press("e");
  await duty.locator("input[name=due]").fill("2024-06-30");
  await duty.locator("input[name=product]").fill("Cẩm nang điện tử");
  await duty.locator("button[value=save]").click();
  await duty.locator("text=Cẩm nang điện tử").waitFor();
  // Saved as one goes: what was decided is still there.
  await officer.reload();
  assert.equal(await elements("theme").filter({ hasText: "phòng, chống lừa đảo trực tuyến" }).count(), 1);
  await decideAll();
  await officer.click("form[action$='/confirmation'] button");
  await officer.waitForSelector("main ol.clauses");
  assert.equal(officer.url(), address);
  assert.match(await officer.textContent("main"), /phòng, chống lừa đảo trực tuyến/);
  await officer.goto(`${address}/results`);
  assert.match(await officer.textContent("main"), /II\.1\.3/);
  await world.look(officer, "plan-results");
});

test("an amended version shows what changed side by side, and the plan keeps its place", async () => {
  await bring(files.second);
  assert.notEqual(officer.url(), address, "the amended version is a draft of its own");
  const changes = officer.locator(".correction .change");
  const changed = changes.filter({ hasText: "định danh điện tử VNeID" });
  assert.equal(await changed.locator("ins").count() > 0, true, "what is new is marked");
  assert.equal(await changes.filter({ hasText: "Gương điển hình" }).count(), 1, "the added clause is shown");
  await world.look(officer, "plan-correction");
  await decideAll();
  await officer.click("form[action$='/confirmation'] button");
  await officer.waitForURL(address);
  const text = await officer.textContent("main");
  assert.match(text, /định danh điện tử VNeID/);
  assert.match(text, /phòng, chống lừa đảo trực tuyến/, "the officer's own correction stays");
  await world.look(officer, "plan-amended");
});

test("no page of the journey broke a rule", () => {
  assert.deepEqual(world.faults ?? [], []);
});

async function bring(file) {
  await officer.goto(`${world.url}/plans/import`);
  await officer.setInputFiles("#file", file);
  await officer.click("main form button[type=submit]");
  await officer.waitForURL(/\/plans\/\d+$/);
}

/** The elements of a kind. */
function elements(kind) {
  return officer.locator(`section[aria-labelledby=heading-${kind}] [data-element]`);
}

/** Accepts what nobody has decided, group by group, as a person does who has read it. */
async function decideAll() {
  for (let open = await count(); open > 0; open = await count()) {
    const group = officer.locator("form[action$='/acceptance'] button").first();
    if ((await group.count()) > 0) await group.click();
    else await officer.locator("[data-open] button[value=accepted]").first().click();
    await world.until("fewer are open", async () => (await count()) < open);
  }
}

function count() {
  return officer.locator("[data-element][data-open]").count();
}
