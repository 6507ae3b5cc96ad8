/* Where things stand on the board: columns and rows of five minutes, read from and written as classes. */

import { board } from "./board-page.js";

const number = (element, name) => Number([...element.classList].find((one) => one.startsWith(`${name}-`))?.slice(name.length + 1));

/** Column, row and span of a tile or a free stretch. */
export const placeOf = (element) => ({ col: number(element, "col"), row: number(element, "row"), span: number(element, "span") });

export const grid = () => board().querySelector(".board__grid");
export const rows = () => number(grid(), "rows");
export const heads = () => [...board().querySelectorAll(".board__head")];
export const first = () => Number(board().dataset.first);

/** The column of a therapist, 0 where they have none today. */
export const columnOf = (therapist) => heads().findIndex((head) => head.dataset.therapist === String(therapist)) + 1;
export const therapistOf = (col) => heads()[col - 1]?.dataset.therapist;
export const nameOf = (col) => heads()[col - 1]?.querySelector("h2").textContent ?? "";

/** Minutes after midnight of a row, and how a field and a person write them. */
export const minuteOf = (row) => first() + row * 5;
export const isoOf = (row) => `${board().dataset.day}T${two(Math.floor(minuteOf(row) / 60))}:${two(minuteOf(row) % 60)}`;
const two = (n) => String(n).padStart(2, "0");
export function clock(row) {
  const minute = minuteOf(row);
  const hour = Math.floor(minute / 60);
  return `${hour % 12 || 12}:${two(minute % 60)} ${hour % 24 < 12 ? "am" : "pm"}`;
}

/** Draw the place in question as a dashed tile; there is one at most. */
export function ghost({ col, row, span }, name, words) {
  clearGhost();
  const tile = document.createElement("div");
  tile.className = `tile tile--ghost col-${col} row-${row} span-${span}`;
  tile.dataset.ghost = "";
  tile.tabIndex = -1;
  const [title, what] = [document.createElement("b"), document.createElement("span")];
  title.textContent = name;
  what.textContent = words;
  tile.append(title, what);
  grid().append(tile);
  return tile;
}

export const clearGhost = () => board().querySelectorAll("[data-ghost]").forEach((one) => one.remove());
