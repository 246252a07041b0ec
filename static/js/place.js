// In a lesson, the switch of language leads to the place that is on the screen.
const places = [...document.querySelectorAll("article h2[id], article [id^=part-]")];
for (const link of document.querySelectorAll(".languages a[hreflang]")) {
  link.addEventListener("click", () => {
    const passed = places.filter((place) => place.getBoundingClientRect().top < innerHeight / 2);
    if (passed.length) link.hash = passed.at(-1).id;
  });
}
