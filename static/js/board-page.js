/* The page of a day, once loaded: swapping in what the server says now, and where the panel goes. */

import { line } from "./in-turn.js";
import { focusOn } from "./live.js";
import { renew } from "./typing.js";

const PIECES = ["h1", ".board-zone", ".title-row .button-group", ".title-row__end > .button--primary", "[data-board-top]", "[data-board]"];

export const board = () => document.querySelector("[data-board]");
export const beside = () => document.querySelector("[data-board-beside]");
export const panel = () => document.querySelector("[data-panel]");

let claims = 0;

/** Somebody asked for a panel, or closed one: what was asked before is not answered in it. */
export const claim = () => (claims += 1);
export const claimed = () => claims;

/** Do some work once all that was asked in the panel before is answered. */
export const inOrder = line();

/** The address of the day that is shown, or of one some days from it. */
export function dayUrl(days = 0) {
  const on = new Date(`${board().dataset.day}T12:00:00Z`);
  on.setUTCDate(on.getUTCDate() + days);
  return `/desk/days/${on.toISOString().slice(0, 10)}${location.search.includes("gone=no") ? "?gone=no" : ""}`;
}

/** Take over the board, heading and toasts of a whole page; the panel goes, unless the page has one. */
export function adopt(html, url) {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (!page.querySelector("[data-board]")) {
    location.assign(url);
    return;
  }
  swapPieces(page);
  takeToasts(page);
  const theirs = page.querySelector("[data-panel]");
  if (theirs) setPanel(theirs.outerHTML);
  else removePanel();
  goTo(url);
  focusOn(document.querySelector("[data-panel]") ?? board());
}

/** Take over what a whole page tells, and nothing else of it. */
export function takeToasts(page) {
  for (const toast of page.querySelectorAll("#toasts > *")) document.getElementById("toasts").append(toast);
}

/** Swap the board alone, keeping scroll and focus. */
export function swapPieces(page) {
  const before = board().querySelector(".board__scroll");
  const { scrollTop, scrollLeft } = before;
  const held = board().contains(document.activeElement) ? placeOfFocus() : null;
  for (const selector of PIECES) {
    const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (!old || !fresh) continue;
    const link = old.matches("[data-board]") ? null : linkWithFocus(old);
    old.replaceWith(fresh);
    if (link) [fresh, ...fresh.querySelectorAll("a")][link.place]?.focus({ preventScroll: true });
  }
  const after = board().querySelector(".board__scroll");
  Object.assign(after, { scrollTop, scrollLeft });
  if (held) (at(held.href) ?? freeAt(held))?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("board:swapped"));
}

function linkWithFocus(piece) {
  const place = [piece, ...piece.querySelectorAll("a")].indexOf(document.activeElement);
  return place < 0 ? null : { place };
}

function placeOfFocus() {
  const { classList } = document.activeElement;
  return { href: document.activeElement.getAttribute("href"), col: [...classList].find((one) => one.startsWith("col-")) };
}

/* Within free time the arrows change the address; what is left of that stretch stands for it. */
function freeAt({ href, col }) {
  const starts = (link) => new URL(link, location.href).searchParams.get("starts_at") ?? "";
  if (!starts(href)) return null;
  return [...board().querySelectorAll(`a.free.${col}`)].filter((link) => starts(link.href) <= starts(href)).at(-1);
}

/** The tile or free stretch that leads to `href`. */
export const at = (href) => [...board().querySelectorAll("a.tile, a.free")].find((link) => link.getAttribute("href") === href);

/**
 * Dock a panel beside the board, in place of the one that is there; with what its form was `before` it was sent it is
 * renewed, and keeps what was typed since. Returns whether the focus stays where somebody went on.
 */
export function setPanel(html, before = null) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const fresh = template.content.querySelector("[data-panel]");
  if (!fresh) return false;
  const old = panel();
  const renews = before !== null && old?.dataset.panel === fresh.dataset.panel;
  if (!renews) claim();
  const stays = renews && renew(old, fresh, before);
  if (!old) beside().append(fresh);
  else if (!renews) old.replaceWith(fresh);
  beside().classList.add("beside", "beside--panel");
  document.dispatchEvent(new CustomEvent("panel:shown", { detail: panel() }));
  return stays;
}

export function removePanel() {
  claim();
  panel()?.remove();
  beside().classList.remove("beside", "beside--panel");
  document.dispatchEvent(new CustomEvent("panel:gone"));
}

export function goTo(url) {
  const { pathname, search } = new URL(url, location.href);
  const query = new URLSearchParams(search);
  query.delete("shown");
  query.delete("with_board");
  const path = pathname + (query.size ? `?${query}` : "");
  if (path !== location.pathname + location.search) history.pushState({}, "", path);
}

addEventListener("popstate", () => location.reload());
