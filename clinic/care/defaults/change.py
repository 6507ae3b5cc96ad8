"""Change a clinical default: a new version, with who, why and from which source."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.audit import Actor
from clinic.care.defaults.check import FIXED, checked, checked_words
from clinic.care.defaults.models import DefaultVersion
from clinic.care.defaults.queries import CHECKS, current
from clinic.database import database
from clinic.refusals import ChangedMeanwhile, Unacceptable

CHANGED = "Somebody else changed this meanwhile. Load the page again."


def change(
    *,
    key: str,
    value: Mapping[str, Any],
    source: str,
    reason: str,
    confirmed: bool,
    seen: int,
    by: Actor,
    now: datetime,
    label: str | None = None,
) -> DefaultVersion:
    """Add a version of a default; ``confirmed`` says that ``by``, a licensed therapist, answers for it.

    None for ``label`` leaves the name as it is. The caller commits. Raises ``NotFound``, ``ChangedMeanwhile`` when
    ``seen`` is no longer the newest, and ``Unacceptable`` for a field that is none, a number that cannot be, words
    that are too long, or a missing source, reason or name.
    """
    before = current(key)
    if before.number != seen:
        raise ChangedMeanwhile(CHANGED)
    changed = {name: checked(name, value[name], before.value) for name in value if name in before.value}
    low, high = (changed.get(name, before.value.get(name)) for name in ("low", "high"))
    if low is not None and high is not None and low >= high:
        raise Unacceptable("The highest must be above the lowest.", field="high")
    for prefix, check in CHECKS.items():
        if key.startswith(prefix):
            check({**before.value, **changed})
    name = before.label if label is None else checked_words("label", label, "Give it a name.", most=120)
    version = DefaultVersion(
        key=key,
        number=before.number + 1,
        label=name,
        value={**{n: v for n, v in before.value.items() if n not in FIXED or before.is_own}, **changed},
        source=checked_words("source", source, "Say where this comes from."),
        reason=checked_words("reason", reason, "Say why it is changed."),
        confirmed_by=by.name if confirmed else "",
        at=now,
        by=by.name,
        user_id=by.user_id,
    )
    put(version)
    audit.record(
        "clinical default changed",
        about=f"default:{key}",
        by=by,
        now=now,
        before={"label": before.label, **{name: before.value[name] for name in changed}},
        after={"label": name, **changed},
        reason=version.reason,
    )
    return version


def put(version: DefaultVersion) -> None:
    """Add a version. Raises ``ChangedMeanwhile`` where somebody took its number at the same moment."""
    try:
        with database.session.begin_nested():
            database.session.add(version)
    except IntegrityError:
        raise ChangedMeanwhile(CHANGED) from None
