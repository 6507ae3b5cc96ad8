/* What the server's answer renews in place keeps what was typed while the answer was under way, and the caret where it was. */

const FIELDS = "input:not([type=hidden]), select, textarea";
const BUSY = ["aria-busy", "data-busy"];
const MARKS = ["aria-invalid", "aria-describedby"];

const isChosen = (field) => ["checkbox", "radio"].includes(field.type);
const holds = (field, sent) => (isChosen(field) ? sent.getAll(field.name).includes(field.value) === field.checked : sent.get(field.name) === field.value);
const changed = (field, sent) => Boolean(field.name) && field.matches(FIELDS) && !holds(field, sent);
const isTwin = (one, other) => one.name === other.name && (!isChosen(one) || one.value === other.value);

/** What a form holds and where the focus is, before it is sent. */
export const asked = (form) => ({ sent: new URLSearchParams(new FormData(form)), from: document.activeElement });

/**
 * Bring `old` up to `fresh` node by node; what was changed since it was `sent`, and what was unfolded, stay as they are.
 * Returns whether somebody went on from where they asked, or typed on there: then the focus is theirs.
 */
export function renew(old, fresh, { sent, from }) {
  const here = document.activeElement;
  const wentOn = old.contains(here) && (here !== from || changed(here, sent));
  Idiomorph.morph(old, fresh, {
    restoreFocus: false,
    callbacks: {
      beforeNodeMorphed(one, next) {
        if (!one.matches || !changed(one, sent) || !isTwin(one, next)) return true;
        for (const mark of MARKS) {
          if (next.hasAttribute(mark)) one.setAttribute(mark, next.getAttribute(mark));
          else one.removeAttribute(mark);
        }
        return false;
      },
      beforeAttributeUpdated: (name, one, what) => !(what === "remove" && (BUSY.includes(name) || (name === "open" && one.matches("details")))),
    },
  });
  return wentOn && here.isConnected;
}
