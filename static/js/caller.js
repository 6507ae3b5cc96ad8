/*
 * Somebody new on the phone: Enter leads from question to question and on to the sentence, chips are walked by
 * arrows and marked by Space, and a digit pressed while the answer is on its way chooses once the times are there.
 */

import { panel } from "./board-page.js";
import { field, isLooking } from "./booking-form.js";
import { keys } from "./keys.js";
import { get } from "./requests.js";

const ASKED = "[data-caller] input:not([type=hidden]), [data-caller] button";
const EVERY = 5_000;

const stops = () => [...(panel()?.querySelectorAll(ASKED) ?? [])].filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }));

/* A group of radios is one stop, and so is a group of chips. */
function next(here) {
  const group = here.closest("fieldset");
  const all = stops();
  const stop = all.slice(all.indexOf(here) + 1).find((one) => !group || one.closest("fieldset") !== group);
  return stop?.type === "radio" ? (stop.closest("fieldset").querySelector(":checked") ?? stop) : stop;
}

document.addEventListener("keydown", (event) => {
  const here = event.target;
  if (event.key !== "Enter" || event.isComposing || !here.matches?.(ASKED) || here.matches("button")) return;
  const after = next(here) ?? panel().querySelector("[data-sentence] button");
  if (!after) return;
  event.preventDefault();
  after.focus();
  (after.closest("[data-sentence]") ?? after).scrollIntoView({ block: "nearest" });
});

document.addEventListener("focusin", (event) => {
  event.target.closest?.("[data-sentence]")?.scrollIntoView({ block: "nearest" });
});

/* ---- chips: one of a group is reached by Tab, the others by arrows */

const chips = (group) => [...group.querySelectorAll("input")];
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function oneStop(group, at) {
  for (const chip of chips(group)) chip.tabIndex = chip === at ? 0 : -1;
}

document.addEventListener("keydown", (event) => {
  const group = event.target.closest?.("[data-chips]");
  if (!group || !(event.key in STEPS)) return;
  event.preventDefault();
  event.stopPropagation();
  const all = chips(group);
  const to = all[(all.indexOf(event.target) + STEPS[event.key] + all.length) % all.length];
  oneStop(group, to);
  to.focus();
}, { capture: true });

/* ---- letters: whether any go out, and the consent that they need */

function showLetters() {
  const email = field("email");
  const consent = panel()?.querySelector("[data-consent]");
  if (!email || !consent) return;
  const any = Boolean(email.value.trim());
  consent.hidden = !any && !consent.querySelector("[aria-invalid]");
  const none = !(any && field("consent").checked);
  panel().querySelector("[data-no-letters]")?.toggleAttribute("hidden", !none);
  panel().querySelector("[data-letters]")?.toggleAttribute("hidden", none);
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => event.target.closest?.("[data-booking]") && showLetters());
}

/* ---- a digit that was quicker than the times */

let early = null;
const asksSentence = () => Boolean(panel()?.querySelector("[data-sentence]"));
const isBusy = () => Boolean(panel()?.querySelector("[data-booking][data-busy]"));
const onItsWay = () => (asksSentence() ? isBusy() : isLooking());
/* Beside the sentence `1` is also its yes, so it chooses no time. */
const choose = (digit) => (early = digit === "1" && asksSentence() ? null : digit);
for (const digit of ["1", "2", "3"]) keys.on(digit, "", () => choose(digit), { when: onItsWay });

/* ---- the emergency script waits for a therapist to take note */

let waiting = null;

async function lookWhoNoted() {
  const place = panel()?.querySelector("[data-noted]");
  if (!place) return clearInterval(waiting);
  const answer = await get(place.dataset.noted, { "X-Passive": "1" });
  if (!answer?.ok) return;
  const words = await answer.text();
  if (words.trim() !== place.innerHTML.trim()) place.innerHTML = words;
}

function begin() {
  for (const group of panel()?.querySelectorAll("[data-chips]") ?? []) {
    oneStop(group, chips(group).find((chip) => chip.checked) ?? chips(group)[0]);
  }
  showLetters();
  clearInterval(waiting);
  if (panel()?.querySelector("[data-noted]")) waiting = setInterval(lookWhoNoted, EVERY);
  const digit = early;
  early = null;
  if (digit) queueMicrotask(() => panel()?.querySelector(`[data-times] [data-key="${digit}"]`)?.click());
}

document.addEventListener("panel:shown", begin);
begin();
