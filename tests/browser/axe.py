"""What axe finds wrong with a page; what is well is not written out, which spares it a third of its work."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
UNFOLD = "document.querySelectorAll('details').forEach((one) => (one.open = true))"


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return each rule that a page breaks, and the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    run = "axe.run({resultTypes: ['violations']}).then((found) => found.violations)"
    found: list[dict[str, Any]] = page.evaluate(run)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def found_in_every_look(page: Page, path: str, *, unfold: bool = False) -> dict[str, list[tuple[str, list[str]]]]:
    """Return what axe finds on a page in the light, in the dark, and on a phone, where the page is opened anew.

    ``unfold`` opens whatever is folded.
    """
    found = {}
    page.set_viewport_size(WIDE)
    _open(page, path, unfold=unfold)
    found[f"{path} light"] = violations(page)
    page.emulate_media(color_scheme="dark")
    found[f"{path} dark"] = violations(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    _open(page, path, unfold=unfold)
    found[f"{path} on a phone"] = violations(page)
    return found


def _open(page: Page, path: str, *, unfold: bool) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    if unfold:
        page.evaluate(UNFOLD)
