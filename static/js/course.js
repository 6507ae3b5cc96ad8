/*
 * A course of appointments: arrows up and down take a visit in hand, left and right choose another time for it, X
 * leaves it out, F finds again, Enter books. Each asks the server, which proposes; nothing is written before Enter.
 * Without this file the same buttons send the form.
 */

import { line } from "./in-turn.js";
import { keys } from "./keys.js";
import { announce, focusOn, noProblem } from "./live.js";
import { post } from "./requests.js";
import { asked, renew } from "./typing.js";

const course = () => document.querySelector("[data-course]");
const rows = () => [...course().querySelectorAll("[data-row]")].filter((row) => row.querySelector("button"));
const inHand = () => rows().find((row) => row.matches(".course-row--in-hand"));
const choices = () => [...course().querySelectorAll("[name=alternative]")];
const BOOKS = ["book", "apply"];
/* What these hold changes nothing that is found. */
const WAITS = "[name=agreed], [name=reason], [name=asked_by]";
const DAY_IS_TYPED = 700;

/* One question at a time: each begins where the one before it left the page. */
const next = line();
let last = null;
let underWay = 0;

function inTurn(work) {
  underWay += 1;
  course().setAttribute("aria-busy", "true");
  last = next(work).finally(() => {
    underWay -= 1;
    if (!underWay) course().removeAttribute("aria-busy");
  });
}

/* Ask with one act; the answer renews the form, and the focus goes where it says, or leads to another page. */
async function ask(act, { focus = null, from = document.activeElement, more = {} } = {}) {
  const form = course();
  const { sent } = asked(form);
  for (const [name, value] of Object.entries({ ...more, act })) sent.set(name, value);
  const answer = await post(form.action, sent, { saves: BOOKS.includes(act) });
  const onward = answer.headers.get("X-Go-To");
  if (onward) return location.assign(onward);
  delete form.dataset.busy;
  const type = answer.headers.get("Content-Type") ?? "";
  if ((!answer.ok && ![409, 422].includes(answer.status)) || type.startsWith("text/plain")) return asItStands();
  noProblem();
  show(await answer.text(), { focus, from, sent });
}

/* A time that was marked and not taken is marked no longer. */
function asItStands() {
  for (const one of choices()) one.checked = one.defaultChecked;
}

function show(html, { focus, from, sent }) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const fresh = template.content.querySelector("[data-course]");
  if (!fresh) return location.reload();
  if (!renew(course(), fresh, { sent, from })) focusAnew(focus);
  if (course().querySelector(".notice")) shown = performance.now();
  inHand()?.scrollIntoView({ block: "nearest" });
  say();
}

function focusAnew(focus) {
  const wanted = focus && course().querySelector(focus);
  if (wanted === document.activeElement) return; // a day that is half typed would begin anew
  if (wanted) wanted.focus();
  else if (course().querySelector("[data-focus]")) focusOn(course());
  else (inHand()?.querySelector("button") ?? course().querySelector("[data-book]"))?.focus();
}

/* What is asked is found anew; however much is typed meanwhile, once. */
let finds = 0;
let nextFind = null;

function find(focus, from = document.activeElement) {
  clearTimeout(typedDay);
  typedDay = null;
  const waits = nextFind !== null;
  nextFind = { focus, from };
  if (waits) return;
  finds += 1;
  inTurn(async () => {
    const next = nextFind;
    nextFind = null;
    await ask("find", next).finally(() => (finds -= 1));
  });
}

/* A day is typed number by number, each of which makes a day; it is asked about once it stands. */
let typedDay = null;
const itself = ({ name, value, type }) => (["checkbox", "radio"].includes(type) ? `[name="${name}"][value="${value}"]` : `[name="${name}"]`);

/* Enter means what was seen: what is found anew meanwhile is looked at first. */
async function book() {
  if (typedDay) find(null);
  const unseen = finds > 0;
  while (underWay) await last;
  const button = course().querySelector("[data-book]");
  if (unseen || course().querySelector("[data-taken], .notice")) button?.focus();
  else button?.click();
}

