"""What may be answered: whole numbers in range, as many as there are questions; and the rounding of scores."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from clinic.refusals import Unacceptable

LONGEST_ACTIVITY = 80


class NotAnAnswer(Unacceptable, ValueError):
    """An answer that the instrument does not have; the sentence says which ones it has."""


def checked(
    answers: Sequence[Decimal | int | None], *, label: str, item: str, low: int, high: int, fewest: int, most: int
) -> list[int | None]:
    """Return the answers as whole numbers; ``field`` of a refusal is "item.3" for the third.

    Raises ``NotAnAnswer`` for fewer than ``fewest``, more than ``most``, or one that is not whole from ``low`` to
    ``high``.
    """
    if not fewest <= len(answers) <= most:
        asked = spelled(most, item) if fewest == most else f"{fewest} to {spelled(most, item)}"
        raise NotAnAnswer(f"{label} asks for {asked}; there are {len(answers)} here.", field="items")
    return [_checked(one, number, item=item, low=low, high=high) for number, one in enumerate(answers, 1)]


def _checked(answer: Decimal | int | None, number: int, *, item: str, low: int, high: int) -> int | None:
    if answer is None:
        return None
    if not _is_whole(answer) or not low <= answer <= high:
        what = item.capitalize()
        raise NotAnAnswer(
            f"{what} {number}: choose a whole number from {signed(low)} to {high}.", field=f"item.{number}"
        )
    return int(answer)


def _is_whole(answer: object) -> bool:
    if isinstance(answer, Decimal):
        return answer.is_finite() and answer == answer.to_integral_value()
    return isinstance(answer, int) and not isinstance(answer, bool)


def named_activities(activities: Sequence[str], *, of: int) -> tuple[str, ...]:
    """Return the patient's activities, trimmed, one for each of ``of`` answers.

    Raises ``NotAnAnswer`` where one is blank, too long or named twice, or there are more or fewer than answers.
    """
    names = tuple(" ".join(one.split()) for one in activities)
    if len(names) != of:
        raise NotAnAnswer(
            f"There are {spelled(len(names), 'activity')} and {spelled(of, 'score')}.", field="activities"
        )
    for number, name in enumerate(names, 1):
        if not name:
            raise NotAnAnswer(f"Activity {number}: name it in the patient's own words.", field=f"activity.{number}")
        if len(name) > LONGEST_ACTIVITY:
            raise NotAnAnswer(
                f"Activity {number}: at most {LONGEST_ACTIVITY} characters, please.", field=f"activity.{number}"
            )
        if name.casefold() in (one.casefold() for one in names[: number - 1]):
            raise NotAnAnswer(f"Activity {number}: “{name}” is named twice.", field=f"activity.{number}")
    return names


def half_up(value: Decimal, *, places: int) -> Decimal:
    """Return the value rounded to so many decimal places, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def total(answers: Sequence[int]) -> Decimal:
    """Return the sum of the answers: the formula of most instruments."""
    return Decimal(sum(answers))


def spelled(count: int, noun: str) -> str:
    """Return a count with its noun: 1 activity, 3 activities."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"


def signed(number: int) -> str:
    """Return a whole number with a true minus sign."""
    return f"−{-number}" if number < 0 else str(number)


def plain(number: Decimal) -> str:
    """Return a number without trailing zeros, with a true minus sign."""
    text = f"{number.normalize():f}"
    return text.replace("-", "−") if number else "0"
