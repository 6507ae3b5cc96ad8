/*
 * The search for a patient: rows come while typing (htmx), arrows walk them, Enter opens the first or
 * the one walked to, Escape puts them away. Without this file Enter sends the form. A page that opens what is sought
 * in its own way hears of it as `patient:sought`.
 */

import { post } from "./requests.js";

const rowsOf = (form) => [...form.querySelectorAll("[data-patient-rows] a.row, [data-patient-rows] button")];
let answered = null;

for (const form of document.querySelectorAll("[data-patient-search]")) {
  const field = form.querySelector("input[name=q]");
  const found = form.querySelector("#found-patients");

  /* An answer to what is no longer typed is shown to nobody. */
  form.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.requestConfig.parameters.q !== field.value) detail.shouldSwap = false;
    else answered = field.value;
  });

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && found.childElementCount) {
      event.preventDefault();
      found.replaceChildren();
      field.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      walk(event, form, field);
    } else if (event.key === "Enter" && event.target === field) {
      if (!field.value.trim()) return;
      event.preventDefault();
      openFirst(form, field, found);
    }
  });

  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) found.replaceChildren();
  });
}

/* Whoever types faster than the rows come is answered all the same; with nobody found, the whole page says so. */
async function openFirst(form, field, found) {
  const first = firstOf(form, field, found);
  const sought = new CustomEvent("patient:sought", { bubbles: true, cancelable: true, detail: { first } });
  if (form.dispatchEvent(sought)) (await first)?.click();
}

async function firstOf(form, field, found) {
  if (answered !== field.value && !(await findTyped(form, field, found))) return null;
  const first = form.querySelector("[data-patient-rows] a.row");
  if (!first) form.submit();
  return first;
}

/* Enter means what is typed: a key that comes before the answer is not part of the name. */
async function findTyped(form, field, found) {
  const asked = field.value;
  field.readOnly = true;
  const answer = await post(form.action, { q: asked }).finally(() => (field.readOnly = false));
  if (!answer.ok || field.value !== asked) return false;
  found.innerHTML = await answer.text();
  answered = asked;
  return true;
}

function walk(event, form, field) {
  const stops = [field, ...rowsOf(form)];
  if (stops.length < 2) return;
  event.preventDefault();
  const step = event.key === "ArrowDown" ? 1 : -1;
  const at = stops.indexOf(document.activeElement);
  stops[(at + step + stops.length) % stops.length].focus();
}
