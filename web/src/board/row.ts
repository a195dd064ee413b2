// One notice after the other, page by page, while the screen can be seen.
import type { Manifest, Notice } from "./air";
import * as face from "./face";
import { pages, seconds } from "./pages";
import { now } from "./server";

export interface Row {
  /** What stands from now on; nothing at all without a manifest. */
  take(manifest: Manifest | null): void;
}

/** All of a notice was shown: from when to when, and for how many seconds of that. */
export type Whole = (notice: Notice, version: number, span: [number, number], seconds: number) => void;

/** Begins; `whole` is told of each notice of which every page was shown. */
export function begin(whole: Whole): Row {
  let manifest: Manifest | null = null;
  let current: Notice | null = null;
  let page = 0;
  let startedAt = 0;
  let timer = 0;
  let paused = false;

  const standing = (): Notice[] => {
    const valid = manifest && Date.parse(manifest.valid_until) > now() ? manifest.notices : [];
    return valid.filter((notice) => Date.parse(notice.until) > now());
  };
  const stands = (one: Notice): Notice | undefined => standing().find((notice) => notice.delivery === one.delivery && notice.sha256 === one.sha256);

  /** The notice after the current one, from its first page. */
  const next = (): void => {
    const all = standing();
    const at = all.findIndex((notice) => notice.delivery === current?.delivery);
    current = all[(at + 1) % Math.max(1, all.length)] ?? null;
    page = 0;
    startedAt = now();
    draw();
  };

  /** How long a page of it stands. */
  const length = (one: Notice, texts: string[], at: number): number => seconds(at === 0 ? one.title : "", texts[at] ?? "");

  const draw = (): void => {
    clearTimeout(timer);
    const all = standing();
    const texts = current ? pages(current.text) : [];
    const place = current ? all.findIndex((notice) => notice.delivery === current?.delivery) + 1 : 0;
    face.notice(current, texts[page] ?? "", current ? `${place}/${all.length}` : "");
    if (document.hidden || (paused && current)) return;
    const wait = current ? length(current, texts, page) : 5;
    timer = setTimeout(turn, wait * 1000);
  };

  const turn = (): void => {
    const one = current;
    if (one && stands(one)) {
      const texts = pages(one.text);
      if (page + 1 < texts.length) {
        page += 1;
        return draw();
      }
      // A machine that slept meanwhile showed nothing: no more is counted than was meant.
      const meant = texts.reduce((sum, _, at) => sum + length(one, texts, at), 0);
      const span: [number, number] = [startedAt, now()];
      whole(one, manifest?.version ?? 0, span, Math.min(meant, (span[1] - span[0]) / 1000));
    }
    next();
  };

  // What cannot be seen is not shown: it begins again when it can be.
  document.addEventListener("visibilitychange", () => {
    page = 0;
    startedAt = now();
    draw();
  });
  document.querySelector("[data-next]")?.addEventListener("click", next);
  const pause = document.querySelector("[data-pause]");
  pause?.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    draw();
  });

  return {
    take(newer) {
      manifest = newer;
      if (!current || !stands(current)) next();
      else draw();
    },
  };
}
