/**
 * Where somebody must sign in, nobody is signed in: a commune's day that was kept on this phone goes. What was done and not
 * sent stays: it is theirs who did it.
 */
export function leave(): void {
  if (location.pathname !== "/sign-in" || !("caches" in window)) return;
  void caches.keys().then((names) => names.filter((name) => name.startsWith("loa-station")).forEach((name) => void caches.delete(name)));
}
