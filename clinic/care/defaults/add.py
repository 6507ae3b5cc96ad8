"""Add a clinical default of the clinic's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from clinic import audit
from clinic.audit import Actor
from clinic.care.defaults.change import put
from clinic.care.defaults.check import checked_words
from clinic.care.defaults.models import DefaultVersion
from clinic.care.defaults.queries import OWN_GROUPS, every
from clinic.database import database
from clinic.refusals import Unacceptable


def add(
    *,
    prefix: str,
    label: str,
    value: Mapping[str, Any],
    source: str,
    reason: str,
    confirmed: bool,
    by: Actor,
    now: datetime,
) -> DefaultVersion:
    """Add an entry that the program does not bring; ``prefix`` is one of ``OWN_GROUPS``.

    The caller commits. Raises ``Unacceptable`` for a name that is missing or taken, or a missing source or reason, and
    ``ChangedMeanwhile`` where somebody adds another at the same moment.
    """
    if prefix not in OWN_GROUPS:
        raise Unacceptable("Entries of the clinic's own have no place there.")
    name = checked_words("label", label, "Give it a name.", most=120)
    if any(one.label.casefold() == name.casefold() for one in every(prefix)):
        raise Unacceptable("There is one of this name already.", field="label")
    own = select(func.count(func.distinct(DefaultVersion.key))).where(DefaultVersion.key.startswith(f"{prefix}own-"))
    version = DefaultVersion(
        key=f"{prefix}own-{(database.session.scalar(own) or 0) + 1}",
        number=1,
        label=name,
        value=dict(value),
        source=checked_words("source", source, "Say where this comes from."),
        reason=checked_words("reason", reason, "Say why it is added."),
        confirmed_by=by.name if confirmed else "",
        at=now,
        by=by.name,
        user_id=by.user_id,
    )
    put(version)
    audit.record("clinical default added", about=f"default:{version.key}", by=by, now=now, after={"label": name})
    return version
