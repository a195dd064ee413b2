/**
 * Inside `[data-clauses]`, everything with the same `data-clause` lights up together: the line of the
 * document and what was read from it. Hover only lights; focus also brings the other side into view.
 */
export function linkClauses(root: ParentNode): void {
  for (const review of root.querySelectorAll<HTMLElement>("[data-clauses]")) {
    review.addEventListener("pointerover", (event) => light(review, event.target, false));
    review.addEventListener("pointerleave", () => light(review, null, false));
    review.addEventListener("focusin", (event) => light(review, event.target, true));
  }
}

function light(review: HTMLElement, target: EventTarget | null, bring: boolean): void {
  const under = target instanceof Element ? target.closest<HTMLElement>("[data-clause]") : null;
  const clause = under?.dataset["clause"];
  const inSource = under?.closest(".source") !== null;
  let brought = !bring || !under;
  for (const element of review.querySelectorAll<HTMLElement>("[data-clause]")) {
    const linked = clause !== undefined && element.dataset["clause"] === clause;
    element.classList.toggle("is-linked", linked);
    if (!linked || brought || element === under || (element.closest(".source") !== null) === inSource) continue;
    brought = true;
    if (inSource) element.scrollIntoView({ block: "nearest" });
    else scrollPane(element);
  }
}

/** Moves only the pane that scrolls by itself: the page stays where the reader is. */
function scrollPane(element: HTMLElement): void {
  const pane = element.closest<HTMLElement>(".source");
  if (!pane) return;
  const line = element.getBoundingClientRect();
  const box = pane.getBoundingClientRect();
  if (line.top < box.top || line.bottom > box.bottom) pane.scrollTop += line.top - box.top - box.height / 3;
}
