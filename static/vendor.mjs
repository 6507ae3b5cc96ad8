/*
 * Copies the front-end packages that package.json pins into static/vendor/, with their licenses,
 * and writes vendor.json: the version of each package and the SHA-256 of each file.
 *
 *   npm ci --ignore-scripts && node static/vendor.mjs      after changing a version or an icon
 *   node static/vendor.mjs --check                         fails when static/vendor/ has drifted
 *
 * The check needs no node_modules: it compares the files with vendor.json. Where node_modules
 * exists it also compares them with the packages.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..");
const VENDOR = join(PROJECT, "static", "vendor");
const PACKAGES = join(PROJECT, "node_modules");

const COPIES = {
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "htmx.LICENSE.txt": "htmx.org/LICENSE",
  "idiomorph.min.js": "idiomorph/dist/idiomorph.min.js",
  "idiomorph.LICENSE.txt": "idiomorph/LICENSE",
  "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
  "inter.LICENSE.txt": "@fontsource-variable/inter/LICENSE",
  "icons.LICENSE.txt": "bootstrap-icons/LICENSE",
};

/* Every icon of the product. A template may use no other; add a name here and run the script. */
const ICONS = `
  activity archive arrow-clockwise arrow-counterclockwise arrow-down arrow-down-up arrow-left arrow-left-right
  arrow-repeat arrow-right arrow-up arrow-up-circle-fill arrow-up-right arrows-move award
  bandaid bar-chart bell bell-slash book bookmark box-arrow-in-right box-arrow-right box-arrow-up-right building
  calendar-check calendar-event calendar-minus calendar-plus calendar-range calendar-week calendar-x calendar3
  camera-video card-checklist card-list check-all check-circle check-circle-fill check-lg check-square check2
  check2-all check2-circle check2-square chevron-double-left chevron-double-right chevron-down chevron-expand
  chevron-left chevron-right chevron-up circle circle-fill circle-half clipboard clipboard-check clipboard-data
  clipboard-plus clipboard2-pulse clock clock-fill clock-history collection copy
  dash-circle dash-lg database diagram-3 door-closed door-open dot download droplet
  envelope envelope-at envelope-check envelope-exclamation envelope-open envelope-slash envelope-x exclamation
  exclamation-circle exclamation-circle-fill exclamation-triangle exclamation-triangle-fill eye eye-slash
  file-earmark-arrow-down file-earmark-medical file-earmark-pdf file-earmark-plus file-earmark-text file-medical
  filetype-csv filter fire flag flag-fill folder2-open funnel
  gear geo-alt geo-alt-fill globe graph-down graph-up grid grip-vertical hand-index hash heart heart-pulse
  hospital hourglass hourglass-split house inbox info-circle info-circle-fill journal-medical journal-text
  key keyboard layers layout-three-columns life-preserver lightbulb lightning link link-45deg list list-check
  list-ol list-ul lock lock-fill map megaphone mic moon moon-stars octagon palette paperclip patch-check
  pause pause-circle pause-circle-fill pause-fill pen pencil pencil-square people people-fill person
  person-badge person-check person-check-fill person-dash person-exclamation person-fill person-gear
  person-lines-fill person-lock person-plus person-raised-hand person-standing person-vcard person-walking
  person-x person-x-fill phone phone-vibrate pin-angle pin-map play play-circle play-circle-fill play-fill
  plus plus-circle plus-lg plus-slash-minus printer puzzle qr-code question-circle question-circle-fill
  question-lg reply rulers save search send send-check send-exclamation send-slash send-x shield shield-check
  shield-exclamation shield-lock shield-x shop signpost-2 slash-circle sliders snow sort-down sort-up
  speedometer2 star star-fill stickies stop-circle stop-circle-fill stop-fill stopwatch sun sunrise sunset
  table tag telephone telephone-fill telephone-inbound telephone-outbound telephone-x thermometer-half
  thermometer-snow thermometer-sun three-dots three-dots-vertical toggle-off toggle-on tools trash universal-access
  unlock upc-scan upload usb-drive volume-up wallet2 wifi-off wrench x x-circle x-circle-fill x-lg
`.trim().split(/\s+/);

function fromPackages() {
  const files = new Map();
  for (const [name, source] of Object.entries(COPIES)) {
    files.set(name, readFileSync(join(PACKAGES, source)));
  }
  files.set("icons.svg", Buffer.from(sprite()));
  return files;
}

function sprite() {
  const symbols = [...new Set(ICONS)].sort().map((name) => {
    const svg = readFileSync(join(PACKAGES, "bootstrap-icons", "icons", `${name}.svg`), "utf8");
    const drawing = svg.replace(/^[^]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
    return `<symbol id="${name}" viewBox="0 0 16 16">${drawing.replace(/\s*\n\s*/g, "")}</symbol>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("")}</svg>\n`;
}

function manifest(files) {
  const wanted = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")).dependencies;
  const hashes = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => [name, sha256(bytes)]);
  return `${JSON.stringify({ packages: wanted, sha256: Object.fromEntries(hashes) }, null, 2)}\n`;
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

function onDisk() {
  const names = readdirSync(VENDOR).filter((name) => name !== "vendor.json");
  return new Map(names.map((name) => [name, readFileSync(join(VENDOR, name))]));
}

/* The lock names versions and hashes, never where a package was fetched from. */
function withoutHosts(lock) {
  for (const entry of Object.values(lock.packages)) {
    delete entry.resolved;
    delete entry.funding;
  }
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function write() {
  const files = fromPackages();
  rmSync(VENDOR, { recursive: true, force: true });
  mkdirSync(VENDOR, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(VENDOR, name), bytes);
  writeFileSync(join(VENDOR, "vendor.json"), manifest(files));
  const lock = join(PROJECT, "package-lock.json");
  writeFileSync(lock, withoutHosts(JSON.parse(readFileSync(lock, "utf8"))));
  console.log(`${files.size} files in static/vendor/`);
}

function check() {
  const recorded = readFileSync(join(VENDOR, "vendor.json"), "utf8");
  if (manifest(onDisk()) !== recorded) return "static/vendor/ differs from vendor.json";
  if (existsSync(PACKAGES) && manifest(fromPackages()) !== recorded) return "static/vendor/ differs from the packages";
  return null;
}

if (process.argv.includes("--check")) {
  const drift = check();
  if (drift) {
    console.error(`${drift}. Run: npm ci --ignore-scripts && node static/vendor.mjs`);
    process.exit(1);
  }
} else {
  write();
}
