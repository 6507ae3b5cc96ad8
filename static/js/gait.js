/*
 * Cadence by tap: each tap is one left foot, so an interval is a stride of two steps. The mean leaves out taps that were
 * missed or doubled (more than a fifth off the median); spread is the standard deviation in percent of the mean.
 * And digits grade: 0, 1, 2 in a row of grades, which then goes on to the next; choosing a grade again takes it out.
 */

import { announce } from "./live.js";

const LONGEST = 3000;
const FEWEST = 6;
const LOWEST = 120;
const HIGHEST = 240;
const OFF = 0.2;
const SHOWN = 43;

const card = document.querySelector("[data-tap]");
const pad = card?.querySelector("[data-pad]");
let taps = [];

if (pad) {
  pad.disabled = false;
  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pad.focus();
    tap(event.timeStamp);
  });
  pad.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat) return;
    event.preventDefault();
    tap(event.timeStamp);
  });
  card.querySelector("[data-again]").addEventListener("click", again);
}

function tap(at) {
  if (taps.length && at - taps.at(-1) > LONGEST) again();
  taps.push(at);
  card.querySelector("[data-again]").hidden = false;
  const found = statistics(taps);
  put("time", `${Math.round((taps.at(-1) - taps[0]) / 1000)} s`);
  put("taps", taps.length);
  if (!found) return;
  put("spm", found.spm);
  put("interval", `${Math.round(found.mean)} ms`);
  put("spread", `${found.spread.toFixed(1)} %`);
  put("out", found.out);
  draw(found);
  if (taps.length >= FEWEST && found.spm >= LOWEST && found.spm <= HIGHEST) keep(found);
}

/** Return what the intervals between taps say; null for fewer than two. */
export function statistics(times) {
  const intervals = times.slice(1).map((time, place) => time - times[place]);
  if (intervals.length < 2) return null;
  const sorted = [...intervals].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const kept = intervals.filter((one) => Math.abs(one - median) <= OFF * median);
  const mean = kept.reduce((sum, one) => sum + one, 0) / kept.length;
  const variance = kept.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(kept.length - 1, 1);
  return {
    intervals,
    median,
    mean,
    spread: (Math.sqrt(variance) / mean) * 100,
    out: intervals.length - kept.length,
    spm: Math.round(120000 / mean),
  };
}

function keep(found) {
  const seconds = Math.round((taps.at(-1) - taps[0]) / 1000);
  set("find.cadence..value", found.spm);
  set("find.cadence..words", `${taps.length} taps in ${seconds} s, spread ${found.spread.toFixed(1)} %, ${found.out} left out`);
}

function set(name, value) {
  const field = document.getElementById(name);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function draw({ intervals, mean, median }) {
  const dots = card.querySelector("[data-dots]");
  for (const dot of dots.querySelectorAll("circle")) dot.remove();
  intervals.slice(-SHOWN).forEach((one, place) => {
    const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    const out = Math.abs(one - median) > OFF * median;
    const y = Math.min(48, Math.max(4, 26 - ((one - mean) / mean) * 220));
    for (const [name, value] of Object.entries({ cx: 4 + place * 6, cy: y, r: 2 })) dot.setAttribute(name, value);
    dot.setAttribute("class", out ? "gait-tap__out" : "gait-tap__dot");
    dots.append(dot);
  });
  dots.setAttribute("aria-label", `${intervals.length} intervals, mean ${Math.round(mean)} milliseconds`);
}

function put(name, words) {
  card.querySelector(`[data-${name}]`).textContent = words;
}

function again() {
  taps = [];
  for (const name of ["interval", "spread", "out"]) put(name, "–");
  put("taps", 0);
  put("time", "0 s");
  card.querySelector("[data-again]").hidden = true;
  pad.focus();
}

/* ---- grades */

const groups = [...document.querySelectorAll(".gait-items .grades")];

document.querySelector(".gait-items")?.addEventListener("keydown", (event) => {
  const group = event.target.closest?.(".grades");
  const input = group && /^[0-2]$/.test(event.key) ? group.querySelectorAll("input")[Number(event.key)] : null;
  if (!input) return;
  event.preventDefault();
  choose(input);
  const next = groups[groups.indexOf(group) + 1];
  (next?.querySelector("input:checked") ?? next?.querySelector("input") ?? input).focus();
  announce(input.getAttribute("aria-label"));
});

for (const group of groups) {
  let chosen = group.querySelector("input:checked");
  group.addEventListener("click", (event) => {
    const input = event.target.closest("input");
    if (!input) return;
    if (input === chosen) {
      input.checked = false;
      chosen = null;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    chosen = input;
  });
  group.addEventListener("change", () => {
    chosen = group.querySelector("input:checked");
  });
}

function choose(input) {
  if (input.checked) return;
  input.checked = true;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
