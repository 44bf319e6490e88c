// The script of every page. Each page works without it; it only makes a
// working page nicer.

import {
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { followContents } from "./contents.js";
import { openFacets } from "./facets.js";
import { warnBeforeSignOut } from "./idle.js";
import { checkSizes } from "./sizes.js";
import { suggestWhileTyping } from "./suggestions.js";

document.body.classList.add("govuk-frontend-supported");
// An address that leads to a part of the page leads the keyboard there too: what
// was done may stand far above the post that it was done to.
const led = document.getElementById(location.hash.slice(1));
const takesFocus = Boolean(led?.hasAttribute("tabindex"));
createAll(NotificationBanner, { disableAutoFocus: takesFocus });
createAll(ErrorSummary, { disableAutoFocus: takesFocus });
if (takesFocus) {
  led.focus();
}
for (const component of [
  Button,
  CharacterCount,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}
followContents(document);
openFacets(document);
warnBeforeSignOut(document);
checkSizes(document);
suggestWhileTyping(document);
