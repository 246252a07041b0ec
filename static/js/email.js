/* Protected addresses: written as "desk (at) example.org" for people, made into a link here. */
for (const shown of document.querySelectorAll("[data-desk]")) {
  const address = `${shown.dataset.desk}@${shown.dataset.host}`;
  const link = document.createElement("a");
  link.href = `mailto:${address}`;
  link.textContent = address;
  shown.replaceWith(link);
}
