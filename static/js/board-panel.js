/*
 * Panels beside the board: the booking panel, an appointment, a move. Each is a page of its own without this
 * file; here it is fetched, docked, and its form is sent without leaving the board.
 */

import { aheadOf } from "./ahead.js";
import { adopt, at, board, claim, claimed, dayUrl, goTo, inOrder, panel, removePanel, setPanel, takeToasts } from "./board-page.js";
import { focusOn, problem } from "./live.js";
import { get, post } from "./requests.js";
import { asked } from "./typing.js";

const NEW = "/desk/appointments/new";
const VISIT = /^\/desk\/appointments\/[0-9]+$/;
const MOVE = /^\/desk\/appointments\/[0-9]+\/move$/;
let opener = null;

/** Open the panel at `url`, unless another was asked for since; the focus comes back to `from`. Returns whether it stands. */
export async function openPanel(url, from = null) {
  const mine = claim();
  const answer = await get(url);
  const html = answer?.ok && (await answer.text());
  if (!html || mine !== claimed()) return false;
  opener = from?.getAttribute("href") ?? opener;
  setPanel(html);
  goTo(url);
  focusOn(panel());
  return true;
}

/** Open the visit at `url` beside the board of its day, unless a panel was asked for since. Returns whether it stands. */
async function openVisit(url) {
  const mine = claim();
  const answer = await get(`${url.pathname}?with_board=1`);
  const html = answer?.ok && (await answer.text());
  if (!html || mine !== claimed()) return false;
  opener = null;
  adopt(html, url);
  return true;
}

export function closePanel() {
  removePanel();
  goTo(dayUrl());
  const back = (opener && at(opener)) ?? board().querySelector(".tile--selected") ?? document.querySelector('[data-key="n"]');
  back?.focus();
  opener = null;
}

const isPage = (html) => /^\s*<!doctype/i.test(html);

/**
 * Show what the server says to a POST that is under way: a whole page, or a panel with what is to be mended, renewed
 * with what its form was `before`. Who went on to another panel meanwhile keeps it.
 */
export async function take(asking, before = null) {
  const mine = claimed();
  const answer = await asking;
  if (!answer.ok && ![409, 422].includes(answer.status)) return false;
  if (answer.headers.get("Content-Type")?.startsWith("text/plain")) return false;
  const html = await answer.text();
  if (mine !== claimed()) return tell(answer, html);
  if (isPage(html)) adopt(html, answer.url);
  else {
    const stays = setPanel(html, before);
    if (answer.redirected) goTo(answer.url);
    if (!stays) focusOn(panel());
  }
  if (answer.status === 409) setTimeout(lookBesidePanel);
  return answer.ok;
}

/* The panel that asked is gone: what came of it is told, and the board shows it. */
function tell(answer, html) {
  if (isPage(html)) takeToasts(new DOMParser().parseFromString(html, "text/html"));
  if (!answer.ok) problem("What was asked before this panel was refused, and nothing came of it.");
  if (isPage(html) || !answer.ok) lookBesidePanel();
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
    const url = link.matches("a.free") ? startIn(link, event) : new URL(link.href);
    if (url.pathname === NEW || MOVE.test(url.pathname)) aheadOf(() => openPanel(url, link), (target) => !target.closest("dialog, form"));
    else openPanel(url, link);
  } else if (link?.matches("[data-patient-rows] a") && VISIT.test(link.pathname)) {
    event.preventDefault();
    openSought(link);
  }
});

/* ---- the visit of a patient who was searched for; what is pressed after Enter is meant for it */

async function openSought(link) {
  if (!link) return false;
  if (!VISIT.test(link.pathname)) return location.assign(link.href);
  const search = link.closest("form");
  const stands = await openVisit(new URL(link.href));
  if (stands) search.reset();
  if (stands) search.querySelector("#found-patients").replaceChildren();
  return stands;
}

document.addEventListener("patient:sought", (event) => {
  event.preventDefault();
  aheadOf(async () => openSought(await event.detail.first), (target) => target === document.body || event.target.contains(target));
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

/* Enter means what was seen: what is still under way when it is pressed is looked at first. */
let shown = 0;
document.addEventListener("panel:shown", () => (shown += 1));

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-panel-form], #toasts form")) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const [from, seen, pressed] = [document.activeElement, shown, event.submitter?.name ? event.submitter : null];
  try {
    await inOrder(async () => {
      if (!form.isConnected || (pressed ? !form.contains(pressed) : seen !== shown && form.matches("[data-booking]"))) return;
      const data = new URLSearchParams(new FormData(form, pressed));
      await take(post(form.action, data), form.matches("[data-booking]") ? { ...asked(form), from } : null);
      if (!form.matches("[data-panel-form]")) form.closest("[data-toast]")?.remove();
    });
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
