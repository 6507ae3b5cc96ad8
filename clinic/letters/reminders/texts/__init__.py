"""What each letter says: one file a letter for its subject and facts; the words lie in ``templates/letters/``."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from clinic import SITE
from clinic.letters.reminders.facts import CourseFacts, Facts
from clinic.letters.reminders.texts import ahead, booked, canceled, course, moved, tomorrow
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


def text_of(kind: str, facts: Facts, *, link: str, home: str = "") -> Text:
    """Return the words of a letter of ``kind``; ``home`` is the address of the patient's page between visits."""
    more = MORE[kind](facts) if kind in MORE else {}
    return _text(kind, SUBJECTS[kind](facts), {**common(facts, link=link), "home": home, **more})


def course_text(facts: CourseFacts, *, link: str, home: str = "") -> Text:
    """Return the words of the letter that tells a whole course."""
    return _text("course", course.subject(facts), {**course.words(facts, link=link), "home": home})


def _text(kind: str, subject: str, words: dict[str, Any]) -> Text:
    return Text(subject, _page(f"{kind}.txt").render(words), _page(f"{kind}.html").render(words))


@cache
def _page(name: str) -> Template:
    return _pages().get_template(name)


@lru_cache
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(SITE / "templates" / "letters"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # else it looks at four files for each letter
    )
