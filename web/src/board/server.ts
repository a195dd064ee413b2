// The way to the server: what stands is asked for, receipts are handed in, the time is learned on the way.
import { authorization, believe, type Envelope, type Manifest } from "./air";
import * as store from "./store";

/** How asking went. */
export type Heard = "new" | "same" | "refused" | "offline" | "away";

const MOST = 100;
/** A clock that is further off is put right before anything else is believed. */
const SKEW_MS = 10 * 60_000;

let ahead = 0;

/** The server's time, by what was heard of it last. */
export const now = (): number => Date.now() + ahead;

export async function readClock(): Promise<void> {
  ahead = await store.offset();
}

async function learn(answer: Response): Promise<number> {
  const told = Number(answer.headers.get("loa-time"));
  if (!told) return 0;
  const off = Math.abs(told - now());
  ahead = told - Date.now();
  await store.keepOffset(ahead);
  return off;
}

/** Asks with the board's signature; nothing when nobody answers. */
async function ask(who: store.Identity, method: "GET" | "POST", path: string, body = "", headers: Record<string, string> = {}): Promise<Response | null> {
  for (let tries = 0; ; tries += 1) {
    const signed = await authorization(who.keys, who.board, [method, path], body, now());
    const sent = { method, headers: { ...headers, authorization: signed }, cache: "no-store" as const, ...(method === "POST" ? { body } : {}) };
    const answer = await fetch(path, sent).catch(() => null);
    if (!answer) return null;
    const off = await learn(answer);
    if (!turnedAway(answer) || off < SKEW_MS || tries > 0) return answer;
  }
}

const turnedAway = (answer: Response): boolean => answer.status === 401;

/** What stands now, once it is believed. */
export async function hear(who: store.Identity): Promise<{ heard: Heard; manifest?: Manifest }> {
  const last = await store.highest();
  const answer = await ask(who, "GET", "/air/v1/boards/manifest", "", { "if-none-match": `"v${last}"` });
  if (!answer) return { heard: "offline" };
  if (turnedAway(answer)) return { heard: "away" };
  if (answer.status === 304) return { heard: "same" };
  if (!answer.ok) return { heard: "offline" };
  const envelope = (await answer.json().catch(() => null)) as Envelope | null;
  const believed = envelope ? await believe(envelope, who.server, who.board, last, now()) : { reason: "malformed" };
  if ("reason" in believed) {
    await ask(who, "POST", "/air/v1/boards/refusals", JSON.stringify(believed));
    return { heard: "refused" };
  }
  await store.keepManifest(believed.manifest.version, envelope as Envelope);
  return { heard: "new", manifest: believed.manifest };
}

/** What was kept of the last one, looked at as if it came now. */
export async function remembered(who: store.Identity): Promise<Manifest | null> {
  const envelope = await store.envelope();
  if (!envelope) return null;
  const believed = await believe(envelope, who.server, who.board, await store.highest(), now());
  return "manifest" in believed ? believed.manifest : null;
}

/** Hands receipts in, until none is left or nobody takes them. */
export async function handIn(who: store.Identity): Promise<void> {
  for (;;) {
    const waiting = await store.receipts(MOST);
    if (waiting.length === 0) return;
    const answer = await ask(who, "POST", "/air/v1/boards/receipts", JSON.stringify(waiting.map((one) => one.envelope)));
    if (!answer?.ok) return;
    const { acknowledged } = (await answer.json()) as { acknowledged: string[] };
    await store.acknowledged(acknowledged);
    if (acknowledged.length < waiting.length || waiting.length < MOST) return;
  }
}
