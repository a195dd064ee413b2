import { say } from "../messages";
import { isSending } from "./submit";

type Values = Record<string, string[]>;
interface Draft {
  at: string;
  /** What the server had shown when typing began: tells whether someone changed it since. */
  base: Values;
  typed: Values;
}

const PREFIX = "loa:draft:";
const KEEP_DAYS = 30;
const SAVE_AFTER_MS = 400;

/**
 * `<form data-draft="an.nguyen/story-7">` keeps what is typed on this device until the server has it,
 * and asks before the page is left with unsaved text. The name holds the person, so that two people
 * on one device never see each other's text. A page that follows a successful save carries
 * `data-draft-saved="an.nguyen/story-7"` on any element and so ends the draft.
 */
export function drafts(root: ParentNode): void {
  for (const saved of root.querySelectorAll<HTMLElement>("[data-draft-saved]")) {
    forget(saved.dataset["draftSaved"] ?? "");
  }
  forgetOld();
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-draft]")) keep(form);
}

function keep(form: HTMLFormElement): void {
  const name = form.dataset["draft"] ?? "";
  let base = read(form);
  const draft = recall(name);
  if (draft) {
    // A form that came back with errors shows what was typed, but the server has not kept it.
    if (same(draft.typed, base) && document.querySelector(".error-summary")) base = draft.base;
    else if (same(draft.typed, base)) forget(name);
    else if (same(draft.base, base)) restore(form, name, draft);
    else offer(form, name, draft);
  }
  let timer = 0;
  const save = (): void => {
    clearTimeout(timer);
    const typed = read(form);
    if (same(typed, base)) forget(name);
    else store(name, { at: new Date().toISOString(), base, typed });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(save, SAVE_AFTER_MS);
  });
  form.addEventListener("change", save);
  form.addEventListener("submit", save);
  addEventListener("pagehide", save);
  addEventListener("beforeunload", (event) => {
    if (!isSending() && !same(read(form), base)) event.preventDefault();
  });
}

function restore(form: HTMLFormElement, name: string, draft: Draft): void {
  const before = read(form);
  fill(form, draft.typed);
  notice(form, say("restored", { time: shown(draft.at) }), say("discard"), () => {
    fill(form, before);
    forget(name);
  });
}

function offer(form: HTMLFormElement, name: string, draft: Draft): void {
  notice(form, say("restoredOverChange", { time: shown(draft.at) }), say("restore"), () => {
    fill(form, draft.typed);
    forget(name);
  });
}

function notice(form: HTMLFormElement, text: string, action: string, act: () => void): void {
  const box = document.createElement("div");
  box.className = "notice";
  box.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = action;
  button.addEventListener("click", () => {
    act();
    form.dispatchEvent(new Event("change", { bubbles: true }));
    box.remove();
    fields(form)[0]?.focus();
  });
  box.append(line, button);
  form.prepend(box);
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Every field a person types in; secrets, tokens and files are never kept. */
function fields(form: HTMLFormElement): Field[] {
  const unkept = new Set(["hidden", "password", "file", "submit", "button", "reset"]);
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement) &&
      element.name !== "" &&
      !unkept.has(element.type),
  );
}

function isChoice(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

function read(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const field of fields(form)) {
    const list = (values[field.name] ??= []);
    if (field instanceof HTMLSelectElement) list.push(...[...field.selectedOptions].map((option) => option.value));
    else if (!isChoice(field) || field.checked) list.push(field.value);
  }
  return values;
}

function fill(form: HTMLFormElement, values: Values): void {
  const taken: Record<string, number> = {};
  for (const field of fields(form)) {
    const list = values[field.name];
    if (!list) continue;
    if (isChoice(field)) field.checked = list.includes(field.value);
    else if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.selected = list.includes(option.value);
    } else {
      const position = taken[field.name] ?? 0;
      taken[field.name] = position + 1;
      field.value = list[position] ?? "";
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function same(one: Values, other: Values): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function shown(at: string): string {
  return new Intl.DateTimeFormat(document.documentElement.lang || "vi", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: "Asia/Ho_Chi_Minh",
  }).format(new Date(at));
}

// Storage may be full, forbidden or damaged: then the page works as it would without drafts.
function store(name: string, draft: Draft): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(draft));
  } catch {
    return;
  }
}

function recall(name: string): Draft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + name) ?? "null") as Partial<Draft> | null;
    return draft?.at && draft.base && draft.typed ? (draft as Draft) : undefined;
  } catch {
    return undefined;
  }
}

function forget(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    return;
  }
}

function forgetOld(): void {
  try {
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
      const name = key.slice(PREFIX.length);
      const at = Date.parse(recall(name)?.at ?? "");
      if (!(Date.now() - at < KEEP_DAYS * 86_400_000)) forget(name);
    }
  } catch {
    return;
  }
}
