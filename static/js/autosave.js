/*
 * A draft saves itself: a second after the last change, and before the page is left.
 *
 *   <form data-autosave action="…"> <input name="version" data-version> … </form>
 *   <div data-live="written">…</div>       is replaced by the part of that name that the answer brings
 *
 * One save at a time, each with the version that the last one gave. 409: somebody else saved; nothing is sent any more,
 * what was typed stays on the page. 422: the sentence stands beside its field until the next save.
 */

import { announce, noProblem, problem } from "./live.js";
import { post } from "./requests.js";

const PAUSE = 1000;
const ROWS = /(\.out|^add_|^act$)/;

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);

function start(form) {
  const state = { timer: 0, busy: false, dirty: false, over: false };
  const later = () => {
    if (state.over) return;
    state.dirty = true;
    say(form, "Not saved yet");
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form, state), PAUSE);
  };
  form.addEventListener("input", (event) => {
    if (ROWS.test(event.target.name)) return;
    touched(event.target);
    later();
  });
  form.addEventListener("change", (event) => {
    if (!ROWS.test(event.target.name)) later();
  });
  form.addEventListener("submit", () => {
    state.over = true;
    clearTimeout(state.timer);
  });
  addEventListener("beforeunload", (event) => {
    if (state.dirty && !state.over) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && state.dirty) save(form, state);
  });
}

/* What is touched is today's. */
function touched(field) {
  if (!field.classList.contains("input--carried")) return;
  field.classList.replace("input--carried", "input--changed");
}

async function save(form, state) {
  if (state.busy || state.over || !state.dirty) return;
  clearTimeout(state.timer);
  state.busy = true;
  state.dirty = false;
  const data = new FormData(form);
  for (const name of [...data.keys()]) if (ROWS.test(name)) data.delete(name);
  const answer = await post(form.action, data);
  state.busy = false;
  if (answer.ok) {
    saved(form, await answer.json());
    if (state.dirty) state.timer = setTimeout(() => save(form, state), PAUSE);
    return;
  }
  state.dirty = true;
  if (answer.status === 422 || answer.status === 409) {
    const { field, sentence } = await answer.json();
    say(form, "Not saved");
    if (answer.status === 409) state.over = true;
    if (!mark(form, field, sentence)) problem(sentence);
    announce(sentence);
  }
}

function saved(form, { version, saved: at, parts }) {
  form.querySelector("[data-version]").value = version;
  unmark(form);
  noProblem();
  for (const [name, html] of Object.entries(parts)) {
    for (const place of document.querySelectorAll(`[data-live="${name}"]`)) replace(place, html);
  }
  say(form, `Saved ${at}`);
}

/* What was unfolded stays so. */
function replace(place, html) {
  const unfolded = [...place.querySelectorAll("details")].map((one) => one.open);
  place.innerHTML = html;
  place.querySelectorAll("details").forEach((one, index) => (one.open = unfolded[index] ?? one.open));
}

function say(form, words) {
  const place = document.querySelector("[data-saved]");
  if (place) place.lastChild.textContent = ` ${words}`;
}

function mark(form, name, sentence) {
  unmark(form);
  const field = form.elements[name];
  const first = field instanceof RadioNodeList ? field[0] : field;
  if (!first) return false;
  const error = document.createElement("p");
  error.className = "field__error";
  error.id = `${name}-error`;
  error.dataset.mark = "";
  error.textContent = sentence;
  first.setAttribute("aria-invalid", "true");
  first.setAttribute("aria-describedby", error.id);
  (first.closest(".field, td, th") ?? first.parentElement).append(error);
  return true;
}

function unmark(form) {
  for (const error of form.querySelectorAll("[data-mark]")) error.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}
