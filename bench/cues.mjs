// A cue sheet of an hour, a sound a minute, played by one loudspeaker and by Liquidsoap at the same time: how late each sound
// begins. Both hand their samples to the same ear in the place of a sound card. LOA_BENCH_CUES says how many minutes
// otherwise.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { approvedStory } from "../scripts/ask.mjs";
import { figure, inScratch, progress } from "./measure.mjs";
import { caller, end, program, serve, speaker, until } from "./server.mjs";

const MINUTES = Number(process.env.LOA_BENCH_CUES ?? 60);
const ear = resolve("bench/cues/ear.pl");

if (spawnSync("liquidsoap", ["--version"]).error) throw new Error("liquidsoap is not there: apt-get install liquidsoap");
await inScratch(async (folder) => {
  const running = [];
  try {
    const { url, data, server } = await serve(folder);
    running.push(server);
    const [station, leader] = [caller(url, data, "dai-xa"), caller(url, data, "lanh-dao")];
    const outlet = (await leader("/outlets")).outlets.find((one) => one.kind === "loudspeaker");
    const { codes } = await station("/speakers/codes", { area: outlet.area, name: "Loa đo", count: 1 });
    const own = join(folder, "speaker");
    const enrolled = spawnSync(speaker, ["enrol", "--server", url, "--code", codes[0], "--data", own], { encoding: "utf8" });
    if (enrolled.status !== 0) throw new Error(enrolled.stderr);
    // The ear is what the loudspeaker finds under the name of the sound card's program.
    mkdirSync(join(folder, "bin"));
    copyFileSync(ear, join(folder, "bin/aplay"));
    chmodSync(join(folder, "bin/aplay"), 0o755);
    const [ours, theirs] = [join(folder, "ours"), join(folder, "theirs")];
    const env = { PATH: `${join(folder, "bin")}:${process.env.PATH}`, EAR: ours };
    running.push(program(speaker, ["run", "--data", own, "--out", "alsa"], join(folder, "speaker.log"), { env }));

    const [editor, approver] = [caller(url, data, "bien-tap"), caller(url, data, "duyet")];
    const story = await approvedStory(editor, approver, (what, holds) => until(what, holds, 60));
    // From the second minute after this one on: time to fetch the sound.
    const first = (Math.floor(Date.now() / 60_000) + 2) * 60_000;
    const starts = Array.from({ length: MINUTES }, (_, minute) => first + minute * 60_000);
    const choices = [];
    for (const start of starts) {
      const { id } = await station("/slots", { area: outlet.area, starts_at: new Date(start).toISOString(), seconds: 50 });
      choices.push({ outlet: outlet.id, slot: id });
    }
    await leader(`/stories/${story}/releases`, { choices });
    const sounds = join(own, "sounds");
    await until("the loudspeaker holds the sound", async () => existsSync(sounds) && readdirSync(sounds).some((name) => !name.includes(".")), 90);
    const sound = join(sounds, readdirSync(sounds)[0]);
    const silence = before(sound, join(folder, "silence"));
    running.push(liquidsoap(folder, sound, starts, theirs));

    for (let minute = 0; minute <= MINUTES; minute += 1) {
      await pause(Math.max(0, first + minute * 60_000 - Date.now()));
      progress(`minute ${minute} of ${MINUTES}`);
    }
    // The loudspeaker's stream begins with its sound; Liquidsoap's runs all the time.
    const mine = read(ours).map(([, began, into]) => began + into - silence);
    const peer = read(theirs).map(([came]) => came - silence);
    compare(lateness(mine, starts), lateness(peer, starts));
    await receipts(leader);
  } finally {
    for (const one of running.reverse()) await end(one);
  }
});

/** How much silence there is before the sound, in milliseconds. */
function before(sound, log) {
  const samples = spawnSync("ffmpeg", ["-v", "error", "-i", sound, "-f", "s16le", "-ac", "1", "-ar", "44100", "-"], { maxBuffer: 1 << 28 });
  if (samples.status !== 0) throw new Error(`ffmpeg: ${samples.stderr}`);
  spawnSync("perl", [ear], { input: samples.stdout, env: { ...process.env, EAR: log } });
  return read(log)[0][2];
}

function read(log) {
  const lines = readFileSync(log, "utf8").trim().split("\n");
  return lines.filter(Boolean).map((line) => line.split(" ").map(Number));
}

/** By how much the sound of each start was late; one that never came counts as never. */
function lateness(heard, starts) {
  return starts.map((start) => heard.map((at) => at - start).find((late) => Math.abs(late) < 30_000) ?? Number.POSITIVE_INFINITY);
}

function compare(ours, theirs) {
  const p99 = (all) => all.map(Math.abs).sort((a, b) => a - b)[Math.min(all.length - 1, Math.ceil(all.length * 0.99) - 1)];
  const [mine, peer] = [p99(ours), p99(theirs)].map((value) => Number(value.toPrecision(4)));
  console.log(JSON.stringify({ bench: "cues", figure: "start_p99_vs_liquidsoap", ratio: Number((mine / peer).toPrecision(4)), ours: mine, peer, unit: "ms" }));
  figure("cues", "starts", ours.filter(Number.isFinite).length, "sounds");
  figure("cues", "starts_liquidsoap", theirs.filter(Number.isFinite).length, "sounds");
  figure("cues", "start_max_ms", Math.max(...ours.map(Math.abs)), "ms");
}

/** What the loudspeaker's own receipts say of it. */
async function receipts(leader) {
  const late = [];
  for (let before = null; ; ) {
    const page = await leader(`/evidence?channel=loudspeaker${before ? `&before=${before}` : ""}`);
    for (const { seq } of page.evidence) late.push((await leader(`/evidence/${seq}`)).detail.lateness_ms);
    before = page.next;
    if (!before) break;
  }
  figure("cues", "receipts", late.length, "receipts");
  figure("cues", "receipts_lateness_max_ms", Math.max(...late.map(Math.abs)), "ms");
}

/** The same sheet for Liquidsoap: a source for each minute, silence between them. */
function liquidsoap(folder, sound, starts, log) {
  copyFileSync(sound, join(folder, "sound.mp3"));
  const when = (start) => {
    const at = new Date(start);
    const [hour, minute] = [at.getUTCHours(), at.getUTCMinutes()];
    return `${hour}h${minute}m0s-${hour}h${minute}m50s`;
  };
  const cues = starts.map((start) => `({ ${when(start)} }, once(single("${join(folder, "sound.mp3")}")))`);
  const script = join(folder, "sheet.liq");
  writeFileSync(
    script,
    `settings.init.allow_root.set(true)
settings.frame.audio.channels.set(1)
sheet = switch(track_sensitive=false, [
${cues.join(",\n")}
])
output.external(flush=true, %wav(channels=1, samplerate=44100, header=false), "perl ${ear} -r 44100 -c 1", mksafe(sheet))
`,
  );
  return program("liquidsoap", [script], join(folder, "liquidsoap.log"), { env: { EAR: log, TZ: "UTC" } });
}
