"""How the pages of a chart answer what was refused."""

from collections.abc import Callable

from flask import jsonify
from flask.typing import ResponseReturnValue

from clinic.database import database
from clinic.doors.threshold import is_scripted
from clinic.refusals import Refusal


def errors_of(refusal: Refusal | None) -> dict[str, str]:
    """Return the sentence of a refusal by the field that it stands beside."""
    return {refusal.field: refusal.sentence} if refusal is not None and refusal.field else {}


def refused(refusal: Refusal, page: Callable[[], str]) -> ResponseReturnValue:
    """Answer a refusal: a script with the sentence, anybody else with the ``page`` that keeps what was typed.

    Raises the refusal anew where there is no page to show it on.
    """
    database.session.rollback()
    if is_scripted():
        return jsonify(field=refusal.field, sentence=refusal.sentence), refusal.status
    if refusal.status in (403, 404):
        raise refusal
    return page(), refusal.status
