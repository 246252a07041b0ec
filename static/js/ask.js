"use strict";
/* While a question is written its draft is kept, and what may answer it, or may tell who a client
   is, is shown under it. Without this script the buttons of the form do the same. */
for (const form of document.querySelectorAll("[data-ask]")) watch(form);

function watch(form) {
  const place = form.querySelector("[data-looking]");
  const status = form.querySelector("[data-looking-status]");
  let timer;
  let asking;
  let sent = false;

  async function look() {
    asking?.abort();
    asking = new AbortController();
    const body = new FormData(form);
    body.append("look", "1");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "error",
        signal: asking.signal,
      });
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = form.dataset.lost;
    }
  }

  function show(html) {
    if (sent) return;
    const within = place.contains(document.activeElement) ? document.activeElement : null;
    const value = within?.value;
    const parts = new DOMParser().parseFromString(html, "text/html").body.childNodes;
    place.replaceChildren(...parts);
    if (value) [...place.querySelectorAll("input, button")].find((one) => one.value === value)?.focus();
    const some = place.querySelector("#matches, #findings, .alert");
    status.textContent = some ? form.dataset.some : "";
    if (place.querySelector("#matches") && !form.elements.looked) {
      const looked = document.createElement("input");
      Object.assign(looked, { type: "hidden", name: "looked", value: "1" });
      form.append(looked);
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(look, 900);
  }

  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") soon();
  });
  for (const one of [form, document.getElementById("answered")]) {
    one.addEventListener("submit", () => {
      sent = true;
      clearTimeout(timer);
      asking?.abort();
    });
  }
}
