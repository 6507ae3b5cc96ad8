/*
 * Writes static/board-grid.css: where things stand on the board, by classes, since the policy
 * allows no inline style. A row is five minutes and is counted from the first hour shown.
 *
 *   cols-4 rows-132    on .board__grid: four therapists; 132 rows are eleven hours
 *   col-2              the second therapist's column
 *   row-24 span-8      two hours after the first shown, for forty minutes
 *   show-2             on .board__grid: on a phone, only the second therapist
 *
 *   node static/board-grid.mjs
 */

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DAY = 288;
const HALF_HOUR = 6;
const COLUMNS = 24;

const upTo = (last, step = 1) => Array.from({ length: last / step }, (_, index) => (index + 1) * step);

const rules = [
  "/* Written by board-grid.mjs. */",
  ...upTo(COLUMNS).map(
    (n) => `.cols-${n}{grid-template-columns:var(--board-hours) repeat(${n},minmax(var(--board-column),1fr))}`,
  ),
  ...upTo(DAY, HALF_HOUR).map(
    (n) => `.rows-${n}{--rows:${n};grid-template-rows:var(--board-head) repeat(${n},minmax(0,1fr))}`,
  ),
  ...upTo(COLUMNS).map((n) => `.col-${n}{grid-column:${n + 1}}`),
  ...[0, ...upTo(DAY - 1)].map((n) => `.row-${n}{grid-row-start:${n + 2}}`),
  ...upTo(DAY).map((n) => `.span-${n}{grid-row-end:span ${n}}`),
  "@media screen and (max-width:760px){",
  ".board__grid{grid-template-columns:var(--board-hours) minmax(0,1fr)}",
  '.board__grid>[class*=" col-"]{grid-column:2}',
  ...upTo(COLUMNS).map((n) => `.show-${n}>[class*=" col-"]:not(.col-${n}){display:none}`),
  "}",
];

const here = dirname(fileURLToPath(import.meta.url));
writeFileSync(join(here, "board-grid.css"), `${rules.join("\n")}\n`);
