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
        _sign_in(page, address, "reception")
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
        _take_treatment(browser.new_context(viewport={"width": 1440, "height": 900}).new_page(), address)
        browser.close()


def _take_treatment(page: Page, address: str) -> None:
    """Open the first chart of the caseload that has a gait analysis, and take what only this program has."""
    _sign_in(page, address, "therapist")
    page.goto(f"{address}/treatment/caseload")
    charts = page.locator("main a[href*='/treatment/patients/']").evaluate_all("all => all.map((one) => one.href)")
    for chart in dict.fromkeys(href.split("/episodes/")[0].rstrip("/") + "/" for href in charts):
        page.goto(chart)
        if not _turn_to(page, "Gait") or not page.get_by_text("Compare with").count():
            continue
        for tab, name in (("Gait", "gait"), ("Manual therapy", "manual"), ("Home program", "program")):
            _turn_to(page, tab)
            page.screenshot(path=DOCS / f"{name}.png")
        return


def _turn_to(page: Page, tab: str) -> bool:
    """Turn a chart to one of its tabs, and say whether it has that one."""
    link = page.locator(".chart__tabs").get_by_role("link", name=tab, exact=True)
    if not link.count():
        return False
    link.click()
    page.wait_for_load_state()
    return True


def _sign_in(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("[name=email]", f"{who}@clinic.example")
    page.fill("[name=password]", "demo-clinic")
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


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
