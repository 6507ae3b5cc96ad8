"""Forget what is no longer of use."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from clinic.database import database
from clinic.people.accounts.models import RefusedTry, SignIn

KEPT = timedelta(days=30)


def tidy(*, now: datetime) -> None:
    """Forget refused tries of more than a day ago and sign-ins that are long over; the caller commits."""
    database.session.execute(delete(RefusedTry).where(RefusedTry.at < now - timedelta(days=1)))
    database.session.execute(delete(SignIn).where(or_(SignIn.ended_at < now - KEPT, SignIn.created_at < now - KEPT)))
