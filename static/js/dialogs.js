/*
 * data-open-dialog="id"   opens a <dialog> (which may take the event "open-dialog" into its own hand)
 * data-close              closes the dialog it stands in
 * data-close-outside      a <details> that closes when something else is clicked, or on Escape
 */

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.openDialog);
    if (dialog?.dispatchEvent(new CustomEvent("open-dialog", { cancelable: true }))) dialog.showModal();
  }
  event.target.closest("[data-close]")?.closest("dialog")?.close();
  for (const open of document.querySelectorAll("details[data-close-outside][open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details[data-close-outside][open]");
  if (!open) return;
  event.preventDefault();
  open.open = false;
  open.querySelector("summary").focus();
});
