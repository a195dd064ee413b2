/**
 * `<a href="?lang=en" data-language="en">` works by itself; with scripts it also keeps the rest of
 * the address: the filters of a list, the page number, the place on the page.
 */
export function keepPage(root: ParentNode): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>("a[data-language]")) {
    link.addEventListener("click", () => {
      const here = new URL(location.href);
      here.searchParams.set("lang", link.dataset["language"] ?? "");
      link.href = here.href;
    });
  }
}
