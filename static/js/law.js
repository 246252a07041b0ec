"use strict";
/* A reference to the law opens the section's words below where it stands. Without this script, and
   with a modifier key, it is the link that it was. */
{
  const words = document.currentScript.dataset;
  const opened = new Map();

  const close = (link) => {
    opened.get(link)?.remove();
    opened.delete(link);
    link.setAttribute("aria-expanded", "false");
  };

  async function open(link) {
    const panel = document.createElement("div");
    const body = document.createElement("div");
    const button = document.createElement("button");
    panel.className = "law-inline";
    panel.tabIndex = -1;
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", link.textContent);
    panel.setAttribute("aria-busy", "true");
    body.textContent = words.loading;
    button.type = "button";
    button.className = "button button--quiet button--small";
    button.textContent = words.close;
    const leave = () => {
      close(link);
      link.focus();
    };
    button.addEventListener("click", leave);
    panel.addEventListener("keydown", (event) => event.key === "Escape" && leave());
    panel.append(body, button);
    const place = link.closest("li, td, th, dd, p") ?? link;
    if (place.matches("li, td, th, dd")) place.append(panel);
    else place.after(panel);
    opened.set(link, panel);
    link.setAttribute("aria-expanded", "true");
    panel.focus({ preventScroll: true });
    try {
      const answer = await fetch(new URL("inline/", link.href), { signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(answer.status);
      body.innerHTML = await answer.text();
    } catch {
      const whole = link.cloneNode(true);
      whole.removeAttribute("aria-expanded");
      body.replaceChildren(words.failed, " ", whole);
    }
    panel.removeAttribute("aria-busy");
    panel.scrollIntoView({ block: "nearest" });
  }

  for (const link of document.querySelectorAll(".prose a.section-link")) {
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (opened.has(link)) close(link);
      else open(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && opened.has(link)) close(link);
    });
  }
}
