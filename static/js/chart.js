"use strict";
/* Charts say their values one by one: under the pointer or a finger, and with the arrow keys. */
for (const chart of document.querySelectorAll("[data-chart]")) {
  const frame = chart.querySelector(".chart__picture");
  const said = chart.querySelector(".chart__said");
  let here;

  const marks = () => {
    const drawing = [...frame.children].find((one) => one.getBoundingClientRect().width > 0);
    return drawing ? [...drawing.querySelectorAll(".mark")] : [];
  };
  const show = (mark) => {
    if (mark === here) return;
    here?.classList.remove("mark--here");
    here = mark;
    here?.classList.add("mark--here");
    said.textContent = here?.firstElementChild.textContent ?? "";
    said.hidden = !here;
  };

  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", chart.dataset.hint);

  frame.addEventListener("keydown", (event) => {
    const all = marks();
    const at = all.indexOf(here);
    const to = {
      ArrowRight: Math.min(at + 1, all.length - 1),
      ArrowLeft: at < 0 ? all.length - 1 : Math.max(at - 1, 0),
      Home: 0,
      End: all.length - 1,
      Escape: -1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(all[to]);
  });
  frame.addEventListener("blur", () => show(undefined));

  const point = (event) => {
    let nearest, least = Infinity;
    for (const mark of marks()) {
      const box = mark.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      const far = inside && mark.matches(":hover") ? -1
        : Math.hypot(box.left + box.width / 2 - event.clientX, (box.top + box.height / 2 - event.clientY) / 2);
      if (far < least) [nearest, least] = [mark, far];
    }
    show(nearest);
  };
  frame.addEventListener("pointermove", point);
  frame.addEventListener("pointerdown", point);
}
