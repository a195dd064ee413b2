// Keeps one page for a time without a network: a commune's screen on its phone, a notice board on its wall. The page as it
// was last seen, its style and scripts, and the sounds it names. From the network first; what was kept is for when there
// is none, or one that does not answer in time.
declare const self: ServiceWorkerGlobalScope;

/** The page that this worker keeps: `/station` or `/board`. */
const HOME = new URL(self.registration.scope).pathname;
const KEPT = `loa-${HOME.slice(1)}-1`;
const SOUNDS = `loa-${HOME.slice(1)}-sounds-1`;
/** A network that says nothing for so long is none. */
const PATIENCE_MS = 4000;

interface Wanted {
  page: string;
  assets: string[];
  sounds: string[];
}

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(take(event.data as Wanted)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === HOME) event.respondWith(page(event.request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(event.request));
  else if (url.pathname.startsWith(`${HOME}/sounds/`)) event.respondWith(sound(event.request));
});

async function take({ page, assets, sounds }: Wanted): Promise<void> {
  const kept = await caches.open(KEPT);
  for (const path of [page, ...assets]) {
    if (path !== page && (await kept.match(path))) continue;
    const answer = await fetch(path).catch(() => null);
    if (path === page && answer?.redirected) return forget();
    if (answer?.ok && !answer.redirected) await kept.put(path, answer);
  }
  const heard = await caches.open(SOUNDS);
  const wanted = new Set(sounds.map((path) => new URL(path, self.location.origin).href));
  for (const old of await heard.keys()) if (!wanted.has(old.url)) await heard.delete(old);
  for (const path of wanted) {
    if (await heard.match(path)) continue;
    const answer = await fetch(path).catch(() => null);
    if (answer?.ok) await heard.put(path, answer);
  }
}

/** The page of now; without a network the one that was kept. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.redirected) await forget();
    else if (answer.ok) await kept.put(HOME, answer.clone());
    return answer;
  } catch (error) {
    const known = await kept.match(HOME);
    if (known) return known;
    throw error;
  }
}

/** Nobody is signed in any more: what was kept for somebody goes. */
async function forget(): Promise<void> {
  for (const name of [KEPT, SOUNDS]) await caches.delete(name);
}

/** Names of assets carry a hash: what was kept is what is meant. */
async function asset(request: Request): Promise<Response> {
  return (await (await caches.open(KEPT)).match(request)) ?? fetch(request);
}

/** A kept sound, whole or the part that is asked for. */
async function sound(request: Request): Promise<Response> {
  const known = await (await caches.open(SOUNDS)).match(request.url);
  if (!known) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!range) return known;
  const all = await known.blob();
  const from = Number(range[1]);
  const to = range[2] ? Math.min(Number(range[2]), all.size - 1) : all.size - 1;
  if (from > to) return new Response(null, { status: 416, headers: { "content-range": `bytes */${all.size}` } });
  return new Response(all.slice(from, to + 1), {
    status: 206,
    headers: { "content-type": known.headers.get("content-type") ?? "audio/mpeg", "content-range": `bytes ${from}-${to}/${all.size}`, "content-length": String(to + 1 - from) },
  });
}

export {};
