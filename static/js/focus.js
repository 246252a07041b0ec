"use strict";
/* What went wrong in a form is said first: the summary takes the focus. */
document.querySelector("[data-focus]")?.focus();

/* Filters are folded on phones until they are asked for. */
if (matchMedia("(max-width: 40rem)").matches) {
  for (const fold of document.querySelectorAll("[data-fold-on-phones]")) fold.open = false;
}
