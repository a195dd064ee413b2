/** Has a page, its style and scripts and the sounds it names kept for a time without a network (worker/keeper.ts). */
export async function keepPage(page: string, sounds: string[] = []): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(`${page}/worker.js`, { scope: page }).catch(() => null);
  const ready = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const named = [...document.querySelectorAll<HTMLElement>("link[href], script[src]")].map((one) => one.getAttribute("href") ?? one.getAttribute("src") ?? "");
  const assets = [...loaded, ...named].map((name) => new URL(name, location.href)).filter((url) => url.origin === location.origin && url.pathname.startsWith("/assets/"));
  ready.active?.postMessage({ page, assets: [...new Set(assets.map((url) => url.pathname))], sounds });
}
