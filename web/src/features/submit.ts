import { say } from "../messages";

/** After this long without a new page (a lost network, an answer that was a download) the form may send again. */
const RELEASE_AFTER_MS = 20_000;

let sending = false;

/** True from the moment a form is on its way until the page is left or shown again. */
export function isSending(): boolean {
  return sending;
}

/**
 * A form sends once, however often its button is pressed. The pressed button keeps its name and
 * value in the request, so it is only marked, never disabled before the browser has read it.
 */
export function submitOnce(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset["sending"] !== undefined) {
        event.preventDefault();
        return;
      }
      if (event.defaultPrevented) return;
      form.dataset["sending"] = "";
      sending = true;
      if (event.submitter instanceof HTMLButtonElement) mark(event.submitter);
      setTimeout(releaseAll, RELEASE_AFTER_MS);
    });
  }
  // A page brought back by the Back button must be usable again.
  addEventListener("pageshow", releaseAll);
}

function mark(button: HTMLButtonElement): void {
  button.dataset["label"] = button.textContent ?? "";
  button.setAttribute("aria-disabled", "true");
  button.textContent = say("sending");
}

function releaseAll(): void {
  sending = false;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sending]")) release(form);
}

function release(form: HTMLFormElement): void {
  delete form.dataset["sending"];
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-label]")) {
    button.textContent = button.dataset["label"] ?? "";
    button.removeAttribute("aria-disabled");
    delete button.dataset["label"];
  }
}
