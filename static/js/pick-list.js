// A long list of checkboxes gets a box that narrows it by name. Without this script the list is whole.
for (const list of document.querySelectorAll("[data-pick-list]")) {
  const box = document.createElement("input");
  box.type = "search";
  box.autocomplete = "off";
  const label = document.createElement("label");
  label.className = "pick-list__label";
  label.textContent = list.dataset.label;
  box.id = label.htmlFor = `find-${Math.random().toString(36).slice(2)}`;
  const none = document.createElement("p");
  none.className = "hint";
  none.setAttribute("role", "status");
  const folds = [...list.querySelectorAll("details")].map((fold) => [fold, fold.open]);
  const rows = [...list.querySelectorAll("label")];

  const narrow = () => {
    const words = box.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const row of rows) {
      const keep = row.textContent.toLocaleLowerCase().includes(words);
      row.parentElement.hidden = !keep;
      shown += keep;
    }
    for (const [fold, open] of folds) {
      fold.hidden = !fold.querySelector("div > div:not([hidden])");
      fold.open = words ? !fold.hidden : open || Boolean(fold.querySelector("input:checked"));
    }
    none.textContent = shown ? "" : list.dataset.none;
  };
  box.addEventListener("input", narrow);
  box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  list.prepend(label, box, none);
}
