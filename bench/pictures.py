"""Take the pictures of ``docs/`` from a running demo.

make demo                       # in one window
python -m bench.pictures [ADDRESS]   # in another
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
DOCS = Path("docs")


def main(address: str) -> None:
    """Sign in as reception, open a busy day with the booking panel, and take it light, dark and on a phone."""
    DOCS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        _sign_in(page, address)
        _open_panel(page)
        page.screenshot(path=DOCS / "board.png")
        page.emulate_media(color_scheme="dark")
        page.wait_for_timeout(300)
        page.screenshot(path=DOCS / "board-dark.png")
        phone = browser.new_context(
            viewport={"width": 390, "height": 844},
            storage_state=context.storage_state(),
            is_mobile=True,
            has_touch=True,
        )
        small = phone.new_page()
        small.goto(page.url.split("?")[0] if "/desk/days/" in page.url else f"{address}/desk/")
        small.screenshot(path=DOCS / "board-phone.png")
        browser.close()


def _sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("[name=email]", "reception@clinic.example")
    page.fill("[name=password]", "demo-clinic")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk/**")


def _open_panel(page: Page) -> None:
    """Walk on to a day with free time, and click it."""
    for _ in range(5):
        free = page.locator("a.free")
        if free.count() > 6:
            break
        page.keyboard.press("j")
        page.wait_for_load_state("networkidle")
    page.locator("a.free").nth(3).click()
    page.wait_for_selector(".panel")
    page.wait_for_load_state("networkidle")
    search = page.locator(".panel input[type=search], .panel input[name=q]").first
    search.fill("lin")
    page.wait_for_timeout(1200)
    page.locator(".panel .option", has_text="Mika Lindqvist").click()
    page.wait_for_timeout(800)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
