/*
 * A form that is replaced by the server's answer keeps what was typed while the answer was under way, and the caret
 * where it was.
 */

const CHECKED = ["checkbox", "radio"];
const isChecked = (field) => CHECKED.includes(field.type);
const typedIn = (form) => [...form.elements].filter((one) => one.name && one.matches("input:not([type=hidden]), select, textarea"));
const held = (field, sent) => (isChecked(field) ? sent.getAll(field.name).includes(field.value) === field.checked : sent.get(field.name) === field.value);

/** The field or button of the form `fresh` that stands for `one` of the form before. */
export function twin(one, fresh) {
  if (one.id) return fresh.querySelector(`#${CSS.escape(one.id)}`);
  const chosen = isChecked(one) || one.matches("button");
  return [...fresh.elements].find((other) => other.name === one.name && other.type === one.type && (!chosen || other.value === one.value));
}

/** Whether `field` holds another value than was `sent`. */
export const changed = (field, sent) => Boolean(field?.name) && field.matches("input, select, textarea") && !held(field, sent);

/** Put into `fresh` what was typed or chosen in `old` since its values were `sent`; returns the fields it was put in. */
export function carry(old, fresh, sent) {
  const carried = [];
  for (const field of typedIn(old)) {
    const other = held(field, sent) ? null : twin(field, fresh);
    if (!other) continue;
    if (isChecked(field)) other.checked = field.checked;
    else other.value = field.value;
    carried.push(other);
  }
  return carried;
}

/** What is selected in a text field, and a function that selects the same in its twin. */
export function selection(field) {
  const { selectionStart: from, selectionEnd: until, selectionDirection: way } = field;
  return (other) => typeof from === "number" && typeof other?.selectionStart === "number" && other.setSelectionRange(from, until, way);
}

/**
 * Bring `form` up to `fresh`, the server's answer, node by node: what is being typed, what was changed since its values
 * were `sent`, and what was unfolded stay as they are.
 */
export function renew(form, fresh, sent) {
  const keeps = (one) => isTyped(one) || (one.matches?.(FIELDS) && changed(one, sent));
  Idiomorph.morph(form, fresh, {
    restoreFocus: false,
    callbacks: {
      beforeNodeMorphed(old, next) {
        if (!keeps(old)) return true;
        for (const mark of MARKS) {
          if (next.hasAttribute(mark)) old.setAttribute(mark, next.getAttribute(mark));
          else old.removeAttribute(mark);
        }
        return false;
      },
      beforeAttributeUpdated: (name, one, what) => !(what === "remove" && (BUSY.includes(name) || (name === "open" && one.matches("details")))),
    },
  });
}

const FIELDS = "input:not([type=hidden]), select, textarea";
const BUSY = ["aria-busy", "data-busy"];
const MARKS = ["aria-invalid", "aria-describedby"];
const isTyped = (one) => one === document.activeElement && one.matches(FIELDS) && !isChecked(one);
