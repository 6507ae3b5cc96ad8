/* What every page loads. Without it everything still works, as links and forms. */

import "./js/copy.js";
import "./js/dialogs.js";
import "./js/htmx.js";
import "./js/keys.js";
import "./js/session.js";
import "./js/toasts.js";
import { focusOn } from "./js/live.js";

for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
focusOn(document);
