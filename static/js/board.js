/* The day board: arrows walk it, letters act on the tile with the focus, and it keeps itself fresh. */

import { board, dayUrl, panel, swapPieces } from "./board-page.js";
import { clock, minuteOf, placeOf } from "./board-grid.js";
import { inHand } from "./board-hand.js";
import { markTile, openPanel, take } from "./board-panel.js";
import "./booking-form.js";
import "./caller.js";
import { keys } from "./keys.js";
import { announce, focusOn } from "./live.js";
import { get, post } from "./requests.js";

/* ---- walking */

const items = () => [...board().querySelectorAll("a.tile, a.free")].filter((one) => one.checkVisibility());
const onBoard = () => !inHand() && (board().contains(document.activeElement) || (document.activeElement === document.body && !panel()));
const QUARTER = 3;

function walk(key) {
  const here = document.activeElement;
  const all = items().map((element) => ({ element, ...placeOf(element) }));
  const now = all.find(({ element }) => element === here);
  if (!now) return all.sort(byPlace)[0]?.element.focus();
  if (here.matches(".free") && (key === "ArrowDown" || key === "ArrowUp") && walkInside(here, now, key)) return;
  nextOf(all, now, key)?.element.focus();
}

const byPlace = (a, b) => a.col - b.col || a.row - b.row;

function nextOf(all, now, key) {
  if (key === "ArrowDown" || key === "ArrowUp") {
    const column = all.filter(({ col }) => col === now.col).sort(byPlace);
    return column[column.indexOf(now) + (key === "ArrowDown" ? 1 : -1)];
  }
  const step = key === "ArrowRight" ? 1 : -1;
  const columns = [...new Set(all.map(({ col }) => col))].sort((a, b) => a - b);
  const target = columns[columns.indexOf(now.col) + step];
  return all.filter(({ col }) => col === target).sort((a, b) => Math.abs(a.row - now.row) - Math.abs(b.row - now.row))[0];
}

/* One link is a whole free stretch; arrows walk within it, a quarter of an hour at a time. */
function walkInside(link, { row, span }, key) {
  const passed = Number(link.dataset.passed ?? 0) + (key === "ArrowDown" ? QUARTER : -QUARTER);
  if (passed < 0 || passed > span - QUARTER) return false;
  link.dataset.passed = passed;
  const url = new URL(link.href);
  const [day] = url.searchParams.get("starts_at").split("T");
  const minute = minuteOf(row + passed);
  url.searchParams.set("starts_at", `${day}T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`);
  link.setAttribute("href", url.pathname + url.search);
  const words = `Free at ${clock(row + passed)}`;
  link.querySelector("span").textContent = words;
  announce(words);
  return true;
}

for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) keys.on(key, "Walk the board", () => walk(key), { when: onBoard });

/* ---- a week on or back; in the panel these keys scroll */

const beyondPanel = () => !inHand() && !panel()?.contains(document.activeElement);
keys.on("PageDown", "A week on", () => location.assign(dayUrl(7)), { when: beyondPanel });
keys.on("PageUp", "A week back", () => location.assign(dayUrl(-7)), { when: beyondPanel });

/* A caller who is half written down is not left by a letter that walks the days. */
const writesDown = () => panel()?.querySelector("[data-booking]")?.contains(document.activeElement);
for (const key of ["j", "k", "t"]) keys.on(key, "", () => {}, { when: writesDown });

/* ---- acting on the tile with the focus */

const focusedTile = () => (!inHand() && document.activeElement?.matches?.("a.tile") ? document.activeElement : null);
const isOne = (...states) => () => focusedTile()?.matches(states.map((state) => `.tile--${state}`).join(", "));
const step = (name) => async () => {
  const tile = focusedTile();
  await take(post(`${tile.getAttribute("href")}/${name}`, { version: tile.dataset.v }));
};

keys.on("a", "The patient is here", step("arrive"), { when: isOne("confirmed", "unconfirmed", "late") });
keys.on("b", "Begin the visit", step("begin"), { when: isOne("confirmed", "unconfirmed", "late", "here") });
keys.on("c", "Complete the visit, or confirm it before", step("complete"), { when: isOne("in-session", "here") });
keys.on("c", "Complete the visit, or confirm it before", step("confirm"), { when: isOne("unconfirmed") });
keys.on("x", "Cancel the visit", async () => {
  if (!(await openPanel(focusedTile().href, focusedTile()))) return;
  const cancel = panel()?.querySelector("[data-cancel]");
  if (!cancel) return;
  cancel.open = true;
  cancel.querySelector("button").focus();
}, { when: isOne("confirmed", "unconfirmed", "late") });

/* ---- staying fresh: never under a visit in hand, and beside an open panel only once that was refused */

const EVERY = 15_000;

const waits = (besidePanel) => inHand() || (panel() && !besidePanel);

async function look({ besidePanel = false } = {}) {
  if (document.hidden || waits(besidePanel)) return;
  const { mark, versionUrl } = board().dataset;
  const answer = await get(versionUrl, { "X-Passive": "1", "If-None-Match": `"${mark}"` });
  if (!answer || answer.status !== 200) return;
  const page = await get(dayUrl(), { "X-Passive": "1" });
  if (!page?.ok || waits(besidePanel)) return;
  swap(new DOMParser().parseFromString(await page.text(), "text/html"));
}

const seen = () => new Map(items().map((tile) => [tile.getAttribute("href"), tile.dataset.v]));

function swap(page) {
  if (page.querySelector("[data-board]")?.dataset.day !== board().dataset.day) return;
  const before = seen();
  swapPieces(page);
  if (panel()) markTile();
  const changed = [...board().querySelectorAll("a.tile")].filter((tile) => before.get(tile.getAttribute("href")) !== tile.dataset.v);
  for (const tile of changed) tile.classList.add("tile--changed");
  if (changed.length === 1) announce(`Changed by somebody else: ${changed[0].innerText.replaceAll("\n", ", ")}`);
  else if (changed.length) announce(`${changed.length} visits were changed by somebody else.`);
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", () => look());
document.addEventListener("board:look", ({ detail }) => look(detail ?? {}));

/* Begin with the present in sight, where the board scrolls inside itself. */
const scroll = board().querySelector(".board__scroll");
const now = board().querySelector(".now-line");
if (now && scroll.scrollHeight > scroll.clientHeight) scroll.scrollTop = now.offsetTop - scroll.clientHeight / 3;
focusOn(document);
