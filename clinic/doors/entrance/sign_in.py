"""Sign in and out."""

import secrets
from urllib.parse import urlsplit

from flask import Response, current_app, jsonify, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from clinic import clock
from clinic.database import database, transaction
from clinic.doors.entrance import door
from clinic.doors.threshold import Form, is_scripted, redo, settings
from clinic.people.accounts import sessions
from clinic.people.accounts.roles import own_door
from clinic.people.accounts.sessions import SignedIn
from clinic.people.accounts.sign_in import (
    TooManyTries,
    WrongSignIn,
    check_tries,
    note_refused_try,
    sign_in,
    user_with,
)
from clinic.refusals import Refusal

DEVICE_COOKIE = "device"
A_YEAR = 365 * 24 * 3600


class SignInForm(Form):
    """Who, and the proof of it."""

    email = StringField(
        "E-mail",
        validators=[InputRequired("Please write your e-mail address."), Length(max=320)],
        filters=[lambda typed: (typed or "").replace("\0", " ")],
    )
    password = PasswordField("Password", validators=[InputRequired("Please write your password."), Length(max=400)])
    next = HiddenField()


@door.get("/")
def home() -> ResponseReturnValue:
    """Lead everybody to their own door."""
    if current_user.is_authenticated:
        return redirect(own_door(current_user.user.roles))
    return redirect("/sign-in")


@door.get("/sign-in", endpoint="sign_in")
def ask() -> ResponseReturnValue:
    """Ask who it is."""
    if current_user.is_authenticated:
        return redirect(own_door(current_user.user.roles))
    form = SignInForm(formdata=None, data={"next": request.args.get("next", "")})
    return render_template("entrance/sign_in.html", form=form)


@door.post("/sign-in", endpoint="check_sign_in")
def check() -> ResponseReturnValue:
    """Check who it is, and lead them to where they wanted to go."""
    form = SignInForm()
    if not form.validate():
        return _refused(form, "Please write your e-mail address and password.", 422)
    try:
        signed_in, device = _sign_in(form.email.data or "", form.password.data or "")
    except Refusal as refusal:
        form.refuse(refusal)
        return _refused(form, refusal.sentence, refusal.status)
    token = session.get("csrf_token")
    session.clear()
    session["csrf_token"] = token  # an open page keeps its token; the sign-in itself is new
    login_user(signed_in)
    answer = Response(status=204) if is_scripted() else redirect(_after(form, signed_in), 303)
    answer.set_cookie(
        DEVICE_COOKIE,
        _device_serializer().dumps(device),
        max_age=A_YEAR,
        httponly=True,
        secure=settings().https,
        samesite="Lax",
        path="/sign-in",
    )
    return answer


def _refused(form: SignInForm, sentence: str, status: int) -> ResponseReturnValue:
    if is_scripted():
        return Response(sentence, status, mimetype="text/plain")
    return render_template("entrance/sign_in.html", form=form), status


def _sign_in(email: str, password: str) -> tuple[SignedIn, list[str]]:
    """Sign in, or count the try. Raises ``WrongSignIn`` and ``TooManyTries``."""
    now, address = clock.now(), request.remote_addr or ""
    device_id, known = _device()
    device = device_id if sessions.digest(email.strip().casefold()) in known else None
    try:
        check_tries(email=email.strip(), address=address, device=device, now=now)
    except TooManyTries:
        database.session.rollback()
        raise
    user = user_with(email=email, password=password)
    database.session.rollback()
    if user is None:
        redo(lambda: note_refused_try(email=email.strip(), address=address, device=device, now=now))
        raise WrongSignIn
    agent = request.headers.get("User-Agent", "")
    signed_in = redo(lambda: sign_in(user, device=_words_for(agent), now=now))
    return signed_in, [device_id, *sorted({*known, sessions.digest(user.email)})[-20:]]


def _device() -> tuple[str, frozenset[str]]:
    """Return this browser's id and the accounts that signed in on it, from its signed cookie."""
    try:
        kept = _device_serializer().loads(request.cookies.get(DEVICE_COOKIE, ""))
        return str(kept[0]), frozenset(str(account) for account in kept[1:])
    except (BadSignature, IndexError, TypeError):
        return secrets.token_urlsafe(16), frozenset()


def _device_serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="device")


def _words_for(agent: str) -> str:
    """Return a browser in words: Firefox on Windows."""
    browsers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = ("Windows", "iPhone", "iPad", "Android", "Macintosh", "Linux")
    browser = next((name for mark, name in browsers if mark in agent), "A browser")
    system = next((name for name in systems if name in agent), "")
    return f"{browser} on {system}" if system else browser


def _after(form: SignInForm, signed_in: SignedIn) -> str:
    if signed_in.user.must_change_password:
        return "/account"
    return safe_next(form.next.data or "") or own_door(signed_in.user.roles)


def safe_next(target: str) -> str:
    """Return ``target`` if it is a path of ours, else an empty text."""
    odd = any(ord(character) <= 32 or character == "\\" or ord(character) > 126 for character in target)
    if odd or not target.startswith("/") or target.startswith("//"):
        return ""
    parts = urlsplit(target)
    return "" if parts.scheme or parts.netloc or len(target) > 500 else target


@door.get("/sign-in/token")
def token() -> ResponseReturnValue:
    """Tell a page that was left open the token to go on with, and who is signed in now."""
    name = current_user.user.name if current_user.is_authenticated else ""
    return jsonify(token=generate_csrf(), person=name)


@door.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this sign-in for real."""
    if current_user.is_authenticated:
        now, row = clock.now(), current_user.sign_in
        with transaction():
            sessions.end(row.id, user_id=row.user_id, now=now)
        logout_user()
    session.clear()
    return redirect("/sign-in", 303)
