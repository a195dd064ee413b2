/** A commune's day that was kept on this phone goes with whoever signs out. What was done and not sent stays: it is theirs. */
export function leave(root: Document): void {
  if (!("caches" in window)) return;
  for (const form of root.querySelectorAll<HTMLFormElement>("form[action='/sign-out']")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void forget().finally(() => form.submit());
    });
  }
}

async function forget(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("loa-station")).map((name) => caches.delete(name)));
}
