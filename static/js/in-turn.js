/* Questions that follow from one another: each is asked once all before it are answered. */

/** Return a line: what it is given is done in turn, and a failure stops nobody behind it. */
export function line() {
  let last = Promise.resolve();
  return (work) => (last = last.then(work).catch(() => {}));
}
