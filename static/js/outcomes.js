/*
 * Answers by key: in a row of numbers a digit answers and goes on to the next row, arrows up and down walk the rows.
 * Where the scale goes beyond 9, "1" waits a moment for "0", and "-" turns the sign of what is chosen.
 */

import { keys } from "./keys.js";

const PAUSE = 700;
const form = document.querySelector("form.answers");
const rows = form ? [...form.querySelectorAll("[data-answer]")] : [];
const choice = (row, value) => row.querySelector(`input[value="${value}"]`);
let waiting = 0;

form?.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-answer]");
  if (!row || event.ctrlKey || event.altKey || event.metaKey || !keys.enabled()) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) walk(event, row, step);
  else if (event.key === "-") turn(event, row);
  else if (/^[0-9]$/.test(event.key)) answer(event, row);
});

function walk(event, row, step) {
  event.preventDefault();
  go(rows[rows.indexOf(row) + step]);
}

function turn(event, row) {
  const chosen = row.querySelector("input:checked");
  const other = chosen?.value && choice(row, -Number(chosen.value));
  if (!other) return;
  event.preventDefault();
  choose(other);
}

function answer(event, row) {
  const ten = event.key === "0" && waiting ? choice(row, "10") : null;
  const found = ten ?? choice(row, event.key);
  if (!found) return;
  event.preventDefault();
  event.stopPropagation();
  clearTimeout(waiting);
  waiting = 0;
  choose(found);
  if (event.key === "1" && choice(row, "10")) waiting = setTimeout(() => on(row), PAUSE);
  else if (!choice(row, "-1")) on(row);
}

function on(row) {
  waiting = 0;
  const next = rows[rows.indexOf(row) + 1];
  if (row.contains(document.activeElement)) go(next);
}

function choose(input) {
  input.checked = true;
  input.focus();
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function go(row) {
  row?.querySelector("input:checked, input")?.focus();
}

/* The form that takes a score out has to know of the saves too. */
const version = form?.querySelector("[data-version]");
document.querySelector("[data-version-too]")?.form.addEventListener("submit", ({ target }) => {
  target.elements.version.value = version.value;
});
