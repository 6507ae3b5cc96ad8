"""Numbers as they are read: no trailing zeros, a true minus, the unit as the house sets it."""

from decimal import Decimal

UNSPACED = ("°", "/10")
SCALES = ("/10", "%")


def number(value: Decimal) -> str:
    """Return a number without trailing zeros: 25, 2.5, −3."""
    return f"{value.normalize():f}".replace("-", "−") if value else "0"


def amount(value: Decimal, unit: str) -> str:
    """Return a number with its unit: 25°, 30 s, 3/10, −3°."""
    return f"{number(value)}{unit if unit in UNSPACED or not unit else f' {unit}'}"


def bare(value: Decimal, unit: str) -> str:
    """Return a number with its unit, without one where that is a scale: 5°, 4 s, but 2 of ten and 10 of a hundred."""
    return number(value) if unit in SCALES else amount(value, unit)


def size(difference: Decimal, unit: str) -> str:
    """Return how large a difference is: 5°, 4 s; on a scale in points, as "14 %" could be read as a share."""
    points = "point" if abs(difference) == 1 else "points"
    return f"{number(abs(difference))} {points}" if unit in SCALES else amount(abs(difference), unit)


def signed(difference: Decimal, unit: str) -> str:
    """Return a difference with its sign: +5°, −4 s, −2, +14 points."""
    told = size(difference, unit) if unit == "%" else bare(abs(difference), unit)
    return f"{'+' if difference > 0 else '−'}{told}"


def share(part: Decimal, whole: Decimal) -> int:
    """Return ``part`` in percent of ``whole``, rounded toward zero, so that 100 says all of it."""
    return int(part * 100 / whole)
