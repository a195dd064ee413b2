/**
 * Inside `[data-review]` the elements of a draft are decided without leaving the page. Every form and
 * link with `data-inline` asks for the parts that change (`Loa-Inline`); each part of the answer takes
 * the place of the element with its id. Without scripts, or when the answer is none of ours, the same
 * form goes its plain way.
 *
 * While the focus is on an element: j and ↓ next, k and ↑ previous, a accept, r reject, e correct,
 * u undo. Elsewhere the keys do nothing, so that nobody decides by accident (WCAG 2.1.4).
 */
export function review(root: ParentNode): void {
  for (const page of root.querySelectorAll<HTMLElement>("[data-review]")) {
    // Before the form's own listeners: a form that is answered in place is not 'being sent'.
    page.addEventListener("submit", (event) => void submitted(page, event), true);
    page.addEventListener("click", (event) => void followed(page, event));
    page.addEventListener("keydown", (event) => pressed(page, event));
    for (const help of document.querySelectorAll<HTMLElement>("[data-keys]")) help.hidden = false;
  }
}

async function submitted(page: HTMLElement, event: SubmitEvent): Promise<void> {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-inline]")) return;
  event.preventDefault();
  if (form.dataset["asking"] !== undefined) return;
  form.dataset["asking"] = "";
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, event.submitter)) body.append(name, String(value));
  const decided = event.submitter?.matches("[name=decision]:not([value=proposed])") ?? false;
  const element = form.closest<HTMLElement>("[data-element]");
  const next = decided && element ? following(page, element, openElements) : undefined;
  const here = element?.contains(document.activeElement) ?? false;
  const done = await ask(form.action, { method: "POST", body });
  delete form.dataset["asking"];
  if (done === undefined) {
    plainly(form, event.submitter);
    return;
  }
  if (!here) return;
  const now = element ? document.getElementById(element.id) : null;
  const settled = done && decided && next?.isConnected;
  focus(settled ? next : (now?.querySelector<HTMLElement>(".error-summary, input:not([type=hidden]), textarea, select") ?? now));
}

async function followed(page: HTMLElement, event: MouseEvent): Promise<void> {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-inline]") : null;
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const element = link.closest<HTMLElement>("[data-element]");
  if (!element) return;
  event.preventDefault();
  const done = await ask(link.href, {});
  if (done === undefined) {
    location.href = link.href;
    return;
  }
  const now = page.querySelector<HTMLElement>(`#${element.id}`);
  focus(now?.querySelector<HTMLElement>("textarea, input:not([type=hidden]), select") ?? now);
}

function pressed(page: HTMLElement, event: KeyboardEvent): void {
  const at = event.target;
  if (!(at instanceof HTMLElement) || event.metaKey || event.ctrlKey || event.altKey) return;
  if (at.matches("input, textarea, select, [contenteditable]")) return;
  const element = at.closest<HTMLElement>("[data-element]");
  if (!element) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "arrowdown") {
    event.preventDefault();
    focus(following(page, element, allElements));
  } else if (key === "k" || key === "arrowup") {
    event.preventDefault();
    const all = allElements(page);
    focus(all[all.indexOf(element) - 1]);
  } else {
    const act = element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!act) return;
    event.preventDefault();
    act.click();
  }
}

const allElements = (page: HTMLElement): HTMLElement[] =>
  [...page.querySelectorAll<HTMLElement>("[data-element]")].filter((element) => element.offsetParent !== null);
const openElements = (page: HTMLElement): HTMLElement[] =>
  allElements(page).filter((element) => element.hasAttribute("data-open"));

/** The first of `those` that stands behind `element`. */
function following(
  page: HTMLElement,
  element: HTMLElement,
  those: (page: HTMLElement) => HTMLElement[],
): HTMLElement | undefined {
  return those(page).find(
    (other) => other !== element && element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
}

function focus(element: HTMLElement | null | undefined): void {
  if (!element) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

/**
 * Puts the parts of the answer in place. True when the server did what was asked, false when it said
 * why not, nothing when the answer was none of ours.
 */
async function ask(address: string, options: RequestInit): Promise<boolean | undefined> {
  try {
    const answer = await fetch(address, {
      ...options,
      headers: { "Loa-Inline": "1" },
      credentials: "same-origin",
      redirect: "error",
    });
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) return undefined;
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!parts.querySelector("#progress")) return undefined;
    for (const part of parts.querySelectorAll<HTMLElement>("body > [id], body > ol > [id]")) {
      const now = document.getElementById(part.id);
      if (!now) continue;
      now.replaceWith(document.adoptNode(part));
    }
    return answer.ok;
  } catch {
    return undefined;
  }
}

/** Sends the form the plain way: the server then answers with a page. */
function plainly(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.removeAttribute("data-inline");
  form.requestSubmit(submitter);
}
