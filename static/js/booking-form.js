/* The booking form: who, what, when. What the choices lead to is asked of the server, and what is typed stays. */

import { board, panel, setPanel } from "./board-page.js";
import { clearGhost, columnOf, first, ghost, rows } from "./board-grid.js";
import { take } from "./board-panel.js";
import { focusOn } from "./live.js";
import { post } from "./requests.js";
import { asked } from "./typing.js";

export const field = (name) => panel()?.querySelector(`[name=${name}]`);

/** Ask what fits the choices so far; what was unfolded stays so, and what is typed meanwhile too. */
export async function look(extra = {}, focus = null) {
  const form = panel().querySelector("[data-booking]");
  const before = asked(form);
  const data = new URLSearchParams(before.sent);
  for (const [name, value] of Object.entries({ look: "1", ...extra })) data.set(name, value);
  const answer = await post(form.action, data);
  if (!answer.ok || !panel()) return;
  if (!setPanel(await answer.text(), before)) {
    const wanted = focus && panel().querySelector(focus);
    if (wanted) wanted.focus();
    else focusOn(panel());
  }
  showTimes();
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

async function find() {
  clearTimeout(timer);
  const typed = field("q")?.value;
  if (typed === undefined) return;
  const answer = await post("/desk/patients/search", { q: typed, for: "booking" });
  if (!answer.ok || field("q")?.value !== typed) return;
  panel().querySelector("[data-booking-found]").innerHTML = await answer.text();
  answered = typed;
}

function choosePatient(radio) {
  radio.checked = true;
  look({ patient_id: radio.value, opening: "", q: "" });
}

const found = () => [...(panel()?.querySelectorAll("[data-booking-found] [name=patient_id]") ?? [])];

/* Nobody is called like that: a new caller, whose name was typed already. */
function newCaller() {
  look({ look: "new" });
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
  const data = Object.fromEntries(["name", "phone", "email"].map((name) => [name, field(name)?.value ?? ""]));
  const answer = await post("/desk/patients/resembling", data);
  const place = panel()?.querySelector("[data-resembling]");
  if (answer.ok && place) place.innerHTML = await answer.text();
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

document.addEventListener("keydown", async (event) => {
  const inSearch = event.target.matches?.("[data-booking] [name=q]");
  const inFound = event.target.matches?.("[data-booking-found] [name=patient_id]");
  if (event.isComposing || !(inSearch || inFound)) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (inSearch && answered !== event.target.value) await find();
    const radio = found().find((one) => one.checked) ?? found()[0];
    if (radio) choosePatient(radio);
    else if (field("q")?.value.trim()) newCaller();
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
document.addEventListener("kept:refused", ({ detail }) => take(detail));

document.addEventListener("panel:shown", () => {
  answered = null;
  showChoice();
  queueMicrotask(showTimes);
});
document.addEventListener("panel:gone", clearGhost);
document.addEventListener("board:swapped", showChoice);
if (panel()) showChoice();
