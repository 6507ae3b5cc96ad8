/* What is said aloud, what went wrong, and where the focus goes. */

/* On a phone a field that may wait (data-focus="wide") does not open the keyboard over the page. */
const WIDE = matchMedia("(min-width: 761px)");

const SENTENCES = {
  0: "The clinic's computer did not answer, and whether this was saved is not known. Look before you try again.",
  unanswered: "The clinic's computer did not answer. Please try again.",
  400: "This page is too old. Load it again, then try once more.",
  403: "This is not open to you. If you need it, ask the clinic's manager.",
  404: "This is gone. Load the page again.",
  413: "That is more than this page can take.",
  429: "That was tried too often. Wait a few minutes.",
  503: "The clinic's computer is very busy. Nothing was saved; please try again.",
};

/** Say `text` to who listens to the page. */
export function announce(text) {
  const live = document.getElementById("live");
  if (!live) return;
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

/** Show `sentence` above the page's content, until dismissed. Never for what went well. */
export function problem(sentence) {
  const place = document.getElementById("problem");
  if (!place) return announce(sentence);
  const notice = document.getElementById("problem-notice").content.cloneNode(true);
  notice.querySelector("[data-text]").textContent = sentence;
  place.replaceChildren(notice);
  place.scrollIntoView({ block: "nearest" });
}

export function noProblem() {
  document.getElementById("problem")?.replaceChildren();
}

/** The sentence for a refused answer: the server's own if it sent plain text, else ours. */
export function sentenceFor(status, type, text) {
  if (type?.startsWith("text/plain") && text.trim() && text.length < 400) return text.trim();
  return SENTENCES[status] ?? "Something broke on the clinic's side. Nothing was half-saved.";
}

/** Give the focus to what in `root` asks for it: a refusal, the first opening, a field to mend. */
export function focusOn(root) {
  const asking = [...root.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus !== "wide" || WIDE.matches);
  const wanted = asking ?? root.querySelector("[aria-invalid=true]:not(fieldset)");
  wanted?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) noProblem();
});
