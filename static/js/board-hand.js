/*
 * An appointment in hand: picked up with `m` or by the mouse, moved by arrows or the pointer in steps of five
 * minutes, dropped with Enter or by letting go. Esc puts it back. Nothing is written before the drop.
 */

import { adopt, at, board, dayUrl, panel } from "./board-page.js";
import { clearGhost, clock, columnOf, first, ghost, grid, heads, isoOf, minuteOf, nameOf, placeOf, rows, therapistOf } from "./board-grid.js";
import { take } from "./board-panel.js";
import { keys } from "./keys.js";
import { announce } from "./live.js";
import { get, post } from "./requests.js";

const MOVABLE = ".tile--confirmed, .tile--unconfirmed, .tile--late";

let hand = null;
let press = null;

export const inHand = () => hand !== null;
export const movable = (tile) => tile?.matches?.("a.tile") && tile.matches(MOVABLE);

function pickUp(tile) {
  hand = {
    href: tile.getAttribute("href"),
    version: tile.dataset.v,
    name: tile.querySelector("b").textContent,
    day: board().dataset.day,
    home: dayUrl(),
    from: placeOf(tile),
    ...placeOf(tile),
  };
  tile.classList.add("tile--left-behind");
}

function show({ focus = true, say = true } = {}) {
  hand.col = Math.min(Math.max(1, hand.col), heads().length);
  hand.row = Math.min(Math.max(0, hand.row), rows() - hand.span);
  const words = `${clock(hand.row)}, ${nameOf(hand.col)}`;
  const tile = ghost(hand, hand.name, words);
  tile.classList.add("tile--in-hand");
  tile.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focus) tile.focus({ preventScroll: true });
  if (say) announce(words);
}

async function letGo({ focus = true } = {}) {
  if (hand.dropping) return;
  const { href, day, home } = hand;
  hand = null;
  clearGhost();
  document.documentElement.classList.remove("is-dragging");
  board().querySelectorAll(".tile--left-behind").forEach((tile) => tile.classList.remove("tile--left-behind"));
  if (day !== board().dataset.day) {
    const answer = await get(home);
    if (!answer?.ok) return;
    adopt(await answer.text(), home);
  }
  if (focus) at(href)?.focus();
  announce("Let go. Nothing was moved.");
}

const isWhereItWas = () => hand.day === board().dataset.day && hand.row === hand.from.row && hand.col === hand.from.col;

async function drop() {
  if (hand.dropping) return;
  if (isWhereItWas()) return letGo();
  hand.dropping = true;
  const { href, version, row, col } = hand;
  const asked = { version, starts_at: isoOf(row), therapist_id: therapistOf(col) };
  const done = await take(post(`${href}/move`, asked));
  if (hand?.href === href) {
    hand = null;
    clearGhost();
    if (!done) {
      board().querySelectorAll(".tile--left-behind").forEach((tile) => tile.classList.remove("tile--left-behind"));
      (panel()?.querySelector("[data-focus]") ?? at(href))?.focus();
    }
  }
}

function move({ rows: down = 0, columns = 0 }) {
  if (hand.dropping) return;
  hand.row += down;
  hand.col += columns;
  show();
}

async function walkDay(url) {
  const answer = await get(url);
  const page = answer?.ok && (await answer.text());
  if (!page || !hand || hand.dropping) return;
  const [minute, therapist] = [minuteOf(hand.row), therapistOf(hand.col)];
  adopt(page, answer.url);
  hand.row = (minute - first()) / 5;
  hand.col = columnOf(therapist) || hand.col;
  show();
}

const focused = () => document.activeElement;

keys.on("m", "Move the visit", () => {
  pickUp(focused());
  show({ say: false });
  announce(`${hand.name} in hand. Arrows move, J and K change the day, Page up and Page down the week, Enter drops, Escape lets go.`);
}, { when: () => !hand && movable(focused()) });
keys.on("Enter", "", drop, { when: inHand });
keys.on("Escape", "", () => letGo(), { when: inHand });
keys.on("ArrowUp", "", (event) => move({ rows: event.shiftKey ? -6 : -1 }), { when: inHand });
keys.on("ArrowDown", "", (event) => move({ rows: event.shiftKey ? 6 : 1 }), { when: inHand });
keys.on("ArrowLeft", "", () => move({ columns: -1 }), { when: inHand });
keys.on("ArrowRight", "", () => move({ columns: 1 }), { when: inHand });
for (const key of ["j", "k", "t"]) {
  keys.on(key, "", () => walkDay(document.querySelector(`[data-key="${key}"]`).href), { when: inHand });
}
keys.on("PageDown", "", () => walkDay(dayUrl(7)), { when: inHand });
keys.on("PageUp", "", () => walkDay(dayUrl(-7)), { when: inHand });
for (const key of ["n", "/", "m"]) {
  keys.on(key, "", () => announce(`${hand.name} is in hand. Enter drops, Escape lets go.`), { when: inHand });
}

/* ---- by mouse or pen */

document.addEventListener("dragstart", (event) => event.target.closest?.("a.tile, a.free") && event.preventDefault());

document.addEventListener("pointerdown", (event) => {
  const tile = event.target.closest?.("a.tile");
  if (hand && !press) letGo({ focus: false });
  if (event.button || event.pointerType === "touch" || hand || !movable(tile)) return;
  press = { tile, x: event.clientX, y: event.clientY, into: event.clientY - tile.getBoundingClientRect().top };
});

document.addEventListener("pointermove", (event) => {
  if (!press || hand?.dropping) return;
  if (!event.buttons) return endPress();
  if (!hand) {
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < 5) return;
    if (press.dragged) return;
    press.dragged = true;
    pickUp(press.tile);
    document.documentElement.classList.add("is-dragging");
  }
  const box = grid().getBoundingClientRect();
  const head = heads()[0].getBoundingClientRect().height;
  const row = Math.round((event.clientY - press.into - box.top - head) / ((box.height - head) / rows()));
  const over = heads().findIndex((one) => event.clientX < one.getBoundingClientRect().right);
  const col = over < 0 ? heads().length : over + 1;
  if (row === hand.row && col === hand.col && board().querySelector("[data-ghost]")) return;
  Object.assign(hand, { row, col });
  show({ focus: false, say: false });
});

document.addEventListener("pointerup", () => {
  const { dragged } = press ?? {};
  const held = press && hand;
  press = null;
  document.documentElement.classList.remove("is-dragging");
  if (dragged) suppressClick();
  if (held) drop();
});

document.addEventListener("pointercancel", endPress);

/* The button was let go where nobody saw it, or the browser took the pointer away. */
function endPress() {
  press = null;
  if (hand) letGo();
}

/* The click that follows a drop is none. */
function suppressClick() {
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }), 50);
}
