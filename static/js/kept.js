/*
 * The time that is kept while the caller thinks: choosing a card keeps it, Escape or another panel lets it go,
 * and so does leaving the page.
 */

import { claimed, inOrder, panel } from "./board-page.js";
import { announce } from "./live.js";
import { post } from "./requests.js";
import { token } from "./session.js";
import { asked } from "./typing.js";

const FIVE_MINUTES = 300_000;
const CARDS = "[data-panel=booking] [name=opening]";

let held = null;
let wanted = null;
let timer = null;

/* One time is kept for each person: another tab of theirs that keeps one takes it from this. */
const tabs = new BroadcastChannel("kept");
tabs.onmessage = () => held && runOut();

let refused = async () => {};
/** Say what is done with the answer where somebody was quicker; it is given what the form held when it was asked. */
export const whenRefused = (act) => (refused = act);

const cards = () => [...(panel()?.querySelectorAll("[name=opening]") ?? [])];
const cardOf = (value) => cards().find((card) => card.value === value);

document.addEventListener("click", (event) => {
  if (!event.target.matches?.(CARDS)) return;
  if (event.target.value === "typed") letGo();
  else if (event.target.value !== held) keep(event.target);
});

function keep(card) {
  const [value, mine] = [card.value, claimed()];
  wanted = value;
  inOrder(async () => {
    const form = cardOf(value)?.form;
    if (value !== wanted || mine !== claimed() || !form) return;
    const before = asked(form);
    before.sent.set("opening", value);
    const answer = await post("/desk/kept", before.sent);
    if (answer.ok && !wanted) await post("/desk/kept/release");
    else if (answer.ok) mark(value, await answer.text());
    else if (mine === claimed()) await notHeld(value, answer, before);
  });
}

/* Somebody was quicker, and the nearest times are shown; or nothing was done, and the time held before is the chosen one. */
async function notHeld(value, answer, before) {
  if (wanted === value) wanted = held;
  if ([409, 422].includes(answer.status)) return refused(answer, before);
  const own = held && cardOf(held);
  if (!own || !cardOf(value)?.checked) return;
  own.checked = true;
  own.dispatchEvent(new Event("change", { bubbles: true }));
}

function mark(value, words) {
  held = value;
  tabs.postMessage(held);
  clearTimeout(timer);
  timer = setTimeout(runOut, FIVE_MINUTES);
  show(words);
  announce(words);
}

function show(words) {
  for (const card of cards()) {
    const chip = card.closest(".option")?.querySelector("[data-chip]");
    if (chip) chip.textContent = card.value === held ? "Held" : "Chosen";
    card.closest(".option")?.toggleAttribute("data-held", card.value === held);
  }
  const place = panel()?.querySelector("[data-held-words]");
  if (place) place.textContent = words;
  const own = panel()?.querySelector("[name=held]");
  if (own) own.value = held ?? "";
}

function runOut() {
  held = null;
  clearTimeout(timer);
  show("No longer held: choose the time again to hold it.");
  announce("The time is no longer held.");
}

function letGo() {
  wanted = null;
  clearTimeout(timer);
  if (!held) return;
  held = null;
  show("");
  inOrder(() => post("/desk/kept/release"));
}

document.addEventListener("panel:gone", letGo);
document.addEventListener("panel:shown", ({ detail }) => {
  const card = detail.matches("[data-panel=booking]") && detail.querySelector("[data-held] [name=opening]");
  const isAsked = wanted && wanted !== held && cardOf(wanted)?.checked;
  if (card) held = card.value;
  else if (!isAsked) letGo();
});

addEventListener("pagehide", () => {
  if (held) navigator.sendBeacon("/desk/kept/release", new URLSearchParams({ csrf_token: token() }));
});

held = panel()?.querySelector(`[data-held] [name=opening]`)?.value ?? null;
