// Marks the section being read in the contents list beside a guide.

/** Follows the headings that the contents list points at, while the page scrolls. */
export function followContents(page) {
  const links = [...page.querySelectorAll(".cp-contents a[href^='#']")];
  if (!links.length || !("IntersectionObserver" in window)) {
    return;
  }
  const linkOf = new Map(
    links.map((link) => [page.getElementById(decodeURIComponent(link.hash.slice(1))), link]),
  );
  linkOf.delete(null);
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        links.forEach((link) => link.removeAttribute("aria-current"));
        linkOf.get(entry.target).setAttribute("aria-current", "true");
      }
    },
    // Only the upper part of the window counts as "being read".
    { rootMargin: "0px 0px -70% 0px" },
  );
  linkOf.forEach((link, heading) => observer.observe(heading));
}
