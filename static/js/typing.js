/* A form that the server's answer renews keeps what was typed while the answer was under way, and the caret where it was. */

const CHECKED = ["checkbox", "radio"];
const isChecked = (field) => CHECKED.includes(field.type);
const held = (field, sent) => (isChecked(field) ? sent.getAll(field.name).includes(field.value) === field.checked : sent.get(field.name) === field.value);

/** Whether `field` holds another value than was `sent`. */
export const changed = (field, sent) => Boolean(field?.name) && field.matches("input, select, textarea") && !held(field, sent);

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
