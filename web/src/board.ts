// A public screen: it comes in with a code once, then shows what the server signed, network or not, and signs what it showed.
import "./styles/board-entry.css";
import { makeKeys, publicText } from "./board/air";
import * as face from "./board/face";
import { begin } from "./board/row";
import { handIn, hear, now, readClock, remembered } from "./board/server";
import { settle, shown } from "./board/shown";
import * as store from "./board/store";
import { keepPage } from "./features/keep";

const POLL_MS = 30_000;

/** A code and, where the address has it, the server's key. */
function invited(): { code: string; key: string | null } {
  const [code = "", ...key] = decodeURIComponent(location.hash.slice(1)).split("/");
  return { code, key: key.length > 0 ? key.join("/") : null };
}

/** Comes in with a code; answers what is wrong, if something is. */
async function comeIn(code: string, expected: string | null): Promise<string | null> {
  const keys = await makeKeys().catch(() => null);
  if (!keys) return "insecure";
  const body = JSON.stringify({ code, public_key: await publicText(keys) });
  const answer = await fetch("/air/v1/boards/enrolment", { method: "POST", body }).catch(() => null);
  if (!answer || answer.status >= 500) return "network";
  if (!answer.ok) return "code";
  const { board, name, server_key: server } = (await answer.json()) as { board: number; name: string; server_key: string };
  if (expected && server !== expected) return "key";
  await store.begin({ board, name, server, keys });
  history.replaceState(null, "", "/board");
  return null;
}

/** The form; it is there until a code is taken. */
function enrol(said: string | null): void {
  face.face(false);
  face.fault(said);
  const form = document.querySelector<HTMLFormElement>("[data-enrol]");
  const field = form?.querySelector<HTMLInputElement>("[name=code]");
  if (!form || !field) return;
  const { code, key } = invited();
  if (code) field.value = code;
  field.focus();
  form.onsubmit = (event) => {
    event.preventDefault();
    const same = field.value === code ? key : null;
    void comeIn(field.value, same).then((came) => (came ? face.fault(came) : location.reload()));
  };
}

async function run(who: store.Identity): Promise<void> {
  face.face(true);
  await readClock();
  const row = begin((notice, version, span, seconds) => {
    void shown(who, notice, version, span, seconds).then((due) => (due ? handIn(who) : undefined));
  });
  const known = await remembered(who);
  if (known) row.take(known);
  let away = false;
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    const { heard, manifest } = await hear(who);
    if (heard === "away") {
      // Nothing of it is shown any more; it asks on, in case somebody on the way answered for the server.
      if (!away) enrol("revoked");
      away = true;
      return row.take(null);
    }
    face.trouble(heard === "offline" ? face.words("network") : heard === "refused" ? face.words("refused") : "");
    const back = away && heard !== "offline";
    if (back) {
      away = false;
      face.face(true);
    }
    const standing = manifest ?? (back ? await remembered(who) : null);
    if (standing) {
      row.take(standing);
      await settle(who, standing);
    }
    await handIn(who);
  };
  const tick = (): void => face.clock(new Date(now()), who.name);
  setInterval(tick, 1000);
  setInterval(() => void ask(), POLL_MS);
  addEventListener("online", () => void ask());
  document.addEventListener("visibilitychange", () => void ask());
  document.querySelector("[data-full]")?.addEventListener("click", () => void document.documentElement.requestFullscreen());
  tick();
  await ask();
  stayAwake();
}

/** The screen does not go dark while it shows something. */
function stayAwake(): void {
  const again = (): void => {
    if (!document.hidden) void navigator.wakeLock?.request("screen").catch(() => null);
  };
  document.addEventListener("visibilitychange", again);
  again();
}

async function start(): Promise<void> {
  void keepPage("/board");
  if (!globalThis.isSecureContext) return enrol("insecure");
  // One window at a time: two would count everything twice.
  await navigator.locks.request("loa-board", async () => {
    const who = await store.identity();
    if (who) await run(who);
    else enrol(null);
    await new Promise(() => {});
  });
}

void start();
