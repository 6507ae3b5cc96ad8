/*
 * A course of appointments: arrows up and down take a visit in hand, left and right choose another time for it, X
 * leaves it out, F finds again, Enter books. Each asks the server, which proposes; nothing is written before Enter.
 * Without this file the same buttons send the form.
 */

import { keys } from "./keys.js";
import { announce, focusOn } from "./live.js";
import { post } from "./requests.js";
import { carry, changed, selection, twin } from "./typing.js";

const course = () => document.querySelector("[data-course]");
const rows = () => [...course().querySelectorAll("[data-row]")].filter((row) => row.querySelector("button"));
const inHand = () => rows().find((row) => row.matches(".course-row--in-hand"));
const choices = () => [...course().querySelectorAll("[name=alternative]")];
const BOOKS = ["book", "apply"];

/* What these hold changes nothing that is found. */
const WAITS = "[name=agreed], [name=reason], [name=asked_by]";

let asking = 0;

/* Ask with one act; the answer replaces the form, and the focus goes where it says. */
async function ask(act, focus = null) {
  const form = course();
  const data = new URLSearchParams(new FormData(form));
  data.set("act", act);
  form.querySelectorAll("[data-unasked]").forEach((one) => delete one.dataset.unasked);
  const askedFrom = document.activeElement;
  const turn = ++asking;
  form.setAttribute("aria-busy", "true");
  const answer = await post(form.action, data);
  if (turn !== asking) return;
  form.removeAttribute("aria-busy");
  const type = answer.headers.get("Content-Type") ?? "";
  if ((!answer.ok && ![409, 422].includes(answer.status)) || type.startsWith("text/plain")) return;
  const html = await answer.text();
  if (turn === asking) replace(html, { focus, askedFrom, sent: data });
}

function replace(html, { focus, askedFrom, sent }) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const fresh = template.content.querySelector("[data-course]");
  if (!fresh) return location.reload();
  const old = course();
  const scrolled = [".course-preview > .scroll", ".course-asked__fields"].map((one) => [one, old.querySelector(one)?.scrollTop ?? 0]);
  const unfolded = [...old.querySelectorAll("details")].map((one) => one.open);
  const stays = whereOneStays(old, fresh, { askedFrom, sent });
  for (const field of carry(old, fresh, sent)) if (!field.matches(WAITS)) field.dataset.unasked = "";
  old.replaceWith(fresh);
  for (const [one, top] of scrolled) if (fresh.querySelector(one)) fresh.querySelector(one).scrollTop = top;
  fresh.querySelectorAll("details").forEach((one, place) => (one.open = one.open || unfolded[place]));
  const wanted = focus && fresh.querySelector(focus);
  if (stays) stays();
  else if (wanted) wanted.focus();
  else if (fresh.querySelector("[data-focus]")) focusOn(fresh);
  else (inHand()?.querySelector("button") ?? fresh.querySelector("[data-book]"))?.focus();
  inHand()?.scrollIntoView({ block: "nearest" });
  say();
}

/* Whoever went on to another field while the answer was under way, or typed on, stays there. */
function whereOneStays(old, fresh, { askedFrom, sent }) {
  const now = document.activeElement;
  if (!old.contains(now) || (now === askedFrom && !changed(now, sent))) return null;
  const other = twin(now, fresh);
  const select = selection(now);
  return other && (() => {
    other.focus();
    select(other);
  });
}

function say() {
  const row = inHand();
  const words = row ? row.innerText : course().querySelector(".course-preview .card__head").innerText;
  announce(words.replace(/\s+/g, " ").replace("Other times Leave out", "").trim());
}

function walk(step) {
  const all = rows();
  const now = all.indexOf(inHand());
  const next = all[now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step];
  if (next) ask(`open.${next.dataset.row}`);
}

function turn(step) {
  const all = choices();
  const now = all.findIndex((one) => one.checked);
  const next = all[(now + step + all.length) % all.length];
  if (!next) return;
  next.checked = true;
  ask(`choose.${inHand().dataset.row}`);
}

const free = () => !document.activeElement?.matches("input:not([type=radio], [type=checkbox]), select, textarea");
/* In a group of choices the arrows choose; only the times of the visit in hand are walked from here. */
const walks = () => free() && !document.activeElement?.matches("[type=radio]:not([name=alternative])");

keys.on("ArrowDown", "Next visit in hand", () => walk(1), { when: walks });
keys.on("ArrowUp", "Visit before in hand", () => walk(-1), { when: walks });
keys.on("ArrowRight", "Another time for the visit in hand", () => turn(1), { when: () => walks() && inHand() && choices().length });
keys.on("ArrowLeft", "Another time for the visit in hand, the other way", () => turn(-1), { when: () => walks() && inHand() && choices().length });
keys.on("x", "Leave the visit in hand out, or put it back", () => {
  const button = inHand()?.querySelector("[value^='out.']") ?? inHand()?.querySelector("[value^='back.']");
  if (button) ask(button.value);
}, { when: () => Boolean(inHand()) });
keys.on("Enter", "Book all", () => course().querySelector("[data-book]")?.click(), {
  when: () => free() && !document.activeElement?.matches("button:not(.course-row--in-hand [data-open-row], .course-row--in-hand [value^='back.']), a, summary") && course().querySelector("[data-book]"),
});

document.addEventListener("change", (event) => {
  if (!event.target.closest("[data-course]")) return;
  if (event.target.matches("[name=alternative]")) return void ask(`choose.${inHand().dataset.row}`);
  if (!event.target.matches(WAITS)) askAbout(event.target);
});

/* What was typed while an answer was under way never tells of a change by itself. */
document.addEventListener("focusout", (event) => {
  if (event.target.matches("[data-course] [data-unasked]")) askAbout(event.target);
});

function askAbout({ name, value, type }) {
  ask("find", ["checkbox", "radio"].includes(type) ? `[name="${name}"][value="${value}"]` : `[name="${name}"]`);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-course]")) return;
  const act = event.submitter?.value ?? "find";
  if (BOOKS.includes(act)) {
    if (form.dataset.busy) return event.preventDefault();
    form.dataset.busy = "yes";
    return;
  }
  event.preventDefault();
  ask(act, act === "find" ? "[data-book]" : null);
});

/* Back from the board: what was sent may be sent again, and the server knows it by its number. */
addEventListener("pageshow", () => delete course()?.dataset.busy);
