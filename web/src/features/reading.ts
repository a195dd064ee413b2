import { say } from "../messages";

const AFTER_MS = 350;

/**
 * `<textarea data-reading="/lexicon/reading" data-reading-into="reading">` shows in the element with
 * that id how its text is read, as it is typed: the address answers a form (`csrf`, `text`) with a
 * page or a fragment that holds an element of the same id. `data-reading-with="voice speed"` names
 * fields of the form that are sent along and matter to the answer. Whatever does the same without scripts
 * carries `data-without-scripts` and goes. A new reading says `reading` to whoever adds to it.
 */
export function readings(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLElement>("[data-without-scripts]")) button.remove();
  for (const field of root.querySelectorAll<Field>("[data-reading]")) follow(field);
}

type Field = HTMLTextAreaElement | HTMLInputElement;

function follow(field: Field): void {
  let timer = 0;
  let asked: AbortController | undefined;
  let last = whatIsAsked(field).toString();
  const ask = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const now = whatIsAsked(field).toString();
      if (now === last) return;
      last = now;
      asked?.abort();
      asked = new AbortController();
      void read(field, asked.signal);
    }, AFTER_MS);
  };
  field.addEventListener("input", ask);
  for (const name of withNames(field)) document.getElementById(name)?.addEventListener("change", ask);
}

function withNames(field: Field): string[] {
  return (field.dataset["readingWith"] ?? "").split(" ").filter((name) => name !== "");
}

/** The text, and what matters beside it. */
function whatIsAsked(field: Field): URLSearchParams {
  const csrf = field.form?.querySelector<HTMLInputElement>("input[name=csrf]")?.value ?? "";
  const asked = new URLSearchParams({ csrf, text: field.value });
  for (const name of withNames(field)) {
    const other = document.getElementById(name);
    if (other instanceof HTMLSelectElement || other instanceof HTMLInputElement) asked.set(name, other.value);
  }
  return asked;
}

async function read(field: Field, signal: AbortSignal): Promise<void> {
  const into = field.dataset["readingInto"] ?? "";
  const url = new URL(field.dataset["reading"] ?? "", location.href);
  // The answer becomes part of this page, so it may only come from where this page came from.
  if (url.origin !== location.origin) return;
  try {
    const body = whatIsAsked(field);
    const answer = await fetch(url, { method: "POST", body, credentials: "same-origin", headers: { Accept: "text/html" }, signal });
    const next = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(into) : null;
    if (signal.aborted) return;
    if (next) show(into, next);
    else fail(into);
  } catch {
    if (!signal.aborted) fail(into);
  }
}

/** What was opened in the old reading is open in the new one. */
function show(into: string, next: HTMLElement): void {
  const old = document.getElementById(into);
  if (!old) return;
  const open = [...old.querySelectorAll("details")].map((details) => details.open);
  next.querySelectorAll("details").forEach((details, place) => (details.open = open[place] ?? false));
  const shown = document.adoptNode(next);
  old.replaceWith(shown);
  shown.dispatchEvent(new CustomEvent("reading", { bubbles: true }));
}

function fail(into: string): void {
  const old = document.getElementById(into);
  if (!old || old.querySelector("[data-reading-failed]")) return;
  const line = document.createElement("p");
  line.className = "late";
  line.setAttribute("role", "status");
  line.dataset["readingFailed"] = "";
  line.textContent = say("readingFailed");
  old.prepend(line);
}
