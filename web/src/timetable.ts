// The week as a grid of hours, where there is room for one: a slot is dragged to another time, or moved by arrow keys. It sends
// the same form that stands there without scripts; what is refused goes back to its place, and the reason is said.
const WIDE = matchMedia("(min-width: 64rem)");
const STEP = 5;
/** Height of a minute on the page, in pixels. */
const MINUTE = 0.9;
const [FIRST, LAST] = [5 * 60, 22 * 60];

const week = document.querySelector<HTMLElement>("[data-week]");
const told = document.querySelector<HTMLElement>("[data-week-told]");

interface Place {
  day: number;
  minute: number;
}

if (week && told) {
  const days = [...week.querySelectorAll<HTMLElement>(".week-day")];
  const slots = [...week.querySelectorAll<HTMLElement>(".week-slot")];
  const begin = Math.min(FIRST, ...slots.map((slot) => number(slot, "begin")));
  const end = Math.max(LAST, ...slots.map((slot) => number(slot, "begin") + number(slot, "length")));
  const arrange = (): void => {
    week.classList.toggle("week-grid", WIDE.matches);
    for (const list of week.querySelectorAll<HTMLElement>(".week-slots")) list.style.height = WIDE.matches ? `${(end - begin) * MINUTE}px` : "";
    for (const slot of slots) {
      slot.style.top = WIDE.matches ? `${(number(slot, "begin") - begin) * MINUTE}px` : "";
      slot.style.minHeight = WIDE.matches ? `${number(slot, "length") * MINUTE}px` : "";
    }
  };
  arrange();
  WIDE.addEventListener("change", arrange);
  const how = document.querySelector<HTMLElement>("[data-week-how]");
  if (how) how.hidden = !slots.some(formOf);

  for (const slot of slots) {
    const form = formOf(slot);
    if (!form) continue;
    const day = days.findIndex((one) => one.contains(slot));
    const home: Place = { day, minute: number(slot, "begin") };
    byKeys(slot, form, home);
    byHand(slot, form, home);
  }

  function byKeys(slot: HTMLElement, form: HTMLFormElement, home: Place): void {
    let at = home;
    slot.querySelector("summary")?.addEventListener("keydown", (event) => {
      const steps: Record<string, Place> = { ArrowUp: { day: 0, minute: -STEP }, ArrowDown: { day: 0, minute: STEP }, ArrowLeft: { day: -1, minute: 0 }, ArrowRight: { day: 1, minute: 0 } };
      const step = steps[event.key];
      if (step) {
        event.preventDefault();
        at = within({ day: at.day + step.day, minute: at.minute + step.minute });
        show(slot, home, at);
      } else if (event.key === "Enter" && (at.day !== home.day || at.minute !== home.minute)) {
        event.preventDefault();
        void send(slot, form, at).then((moved) => (at = moved ? at : home));
      } else if (event.key === "Escape") {
        at = home;
        put(slot);
      }
    });
  }

  function byHand(slot: HTMLElement, form: HTMLFormElement, home: Place): void {
    let from: PointerEvent | null = null;
    let at = home;
    slot.addEventListener("pointerdown", (event) => {
      if (!WIDE.matches || event.button !== 0 || (event.target as HTMLElement).closest("a, summary, input, button, label")) return;
      from = event;
      slot.setPointerCapture(event.pointerId);
    });
    slot.addEventListener("pointermove", (event) => {
      if (!from || Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < 4) return;
      const over = days.findIndex((day) => event.clientX < day.getBoundingClientRect().right);
      const minutes = Math.round((event.clientY - from.clientY) / MINUTE / STEP) * STEP;
      at = within({ day: over < 0 ? days.length - 1 : over, minute: home.minute + minutes });
      show(slot, home, at);
    });
    slot.addEventListener("pointerup", () => {
      const moved = from !== null && (at.day !== home.day || at.minute !== home.minute);
      from = null;
      if (moved) void send(slot, form, at).then(() => (at = home));
    });
    slot.addEventListener("pointercancel", () => {
      from = null;
      put(slot);
    });
  }

  function within(place: Place): Place {
    return { day: Math.min(Math.max(place.day, 0), days.length - 1), minute: Math.min(Math.max(place.minute, 0), 24 * 60 - STEP) };
  }

  /** Shows where it would go, and says it. */
  function show(slot: HTMLElement, home: Place, at: Place): void {
    slot.classList.add("week-moving");
    const across = days[at.day]!.getBoundingClientRect().left - days[home.day]!.getBoundingClientRect().left;
    slot.style.transform = WIDE.matches ? `translate(${across}px, ${(at.minute - home.minute) * MINUTE}px)` : "";
    tell(`${days[at.day]!.querySelector("h2")!.textContent!.trim()}, ${clock(at.minute)}`);
    slot.dataset["to"] = clock(at.minute);
  }

  function put(slot: HTMLElement): void {
    slot.classList.remove("week-moving");
    slot.style.transform = "";
    delete slot.dataset["to"];
  }

  /** Sends the form with another time; the page of the answer is shown, or the reason why not. */
  async function send(slot: HTMLElement, form: HTMLFormElement, at: Place): Promise<boolean> {
    const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    fields.set("day", days[at.day]!.dataset["day"]!);
    fields.set("time", clock(at.minute));
    // Not followed here: what the next page says once must be said where it is seen.
    const answer = await fetch(form.action, { method: "POST", body: fields, redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") {
      const [date, month, year] = fields.get("day")!.split("/");
      location.assign(`/timetable?area=${week!.dataset["week"]}&week=${year}-${month}-${date}`);
      return true;
    }
    const page = answer ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const said = [...(page?.querySelectorAll(".error-summary li, main > .notice") ?? [])].map((one) => one.textContent!.trim());
    put(slot);
    refuse(slot, said.join(". ") || answer?.statusText || "");
    slot.querySelector<HTMLElement>("summary")?.focus();
    return false;
  }

  function refuse(slot: HTMLElement, why: string): void {
    for (const old of document.querySelectorAll("[data-week-refused]")) old.remove();
    const notice = document.createElement("p");
    notice.className = "field-error";
    notice.dataset["weekRefused"] = "";
    notice.textContent = why;
    slot.append(notice);
    tell(why);
  }
}

function tell(text: string): void {
  if (told) told.textContent = text;
}

function number(slot: HTMLElement, name: string): number {
  return Number(slot.dataset[name]);
}

function formOf(slot: HTMLElement): HTMLFormElement | null {
  return slot.querySelector<HTMLFormElement>(".week-move form");
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

export {};
