/** So many letters are read at a glance from some steps away. */
const LETTERS = 320;
const SECONDS = { least: 8, most: 40, perWord: 0.4 };

/** A text in pages, each ending where a sentence does if it can. */
export function pages(text: string): string[] {
  const sentences = text.split(/(?<=[.!?…])\s+|\n+/u).filter(Boolean).flatMap(pieces);
  const found: string[] = [];
  for (const sentence of sentences) {
    const last = found.at(-1);
    if (last !== undefined && last.length + sentence.length < LETTERS) found[found.length - 1] = `${last} ${sentence}`;
    else found.push(sentence);
  }
  return found.length > 0 ? found : [""];
}

/** How long a page stands: as long as somebody needs to read it who walks by. */
export function seconds(...texts: string[]): number {
  const words = texts.join(" ").split(/\s+/u).filter(Boolean).length;
  return Math.min(SECONDS.most, Math.max(SECONDS.least, words * SECONDS.perWord));
}

/** A sentence that is longer than a page, by words. */
function pieces(sentence: string): string[] {
  if (sentence.length <= LETTERS) return [sentence];
  const cut = sentence.lastIndexOf(" ", LETTERS);
  const at = cut > 0 ? cut : LETTERS;
  return [sentence.slice(0, at), ...pieces(sentence.slice(at).trimStart())];
}
