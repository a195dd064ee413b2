// The commune's screen: what is done there is kept on the phone first, then sent; the screen itself and the sounds of
// today and tomorrow are kept for a time without a network.
import { say } from "./messages";
import { keepPage } from "./features/keep";
import { send } from "./station/send";
import { type Act, forget, keep, waiting } from "./station/store";

/** How often it is tried again. */
const AGAIN_MS = 20_000;
/** A page older than this was kept on the phone. */
const FRESH_MS = 60_000;

const head = document.querySelector<HTMLElement>("[data-station]");
if (head) void begin(head.dataset["station"] ?? "", head);

async function begin(person: string, head: HTMLElement): Promise<void> {
  tellAge(head);
  listen(person);
  offer();
  await show(person);
  const go = (): void => void flush(person);
  addEventListener("online", go);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) go();
  });
  setInterval(go, AGAIN_MS);
  setInterval(offer, 5000);
  go();
  await keepScreen();
}

/** What has begun since the page was made can be answered, network or not. */
function offer(): void {
  for (const form of document.querySelectorAll<HTMLElement>("[data-from][hidden]")) {
    form.hidden = Date.now() < Date.parse(form.dataset["from"] ?? "");
  }
}

/** Forms are kept on the phone, then sent. */
function listen(person: string): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset["act"]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void take(person, form, event.submitter);
  }, { capture: true });
}

async function take(person: string, form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  if (!form.reportValidity()) return;
  const data = new FormData(form, button);
  const title = data.get("title");
  const act: Act = {
    key: crypto.randomUUID(),
    person,
    name: [form.dataset["act"], typeof title === "string" ? `“${title}”` : button?.firstChild?.textContent].filter(Boolean).join(": "),
    action: form.getAttribute("action") ?? "",
    fields: [...data].filter(([name]) => name !== "csrf" && name !== "key"),
    doneAt: new Date().toISOString(),
  };
  await keep(act);
  if (title) {
    form.reset();
    form.querySelector<HTMLInputElement>("input[type=file]")?.dispatchEvent(new Event("change"));
    const preview = form.querySelector<HTMLAudioElement>("[data-preview]");
    if (preview) preview.hidden = true;
    const told = form.querySelector("[data-told]");
    if (told) told.textContent = "";
  }
  await show(person);
  document.getElementById("outbox")?.focus();
  await flush(person);
}

async function flush(person: string): Promise<void> {
  const { how, taken } = await send(person);
  await show(person, how === "signed-out");
  if (taken > 0) await refresh();
}

/** Shows what waits. */
async function show(person: string, signedOut = false): Promise<void> {
  const box = document.querySelector<HTMLElement>("[data-outbox]");
  const lines = box?.querySelector("[data-outbox-lines]");
  if (!box || !lines) return;
  const acts = await waiting(person);
  box.hidden = acts.length === 0;
  lines.replaceChildren(...acts.map((act) => line(person, act)));
  if (signedOut && acts.length > 0) {
    const link = document.createElement("a");
    link.href = "/sign-in?next=/station";
    link.textContent = say("stationSignIn");
    const item = document.createElement("li");
    item.append(link);
    lines.prepend(item);
  }
}

function line(person: string, act: Act): HTMLLIElement {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = act.name;
  const when = document.createElement("span");
  when.className = "lines-when";
  when.textContent = new Date(act.doneAt).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  item.append(name, when);
  if (act.fault) {
    const fault = document.createElement("span");
    fault.className = "lines-about";
    fault.textContent = say("stationRefused", { why: act.fault });
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "button button-small";
    drop.textContent = say("stationDrop");
    drop.addEventListener("click", () => void forget(act.key).then(() => show(person)));
    item.append(fault, drop);
  }
  return item;
}

/** Puts the newest day into the page; what is being typed below stays. */
async function refresh(): Promise<void> {
  const answer = await fetch("/station", { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [fresh, old] = [page.querySelector("[data-day]"), document.querySelector("[data-day]")];
  if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  const head = page.querySelector<HTMLElement>("[data-station]");
  if (head) tellAge(head);
}

/** Says when the page is one that the phone kept. */
function tellAge(head: HTMLElement): void {
  const told = document.querySelector<HTMLElement>("[data-kept]");
  const at = told?.querySelector("time");
  const made = new Date(head.dataset["made"] ?? "");
  if (!told || !at || Number.isNaN(made.getTime())) return;
  told.hidden = Date.now() - made.getTime() < FRESH_MS;
  at.dateTime = made.toISOString();
  at.textContent = made.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
}

/** Has the screen, its style and scripts and the sounds of both days kept on the phone. */
async function keepScreen(): Promise<void> {
  const sounds = [...document.querySelectorAll("audio[src]")].map((audio) => audio.getAttribute("src") ?? "");
  await keepPage("/station", sounds);
}
