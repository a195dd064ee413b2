// The real programs in a scratch folder: a server with the example, a loudspeaker, a browser for each person.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { caller, freePort } from "../scripts/ask.mjs";
import { LAUNCH, SCHEMES, WIDTHS, faultsOf, screen } from "../web/tools/eye.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const axe = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
export const shots = join(root, "e2e/shots");
export const PASSWORD = "vi-du-ha-nam";

/** Words that no Vietnamese page has. Names (Loa, LUFS, SHA-256, VNeID) are not among them. */
const ENGLISH = /\b(the|and|of|is|are|not|with|for|from|this|that|sign|story|draft|submitted|approved|released|planned|sent|delivered|proven|failed|evidence|coverage|report|unknown|error|null|undefined)\b/i;

export class World {
  /** With another address than this machine's own, more sections of loa.toml, or without a browser. */
  static async start({ host = "127.0.0.1", config = "", browser = true } = {}) {
    const world = new World();
    world.folder = mkdtempSync(join(tmpdir(), "loa-e2e."));
    world.port = await freePort();
    world.url = `http://${host}:${world.port}`;
    const data = join(world.folder, "data");
    mkdirSync(data);
    mkdirSync(shots, { recursive: true });
    // No quiet hours: the journey is made at night as well.
    writeFileSync(join(data, "loa.toml"), `[web]\nlisten = "${host}:${world.port}"\n[air]\nquiet_from = 0\nquiet_to = 0\npoll_seconds = 1\n${config}`);
    world.data = data;
    await world.serve();
    if (browser) world.browser = await chromium.launch(LAUNCH);
    return world;
  }

  /** Starts the server and waits until it answers. */
  async serve() {
    this.server = this.run("loa", ["--data", this.data, "serve", "--example"], "server.log");
    await this.until("the server answers", async () => {
      if (this.server.exitCode !== null) throw new Error(`the server ended (${this.server.exitCode}):\n${readFileSync(join(this.folder, "server.log"), "utf8")}`);
      return (await fetch(`${this.url}/health`).catch(() => null))?.ok;
    });
  }

  /** The power goes. */
  async kill() {
    const gone = once(this.server, "exit");
    this.server.kill("SIGKILL");
    await gone;
  }

  /** Calls the API as somebody: a path, and for a POST what is sent. */
  api(login) {
    return caller(join(root, "target/release/loa"), this.url, this.data, login);
  }

  /** Whether the ledger holds; what is wrong in it otherwise. */
  verify() {
    const done = spawnSync(join(root, "target/release/loa"), ["--data", this.data, "verify"], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`loa verify: ${done.stdout}${done.stderr}`);
  }

  /** A loudspeaker's receiver, enrolled with a code from the page, or with what its QR code says. */
  speaker(code) {
    const data = join(this.folder, "speaker");
    const program = join(root, "target/release/loa-speaker");
    const enrolled = spawnSync(program, ["enrol", "--data", data, ...(code.includes(" ") ? ["--invitation", code] : ["--server", this.url, "--code", code])], { encoding: "utf8" });
    if (enrolled.status !== 0) throw new Error(`loa-speaker enrol: ${enrolled.stderr}`);
    const played = join(this.folder, "played");
    mkdirSync(played);
    this.receiver = this.run("loa-speaker", ["run", "--data", data, "--out", `file:${played}`, "--poll", "1"], "speaker.log");
    return played;
  }

  /** Somebody's own browser, signed in. */
  async signIn(login, more = {}) {
    const page = await this.visitor(more);
    await page.goto(`${this.url}/sign-in`);
    await page.fill("#login", login);
    await page.fill("#password", PASSWORD);
    await Promise.all([page.waitForURL(`${this.url}/home`), page.click("main button[type=submit]")]);
    return page;
  }

  /** Takes off the air what the example has there within so many minutes: a journey must not depend on the hour it is made at. */
  async freeAir(page, area, minutes) {
    await page.goto(`${this.url}/airtime?area=${area}`);
    const slots = await page.locator(".airtimes li").evaluateAll((all) => all.map((one) => [Date.parse(one.querySelector("time").dateTime), one.querySelector("a").pathname]));
    const csrf = await page.locator("input[name=csrf]").first().inputValue();
    for (const [begins, path] of slots) {
      if (begins > Date.now() + minutes * 60_000) continue;
      const answer = await page.request.post(this.url + path.replace("bulletin", "cancellation"), { form: { csrf } });
      if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    }
  }

  /** Anybody's browser. */
  async visitor(more = {}) {
    const context = await this.browser.newContext({ locale: "vi-VN", viewport: screen(1440), acceptDownloads: true, ...more });
    const page = await context.newPage();
    this.faults ??= [];
    page.on("dialog", (dialog) => dialog.accept());
    page.on("pageerror", (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) this.faults.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  /** Photographs a page at every width, light and dark, and notes what axe and a reader object to. */
  async look(page, name) {
    this.faults ??= [];
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const width of WIDTHS) {
        await page.setViewportSize(screen(width));
        await page.evaluate(() => document.fonts.ready);
        // Two frames, or a long page may be photographed before all of it is painted.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        await page.screenshot({ path: join(shots, `${name}-${scheme}-${width}.png`), fullPage: true });
        for (const fault of await faultsOf(page, axe)) this.faults.push(`${name} ${scheme} ${width}: ${fault}`);
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(screen(1440));
    const text = await page.evaluate(() => {
      const copy = document.body.cloneNode(true);
      for (const part of copy.querySelectorAll("[lang=en], script, .hash")) part.remove();
      return `${document.title}\n${copy.textContent}`;
    });
    const english = text.split("\n").filter((line) => ENGLISH.test(line));
    if (english.length) this.faults.push(`${name}: English on a Vietnamese page: ${english.slice(0, 5).join(" | ")}`);
  }

  /** What a first visit to an address costs the network, in bytes. */
  async weigh(page, address) {
    const network = await page.context().newCDPSession(page);
    await network.send("Network.enable");
    await network.send("Network.setCacheDisabled", { cacheDisabled: true });
    let bytes = 0;
    network.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(address, { waitUntil: "networkidle" });
    await network.detach();
    return bytes;
  }

  async until(what, look, seconds = 90) {
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      const seen = await look();
      if (seen) return seen;
      await pause(200);
    }
    const logs = ["server.log", "speaker.log"].map((name) => {
      const path = join(this.folder, name);
      return existsSync(path) ? `\n== ${name}\n${readFileSync(path, "utf8").slice(-2000)}` : "";
    });
    throw new Error(`not within ${seconds} s: ${what}${logs.join("")}`);
  }

  /** The power of the loudspeaker goes. */
  async stopReceiver() {
    const gone = once(this.receiver, "exit");
    this.receiver.kill("SIGKILL");
    await gone;
  }

  run(program, args, log, env = {}) {
    const child = spawn(join(root, "target/release", program), args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    const file = createWriteStream(join(this.folder, log), { flags: "a" });
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    return child;
  }

  async end() {
    await this.browser?.close();
    for (const child of [this.receiver, this.server]) {
      if (child && child.exitCode === null && child.signalCode === null) {
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      }
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
