"""Draw every exercise on one page, to look at by eye, and take it in pieces large enough to see.

python -m bench.poses DIRECTORY [CODE ...]
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.pictures import QUIET
from clinic.care.homecare.library import BY_CODE, EXERCISES, words
from clinic.care.homecare.library.poses import drawings

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Exercises</title><style>{css}
body {{ margin: 0; padding: 12px; background: #fff; font: 13px/18px sans-serif; width: 1180px }}
main {{ display: grid; grid-template-columns: 1fr 1fr; gap: 12px }}
section {{ border: 1px solid #ccc; padding: 8px }}
h2 {{ font-size: 13px; margin: 0 }}
div {{ display: flex; gap: 14px; align-items: end; flex-wrap: wrap; zoom: {zoom} }}
</style></head><body><main>{rows}</main></body></html>"""
AT_ONCE = 4


def main(directory: Path, codes: list[str], zoom: float = 2.2) -> None:
    """Write the pages and their pictures into the directory, four exercises on each."""
    directory.mkdir(parents=True, exist_ok=True)
    css = "".join(Path("static", name).read_text() for name in ("clinic.css", "figure.css"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": 1204, "height": 900})
        for start in range(0, len(codes), AT_ONCE):
            rows = "".join(_row(code) for code in codes[start : start + AT_ONCE])
            file = directory / f"poses-{start // AT_ONCE + 1}.html"
            file.write_text(PAGE.format(css=css, rows=rows, zoom=zoom))
            page.goto(file.resolve().as_uri())
            page.screenshot(path=file.with_suffix(".png"), full_page=True)
        browser.close()


def _row(code: str) -> str:
    exercise = BY_CODE[code]
    first, last = drawings(code)
    return (
        f"<section><h2>{exercise.number}. {code}: {exercise.name}</h2><p>{words(exercise.dose)}</p>"
        f"<div>{first}{last}</div></section>"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or [exercise.code for exercise in EXERCISES])
