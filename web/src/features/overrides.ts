import { say } from "../messages";

/**
 * `<textarea data-overrides data-reading-into="reading">`: a piece of its reading, pressed, offers
 * another reading in its place, which is written into the text as `{{printed|said}}`; a button does
 * the same for whatever is selected in the text. The server's page leads to the lexicon instead.
 */
export function overrides(root: ParentNode): void {
  for (const script of root.querySelectorAll<HTMLTextAreaElement>("textarea[data-overrides]")) offer(script);
}

interface Place {
  from: number;
  to: number;
  /** What is printed there. */
  printed: string;
  /** What is said there now. */
  said: string;
  /** The author's own reading, which can be taken away. */
  own: boolean;
  /** Where an entry of the lexicon is made or changed; empty for who may not. */
  lexicon: string;
}

function offer(script: HTMLTextAreaElement): void {
  const into = script.dataset["readingInto"] ?? "";
  const reading = (): HTMLElement | null => document.getElementById(into);
  makeButtons(reading());
  document.addEventListener("reading", () => makeButtons(reading()));
  document.addEventListener("click", (event) => {
    const pair = event.target instanceof Element ? event.target.closest<HTMLElement>("ruby.said") : null;
    if (!pair || !reading()?.contains(pair) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const place = placeOf(script, pair);
    if (place) ask(script, place);
  });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = say("overrideSelection");
  button.addEventListener("click", () => {
    const place = selection(script);
    if (place) ask(script, place);
    else script.focus();
  });
  script.after(button);
}

/** Pieces that lead nowhere are pressed too, so they are buttons for the keyboard. */
function makeButtons(reading: HTMLElement | null): void {
  for (const base of reading?.querySelectorAll<HTMLElement>("ruby.said > :first-child") ?? []) {
    if (base instanceof HTMLAnchorElement) {
      base.setAttribute("role", "button");
      base.removeAttribute("target");
      continue;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = base.textContent;
    base.replaceWith(button);
  }
}

/** Where a piece stands in the text; nowhere when the text has changed since it was read. */
function placeOf(script: HTMLTextAreaElement, pair: HTMLElement): Place | undefined {
  const [from, to] = [Number(pair.dataset["from"]), Number(pair.dataset["to"])];
  const base = pair.firstElementChild;
  const printed = base?.textContent ?? "";
  const own = pair.dataset["own"] !== undefined;
  const raw = script.value.slice(from, to);
  if ((own ? printedOf(raw) : raw) !== printed) return undefined;
  const said = own ? saidOf(raw) : (pair.querySelector("rt")?.textContent ?? "");
  return { from, to, printed, said, own, lexicon: base instanceof HTMLAnchorElement ? base.href : "" };
}

/** What is selected on one line, or the word in which the cursor stands. */
function selection(script: HTMLTextAreaElement): Place | undefined {
  let [from, to] = [script.selectionStart, script.selectionEnd];
  const text = script.value;
  const blank = /\s/;
  if (from === to) {
    while (from > 0 && !blank.test(text[from - 1] ?? " ")) from -= 1;
    while (to < text.length && !blank.test(text[to] ?? " ")) to += 1;
  }
  while (from < to && blank.test(text[from] ?? "")) from += 1;
  while (to > from && blank.test(text[to - 1] ?? "")) to -= 1;
  const printed = text.slice(from, to);
  if (!printed || printed.includes("\n") || printed.includes("{{") || printed.includes("}}")) return undefined;
  return { from, to, printed, said: printed, own: false, lexicon: "" };
}

function ask(script: HTMLTextAreaElement, place: Place): void {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "override-title");
  const form = document.createElement("form");
  form.method = "dialog";
  const title = document.createElement("h2");
  title.id = "override-title";
  title.textContent = say("overrideTitle", { printed: place.printed });
  const label = document.createElement("label");
  label.className = "field-label";
  label.htmlFor = "override-said";
  label.textContent = say("overrideSaid");
  const hint = document.createElement("span");
  hint.className = "field-hint";
  hint.id = "override-hint";
  hint.textContent = say("overrideHint");
  const said = document.createElement("input");
  said.className = "input";
  said.id = "override-said";
  said.lang = "vi";
  said.autocomplete = "off";
  said.value = place.said;
  said.setAttribute("aria-describedby", hint.id);
  const field = document.createElement("div");
  field.className = "field";
  field.append(label, hint, said);
  const actions = document.createElement("div");
  actions.className = "form-actions";
  const act = (text: string, look: string, done?: () => void): void => {
    const button = document.createElement("button");
    button.type = done ? "submit" : "button";
    button.className = `button${look}`;
    button.textContent = text;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      done?.();
      dialog.close();
    });
    actions.append(button);
  };
  act(say("overrideHere"), " button-primary", () => put(script, place, mark(place.printed, said.value)));
  if (place.own) act(say("overrideDrop"), "", () => put(script, place, place.printed));
  act(say("overrideCancel"), " button-quiet");
  form.append(title, field, actions);
  if (place.lexicon) form.append(lexiconLink(place.lexicon, said));
  dialog.append(form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    script.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  said.select();
}

/** The same reading for everybody: in the lexicon, on a page of its own. */
function lexiconLink(address: string, said: HTMLInputElement): HTMLElement {
  const line = document.createElement("p");
  line.className = "small";
  const link = document.createElement("a");
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = say("overrideLexicon");
  link.href = address;
  link.addEventListener("click", () => {
    const to = new URL(address);
    // An entry that is there already is only shown.
    if (to.pathname.endsWith("/new")) to.searchParams.set("spoken", said.value);
    link.href = to.href;
  });
  line.append(link);
  return line;
}

function put(script: HTMLTextAreaElement, place: Place, text: string): void {
  script.setRangeText(text, place.from, place.to, "end");
  script.dispatchEvent(new Event("input", { bubbles: true }));
}

/** An author's own reading as it is written in the text; signs that mean something there are escaped. */
function mark(printed: string, said: string): string {
  const escaped = (text: string): string => text.replace(/\s*\n\s*/g, " ").replace(/[|{}@\\]/g, "\\$&");
  return `{{${escaped(printed)}|${escaped(said.trim())}}}`;
}

const parts = (raw: string): [string, string] => {
  const inside = raw.slice(2, -2);
  const bar = /^((?:\\.|[^\\|])*)\|(.*)$/s.exec(inside);
  const plain = (text: string): string => text.replace(/\\([|{}@\\])/g, "$1");
  return bar ? [plain(bar[1] ?? ""), plain(bar[2] ?? "")] : [inside, ""];
};

const printedOf = (raw: string): string => parts(raw)[0];
const saidOf = (raw: string): string => parts(raw)[1].trim();
