"""Who is asking: from the cookie to a user, in a short read of its own."""

from flask import Flask, Response, g, request
from flask_login import LoginManager, current_user
from sqlalchemy import select

from clinic import clock
from clinic.database import database, transaction
from clinic.people.accounts import sessions
from clinic.people.accounts.sessions import SignedIn
from clinic.scheduling.practice.models import Clinic


class Login(LoginManager):
    """Flask-Login without its remember-me cookie: to look for it would make every answer vary by cookie, feeds too."""

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


IDLE_MINUTES = select(Clinic.idle_minutes).scalar_subquery()

login = Login()
login.session_protection = None


@login.user_loader
def _load(token: str) -> SignedIn | None:
    if g.get("database_is_down"):  # an error page has nobody to name
        return None
    now = clock.now()
    with database.session.session_factory() as own:  # so that the request's transaction is still unopened
        return sessions.find(own, token, now=now, idle_minutes=IDLE_MINUTES, else_minutes=15)


def install(app: Flask) -> None:
    """Let ``app`` know who is signed in, and write down once a minute that they are active.

    A request that a page makes by itself, with ``X-Passive``, is no activity.
    """
    login.init_app(app)

    @app.before_request
    def _note_activity() -> None:
        if request.endpoint in (None, "static", "feeds.feed", "entrance.health") or "X-Passive" in request.headers:
            return
        if not current_user.is_authenticated:
            return
        now = clock.now()
        if sessions.needs_a_touch(current_user, now=now):
            with transaction():
                sessions.touch(current_user, now=now)
