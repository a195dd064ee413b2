// An urgent message to a swarm of loudspeakers: Loa with its own broker, and Loa with Mosquitto in its place. Server, swarm,
// message and receipts are the same on both sides; the swarm is what `loa-speaker swarm` simulates. Arrival is counted from
// the server's signature to the checked message at a loudspeaker; starts are planned two seconds after the second person's
// act, so that loudspeakers that stand near each other start together.
import { spawnSync } from "node:child_process";
import { onNetwork } from "./air/side.mjs";
import { figure, median, progress } from "./measure.mjs";

const COUNTS = (process.env.LOA_BENCH_SWARM ?? "1000,10000").split(",").map(Number);

if (spawnSync("mosquitto", ["-h"]).error) throw new Error("mosquitto is not there: apt-get install mosquitto");
let lost = 0;
for (const count of COUNTS) {
  progress(`${count} loudspeakers on Loa's own broker`);
  const ours = await onNetwork({ count, mosquitto: false });
  progress(`${count} loudspeakers on Mosquitto`);
  const peer = await onNetwork({ count, mosquitto: true });
  const p99 = (side) => median(side.rounds.map((round) => round.arrival_ms.p99));
  console.log(
    JSON.stringify({
      bench: "air",
      figure: `urgent_p99_vs_mosquitto_${count}`,
      ratio: Number((p99(ours) / p99(peer)).toPrecision(4)),
      ours: p99(ours),
      peer: p99(peer),
      unit: "ms",
    }),
  );
  figure("air", `urgent_median_ms_${count}`, median(ours.rounds.map((round) => round.arrival_ms.median)), "ms");
  figure("air", `urgent_start_p99_ms_${count}`, median(ours.rounds.map((round) => round.lateness_ms.p99)), "ms");
  figure("air", `receipts_s_${count}`, median(ours.rounds.map((round) => round.receipts_s)), "s");
  figure("air", `server_mb_${count}`, ours.server_mb, "MB");
  figure("air", `swarm_mb_${count}`, ours.memory_mb, "MB");
  lost += ours.lost_receipts + ours.refused;
}
figure("air", "lost_receipts", lost, "receipts");
if (lost > 0) throw new Error("receipts were lost");
