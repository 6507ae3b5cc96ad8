"""How a change compares with its measure: the direction, the error of measurement, and what patients find important.

The comparison is that of the clinical reference, A3: a change smaller than the MDC (minimal detectable change) is
within measurement error; one as large as the MCID (minimal clinically important difference) is important. Both are
stated wherever both are known, also when the MDC is the larger, as in the modified ODI (12.68 and 6; source 5).
"""

from decimal import Decimal

from clinic.care.notes.sentences.numbers import bare

ERROR = ("within measurement error", "equal to measurement error", "more than measurement error")
IMPORTANT = ("less than the important change", "equal to the important change", "more than the important change")


def direction(delta: Decimal, *, lower_is_better: bool | None) -> str:
    """Return "better" or "worse", and "" where neither direction is or nothing changed."""
    if lower_is_better is None or not delta:
        return ""
    return "better" if (delta < 0) == lower_is_better else "worse"


def reading(delta: Decimal, *, unit: str, mdc: Decimal | None, mcid: Decimal | None) -> str:
    """Return how large a change is: "within measurement error (10) and less than the important change (10)".

    Where one threshold is not known the other is stated alone, and where neither is, the answer is "".
    """
    size = abs(delta)
    error = "" if mdc is None else f"{ERROR[_rank(size, mdc)]} ({bare(mdc, unit)})"
    important = "" if mcid is None else f"{IMPORTANT[_rank(size, mcid)]} ({bare(mcid, unit)})"
    if mdc is None or mcid is None:
        return error or important
    return _both(error, important, _rank(size, mdc), _rank(size, mcid))


def _both(error: str, important: str, by_error: int, by_importance: int) -> str:
    """Return both comparisons, the shared words said once."""
    if by_error == by_importance:
        same = ("", "equal to ", "more than ")[by_error]
        return f"{error} and {important.removeprefix(same)}"
    return f"{error}, though {important}" if by_error == 0 else f"{error}, {important}"


def _rank(size: Decimal, threshold: Decimal) -> int:
    """Return 0, 1 or 2: smaller than the threshold, equal to it, larger."""
    return (size >= threshold) + (size > threshold)
