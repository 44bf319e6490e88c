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
for (const component of [
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
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
