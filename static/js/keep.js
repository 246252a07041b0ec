"use strict";
/* What is written is saved a moment after the last key, so that nothing is lost when the page is
   closed. Without this script the buttons of the form save it. */
for (const form of document.querySelectorAll("[data-keep]")) keep(form);

function keep(form) {
  const status = form.querySelector("[data-keep-status]");
  let timer;
  let sent = false;

  async function save() {
    const body = new FormData(form);
    body.append("keep", "1");
    let kept = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      kept = answer.status === 204;
    } catch {
      kept = false;
    }
    if (!sent) status.textContent = kept ? form.dataset.kept : form.dataset.lost;
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 900);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
}
