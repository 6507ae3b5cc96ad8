/*
 * Keys that are quicker than an answer: they wait for what it brings, and are then typed there. Text goes into the
 * field that has the focus, Enter leads on from it, a digit chooses one of the times, a letter opens what the visit can
 * be moved, canceled or followed by; nothing is ever booked by them.
 */

import { panel } from "./board-page.js";

const TEXT = "input:not([type=radio], [type=checkbox]), textarea";
const OPENS = ["m", "x", "p"];
let waiting = null;

document.addEventListener("keydown", (event) => {
  const types = event.key.length === 1 || ["Enter", "Backspace"].includes(event.key);
  if (!waiting || !types || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !waiting.isMeant(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting.keys.push(event.key);
}, { capture: true });

const inPanel = (target) => panel()?.contains(target);

/** Let what is typed wait for `work`, which says whether it came to anything; where it `isMeant` for the panel. */
export async function aheadOf(work, isMeant = inPanel) {
  const own = (waiting = { keys: [], isMeant });
  const came = await work().catch(() => false);
  if (waiting !== own) return;
  waiting = null;
  if (came) replay(own.keys);
}

document.addEventListener("panel:gone", () => (waiting = null));

function replay(keys) {
  for (const key of keys) {
    const here = document.activeElement;
    if (!panel()?.contains(here)) return;
    if (waiting) waiting.keys.push(key);
    else if (here.matches(TEXT) && key !== "Enter") write(here, key);
    else if (here.matches(TEXT) || isTime(key) || OPENS.includes(key)) here.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    else return;
  }
}

const isTime = (key) => ["1", "2", "3"].includes(key) && panel().querySelector("[data-times], [data-panel=move] [name=opening]");

function write(field, key) {
  field.value = key === "Backspace" ? field.value.slice(0, -1) : field.value + key;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
