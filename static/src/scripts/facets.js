// Facets are one details element: closed on a narrow screen, open on a wide
// one. New browsers do that by style alone; this is for the others.

/** Opens the filters where there is room for them beside the list. */
export function openFacets(page) {
  if (CSS.supports("selector(::details-content)")) {
    return;
  }
  if (window.matchMedia("(min-width: 48.0625em)").matches) {
    page.querySelectorAll(".cp-facets__toggle").forEach((details) => {
      details.open = true;
    });
  }
}
