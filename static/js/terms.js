"use strict";
/* Definitions of terms: Escape puts one away, and the first touch shows it instead of leaving. */
for (const term of document.querySelectorAll(".term")) {
  const link = term.querySelector("a");
  let touched = false;
  term.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch" && document.activeElement !== link;
  });
  link.addEventListener("click", (event) => {
    if (!touched) return;
    event.preventDefault();
    link.focus();
  });
  for (const end of ["pointerleave", "focusout"]) {
    term.addEventListener(end, () => term.classList.remove("term--away"));
  }
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".term:hover, .term:focus-within")) {
    term.classList.add("term--away");
  }
});
