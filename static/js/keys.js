/*
 * Keys. In markup: data-key="n" on a link, button, label or field presses or focuses it
 * (data-key-label names it in the list, else its own words do). In a script:
 *
 *   keys.on("m", "Move the appointment", () => …, { when: () => focusedTile() });
 *
 * They rest while somebody types, while a dialog is open (but for those inside it), with Ctrl, Alt
 * or Meta held, and when switched off on this device. `?` lists those of the page. Escape is
 * heard while typing too.
 */

const SWITCH = "gaitkeeper.keys";
const WRITING = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]";
const dialog = document.getElementById("keys");
const registered = [];

export const keys = {
  /** Call `act` when `key` is pressed; `when` may say that it does not apply now. Returns how to undo. */
  on(key, label, act, { when = () => true, whileTyping = key === "Escape" } = {}) {
    const entry = { key, label, act, when, whileTyping };
    registered.push(entry);
    return () => registered.splice(registered.indexOf(entry), 1);
  },
  enabled: () => localStorage.getItem(SWITCH) !== "off",
};

function inMarkup(key) {
  const root = document.querySelector("dialog[open]") ?? document;
  const found = [...root.querySelectorAll("[data-key]")].filter((element) => element.dataset.key === key);
  return found.reverse().find((element) => element.checkVisibility());
}

function press(element) {
  if (element.matches(WRITING)) {
    element.focus();
    element.select?.();
    return;
  }
  const input = element.matches("label") ? element.control : null;
  element.click();
  input?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!keys.enabled()) return;
  const typing = event.target.matches?.(WRITING);
  if (typing && event.key !== "Escape") return;
  if (document.querySelector("dialog[open]") && event.key === "Escape") return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;

  const modal = document.querySelector("dialog[open]");
  const entry = modal ? null : registered.findLast((one) => one.key === key && (!typing || one.whileTyping) && one.when(event));
  if (entry) {
    event.preventDefault();
    entry.act(event);
    return;
  }
  const element = inMarkup(key);
  if (element) {
    event.preventDefault();
    press(element);
  }
});

function name(element) {
  const words = element.cloneNode(true);
  for (const extra of words.querySelectorAll("kbd, svg")) extra.remove();
  return element.dataset.keyLabel || element.getAttribute("aria-label") || words.textContent.trim() || element.placeholder;
}

function list() {
  const marked = [...document.querySelectorAll("[data-key]")]
    .filter((element) => element.checkVisibility())
    .map((element) => ({ key: element.dataset.key, label: name(element) }));
  const entries = new Map();
  for (const { key, label } of [...marked, ...registered]) {
    if (label) entries.set(key, (entries.get(key) ?? new Set()).add(label));
  }
  const rows = [...entries].flatMap(([key, labels]) => {
    const term = document.createElement("dt");
    const cap = document.createElement("kbd");
    cap.className = "keycap keycap--always";
    cap.textContent = { Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", PageUp: "Page up", PageDown: "Page down" }[key] ?? key.toUpperCase();
    term.append(cap);
    const meaning = document.createElement("dd");
    meaning.textContent = [...labels].join("; ");
    return [term, meaning];
  });
  dialog.querySelector("[data-key-list]").replaceChildren(...rows);
}

function show() {
  list();
  dialog.querySelector("[data-keys-switch]").checked = keys.enabled();
  dialog.showModal();
}

const reflect = () => document.documentElement.classList.toggle("has-keys", keys.enabled());

if (dialog) {
  keys.on("?", "Show the keys of this page", show);
  dialog.addEventListener("open-dialog", (event) => {
    event.preventDefault();
    show();
  });
  dialog.querySelector("[data-keys-switch]").addEventListener("change", ({ target }) => {
    localStorage.setItem(SWITCH, target.checked ? "on" : "off");
    reflect();
  });
}
reflect();
