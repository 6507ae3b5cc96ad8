"""What each letter says: one file a letter for its subject and facts; the words lie in ``templates/letters/``."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from clinic import SITE
from clinic.letters.reminders.facts import Facts
from clinic.letters.reminders.texts import ahead, booked, canceled, moved, tomorrow
from clinic.letters.reminders.texts.common import common

SUBJECTS: dict[str, Callable[[Facts], str]] = {
    "booked": booked.subject,
    "moved": moved.subject,
    "canceled": canceled.subject,
    "ahead": ahead.subject,
    "tomorrow": tomorrow.subject,
}
MORE: dict[str, Callable[[Facts], dict[str, Any]]] = {"moved": moved.more, "tomorrow": tomorrow.more}


class Text(NamedTuple):
    """A letter's subject, and its body twice."""

    subject: str
    plain: str
    html: str


def text_of(kind: str, facts: Facts, *, link: str) -> Text:
    """Return the words of a letter of ``kind``."""
    more = MORE[kind](facts) if kind in MORE else {}
    words = {**common(facts, link=link), **more}
    pages = _pages()
    plain = pages.get_template(f"{kind}.txt").render(words)
    html = pages.get_template(f"{kind}.html").render(words)
    return Text(SUBJECTS[kind](facts), plain, html)


@lru_cache
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(SITE / "templates" / "letters"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
