// What was shown, counted and signed. A notice counts when all of it stood on a screen that could be seen.
import { type Manifest, type Notice, sign } from "./air";
import { now } from "./server";
import * as store from "./store";

/** The first showing is told at once, the others together. */
const TOGETHER_MS = 60 * 60_000;

/** All of a notice was shown, for so long. Says whether a receipt is ready. */
export async function shown(who: store.Identity, notice: Notice, version: number, span: [number, number], seconds: number): Promise<boolean> {
  const [startedAt, endedAt] = span;
  const before = await store.count(notice.delivery);
  const fresh = !before || before.sha256 !== notice.sha256 || before.times === 0;
  const one: store.Count = {
    delivery: notice.delivery,
    sha256: notice.sha256,
    version,
    startedAt: fresh ? startedAt : before.startedAt,
    endedAt: Math.max(startedAt, endedAt),
    seconds: (fresh ? 0 : before.seconds) + Math.max(0, Math.floor(seconds)),
    times: (fresh ? 0 : before.times) + 1,
    told: before?.told ?? false,
  };
  await store.keepCount(one);
  const due = !one.told || one.endedAt - one.startedAt >= TOGETHER_MS;
  if (due) await tell(who, one);
  return due;
}

/** What no longer stands is told for the last time. */
export async function settle(who: store.Identity, manifest: Manifest): Promise<void> {
  const standing = new Set(manifest.notices.map((notice) => notice.delivery));
  for (const one of await store.counts()) {
    if (standing.has(one.delivery)) continue;
    if (one.times > 0) await tell(who, one);
    await store.dropCount(one.delivery);
  }
}

async function tell(who: store.Identity, one: store.Count): Promise<void> {
  const id = crypto.randomUUID();
  const message = {
    board: who.board,
    delivery: one.delivery,
    ended_at: new Date(one.endedAt).toISOString(),
    id,
    seconds: one.seconds,
    sha256: one.sha256,
    started_at: new Date(one.startedAt).toISOString(),
    times: one.times,
    version: one.version,
  };
  const rest = { ...one, startedAt: now(), endedAt: now(), seconds: 0, times: 0, told: true };
  await store.keepReceipt(id, await sign("loa/shown/v1\n", message, who.keys), rest);
}
