"""What every screen of the office does with what was sent: one transaction, and on, or the page again with why not."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from flask import redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from clinic.doors.threshold import Form, redo
from clinic.refusals import Refusal
from clinic.scheduling.booking.queries import Row, by_keys
from clinic.scheduling.practice.in_use import InUse

SHOWN = 40
"""How many visits in the way are named; the rest are counted."""


class Why(NamedTuple):
    """Why something was refused: the sentence, and the visits that are in the way."""

    refusal: Refusal
    visits: Sequence[Row]
    more: int

    @property
    def sentence(self) -> str:
        """What the person reads."""
        return self.refusal.sentence


class Page(Protocol):
    """A page that can say why what it sent was refused."""

    def __call__(self, *, why: Why | None = None) -> str:
        """Return the page."""


def answer(form: Form, work: Callable[[], Any], *, page: Page, to: Callable[[], str]) -> ResponseReturnValue:
    """Do ``work`` and lead on to ``to``; or show the page again, with what was typed and why not."""
    if not form.validate():
        return page(), 422
    try:
        _redo(work)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return page(why=explain(refusal)), refusal.status
    return redirect(to(), 303)


def press(work: Callable[[], Any], *, page: Page, to: str) -> ResponseReturnValue:
    """Do what a single button says, and lead on; or show the page again, with why not."""
    try:
        redo(work)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return page(why=explain(refusal)), refusal.status
    return redirect(to, 303)


def explain(refusal: Refusal) -> Why:
    """Return a refusal with the visits that it is about."""
    keys = refusal.owners if isinstance(refusal, InUse) else []
    return Why(refusal, by_keys(keys[:SHOWN]), max(0, len(keys) - SHOWN))


def _redo(work: Callable[[], Any]) -> None:
    """Run ``work``; where somebody else wrote the same at the same moment, run it again, to meet the rule's own no."""
    try:
        redo(work)
    except IntegrityError:
        redo(work)
