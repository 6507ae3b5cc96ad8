/* How htmx behaves here: the token goes along, 401 asks for the password, no refusal is silent. */

import { focusOn, noProblem, problem, sentenceFor } from "./live.js";
import { hasEnded, signInAgain, token } from "./session.js";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRFToken"] = token();
  if (detail.parameters.csrf_token) detail.parameters.csrf_token = token();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (hasEnded()) event.preventDefault();
  else if (event.detail.requestConfig.verb !== "get") noProblem();
});

/* A refusal in plain text is a sentence for the person, not a piece of the page. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (![409, 422].includes(xhr.status) || !type(xhr)?.startsWith("text/plain")) return;
  event.detail.shouldSwap = false;
  problem(sentenceFor(xhr.status, type(xhr), xhr.responseText));
});

document.addEventListener("htmx:responseError", async ({ detail: { xhr, requestConfig } }) => {
  if (xhr.status !== 401) return problem(sentenceFor(xhr.status, type(xhr), xhr.responseText));
  await signInAgain();
  if (requestConfig.verb !== "get") problem("You are signed in again. Nothing was saved yet; please press the button once more.");
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => {
    if (detail.requestConfig?.verb !== "get") problem(sentenceFor(0));
  });
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const answered = [409, 422].includes(detail.xhr?.status);
  if (answered || detail.elt.querySelector("[data-focus]")) focusOn(detail.elt);
});

const type = (xhr) => xhr.getResponseHeader("Content-Type");
