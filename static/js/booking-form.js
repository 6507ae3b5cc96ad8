/* The booking form: who, what, when. What the choices lead to is asked of the server, and what is typed stays. */

import { aheadOf } from "./ahead.js";
import { board, claimed, inOrder, panel, setPanel } from "./board-page.js";
import { clearGhost, columnOf, first, ghost, rows } from "./board-grid.js";
import { take } from "./board-panel.js";
import { whenRefused } from "./kept.js";
import { focusOn } from "./live.js";
import { post } from "./requests.js";
import { asked } from "./typing.js";

export const field = (name) => panel()?.querySelector(`[name=${name}]`);

let looking = 0;
/** Whether what is shown is about to change. */
export const isLooking = () => looking > 0;

/**
 * Ask what fits the choices so far, once all before is answered; what was unfolded stays so, and what is typed
 * meanwhile too. Resolves to whether an answer came.
 */
export async function look(extra = {}, focus = null) {
  const [mine, from] = [claimed(), document.activeElement];
  let came = false;
  looking += 1;
  await inOrder(async () => {
    if (mine !== claimed()) return;
    const form = panel().querySelector("[data-booking]");
    const before = { ...asked(form), from };
    const data = new URLSearchParams(before.sent);
    for (const [name, value] of Object.entries({ look: "1", ...extra })) data.set(name, value);
    const answer = await post(form.action, data);
    const html = answer.ok && (await answer.text());
    if (mine !== claimed()) return;
    came = Boolean(html);
    if (came) show(html, before, focus);
    else asShown(form);
  });
  looking -= 1;
  return came;
}

function show(html, before, focus) {
  if (!setPanel(html, before)) {
    const wanted = focus && panel().querySelector(focus);
    if (wanted) wanted.focus();
    else focusOn(panel());
  }
  showTimes();
}

/* The times stand for the type that was shown with them. */
function asShown(form) {
  for (const radio of form.querySelectorAll("[name=type_id]")) radio.checked = radio.defaultChecked;
}

/* What has the focus, and the times that follow from an answer, come into view. */
function showTimes() {
  const here = document.activeElement;
  if (!panel()?.contains(here)) return;
  (here.closest("[data-times], [data-sentence]") ?? here).scrollIntoView({ block: "nearest" });
}

/* ---- who */

let timer = null;
let answered = null;

/* Who answers to what is typed; false where it no longer is, or there was no answer. */
async function find() {
  clearTimeout(timer);
  const [typed, mine] = [field("q")?.value, claimed()];
  if (typed === undefined) return false;
  if (answered === typed) return true;
  const answer = await post("/desk/patients/search", { q: typed, for: "booking" });
  const html = answer.ok && (await answer.text());
  if (!html || mine !== claimed() || field("q")?.value !== typed) return false;
  panel().querySelector("[data-booking-found]").innerHTML = html;
  answered = typed;
  return true;
}

function choosePatient(radio) {
  radio.checked = true;
  return look({ patient_id: radio.value, opening: "", q: "" });
}

const found = () => [...(panel()?.querySelectorAll("[data-booking-found] [name=patient_id]") ?? [])];

/* Nobody is called like that: a new caller, whose name was typed already. */
const newCaller = () => look({ look: "new" });

/* Enter means who is typed, not who was found for half of it. */
async function chooseTyped() {
  if (!(await find())) return false;
  const radio = found().find((one) => one.checked) ?? found()[0];
  if (radio) return choosePatient(radio);
  return Boolean(field("q").value.trim()) && newCaller();
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("[data-booking]")) return;
  if (event.target.matches("[name=q]")) {
    clearTimeout(timer);
    timer = setTimeout(find, 120);
  } else if (event.target.matches("[data-resembles]")) {
    clearTimeout(timer);
    timer = setTimeout(resemble, 300);
  } else if (event.target.matches("[name=starts_at], [name=therapist_id]")) {
    panel().querySelector("[name=opening][value=typed]").checked = true;
    showChoice();
  }
});

async function resemble() {
  const mine = claimed();
  const data = Object.fromEntries(["name", "phone", "email"].map((name) => [name, field(name)?.value ?? ""]));
  const answer = await post("/desk/patients/resembling", data);
  const html = answer.ok && (await answer.text());
  const place = panel()?.querySelector("[data-resembling]");
  if (html !== false && mine === claimed() && place) place.innerHTML = html;
}

document.addEventListener("click", (event) => {
  const radio = event.target.closest("[data-booking-found] [name=patient_id]");
  if (radio && event.detail) return choosePatient(radio);
  if (event.target.closest("[data-other-patient]")) {
    event.preventDefault();
    look({ look: "other" });
  } else if (event.target.closest("[data-new-caller]")) {
    event.preventDefault();
    newCaller();
  }
});

document.addEventListener("keydown", (event) => {
  const inSearch = event.target.matches?.("[data-booking] [name=q]");
  const inFound = event.target.matches?.("[data-booking-found] [name=patient_id]");
  if (event.isComposing || !(inSearch || inFound)) return;
  if (event.key === "Enter") {
    event.preventDefault();
    aheadOf(inSearch ? chooseTyped : () => choosePatient(event.target));
  } else if (event.key === "ArrowDown" && inSearch && found().length) {
    event.preventDefault();
    const radio = found().find((one) => one.checked) ?? found()[0];
    radio.checked = true;
    radio.focus();
  }
});

/* ---- what and when */

document.addEventListener("change", (event) => {
  if (!event.target.closest("[data-booking]")) return;
  if (event.target.matches("[name=type_id]")) look({ opening: "" }, `[name=type_id][value="${event.target.value}"]`);
  if (event.target.matches("[name=opening]")) showChoice();
});

/* What is chosen stands in the button, and as a dashed tile on the board. */
function showChoice() {
  clearGhost();
  const form = panel()?.querySelector("[data-booking]");
  const said = form?.querySelector("[data-when]");
  if (!said) return;
  const chosen = form.querySelector("[name=opening]:checked");
  said.textContent = chosen?.dataset.button ? `${said.dataset.when}${chosen.dataset.button}` : "";
  const [day, time] = (chosen?.dataset.starts ?? "T").split("T");
  if (day !== board().dataset.day) return;
  const [hour, minute] = time.split(":").map(Number);
  const place = { col: columnOf(chosen.dataset.therapist), row: (hour * 60 + minute - first()) / 5, span: Number(chosen.dataset.minutes) / 5 };
  if (place.col < 1 || place.row < 0 || place.row + place.span > rows()) return;
  const who = panel().dataset.name ?? panel().querySelector(".row--chosen b")?.textContent;
  const tile = ghost(place, nameOf(who), chosen.dataset.words);
  if (place.span < 8) tile.classList.add("tile--mid");
  tile.scrollIntoView({ block: "nearest" });
}

const nameOf = (chosen) => field("name")?.value || (field("caller")?.value === "new" ? "New caller" : chosen) || "New appointment";

/* Somebody was quicker than the one who wanted to keep it. */
whenRefused(take);

document.addEventListener("panel:shown", () => {
  answered = null;
  showChoice();
  queueMicrotask(showTimes);
});
document.addEventListener("panel:gone", clearGhost);
document.addEventListener("board:swapped", showChoice);
if (panel()) showChoice();
