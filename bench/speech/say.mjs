// Both read the same lines, each line for itself, in turns on the same core. The time a process
// takes to start is left out: of the peer, which is timed inside its process after a first pass,
// and of ours, which is timed over a short and a long input, of which only the difference counts.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inScratch, loa, median, progress } from "../measure.mjs";

const PEER = "sea-g2p==0.10.0";
const ROUNDS = 5;
const CASES = "crates/speech/tests/cases";

/** Prints the figure. */
export function sayVsSeaG2p() {
  const python = peer();
  const ours = program();
  const lines = corpus();
  const characters = [...lines.join("")].length;
  return inScratch((folder) => {
    const files = Object.fromEntries(
      [1, 20, 120].map((times) => {
        const file = join(folder, `${times}.txt`);
        writeFileSync(file, `${Array.from({ length: times }, () => lines.join("\n")).join("\n")}\n`);
        return [times, file];
      }),
    );
    progress(`${lines.length} lines of ${characters} characters, ${ROUNDS} rounds`);
    const rates = { ours: [], peer: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const timed = JSON.parse(run(python, ["bench/speech/peer.py", files[1]]).stdout);
      rates.peer.push(characters / timed.seconds);
      const seconds = secondsOf(ours, files[120]) - secondsOf(ours, files[20]);
      rates.ours.push((characters * 100) / seconds);
    }
    const [mine, theirs] = [median(rates.ours), median(rates.peer)];
    console.log(
      JSON.stringify({
        bench: "speech",
        figure: "say_vs_sea_g2p",
        ratio: Number((mine / theirs).toPrecision(4)),
        ours: Math.round(mine),
        peer: Math.round(theirs),
        unit: "chars/s",
      }),
    );
  });
}

function secondsOf([command, ...args], file) {
  const began = performance.now();
  run(command, args, readFileSync(file));
  return (performance.now() - began) / 1000;
}

/** On the first core alone, where the machine can do that. */
function run(command, args, input) {
  const pin = existsSync("/usr/bin/taskset") ? ["taskset", "-c", "0"] : [];
  const [first, ...rest] = [...pin, command, ...args];
  const done = spawnSync(first, rest, { input, maxBuffer: 1 << 30, encoding: "utf8" });
  if (done.status !== 0) {
    throw new Error(`${command} ${args.join(" ")}: ${done.error ?? done.stderr}`);
  }
  return done;
}

/** `loa say --lines`, or the crate's own example where the program has not been built. */
function program() {
  if (existsSync(loa)) return [loa, "say", "--lines", "-"];
  const target = process.env.CARGO_TARGET_DIR ?? "target";
  const example = resolve(target, "release/examples/say");
  progress(`${loa} is not there, the example of crates/speech is measured`);
  if (!existsSync(example)) {
    const build = ["build", "--release", "--quiet", "-p", "loa-speech", "--example", "say"];
    const done = spawnSync("cargo", build, { stdio: ["ignore", "inherit", "inherit"] });
    if (done.status !== 0) throw new Error("the example cannot be built");
  }
  return [example];
}

/** A real plan, and every text of our own cases: notices, news, addresses, figures. */
function corpus() {
  const cases = readdirSync(CASES)
    .sort()
    .flatMap((file) => readFileSync(join(CASES, file), "utf8").split("\n"))
    .map((line) => line.split("\t")[0]);
  const plan = readFileSync("examples/ha-nam/plan.md", "utf8").split("\n");
  return [...plan, ...cases].map((line) => line.trim()).filter((line) => line !== "");
}

/** The peer in an environment of its own outside the tree, kept from one run to the next. */
function peer() {
  const folder = join(process.env.LOA_BENCH_PEERS ?? join(tmpdir(), "loa-bench-peers"), PEER);
  const python = join(folder, "bin/python");
  const installed = () => spawnSync(python, ["-c", "import sea_g2p"]).status === 0;
  if (!installed()) {
    progress(`installing ${PEER} in ${folder}`);
    for (const [command, args] of [
      ["python3", ["-m", "venv", folder]],
      [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER]],
    ]) {
      const done = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
      if (done.status !== 0) throw new Error(`${PEER} cannot be installed: PyPI and python3-venv are needed`);
    }
  }
  return python;
}
