import { number, say } from "../messages";

/**
 * `<textarea data-script-length="script-length" data-syllables-per-minute="180" data-minutes="5">`
 * writes into the element with that id how long the script is when read aloud. The pace and the
 * slot's minutes come from the page; without a pace only syllables are counted. The count takes each
 * written word as one syllable, which is right for Vietnamese and low for digits: the page that
 * shows the spoken text gives the exact length.
 */
export function scriptLength(root: ParentNode): void {
  for (const script of root.querySelectorAll<HTMLTextAreaElement>("textarea[data-script-length]")) {
    const counter = document.getElementById(script.dataset["scriptLength"] ?? "");
    if (!counter) continue;
    const update = (): void => show(script, counter);
    script.addEventListener("input", update);
    update();
  }
}

function show(script: HTMLTextAreaElement, counter: HTMLElement): void {
  // Of an author's own reading only what is said is counted.
  const text = script.value.replace(/\{\{(?:\\.|[^\\|{}])*\|((?:\\.|[^\\{}])*)\}\}/g, "$1");
  const count = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)?.length ?? 0;
  const pace = Number(script.dataset["syllablesPerMinute"]);
  const limit = Number(script.dataset["minutes"]);
  const syllables = number(count);
  counter.toggleAttribute("data-over", false);
  if (!(pace > 0)) {
    counter.textContent = say("length", { syllables });
    return;
  }
  const length = count / pace;
  const over = limit > 0 && length > limit;
  counter.toggleAttribute("data-over", over);
  counter.textContent = say(over ? "lengthOver" : "lengthMinutes", {
    syllables,
    minutes: number(length, 1),
    limit: number(limit),
  });
}
