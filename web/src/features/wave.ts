const SVG = "http://www.w3.org/2000/svg";
/** Shortest stretch that is heard, in milliseconds. */
const SHORTEST = 200;

/**
 * `<figure data-wave data-from="from" data-to="to" data-length="8200">` with an SVG and a player: the two
 * number fields get marks on the waveform that can be dragged, and the player plays what lies between.
 */
export function waves(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>("[data-wave]")) {
    const svg = figure.querySelector("svg");
    const from = document.getElementById(figure.dataset["from"] ?? "");
    const to = document.getElementById(figure.dataset["to"] ?? "");
    const length = Number(figure.dataset["length"]);
    if (svg && from instanceof HTMLInputElement && to instanceof HTMLInputElement && length > 0) {
      wave(svg, from, to, length);
      const player = figure.querySelector("audio");
      if (player) playBetween(player, from, to);
    }
  }
}

function wave(svg: SVGSVGElement, from: HTMLInputElement, to: HTMLInputElement, length: number): void {
  const width = svg.viewBox.baseVal.width;
  const before = shape(svg, "rect", "wave-out");
  const after = shape(svg, "rect", "wave-out");
  const first = shape(svg, "line", "wave-edge");
  const last = shape(svg, "line", "wave-edge");
  const place = (field: HTMLInputElement): number => (Number(field.value) * 1000 * width) / length;
  const draw = (): void => {
    const [left, right] = [place(from), place(to)];
    set(before, { x: 0, y: 0, width: Math.max(0, left), height: 100 });
    set(after, { x: right, y: 0, width: Math.max(0, width - right), height: 100 });
    set(first, { x1: left, x2: left, y1: 0, y2: 100 });
    set(last, { x1: right, x2: right, y1: 0, y2: 100 });
  };
  const at = (event: PointerEvent): number => {
    const box = svg.getBoundingClientRect();
    return Math.min(length, Math.max(0, ((event.clientX - box.left) / box.width) * length));
  };
  let held: HTMLInputElement | undefined;
  const move = (event: PointerEvent): void => {
    if (!held) return;
    const [start, end] = [Number(from.value) * 1000, Number(to.value) * 1000];
    const where = held === from ? Math.min(at(event), end - SHORTEST) : Math.max(at(event), start + SHORTEST);
    held.value = (Math.max(0, where) / 1000).toFixed(2);
    draw();
  };
  svg.addEventListener("pointerdown", (event) => {
    const where = at(event);
    const near = (field: HTMLInputElement): number => Math.abs(Number(field.value) * 1000 - where);
    held = near(from) <= near(to) ? from : to;
    svg.setPointerCapture(event.pointerId);
    move(event);
  });
  svg.addEventListener("pointermove", move);
  svg.addEventListener("pointerup", () => {
    held = undefined;
  });
  from.addEventListener("input", draw);
  to.addEventListener("input", draw);
  draw();
}

function playBetween(player: HTMLAudioElement, from: HTMLInputElement, to: HTMLInputElement): void {
  const begin = (): void => {
    const [start, end] = [Number(from.value), Number(to.value)];
    if (player.currentTime < start || player.currentTime >= end - 0.05) player.currentTime = start;
  };
  player.addEventListener("play", begin);
  player.addEventListener("timeupdate", () => {
    if (!player.paused && player.currentTime >= Number(to.value)) player.pause();
  });
}

function shape(svg: SVGSVGElement, name: string, kind: string): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement;
  made.setAttribute("class", kind);
  svg.append(made);
  return made;
}

function set(element: SVGElement, values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value.toFixed(2));
}
