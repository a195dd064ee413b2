import { encode } from "uqr";
import type { Notice } from "./air";

const find = <T extends Element>(name: string): T | null => document.querySelector<T>(`[data-${name}]`);
const write = (name: string, text: string): void => {
  const there = find<HTMLElement>(name);
  if (there && there.textContent !== text) there.textContent = text;
};
const show = (name: string, yes: boolean): void => void find<HTMLElement>(name)?.toggleAttribute("hidden", !yes);
const zone = { timeZone: "Asia/Ho_Chi_Minh" } as const;

/** What a screen says when something is wrong; the page carries the words. */
export function words(name: string): string {
  return document.querySelector(`[data-said="${name}"]`)?.textContent ?? name;
}

/** The screen, or the form with which it comes in. */
export function face(screen: boolean): void {
  show("entry", !screen);
  show("screen", screen);
}

export function fault(name: string | null): void {
  write("fault", name ? words(name) : "");
  show("fault", name !== null);
}

export function trouble(text: string): void {
  write("trouble", text);
  show("trouble", text !== "");
}

export function clock(at: Date, place: string): void {
  write("place", place);
  const time = find<HTMLTimeElement>("clock");
  if (!time) return;
  const day = at.toLocaleDateString("vi-VN", { weekday: "long", day: "numeric", month: "numeric", year: "numeric", ...zone });
  write("clock", `${at.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", ...zone })} · ${day}`);
  time.dateTime = at.toISOString();
}

/** One page of a notice; nothing when none stands. */
export function notice(one: Notice | null, text: string, row: string): void {
  show("notice", one !== null);
  show("idle", one === null);
  show("more", one?.link != null);
  write("place-in-row", row);
  write("about", one ? `${one.unit} · ${new Date(one.since).toLocaleDateString("vi-VN", zone)}` : "");
  if (!one) return;
  write("title", one.title);
  write("text", text);
  if (one.link) code(one.link);
}

/** An address as a picture: dark on light at night as well, as cameras expect it. */
function code(link: string): void {
  const picture = find<SVGSVGElement>("qr");
  if (!picture || picture.dataset["link"] === link) return;
  const { data, size } = encode(link, { border: 2 });
  const dots = data.flatMap((line, y) => line.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", dots.join(""));
  picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
  picture.dataset["link"] = link;
  picture.replaceChildren(path);
}
