/*
 * The session as the page knows it: the CSRF token, and whether the server still knows us.
 * When it does not, a dialog asks for the password, and everything typed stays where it is.
 *
 *   document  "session:ended"    stop polling
 *   document  "session:resumed"  go on
 */

import { announce } from "./live.js";

const meta = (name) => document.querySelector(`meta[name="${name}"]`);
const dialog = document.getElementById("sign-in-again");

let ended = false;
let waiting = [];

export const token = () => meta("csrf-token")?.content ?? "";

/** Whether the server has told us that we are signed out. */
export const hasEnded = () => ended;

/** Ask for the password, once however often called; resolves when somebody is signed in again. */
export function signInAgain() {
  if (!dialog) {
    location.assign("/sign-in");
    return new Promise(() => {});
  }
  const resumed = new Promise((resolve) => waiting.push(resolve));
  if (!ended) {
    ended = true;
    document.dispatchEvent(new CustomEvent("session:ended"));
  }
  if (!dialog.open) show();
  return resumed;
}

function show() {
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  dialog.showModal();
  const [email, password] = ["email", "password"].map((name) => dialog.querySelector(`[name=${name}]`));
  (email.value ? password : email).focus();
}

async function send(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { "X-CSRFToken": await freshToken(), "X-Requested-With": "fetch" },
    redirect: "manual",
  });
  if (answer.ok) return null;
  const text = (await answer.text()).trim();
  if (answer.status === 422 && text && !text.startsWith("<")) return text;
  if (answer.status === 429) return "Too many tries. Wait a few minutes, or ask the manager.";
  return "That did not work here. Leave this page and sign in there.";
}

/** Ask for the token anew; where somebody else has signed in meanwhile, the page is loaded again. */
export async function freshToken() {
  const answer = await fetch("/sign-in/token", { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
  if (!answer.ok) return token();
  const { token: fresh, person } = await answer.json();
  const before = meta("signed-in")?.content;
  if (person && before && person !== before) location.reload();
  if (meta("csrf-token")) meta("csrf-token").content = fresh;
  for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = fresh;
  return fresh;
}

function resume() {
  ended = false;
  dialog.close();
  announce("Signed in. What you typed is still here.");
  document.dispatchEvent(new CustomEvent("session:resumed"));
  for (const resolve of waiting.splice(0)) resolve();
}

dialog?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const said = form.querySelector("[data-problem]");
  const button = form.querySelector("button");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  said.textContent = "";
  try {
    const refusal = await send(form);
    form.querySelector("[name=password]").value = "";
    if (refusal) {
      said.textContent = refusal;
      form.querySelector("[name=password]").focus();
    } else {
      await freshToken();
      resume();
    }
  } catch {
    said.textContent = "The clinic's computer did not answer. Please try again.";
  } finally {
    button.removeAttribute("aria-disabled");
  }
});

/* Esc would show the page of somebody who is no longer signed in. */
dialog?.addEventListener("cancel", (event) => event.preventDefault());
dialog?.addEventListener("close", () => {
  if (ended) dialog.showModal();
});
