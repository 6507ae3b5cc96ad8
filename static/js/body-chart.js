/*
 * The body chart: Tab enters each figure once, arrows walk to the nearest region, Space, Enter or a click chooses it.
 *
 * What is chosen is said by the checkboxes of the list below the drawing, which is what the form posts; the drawing
 * follows them, and a region that is chosen in the drawing changes its checkbox aloud. Without this file the list stays.
 */

const SVG = "http://www.w3.org/2000/svg";
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const started = new WeakSet();
let last = null;

/** Bring the charts in `root` to life. Charts that already live are left alone. */
export function start(root = document) {
  for (const chart of root.querySelectorAll("[data-body-chart]")) {
    if (started.has(chart)) continue;
    started.add(chart);
    begin(chart);
  }
}

/** Paint a chosen region another way, "solid" or "hatched", once its quality is known. */
export function paint(code, how, root = document) {
  for (const region of root.querySelectorAll(`[data-region="${code}"]`)) region.classList.toggle("region--hatched", how === "hatched");
}

const figures = (chart) => [...chart.querySelectorAll("[data-figure]")];
const regions = (within) => [...within.querySelectorAll("[data-region]")];
const boxes = (chart) => [...chart.querySelectorAll("[name=region]")];
const boxOf = (chart, region) => boxes(chart).find((box) => box.value === region.dataset.region);
const figureOf = (region) => region.closest("[data-figure]");
const shapeOf = (region) => region.querySelector("path");
const nameOf = (region) => region.querySelector("title").textContent;

function begin(chart) {
  const drawing = chart.querySelector("svg");
  drawing.setAttribute("role", "group");
  drawing.removeAttribute("aria-describedby");
  for (const region of regions(chart)) region.setAttribute("role", "button");
  draw(chart);
  for (const figure of figures(chart)) stopAt(figure.querySelector("[aria-pressed=true]") ?? regions(figure)[0]);
  name(chart, null);
  chart.addEventListener("click", ({ target }) => choose(chart, target.closest("[data-region]")));
  chart.addEventListener("keydown", (event) => press(chart, event));
  chart.addEventListener("change", ({ target }) => target.name === "region" && draw(chart));
  chart.addEventListener("focusin", ({ target }) => enter(chart, target.closest("[data-region]")));
  chart.addEventListener("focusout", ({ target }) => leave(chart, target));
  chart.addEventListener("pointerover", ({ target }) => name(chart, target.closest("[data-region]")));
  chart.addEventListener("pointerleave", () => name(chart, null));
  chart.closest("form")?.addEventListener("reset", () => setTimeout(() => draw(chart)));
  goBack(chart);
}

/* ---- what is chosen */

function choose(chart, region) {
  if (!region) return;
  const box = boxOf(chart, region);
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

/* The numbers follow the order of choosing, which the form posts beside the checkboxes. */
function draw(chart) {
  const order = chart.querySelector("[name=region_order]");
  const chosen = boxes(chart).filter((box) => box.checked).map((box) => box.value);
  const before = order.value.split(" ").filter((code) => chosen.includes(code));
  const codes = [...before, ...chosen.filter((code) => !before.includes(code))];
  order.value = codes.join(" ");
  for (const figure of figures(chart)) {
    const markers = [];
    for (const region of regions(figure)) {
      const number = codes.indexOf(region.dataset.region) + 1;
      region.setAttribute("aria-pressed", number > 0);
      region.classList.toggle("region--chosen", number > 0);
      if (number) markers.push(marker(region, number));
      else region.classList.remove("region--hatched");
    }
    figure.querySelector("[data-markers]").replaceChildren(...markers);
  }
}

function marker({ dataset: { x, y } }, number) {
  const text = element("text", { y: 2.9 });
  text.textContent = number;
  const group = element("g", { class: "marker", transform: `translate(${x} ${y})` });
  group.append(element("circle", { r: 6 }), text);
  return group;
}

function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/* ---- by keys */

function press(chart, event) {
  const region = event.target.closest("[data-region]");
  if (!region || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key in STEPS) {
    const next = nearest(region, STEPS[event.key]);
    if (next) stopAt(next).focus();
  } else if (event.key === "Enter" || event.key === " ") {
    if (!event.repeat) choose(chart, region);
  } else return;
  event.preventDefault();
  ring(document.activeElement);
}

/* The region whose center is nearest that way: what lies aside counts twice, and beyond 48° it is another way. */
function nearest(region, [dx, dy]) {
  const here = center(region);
  let [best, least] = [null, Infinity];
  for (const other of regions(figureOf(region))) {
    const there = center(other);
    const [right, down] = [there.x - here.x, there.y - here.y];
    const along = right * dx + down * dy;
    const aside = Math.abs(right * dy) + Math.abs(down * dx);
    if (along < 1 || aside > along * 1.1 || along + aside * 2 > least - 1) continue;
    [best, least] = [other, along + aside * 2];
  }
  return best;
}

function center(region) {
  const { left, top, width, height } = shapeOf(region).getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/* One region of a figure is reached by Tab, the others by arrows. */
function stopAt(region) {
  for (const one of regions(figureOf(region))) one.setAttribute("tabindex", one === region ? 0 : -1);
  return region;
}

function enter(chart, region) {
  if (!region) return;
  last = stopAt(region);
  if (region.matches(":focus-visible")) ring(region);
  name(chart, null);
}

/* Whoever lost the focus because an answer replaced the chart is not gone. */
function leave(chart, from) {
  for (const old of chart.querySelectorAll("[data-ring]")) old.remove();
  setTimeout(() => {
    if (!from.isConnected) return;
    if (last === from) last = null;
    name(chart, null);
  });
}

/* A ring is drawn over its neighbors, which an outline of the region itself would lie under. */
function ring(region) {
  const figure = region && figureOf(region);
  if (!figure) return;
  figure.querySelector("[data-ring]")?.remove();
  const group = element("g", { class: "figure__ring", "aria-hidden": true, "data-ring": "" });
  group.append(shapeOf(region).cloneNode(), shapeOf(region).cloneNode());
  group.firstChild.setAttribute("class", "figure__ring-ground");
  group.lastChild.setAttribute("class", "figure__ring-line");
  figure.querySelector("[data-markers]").before(group);
}

/* Say below the drawing which region the pointer or the focus is on. */
function name(chart, region) {
  const on = region ?? chart.querySelector("[data-region]:focus");
  chart.querySelector("[data-region-name]").textContent = on ? nameOf(on) : "Choose where it hurts.";
}

/* The region that had the focus when an answer replaced its chart has it again. */
function goBack(chart) {
  if (!last || last.isConnected || document.activeElement !== document.body) return;
  regions(chart).find((region) => region.dataset.region === last.dataset.region)?.focus();
}

document.addEventListener("htmx:afterSettle", () => start());
start();
