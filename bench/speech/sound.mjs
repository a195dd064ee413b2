// Text to MP3, ours beside espeak-ng and ffmpeg in a pipeline. Both say the same words (ours finds
// them itself, the peer is given them), in turns, whole processes from their start to the file. What
// came out is measured by ffmpeg: a sound that misses loudness or peak counts for nothing.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { figure, inScratch, loa, median, progress } from "../measure.mjs";

const STORIES = "examples/ha-nam/stories";
const ROUNDS = 5;
const TARGET = { lufs: -16, peak: -1 };
/** What is allowed; the peak's is what two meters may differ by. */
const ALLOWED = { lufs: 0.5, peak: 0.05 };

/** Prints the figures: for a bulletin of about four minutes, and for a notice of half a minute. */
export function soundVsFfmpeg() {
  const program = existsSync(loa) ? loa : resolve(process.env.CARGO_TARGET_DIR ?? "target", "release/loa");
  if (!existsSync(program)) throw new Error(`${program} is not there: run make build`);
  for (const needed of ["espeak-ng", "ffmpeg"]) {
    if (spawnSync(needed, ["-version"]).error) throw new Error(`${needed} is not there: apt-get install ${needed}`);
  }
  return inScratch((folder) => {
    const heard = [
      ["sound_vs_ffmpeg", bulletin()],
      ["sound_vs_ffmpeg_short", notice()],
    ].flatMap(([name, text]) => compared(program, folder, name, text));
    const off = Math.max(...heard.map(({ lufs }) => Math.abs(lufs - TARGET.lufs)));
    const peak = Math.max(...heard.map((sound) => sound.peak));
    figure("speech", "sound_lufs_off", off, "LU");
    figure("speech", "sound_true_peak", peak, "dBTP");
    if (!(off <= ALLOWED.lufs) || !(peak <= TARGET.peak + ALLOWED.peak)) {
      throw new Error(`the sound is ${off} LU off its loudness and peaks at ${peak} dBTP`);
    }
  });
}

/** Runs both in turns, prints the figure and gives what ffmpeg measures of ours. */
function compared(program, folder, name, text) {
  const file = (ending) => join(folder, `${name}.${ending}`);
  writeFileSync(file("txt"), text);
  const words = run(program, ["say", file("txt")]);
  writeFileSync(file("words"), words.stdout);
  const chain =
    "espeak-ng -v vi -s 155 -f \"$1\" --stdout | ffmpeg -loglevel error -y -i - " +
    "-af loudnorm=I=-16:TP=-1 -ar 44100 -ac 1 -b:a 128k -codec:a libmp3lame \"$2\"";
  const turns = {
    ours: (out) => run(program, ["speak", file("txt"), "--out", out]),
    peer: (out) => run("sh", ["-c", chain, "sh", file("words"), out]),
  };
  const rates = { ours: [], peer: [] };
  const heard = [];
  // The first round warms up the files of both and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const side of ["ours", "peer"]) {
      const out = file(`${side}.mp3`);
      const began = performance.now();
      turns[side](out);
      const seconds = (performance.now() - began) / 1000;
      const sound = measured(out);
      if (side === "ours") heard.push(sound);
      if (round > 0) rates[side].push(sound.seconds / seconds);
      else progress(`${name}, ${side}: ${sound.seconds.toFixed(1)} s, ${sound.lufs} LUFS, ${sound.peak} dBTP`);
    }
  }
  const [ours, peer] = [median(rates.ours), median(rates.peer)];
  const ratio = Number((ours / peer).toPrecision(4));
  const rounded = (value) => Number(value.toPrecision(4));
  console.log(
    JSON.stringify({
      bench: "speech",
      figure: name,
      ratio,
      ours: rounded(ours),
      peer: rounded(peer),
      unit: "s of sound per s",
    }),
  );
  return heard;
}

/** Length, integrated loudness and true peak as ffmpeg's ebur128 sees them. */
function measured(file) {
  const report = run("ffmpeg", ["-nostats", "-i", file, "-af", "ebur128=peak=true", "-f", "null", "-"]).stderr;
  const summary = report.split("Summary:").at(-1);
  const value = (name) => Number(summary.match(new RegExp(`${name}:\\s+(-?[\\d.]+|-?inf)`))?.[1]);
  const length = [...report.matchAll(/time=(\d+):(\d+):([\d.]+)/g)].at(-1);
  if (!length) throw new Error(`ffmpeg cannot read ${file}`);
  const [, hours, minutes, seconds] = length.map(Number);
  return { seconds: hours * 3600 + minutes * 60 + seconds, lufs: value("I"), peak: value("Peak") };
}

/** The bodies of the example's stories, one after the other. */
function bulletin() {
  const files = readdirSync(STORIES).sort();
  return files.map((file) => body(join(STORIES, file))).join("\n\n");
}

/** The first paragraph and the first entries of a list. */
function notice() {
  return body(join(STORIES, "mot-cua.md")).split("\n").slice(0, 6).join("\n");
}

/** A story without its head. */
function body(file) {
  return readFileSync(file, "utf8").split(/^\+\+\+$/m).at(-1).trim();
}

function run(command, args) {
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.error ?? done.stderr}`);
  return done;
}
