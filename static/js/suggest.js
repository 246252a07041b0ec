"use strict";
/* Suggestions under a search field, by the ARIA pattern of a combobox with a list.
   Without this script the form searches; with it a choice leads straight to the page. */
for (const input of document.querySelectorAll("[data-suggest]")) combobox(input);

function combobox(input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let chosen = -1;
  let asking;
  let timer;

  /* Nothing that was asked before may open the list any more. */
  function forget() {
    clearTimeout(timer);
    asking?.abort();
    asking = undefined;
  }

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) input.setAttribute(name, value);
  input.parentElement.append(list, status);

  function close() {
    forget();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(option));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? input.dataset.none : input.dataset.some;
  }

  function option({ title, url, kind }, number) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const small = document.createElement("small");
    item.id = `${list.id}-${number}`;
    item.dataset.url = url;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    name.textContent = title;
    small.textContent = kind;
    item.append(name, " ", small);
    return item;
  }

  function choose(number) {
    const items = list.children;
    items[chosen]?.setAttribute("aria-selected", "false");
    chosen = (number + items.length + 1) % (items.length + 1);
    if (chosen === items.length) chosen = -1;
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    items[chosen].setAttribute("aria-selected", "true");
    items[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[chosen].id);
  }

  async function ask() {
    const text = input.value.trim();
    if (text.length < 2 || document.activeElement !== input) return close();
    const mine = (asking = new AbortController());
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, {
        signal: mine.signal,
        credentials: "same-origin",
      });
      const suggestions = answer.ok ? (await answer.json()).suggestions : [];
      if (mine === asking) show(suggestions);
    } catch (error) {
      if (mine === asking) close();
    }
  }

  function askSoon() {
    forget();
    timer = setTimeout(ask, 150);
  }

  function open(item, aside) {
    if (aside) window.open(item.dataset.url, "_blank", "noopener");
    else location.assign(item.dataset.url);
  }

  /* While a word is being composed (IME, dead keys) its keys and letters are not yet the reader's. */
  input.addEventListener("input", (event) => {
    if (!event.isComposing) askSoon();
  });
  input.addEventListener("compositionend", askSoon);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && list.hidden) forget();
    if (list.hidden) return;
    const last = list.children.length;
    if (event.key === "ArrowDown") choose(chosen < 0 ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) open(list.children[chosen], event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  for (const kind of ["click", "auxclick"]) list.addEventListener(kind, (event) => {
    const item = event.target.closest("[data-url]");
    if (item && event.button < 2) open(item, event.button === 1 || event.ctrlKey || event.metaKey);
  });
}
