"""What manual therapy may hold: each refusal names its field. Pure."""

from collections.abc import Collection

from clinic.care.manual_therapy.facts import ManualFacts, PointFacts, TechniqueFacts
from clinic.care.manual_therapy.kinds import ADVERSE, KINDS, SIDES, THRUST, Kind
from clinic.care.manual_therapy.rule import CounterstrainRule
from clinic.refusals import Unacceptable

HOLD = range(10, 601)
"""Seconds; outside of it is a slip of the hand. The clinic's rule has the usual range, which only flags."""
MINUTES = range(481)
NO_MINUTES = "Minutes are 0 to 480."
NUMBERS = {
    "bouts": (1, 50, "That is 1 to 50 times."),
    "seconds": (1, 600, "That is 1 to 600 seconds."),
    "effort_pct": (1, 100, "Effort is 1 to 100 % of the strength."),
    "minutes": (0, 480, NO_MINUTES),
}
WIDTHS = {"region": 80, "direction": 40, "tool": 60, "response": 300, "retest": 200}
MOST_POINTS, MOST_TECHNIQUES = 30, 20
NO_CONSENT = "A thrust needs the patient's consent. Record it, or take the thrust out."


def check(facts: ManualFacts, *, points: Collection[str], questions: Collection[str]) -> None:
    """Raise ``Unacceptable`` beside the first field that cannot be."""
    minutes, decided = facts.values.get("minutes"), str(facts.values.get("decided") or "")
    if isinstance(minutes, int) and minutes not in MINUTES:
        raise Unacceptable(NO_MINUTES, field="minutes")
    _check_words(decided, 300, "decided")
    for point in facts.points:
        _check_point(point, points)
    for technique in facts.techniques:
        _check_technique(technique)
    for question, answer in facts.answers.items():
        if question not in questions or answer not in ("no", "yes"):
            raise Unacceptable("Answer with yes or no.", field=f"check.{question}")


def hold_is_unusual(seconds: int | None, rule: CounterstrainRule) -> bool:
    """Say whether a hold lies outside of the clinic's usual range."""
    return seconds is not None and not rule.least_hold_s <= seconds <= rule.most_hold_s


def field_of(point: str, side: str) -> str:
    """Return the beginning of the names of a point's fields."""
    return f"point.{point}.{side}"


def _check_point(one: PointFacts, points: Collection[str]) -> None:
    name = field_of(one.point, one.side)
    if one.point not in points or one.side not in ("", "L", "R"):
        raise Unacceptable("Choose a point of the clinic's list, and a side.", field="add_point")
    for part in ("before", "in_position", "after"):
        value = getattr(one, part)
        if value is not None and value not in range(11):
            raise Unacceptable("Tenderness is 0 to 10.", field=f"{name}.{part}")
    if one.hold_s is not None and one.hold_s not in HOLD:
        raise Unacceptable("A hold is 10 to 600 seconds.", field=f"{name}.hold_s")
    if one.adverse and one.adverse not in ADVERSE:
        raise Unacceptable("Choose one of these.", field=f"{name}.adverse")
    _check_words(one.position, 200, f"{name}.position")
    _check_words(one.adverse_words, 200, f"{name}.adverse_words")


def technique_field(one: TechniqueFacts, part: str) -> str:
    """Return the name of a technique's field; that of a new one begins with ``add_``."""
    return f"add_{part}" if one.row_id is None else f"tech.{one.row_id}.{part}"


def _check_technique(one: TechniqueFacts) -> None:
    kind = KINDS.get(one.kind)
    if kind is None:
        raise Unacceptable("Choose the kind of technique.", field=technique_field(one, "kind"))
    if not one.region:
        raise Unacceptable("Say where.", field=technique_field(one, "region"))
    if one.side not in SIDES:
        raise Unacceptable("Choose one of these.", field=technique_field(one, "side"))
    if one.kind == THRUST and not one.consent:
        raise Unacceptable(NO_CONSENT, field=technique_field(one, "consent"))
    _check_fields(one, kind)


def _check_fields(one: TechniqueFacts, kind: Kind) -> None:
    for field in kind.fields:
        value = getattr(one, field.name)
        if field.choices and value and value not in field.choices:
            raise Unacceptable("Choose one of these.", field=technique_field(one, field.name))
    for part, (low, high, sentence) in NUMBERS.items():
        number = getattr(one, part)
        if number is not None and not low <= number <= high:
            raise Unacceptable(sentence, field=technique_field(one, part))
    for part, most in WIDTHS.items():
        _check_words(getattr(one, part), most, technique_field(one, part))


def _check_words(words: str, most: int, field: str) -> None:
    if len(words) > most:
        raise Unacceptable(f"That is {len(words)} letters; at most {most} fit here.", field=field)
    if any(not letter.isprintable() and letter != "\n" for letter in words):
        raise Unacceptable("There is a letter in this that cannot be kept. Type it anew.", field=field)