/* The form is sent once, however often Enter is pressed. */
function send(act) {
  course().dataset.busy = "yes";
  askInTurn(act);
}

function say() {
  const row = inHand();
  const words = row ? row.innerText : course().querySelector(".course-preview .card__head").innerText;
  announce(words.replace(/\s+/g, " ").replace("Other times Leave out", "").trim());
}

const askInTurn = (act, more = {}, from = document.activeElement) => inTurn(() => ask(act, { more, from }));

const walk = (step, from = document.activeElement) => inTurn(() => {
  const all = rows();
  const now = all.indexOf(inHand());
  const next = all[now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step];
  return next && ask(`open.${next.dataset.row}`, { from });
});

const turn = (step, from = document.activeElement) => inTurn(() => {
  const all = choices();
  const now = all.findIndex((one) => one.checked);
  const next = inHand() && all[(now + step + all.length) % all.length];
  if (!next) return;
  next.checked = true;
  return ask(`choose.${inHand().dataset.row}`, { from });
});

const leaveOutOrPutBack = (from = document.activeElement) => inTurn(() => {
  const button = inHand()?.querySelector("[value^='out.']") ?? inHand()?.querySelector("[value^='back.']");
  return button && ask(button.value, { from });
});

const free = () => !document.activeElement?.matches("input:not([type=radio], [type=checkbox]), select, textarea");
/* In a group of choices the arrows choose; only the times of the visit in hand are walked from here. */
const walks = () => free() && !document.activeElement?.matches("[type=radio]:not([name=alternative])");

keys.on("ArrowDown", "Next visit in hand", () => walk(1), { when: walks });
keys.on("ArrowUp", "Visit before in hand", () => walk(-1), { when: walks });
const turns = () => walks() && (underWay > 0 || (inHand() && choices().length));
keys.on("ArrowRight", "Another time for the visit in hand", () => turn(1), { when: turns });
keys.on("ArrowLeft", "Another time for the visit in hand, the other way", () => turn(-1), { when: turns });
keys.on("x", "Leave the visit in hand out, or put it back", () => leaveOutOrPutBack(), { when: () => underWay > 0 || Boolean(inHand()) });
/* Escape leaves the field before it leaves the page. */
const types = () => document.activeElement?.closest("[data-course]") && !free();
keys.on("Escape", "", () => (course().querySelector("[data-book]") ?? course().querySelector("[data-row] button"))?.focus(), { when: types });

/* A second Enter does not answer what the first was refused with. */
const TO_READ = 700;
let shown = performance.now();
const isUnread = (event) => event.repeat || (course().querySelector(".notice") && performance.now() - shown < TO_READ);

keys.on("Enter", "Book all", (event) => isUnread(event) || course().querySelector("[data-book]")?.click(), {
  when: () => free() && !document.activeElement?.matches("button:not(.course-row--in-hand [data-open-row], .course-row--in-hand [value^='back.']), a, summary") && course().querySelector("[data-book]"),
});

document.addEventListener("change", ({ target }) => {
  if (!target.closest("[data-course]") || target.matches(WAITS)) return;
  if (target.matches("[name=alternative]")) return askInTurn(`choose.${inHand().dataset.row}`, { alternative: target.value });
  if (target.type !== "date") return find(itself(target));
  clearTimeout(typedDay);
  typedDay = setTimeout(find, DAY_IS_TYPED, itself(target), target);
});

document.addEventListener("focusout", ({ target }) => {
  if (typedDay && target.matches("[data-course] [type=date]")) find(itself(target), target);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-course]")) return;
  const act = event.submitter?.value ?? "find";
  event.preventDefault();
  if (form.dataset.busy) return;
  if (BOOKS.includes(act) && (underWay || typedDay)) book();
  else if (BOOKS.includes(act)) send(act);
  else if (act === "find") find("[data-book]");
  else askInTurn(act);
});

/* Back from the board: what was sent may be sent again, and the server knows it by its number. */
addEventListener("pageshow", () => delete course()?.dataset.busy);
