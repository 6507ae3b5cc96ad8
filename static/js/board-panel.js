/*
 * Panels beside the board: the booking panel, an appointment, a move. Each is a page of its own without this
 * file; here it is fetched, docked, and its form is sent without leaving the board.
 */

import { adopt, at, board, dayUrl, goTo, panel, removePanel, setPanel } from "./board-page.js";
import { clearGhost, columnOf, first, ghost, rows } from "./board-grid.js";
import { focusOn } from "./live.js";
import { get, post } from "./requests.js";

let opener = null;

/** Open the panel at `url`; the focus comes back to `from` when it closes. */
export async function openPanel(url, from = null) {
  opener = from?.getAttribute("href") ?? opener;
  const answer = await get(url);
  if (!answer?.ok) return;
  setPanel(await answer.text());
  goTo(url);
  focusOn(panel());
}

export function closePanel() {
  removePanel();
  goTo(dayUrl());
  const back = (opener && at(opener)) ?? board().querySelector(".tile--selected") ?? document.querySelector('[data-key="n"]');
  back?.focus();
  opener = null;
}

/** Show what the server said to a POST: a whole page, or a panel with what is to be mended. */
export async function take(answer) {
  if (!answer.ok && ![409, 422].includes(answer.status)) return false;
  if (answer.headers.get("Content-Type")?.startsWith("text/plain")) return false;
  const html = await answer.text();
  if (/^\s*<!doctype/i.test(html)) adopt(html, answer.url);
  else {
    setPanel(html);
    if (answer.redirected) goTo(answer.url);
    focusOn(panel());
  }
  return answer.ok;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a");
  if (link?.matches("[data-closes-panel]")) {
    event.preventDefault();
    closePanel();
  } else if (link?.matches("[data-opens-panel], a.tile, a.free")) {
    event.preventDefault();
    openPanel(link.matches("a.free") ? startIn(link, event) : link.href, link);
  }
});

/* A click within free time means the quarter of an hour that was pointed at. */
function startIn(link, event) {
  const url = new URL(link.href);
  if (!event.detail) return url;
  const box = link.getBoundingClientRect();
  const span = Number([...link.classList].find((one) => one.startsWith("span-")).slice(5));
  const [day, time] = url.searchParams.get("starts_at").split("T");
  const [hour, minute] = time.split(":").map(Number);
  const begin = hour * 60 + minute;
  const pointed = begin + ((event.clientY - box.top) / box.height) * span * 5;
  const starts = Math.max(begin, Math.floor(pointed / 15) * 15);
  url.searchParams.set("starts_at", `${day}T${String(Math.floor(starts / 60)).padStart(2, "0")}:${String(starts % 60).padStart(2, "0")}`);
  return url;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-panel-form], #toasts form")) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  try {
    await take(await post(form.action, new URLSearchParams(new FormData(form, event.submitter))));
    if (!form.matches("[data-panel-form]")) form.closest("[data-toast]")?.remove();
  } finally {
    delete form.dataset.busy;
  }
});

/* ---- the booking form: who, what, when */

const field = (name) => panel()?.querySelector(`[name=${name}]`);

const OPEN = ["[data-new-patient]", "[data-typed-time]"];

/* Ask what fits the choices so far; what was unfolded stays so. */
async function look(extra = {}, focus = null) {
  const form = panel().querySelector("[data-booking]");
  const data = new URLSearchParams(new FormData(form));
  data.set("look", "1");
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  const answer = await post(form.action, data);
  if (!answer.ok || !panel()) return;
  const opened = OPEN.filter((one) => panel().querySelector(one)?.open);
  setPanel(await answer.text());
  for (const one of opened) panel().querySelector(one)?.setAttribute("open", "");
  const wanted = focus && panel().querySelector(focus);
  if (wanted) wanted.focus();
  else focusOn(panel());
}

let timer = null;
let answered = null;

