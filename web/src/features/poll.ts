import { say } from "../messages";

const FIRST_WAIT_MS = 1500;
const LONGEST_WAIT_MS = 15000;

/**
 * `<div id="sound" data-poll="/stories/7/sound" aria-live="polite">` is replaced by the element with
 * the same id in the answer (a page or a fragment), until that element carries `data-done`.
 * Waits grow from 1.5 s to 15 s; a hidden page does not ask.
 */
export function poll(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-poll]:not([data-done])")) {
    if (element.id) watch(element, FIRST_WAIT_MS);
  }
}

function watch(element: HTMLElement, wait: number): void {
  setTimeout(() => void look(element, wait), wait);
}

async function look(element: HTMLElement, wait: number): Promise<void> {
  if (!element.isConnected) return;
  const longer = Math.min(wait * 1.5, LONGEST_WAIT_MS);
  if (document.hidden) {
    document.addEventListener("visibilitychange", () => void look(element, FIRST_WAIT_MS), { once: true });
    return;
  }
  const next = await fetchSame(element);
  if (next === undefined) {
    warn(element);
    watch(element, longer);
    return;
  }
  swap(element, next);
  if (!next.hasAttribute("data-done")) watch(next, longer);
}

async function fetchSame(element: HTMLElement): Promise<HTMLElement | undefined> {
  const url = new URL(element.dataset["poll"] ?? "", location.href);
  // The answer becomes part of this page, so it may only come from where this page came from.
  if (url.origin !== location.origin) return undefined;
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById(element.id) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Puts `next` in place without taking the focus from someone who is inside. */
function swap(element: HTMLElement, next: HTMLElement): void {
  const focused = element.contains(document.activeElement) ? document.activeElement?.id : undefined;
  element.replaceWith(document.adoptNode(next));
  if (focused) document.getElementById(focused)?.focus();
}

function warn(element: HTMLElement): void {
  if (element.querySelector("[data-poll-failed]")) return;
  const line = document.createElement("p");
  line.className = "progress-text";
  line.dataset["pollFailed"] = "";
  line.textContent = say("pollFailed");
  element.append(line);
}
