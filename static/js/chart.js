"use strict";
/* Charts say their values one by one: under the pointer, and with the arrow keys. */
for (const chart of document.querySelectorAll("[data-chart]")) {
  const drawing = chart.querySelector("svg");
  const marks = [...chart.querySelectorAll("[data-label]")];
  const said = chart.querySelector(".chart__said");
  let here = -1;

  const show = (index) => {
    if (index === here) return;
    marks[here]?.classList.remove("chart__mark--here");
    here = index;
    marks[here]?.classList.add("chart__mark--here");
    said.textContent = marks[here]?.dataset.label ?? "";
    said.hidden = here < 0;
  };

  const frame = document.createElement("div");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", chart.dataset.hint);
  drawing.replaceWith(frame);
  frame.append(drawing);

  frame.addEventListener("keydown", (event) => {
    const to = {
      ArrowRight: Math.min(here + 1, marks.length - 1),
      ArrowLeft: here < 0 ? marks.length - 1 : Math.max(here - 1, 0),
      Home: 0,
      End: marks.length - 1,
      Escape: -1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  });
  frame.addEventListener("blur", () => show(-1));

  frame.addEventListener("pointermove", (event) => {
    const distances = marks.map((mark) => {
      const box = mark.getBoundingClientRect();
      return Math.abs(box.left + box.width / 2 - event.clientX);
    });
    show(distances.indexOf(Math.min(...distances)));
  });
}
