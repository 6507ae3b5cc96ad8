/* "The rest is normal": every test that was left open gets the clinic's normal value; what was entered stays. */

import { announce } from "./live.js";

const button = document.querySelector("[data-rest-is-normal]");

button?.addEventListener("click", () => {
  const open = [...document.querySelectorAll("#note [data-normal]")].filter((field) => !field.value && inTurn(field));
  for (const field of open) {
    field.value = field.dataset.normal;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  announce(open.length ? `${open.length} tests set to normal` : "Nothing was open");
});

/* The tests for bone stress are asked for by a red flag, never assumed. */
function inTurn(field) {
  return !field.closest("#section-flags, #section-outcome");
}
