"""Which two scores may be compared: the same instrument, version and activities, both scored."""

from clinic.care.outcomes.measures.instrument import Instrument, Scored


def why_not_comparable(*, of: Instrument, before: Scored, after: Scored) -> str:
    """Return why two scores must not be compared, or nothing where they may."""
    if {before.key, after.key} != {of.key}:
        return f"these are not two scores of the {of.label}"
    if of.is_change:
        return f"the {of.label} is itself a change since the start: read each rating for itself"
    if not {before.version, after.version} <= {one.key for one in of.versions}:
        return f"which {of.label} it was is not recorded"
    if before.version != after.version:
        names = [of.version(one.version).label for one in (before, after)]
        return f"{names[0]} and {names[1]} are not comparable"
    for which, one in (("first", before), ("second", after)):
        if not one.complete:
            return f"the {which} was {_why(one)}"
    if before.activities and after.activities and _named(before) != _named(after):
        return "the activities are not the same"
    return ""


def _why(score: Scored) -> str:
    return score.reason or "not scored"


def _named(score: Scored) -> set[str]:
    return {one.casefold() for one in score.activities}
