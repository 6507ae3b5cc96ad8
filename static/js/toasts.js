/*
 * Toasts: what was done, in one line, with an undo that counts down. Never for errors.
 * In markup (macro `toast`) an element with data-toast; in a script toast("Copied.").
 * The count stands still while the pointer or the focus is on it.
 */

import { announce } from "./live.js";

const place = document.getElementById("toasts");

/** Show `text` for a few seconds and say it aloud. */
export function toast(text, seconds = 6) {
  const element = document.getElementById("toast-text").content.firstElementChild.cloneNode(true);
  element.querySelector("[data-toast-text]").textContent = text;
  element.dataset.seconds = seconds;
  place.append(element);
  start(element);
}

function start(element) {
  if (element.dataset.running) return;
  element.dataset.running = "true";
  const count = element.querySelector("[data-countdown]");
  const undo = count ? " You can undo it." : "";
  announce(element.querySelector("[data-toast-text]").textContent + undo);
  let left = Number(element.dataset.seconds) || 10;
  const show = () => count && (count.textContent = `(${left} s)`);
  show();
  const timer = setInterval(() => {
    if (!element.isConnected) return clearInterval(timer);
    if (element.matches(":hover, :focus-within")) return;
    left -= 1;
    show();
    if (left <= 0) {
      clearInterval(timer);
      element.remove();
    }
  }, 1000);
}

const startAll = () => document.querySelectorAll("[data-toast]").forEach(start);

if (place) {
  startAll();
  new MutationObserver(startAll).observe(place, { childList: true, subtree: true });
}
