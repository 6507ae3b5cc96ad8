"""Change a clinical default: a new version, with who, why and from which source."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from clinic import audit
from clinic.audit import Actor
from clinic.care.defaults.models import DefaultVersion
from clinic.care.defaults.queries import current
from clinic.database import database
from clinic.refusals import ChangedMeanwhile, Unacceptable

FIXED = frozenset({"section", "grades", "sided", "unit", "then"})
"""What the program's own logic hangs on: the clinic cannot change it."""
LEAST, MOST = -10_000, 100_000
LONGEST = 1_000


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
        raise ChangedMeanwhile("Somebody else changed this meanwhile. Load the page again.")
    changed = {name: _checked(name, value[name], before.value) for name in value if name in before.value}
    low, high = (changed.get(name, before.value.get(name)) for name in ("low", "high"))
    if low is not None and high is not None and low >= high:
        raise Unacceptable("The highest must be above the lowest.", field="high")
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
    database.session.add(version)
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


def checked_words(field: str, words: str, sentence: str, *, most: int = 300) -> str:
    """Return words without the space around them. Raises ``Unacceptable`` when there are none, or too many."""
    found = words.strip()
    if not found:
        raise Unacceptable(sentence, field=field)
    if len(found) > most:
        raise Unacceptable(f"At most {most:,} letters.", field=field)
    return found


def _checked(name: str, new: Any, before: Mapping[str, Any]) -> Any:
    old = before[name]
    if name in FIXED:
        return old
    if isinstance(old, list):
        return list(new)
    if isinstance(old, bool):
        return bool(new)
    if isinstance(old, str):
        words = str(new).strip()
        if len(words) > LONGEST:
            raise Unacceptable(f"At most {LONGEST:,} letters.", field=name)
        return words
    if new is None or new == "":
        return None
    try:
        number = Decimal(str(new))
    except ArithmeticError:
        raise Unacceptable("Type a number.", field=name) from None
    if not number.is_finite() or not LEAST <= number <= MOST:
        raise Unacceptable("That number cannot be.", field=name)
    return int(number) if number == number.to_integral_value() else float(number)
