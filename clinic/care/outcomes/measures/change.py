"""Read how a score has changed, by measurement error *and* important change. Source: clinical reference A3.

Never the clinician's conclusion: the thresholds and the caveats are shown beside the words.
"""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import ClassVar, Final

from clinic.care.outcomes.measures.caveats import Caveat, caveats_of, unreadable
from clinic.care.outcomes.measures.comparable import why_not_comparable
from clinic.care.outcomes.measures.instrument import Instrument, Scored
from clinic.care.outcomes.measures.thresholds import Cited, Thresholds

WITHIN_ERROR: Final = "within measurement error"
NOT_READABLE: Final = "not readable from this baseline"
IMPORTANT: Final = ("clinically important improvement", "clinically important worsening")
REAL_BUT_SMALL: Final = ("real but small improvement", "real but small worsening")
DIRECTION: Final = ("better", "worse")
SAME: Final = "same"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Hold a change in the instrument's unit: ``delta`` as the number moves, ``improve`` positive where it is better.

    ``percent`` is the improvement in percent of the baseline, cut to one decimal place, so that it never says more than
    there is; None without a baseline above 0. ``beyond_error`` and ``important`` ask whether its size, in either
    direction, reaches ``mdc`` and ``mcid``; None where that is not known or cannot be read. ``thirty_percent`` says
    whether it is an improvement by Ostelo's rule, None where the rule is not for this instrument. ``review``: an
    important worsening that somebody has to look at.
    """

    comparable: ClassVar[bool] = True
    before: Decimal | None
    after: Decimal
    delta: Decimal
    improve: Decimal
    percent: Decimal | None
    beyond_error: bool | None
    important: bool | None
    thirty_percent: bool | None
    words: str
    review: bool
    mdc: Cited | None
    mcid: Cited | None
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, kw_only=True)
class NotComparable:
    """Say why there is no change between two scores."""

    comparable: ClassVar[bool] = False
    words: ClassVar[str] = "not comparable"
    reason: str


def read_change(
    *, of: Instrument, before: Scored, after: Scored, thresholds: Thresholds | None = None
) -> Change | NotComparable:
    """Return what has changed between two scores of one version; ``thresholds`` are the clinic's, else those cited.

    A change that equals a threshold has reached it. One below ``mdc`` is within error, even where ``mcid`` is smaller.
    Without ``mdc`` importance is claimed from ``mcid`` on; "real but small" only where both are known.
    """
    reason = why_not_comparable(of=of, before=before, after=after)
    if reason or before.value is None or after.value is None:
        return NotComparable(reason=reason)
    delta = after.value - before.value
    known = thresholds or of.version(before.version).thresholds
    improve = -delta if of.lower_is_better else delta
    extra = caveats_of(of=of, version=before.version, known=known, baseline=before.value, improve=improve)
    if of.names_activities and not (before.activities and after.activities):
        extra = (*extra, Caveat("comparable only if the activities are the same"))
    return _read(before=before.value, after=after.value, delta=delta, improve=improve, known=known, caveats=extra)


def read_rating(*, of: Instrument, rating: Scored, thresholds: Thresholds | None = None) -> Change | NotComparable:
    """Return what a score means that is itself a change (a global rating); otherwise as ``read_change``."""
    if not of.is_change:
        return NotComparable(reason=f"the {of.label} is no rating of change: it needs a score before")
    if rating.key != of.key:
        return NotComparable(reason=f"this is no score of the {of.label}")
    if rating.version not in {one.key for one in of.versions}:
        return NotComparable(reason=f"the scale of the {of.label} is not recorded")
    if rating.value is None:
        return NotComparable(reason=rating.reason or "not scored")
    known = thresholds or of.version(rating.version).thresholds
    improve = -rating.value if of.lower_is_better else rating.value
    return _read(before=None, after=rating.value, delta=rating.value, improve=improve, known=known, caveats=())


def _read(
    *,
    before: Decimal | None,
    after: Decimal,
    delta: Decimal,
    improve: Decimal,
    known: Thresholds,
    caveats: tuple[Caveat, ...],
) -> Change:
    beyond, important = _reaches(improve, known.mdc), _reaches(improve, known.mcid)
    hidden = before is not None and unreadable(known=known, baseline=before, improve=improve)
    return Change(
        before=before,
        after=after,
        delta=delta,
        improve=improve,
        percent=_percent(improve, before),
        beyond_error=None if hidden else beyond,
        important=None if hidden else important,
        thirty_percent=_reaches_share(improve, before, known.share),
        words=NOT_READABLE if hidden else _words(improve, beyond, important),
        review=improve < 0 and important is True and beyond is not False,
        mdc=known.mdc,
        mcid=known.mcid,
        caveats=caveats,
    )


def _reaches(improve: Decimal, threshold: Cited | None) -> bool | None:
    return None if threshold is None else abs(improve) >= threshold.value


def _words(improve: Decimal, beyond: bool | None, important: bool | None) -> str:
    if beyond is False:
        return WITHIN_ERROR
    if improve == 0:
        return SAME
    pair = DIRECTION
    if important:
        pair = IMPORTANT
    elif beyond and important is False:
        pair = REAL_BUT_SMALL
    return pair[0] if improve > 0 else pair[1]


def _percent(improve: Decimal, before: Decimal | None) -> Decimal | None:
    if before is None or before <= 0:
        return None
    return (improve * 100 / before).quantize(Decimal("0.1"), rounding=ROUND_DOWN)


def _reaches_share(improve: Decimal, before: Decimal | None, share: Cited | None) -> bool | None:
    if share is None or before is None or before <= 0:
        return None
    return improve * 100 >= share.value * before
