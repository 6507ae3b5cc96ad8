"""What all doors share: who may enter, one transaction per request, and how a refusal is answered."""

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.exc import DBAPIError
from wtforms import Field, IntegerField

from clinic.audit import Actor
from clinic.database import is_worth_a_retry, transaction
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import may_open
from clinic.refusals import Refusal
from clinic.settings import Settings

Result = TypeVar("Result")
TRIES = 5
LONGEST_WAIT = 2.0


GUARDED: set[str] = set()
STAFF: set[str] = set()
"""The blueprints that were made here; anything else is shut."""


LARGER: dict[str, int] = {}
"""The endpoints that take more than a page does, and how many bytes."""


class Busy(Refusal):
    """The database was too busy to write, five times over."""

    status = 503


def settings() -> Settings:
    """Return the deployment's settings."""
    found: Settings = current_app.extensions["settings"]
    return found


def person() -> User:
    """Return the signed-in user; behind a guarded door there always is one."""
    user: User = current_user.user
    return user


def actor() -> Actor:
    """Return the signed-in user as the trail names them."""
    return person().actor


def staff_door(name: str, import_name: str) -> Blueprint:
    """Return the blueprint of a door that only some roles may open: 302 or 401 unsigned, 403 to anybody else."""
    door = Blueprint(name, import_name, url_prefix=f"/{name}")
    GUARDED.add(name)
    STAFF.add(name)
    door.before_request(_guard(name))
    return door


def open_door(name: str, import_name: str, url_prefix: str = "") -> Blueprint:
    """Return the blueprint of a door that opens without a sign-in, because its links carry their own key."""
    GUARDED.add(name)
    return Blueprint(name, import_name, url_prefix=url_prefix or None)


def deny_by_default() -> None:
    """Shut every endpoint that belongs to no door: called before each request."""
    if request.endpoint not in (None, "static") and request.blueprint not in GUARDED:
        abort(403)


def _guard(door: str) -> Callable[[], ResponseReturnValue | None]:
    def guard() -> ResponseReturnValue | None:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        if person().must_change_password:
            return redirect(url_for("entrance.account"))
        if not may_open(door, person().roles):
            abort(403)
        return None

    return guard


def ask_to_sign_in() -> ResponseReturnValue:
    """Answer somebody who is not signed in: a page is sent to the sign-in, a script is told 401."""
    if is_scripted():
        return "", 401
    return redirect(url_for("entrance.sign_in", next=request.path if request.method == "GET" else None))


def is_signed_out() -> bool:
    """Whether somebody asks for a door of the staff who is not, or no longer, signed in."""
    return request.blueprint in STAFF and not current_user.is_authenticated


def is_scripted() -> bool:
    """Whether htmx or fetch asks, and not the browser for a whole page."""
    return "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "fetch"


def onward(url: str) -> ResponseReturnValue:
    """Send somebody on to the page that tells what was done; a script is told where, and lets the browser go there."""
    return ("", 204, {"X-Go-To": url}) if is_scripted() else redirect(url, 303)


def redo(work: Callable[[], Result]) -> Result:
    """Run ``work`` in a transaction of its own and commit; on a deadlock or a busy database run all of it again.

    At most five times within two seconds. Raises ``Busy`` after that, and whatever ``work`` raises. ``work`` does its
    own reading; what it creates carries a ``request_id``, so that a second run cannot create it twice.
    """
    until = time.monotonic() + LONGEST_WAIT
    for attempt in range(1, TRIES + 1):
        try:
            with transaction():
                return work()
        except DBAPIError as error:
            if not is_worth_a_retry(error):
                raise
            if attempt == TRIES or time.monotonic() > until:
                break
            time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311  jitter, not a secret
    raise Busy("The clinic's computer is very busy. Nothing was saved; please try again.")


class Form(FlaskForm):
    """The base of every form: shape and type of what was typed; the rules live in the rooms."""

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal's sentence beside its field, or above the form where it has none."""
        field: Field | None = self._fields.get(refusal.field or "")
        errors: Any = self.form_errors if field is None else field.errors
        if isinstance(errors, tuple):
            errors = list(errors)
        errors.append(refusal.sentence)
        if field is not None:
            field.errors = errors


class NumberField(IntegerField):
    """The number of a record, or of the version that was shown: what a column can hold, and nothing else."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was sent."""
        super().process_formdata(valuelist)
        if self.data is not None and not 0 <= self.data < 2**31:
            self.data = None
            raise ValueError("No record has such a number.")
