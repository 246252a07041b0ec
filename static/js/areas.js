// A name chosen in the box for areas becomes a tick, and the box is free for the next one.
// Without this script several names are written with commas between them.
for (const box of document.querySelectorAll("[data-areas]")) {
  const input = box.querySelector("input[list]");
  const names = new Set([...input.list.options].map((option) => option.value));

  const take = () => {
    const name = input.value.trim();
    if (!names.has(name)) return false;
    const row = document.createElement("div");
    const tick = document.createElement("input");
    const label = document.createElement("label");
    row.className = "choice";
    tick.type = "checkbox";
    tick.name = box.dataset.areas;
    tick.value = name;
    tick.checked = true;
    tick.id = `${input.id}-${box.querySelectorAll(".choice").length}`;
    label.htmlFor = tick.id;
    label.textContent = name;
    row.append(tick, label);
    input.before(row);
    input.value = "";
    return true;
  };
  input.addEventListener("input", (event) => {
    if (!event.inputType || event.inputType === "insertReplacementText") take();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && take()) event.preventDefault();
  });
}
