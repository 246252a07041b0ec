// A button beside a text that copies it; hidden where the browser cannot.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = document.getElementById(button.dataset.copy).textContent.trim().replace(/\s+/g, " ");
    await navigator.clipboard.writeText(words);
    button.querySelector("[role=status]").textContent = button.dataset.copied;
  });
}
