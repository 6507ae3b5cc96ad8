/*
 * Panels beside the board: the booking panel, an appointment, a move. Each is a page of its own without this
 * file; here it is fetched, docked, and its form is sent without leaving the board.
 */

import { adopt, at, board, dayUrl, goTo, panel, removePanel, setPanel } from "./board-page.js";
import { settled } from "./kept.js";
import { focusOn } from "./live.js";
import { get, post } from "./requests.js";
import { asked } from "./typing.js";

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

/** Show what the server said to a POST: a whole page, or a panel with what is to be mended, renewed with what its form was `before`. */
export async function take(answer, before = null) {
  if (!answer.ok && ![409, 422].includes(answer.status)) return false;
  if (answer.headers.get("Content-Type")?.startsWith("text/plain")) return false;
  const html = await answer.text();
  if (/^\s*<!doctype/i.test(html)) adopt(html, answer.url);
  else {
    const stays = setPanel(html, before);
    if (answer.redirected) goTo(answer.url);
    if (!stays) focusOn(panel());
  }
  if (answer.status === 409) setTimeout(lookBesidePanel);
  return answer.ok;
}

/* Somebody was quicker: the board shows it at once, though the panel stays open. */
const lookBesidePanel = () => document.dispatchEvent(new CustomEvent("board:look", { detail: { besidePanel: true } }));

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
  const data = new URLSearchParams(new FormData(form, event.submitter));
  const before = form.matches("[data-booking]") ? asked(form) : null;
  try {
    await settled();
    if (!form.isConnected) return;
    await take(await post(form.action, data), before);
    if (!form.matches("[data-panel-form]")) form.closest("[data-toast]")?.remove();
  } finally {
    delete form.dataset.busy;
  }
});

/** Mark the tile of the visit that the panel shows. */
export function markTile() {
  const shown = panel().dataset.appointment;
  for (const tile of board().querySelectorAll("a.tile")) {
    tile.classList.toggle("tile--selected", tile.getAttribute("href") === `/desk/appointments/${shown}`);
  }
}

document.addEventListener("panel:shown", markTile);
