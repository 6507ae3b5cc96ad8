"""The own account: the password, and where one is signed in."""

from datetime import datetime, timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from clinic import clock
from clinic.database import database
from clinic.doors.entrance import door
from clinic.doors.threshold import Form, actor, ask_to_sign_in, person, redo
from clinic.people import accounts
from clinic.people.accounts import sessions
from clinic.people.accounts.change_password import WrongPassword
from clinic.people.accounts.roles import own_door
from clinic.people.accounts.sign_in import TooManyTries, check_tries, note_refused_try
from clinic.refusals import Refusal
from clinic.scheduling import practice


class PasswordForm(Form):
    """The present password, and the new one twice."""

    present_password = PasswordField(
        "Present password", validators=[InputRequired("Please write it."), Length(max=400)]
    )
    new_password = PasswordField("New password", validators=[InputRequired("Please write one."), Length(max=400)])
    again = PasswordField("New password again", validators=[EqualTo("new_password", "The two are not the same.")])


@door.get("/account")
def account() -> ResponseReturnValue:
    """Show the own account."""
    return _page(PasswordForm()) if current_user.is_authenticated else ask_to_sign_in()


@door.post("/account")
def new_password() -> ResponseReturnValue:
    """Choose a new password; every other sign-in ends."""
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    form = PasswordForm()
    if not form.validate():
        return _page(form), 422
    now, by, me, here = clock.now(), actor(), person(), current_user.sign_in.id
    present, new = form.present_password.data or "", form.new_password.data or ""
    try:
        _check_tries(me.email, now)
        redo(lambda: accounts.change_password(user_id=me.id, present=present, new=new, by=by, now=now, keep=here))
    except Refusal as refusal:
        database.session.rollback()
        if isinstance(refusal, WrongPassword):
            tried: dict[str, Any] = {
                "email": me.email,
                "address": request.remote_addr or "",
                "device": None,
                "now": now,
            }
            redo(lambda: note_refused_try(**tried))
        form.refuse(refusal)
        return _page(form), refusal.status
    return redirect(own_door(me.roles) if me.must_change_password else url_for("entrance.account"), 303)


@door.post("/account/sign-ins/<int:sign_in_id>/end")
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    """End one of the own sign-ins; somebody else's is not touched."""
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    now, me = clock.now(), person().id
    redo(lambda: sessions.end(min(sign_in_id, 2**31 - 1), user_id=me, now=now))
    return redirect(url_for("entrance.account"), 303)


@door.post("/account/sign-ins/end-others")
def end_other_sign_ins() -> ResponseReturnValue:
    """End all own sign-ins but this one."""
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    now, me, here = clock.now(), person().id, current_user.sign_in.id
    redo(lambda: sessions.end_all(me, now=now, besides=here))
    return redirect(url_for("entrance.account"), 303)


def _check_tries(email: str, now: datetime) -> None:
    """Count what is guessed here with what is guessed at the sign-in. Raises ``TooManyTries``."""
    try:
        check_tries(email=email, address=request.remote_addr or "", device=None, now=now)
    except TooManyTries:
        raise TooManyTries(field="present_password") from None
    finally:
        database.session.rollback()


def _page(form: PasswordForm) -> str:
    idle = timedelta(minutes=practice.clinic().idle_minutes)
    return render_template(
        "entrance/account.html",
        form=form,
        user=person(),
        sign_ins=sessions.of(person().id, now=clock.now(), idle=idle),
        here=current_user.sign_in.id,
    )
