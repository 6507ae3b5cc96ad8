/* The beat of a run: a click for each step, planned ahead on the sound card's clock so that it does not stumble. */

import { announce } from "./live.js";

const AHEAD = 0.3;
const EVERY = 100;
const LEAST = 120;
const MOST = 240;

for (const card of document.querySelectorAll("[data-beat]")) start(card);

function start(card) {
  const state = { spm: Number(card.dataset.beat), sound: null, timer: 0, next: 0 };
  const toggle = card.querySelector("[data-toggle]");
  card.querySelector("[data-keys]").hidden = false;
  card.querySelector("[data-less]").addEventListener("click", () => change(-2));
  card.querySelector("[data-more]").addEventListener("click", () => change(2));
  toggle.addEventListener("click", async () => {
    if (state.timer) return stop();
    state.sound ??= new AudioContext();
    await state.sound.resume();
    state.next = state.sound.currentTime + 0.05;
    plan(state);
    state.timer = setInterval(() => plan(state), EVERY);
    toggle.textContent = "Pause the beat";
  });

  function stop() {
    clearInterval(state.timer);
    state.timer = 0;
    toggle.textContent = "Start the beat";
  }

  function change(by) {
    state.spm = Math.min(MOST, Math.max(LEAST, state.spm + by));
    card.querySelector("[data-spm]").textContent = state.spm;
    announce(`${state.spm} steps a minute`);
  }
}

function plan(state) {
  while (state.next < state.sound.currentTime + AHEAD) {
    click(state.sound, state.next);
    state.next += 60 / state.spm;
  }
}

function click(sound, at) {
  const tone = sound.createOscillator();
  const loudness = sound.createGain();
  tone.frequency.value = 1000;
  loudness.gain.setValueAtTime(0.5, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.05);
  tone.connect(loudness).connect(sound.destination);
  tone.start(at);
  tone.stop(at + 0.06);
}
