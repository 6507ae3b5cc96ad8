"""The numbers by which a change is read, each with its source: error of measurement and important change."""

from dataclasses import dataclass, replace
from decimal import Decimal

UNSOURCED = "To be confirmed by a licensed therapist"
POLICY = "Policy of this program, not of the instrument: to be confirmed by a licensed therapist"


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A number, in the unit of its instrument, and where it comes from.

    ``most`` is the upper end where the source gives a span ("3 to 4"). ``baseline`` is the span of baselines, both ends
    included, for which the source gives the number; None is any. ``when`` says what else it holds for ("at 1 week").
    """

    value: Decimal
    source: str
    most: Decimal | None = None
    baseline: tuple[Decimal, Decimal] | None = None
    when: str = ""

    def holds_for(self, baseline: Decimal) -> bool:
        """Say whether the number is meant for a change from this baseline, whatever else is asked."""
        return not self.when and (self.baseline is None or self.baseline[0] <= baseline <= self.baseline[1])


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Hold what is known of one version of an instrument; None is not found.

    ``mdc`` is the smallest change beyond measurement error, ``mcid`` the smallest important change. ``share`` is the
    percent of the baseline from which an improvement counts by Ostelo's rule. ``other_mdc`` and ``other_mcid`` are what
    other sources say: told where they read a change otherwise. From a baseline below ``improves_from`` an improvement
    cannot be read, from one above ``worsens_up_to`` a worsening.
    """

    mdc: Cited | None = None
    mcid: Cited | None = None
    share: Cited | None = None
    other_mdc: tuple[Cited, ...] = ()
    other_mcid: tuple[Cited, ...] = ()
    improves_from: Cited | None = None
    worsens_up_to: Cited | None = None

    def of_clinic(self, *, mdc: Decimal | None, mcid: Decimal | None, source: str) -> "Thresholds":
        """Return these with the clinic's own ``mdc`` and ``mcid``, None included; what others say is kept."""
        return replace(
            self,
            mdc=None if mdc is None else Cited(value=mdc, source=source),
            mcid=None if mcid is None else Cited(value=mcid, source=source),
        )

    @property
    def every(self) -> tuple[Cited, ...]:
        """All numbers that are held."""
        single = (self.mdc, self.mcid, self.share, self.improves_from, self.worsens_up_to)
        return (*(one for one in single if one is not None), *self.other_mdc, *self.other_mcid)
