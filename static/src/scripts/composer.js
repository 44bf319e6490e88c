// The formatting toolbar, on pages where people write.

import "@github/markdown-toolbar-element";

for (const toolbar of document.querySelectorAll("markdown-toolbar")) {
  // The element wants to be a tab stop itself until first used. The markup
  // already makes its first button the one tab stop, which announces more.
  toolbar.removeAttribute("tabindex");
}
