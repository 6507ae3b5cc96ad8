/*
 * Manual therapy: the steppers of tenderness, and the seconds of the hold.
 *
 * Arrow keys step as well. The hold counts down in the browser alone; at its end the ring is full, a sentence stands
 * beside it and is read aloud, and a phone shakes. Nothing of it is saved: the seconds of the hold are a field.
 */

import { announce } from "./live.js";

const LEAST = 0;
const MOST = 10;
const AROUND = 2 * Math.PI * 31;

/* ---- tenderness */

for (const stepper of document.querySelectorAll(".stepper")) {
  const field = stepper.querySelector("input");
  for (const button of stepper.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => step(field, Number(button.dataset.step)));
  }
  field.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(field, by);
  });
}

function step(field, by) {
  const now = Number.parseInt(field.value, 10);
  const next = Number.isNaN(now) ? (by > 0 ? LEAST : MOST) : Math.min(MOST, Math.max(LEAST, now + by));
  field.value = next;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/* ---- the hold */

const card = document.querySelector("[data-hold]");
if (card) hold(card);

function hold(root) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const said = document.querySelector("[data-hold-said]");
  const seconds = part("seconds");
  let left = wanted();
  let endsAt = 0;
  let ticking = 0;

  part("start").addEventListener("click", () => (ticking ? pause() : start()));
  part("rate").addEventListener("click", () => document.querySelector(".stepper input[id$='.after']")?.select());
  seconds.addEventListener("input", () => {
    if (ticking) return;
    left = wanted();
    draw();
  });

  function wanted() {
    const typed = Number.parseInt(seconds.value, 10);
    return typed >= 10 && typed <= 600 ? typed : 90;
  }

  function start() {
    if (left <= 0) left = wanted();
    endsAt = Date.now() + left * 1000;
    ticking = setInterval(tick, 200);
    say("Pause", "");
    tick();
  }

  function pause() {
    clearInterval(ticking);
    ticking = 0;
    left = Math.max((endsAt - Date.now()) / 1000, 0);
    say("Go on", `Paused with ${Math.ceil(left)} s left.`);
    draw();
  }

  function tick() {
    left = Math.max((endsAt - Date.now()) / 1000, 0);
    draw();
    if (left > 0) return;
    clearInterval(ticking);
    ticking = 0;
    say("Again", `${wanted()} s are over. Return slowly, then rate after.`);
    announce(`${wanted()} seconds are over. Return slowly, then rate after.`);
    navigator.vibrate?.([200, 100, 200]);
  }

  function draw() {
    const all = wanted();
    const whole = Math.ceil(left);
    part("left").textContent = whole;
    part("done").setAttribute("stroke-dasharray", `${(AROUND * (all - left)) / all} ${AROUND}`);
    part("ring").setAttribute("aria-label", `${whole} of ${all} seconds left`);
  }

  function say(button, sentence) {
    part("start-words").textContent = button;
    said.textContent = sentence;
  }
}