async function find() {
  clearTimeout(timer);
  const asked = field("q")?.value;
  if (asked === undefined) return;
  const answer = await post("/desk/patients/search", { q: asked, for: "booking" });
  if (!answer.ok || field("q")?.value !== asked) return;
  panel().querySelector("[data-booking-found]").innerHTML = await answer.text();
  answered = asked;
}

function choosePatient(radio) {
  if (!radio) return;
  radio.checked = true;
  look({ patient_id: radio.value, opening: "", q: "" });
}

const found = () => [...(panel()?.querySelectorAll("[data-booking-found] [name=patient_id]") ?? [])];

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

document.addEventListener("change", (event) => {
  if (!event.target.closest("[data-booking]")) return;
  if (event.target.matches("[name=type_id]")) look({ opening: "" }, `[name=type_id][value="${event.target.value}"]`);
  if (event.target.matches("[name=opening]")) showChoice();
});

document.addEventListener("click", (event) => {
  const radio = event.target.closest("[data-booking-found] [name=patient_id]");
  if (radio && event.detail) choosePatient(radio);
  const other = event.target.closest("[data-other-patient]");
  if (!other) return;
  event.preventDefault();
  look({ patient_id: "", opening: "" });
});

document.addEventListener("keydown", async (event) => {
  const inSearch = event.target.matches?.("[data-booking] [name=q]");
  const inFound = event.target.matches?.("[data-booking-found] [name=patient_id]");
  if (event.isComposing || !(inSearch || inFound)) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (inSearch && answered !== event.target.value) await find();
    choosePatient(found().find((radio) => radio.checked) ?? found()[0]);
  } else if (event.key === "ArrowDown" && inSearch && found().length) {
    event.preventDefault();
    const radio = found().find((one) => one.checked) ?? found()[0];
    radio.checked = true;
    radio.focus();
  }
});

/* Somebody new: what was searched is their name, and their first visit is an evaluation. */
document.addEventListener("click", (event) => {
  const details = event.target.closest("[data-new-patient] > summary")?.parentElement;
  if (!details || details.open) return;
  event.preventDefault();
  details.open = true;
  const name = field("name");
  if (!name.value && !/\d/.test(field("q").value)) name.value = field("q").value;
  const next = name.value ? "[name=phone]" : "[name=name]";
  look({ name: name.value, patient_id: "", q: "", type_id: "", opening: "" }, next);
});

/* What is chosen stands in the button, and as a dashed tile on the board. */
function showChoice() {
  clearGhost();
  const form = panel()?.querySelector("[data-booking]");
  if (!form) return;
  const chosen = form.querySelector("[name=opening]:checked");
  const said = form.querySelector("[data-when]");
  said.textContent = chosen?.dataset.button ? `${said.dataset.when}${chosen.dataset.button}` : "";
  const [day, time] = (chosen?.dataset.starts ?? "T").split("T");
  if (day !== board().dataset.day) return;
  const [hour, minute] = time.split(":").map(Number);
  const place = { col: columnOf(chosen.dataset.therapist), row: (hour * 60 + minute - first()) / 5, span: Number(chosen.dataset.minutes) / 5 };
  if (place.col < 1 || place.row < 0 || place.row + place.span > rows()) return;
  const who = panel().dataset.name ?? panel().querySelector(".row--chosen b")?.textContent ?? (field("name")?.value || "New appointment");
  const tile = ghost(place, who, chosen.dataset.words);
  if (place.span < 8) tile.classList.add("tile--mid");
  tile.scrollIntoView({ block: "nearest" });
}

document.addEventListener("panel:shown", () => {
  showChoice();
  const shown = panel().dataset.appointment;
  for (const tile of board().querySelectorAll("a.tile")) {
    tile.classList.toggle("tile--selected", tile.getAttribute("href") === `/desk/appointments/${shown}`);
  }
});
document.addEventListener("panel:gone", clearGhost);
document.addEventListener("board:swapped", showChoice);
if (panel()) showChoice();
