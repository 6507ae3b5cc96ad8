/*
 * Asking the server from a script, with the token and with the same answer to 401 everywhere.
 *
 *   const answer = await post("/desk/appointments/12/move", { starts_at, revision });
 *   if (answer.ok) …; if (answer.status === 409) show(await answer.text());
 *
 * Both return the Response. What is not 2xx, 304, 409 or 422 has already been said to the person.
 */

import { problem, sentenceFor } from "./live.js";
import { freshToken, hasEnded, signInAgain, token } from "./session.js";

const ANSWERS_FOR_THE_CALLER = new Set([304, 409, 422]);

/** POST `data` (an object, FormData or URLSearchParams) as a form; `saves` says whether it writes anything down. */
export function post(url, data = {}, { saves = true } = {}) {
  const body = data instanceof URLSearchParams ? data : new URLSearchParams(data instanceof FormData ? data : Object.entries(data));
  body.delete("csrf_token");
  return ask(url, { method: "POST", body }, { saves });
}

/** GET `url`; null while signed out, so that what polls stands still. */
export function get(url, headers = {}) {
  if (hasEnded()) return Promise.resolve(null);
  return ask(url, { headers, cache: "no-store" });
}

async function ask(url, options, { saves = true, again = false } = {}) {
  const headers = { ...options.headers, "X-Requested-With": "fetch" };
  if (options.method === "POST") headers["X-CSRFToken"] = token();
  let answer;
  try {
    answer = await fetch(url, { ...options, headers, credentials: "same-origin" });
  } catch {
    if (options.method === "POST") problem(sentenceFor(saves ? 0 : "unanswered"));
    return new Response("", { status: 503 });
  }
  if (answer.status === 401) {
    await signInAgain();
    return options.method === "POST" ? refuseToRepeat(answer) : ask(url, options);
  }
  if (answer.status === 400 && options.method === "POST" && !again) {
    await freshToken(); // who signed in again in another tab goes on
    return ask(url, options, { saves, again: true });
  }
  if (!answer.ok && !ANSWERS_FOR_THE_CALLER.has(answer.status)) {
    problem(sentenceFor(answer.status, answer.headers.get("Content-Type"), await answer.clone().text()));
  }
  return answer;
}

/* Another person may have signed in: what the first one asked for is not done in the second one's name. */
function refuseToRepeat(answer) {
  problem("You are signed in again. What you asked for before was not done; please do it once more.");
  return answer;
}
