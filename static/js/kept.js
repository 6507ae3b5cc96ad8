/*
 * The time that is kept while the caller thinks: choosing a card keeps it, Escape or another panel lets it go,
 * and so does leaving the page. What is said to the server is said in order, and a booking waits for it.
 */

import { panel } from "./board-page.js";
import { announce } from "./live.js";
import { post } from "./requests.js";
import { token } from "./session.js";

const FIVE_MINUTES = 300_000;
const CARDS = "[data-panel=booking] [name=opening]";

let held = null;
let wanted = null;
let timer = null;
let last = Promise.resolve();

/** Resolves once the server has answered everything that was said about kept times. */
export const settled = () => last;

/* One time is kept for each person: another tab of theirs that keeps one takes it from this. */
const tabs = new BroadcastChannel("kept");
tabs.onmessage = () => held && runOut();

const inOrder = (work) => (last = last.then(work, work).catch(() => {}));

document.addEventListener("click", (event) => {
  if (!event.target.matches?.(CARDS)) return;
  if (event.target.value === "typed") letGo();
  else if (event.target.value !== held) keep(event.target);
});

function keep(card) {
  wanted = card;
  inOrder(async () => {
    if (card !== wanted || !card.isConnected) return;
    const data = new URLSearchParams(new FormData(card.form));
    data.set("opening", card.value);
    const answer = await post("/desk/kept", data);
    if (answer.ok && !wanted) await post("/desk/kept/release");
    else if (answer.ok) mark(card, await answer.text());
    else if (card.isConnected) document.dispatchEvent(new CustomEvent("kept:refused", { detail: answer }));
  });
}

function mark(card, words) {
  held = card.value;
  tabs.postMessage(held);
  clearTimeout(timer);
  timer = setTimeout(runOut, FIVE_MINUTES);
  show(words);
  announce(words);
}

function show(words) {
  for (const card of panel()?.querySelectorAll("[name=opening]") ?? []) {
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
  if (!card) return letGo();
  held = card.value;
});

addEventListener("pagehide", () => {
  if (held) navigator.sendBeacon("/desk/kept/release", new URLSearchParams({ csrf_token: token() }));
});

held = panel()?.querySelector(`[data-held] [name=opening]`)?.value ?? null;
