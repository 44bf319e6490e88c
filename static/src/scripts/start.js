// Runs before the page is drawn, so that parts which need script (the Menu
// button, the formatting toolbar) do not jump when the rest arrives. The
// "starting" class goes again once everything has loaded, or failed to load:
// nothing stays hidden because a script did not come.
if ("noModule" in HTMLScriptElement.prototype) {
  const classes = document.documentElement.classList;
  classes.add("govuk-frontend-supported", "cp-starting");
  window.addEventListener("load", () => classes.remove("cp-starting"));
}
