"""The rule set of a payer, from the clinical defaults."""

from typing import Any

from clinic.care import defaults
from clinic.care.defaults import Default, Shipped
from clinic.care.plans.payer_rules import PayerRules


def rules_of(payer: str) -> PayerRules:
    """Return the rules of a payer such as ``payer.medicare-b``, as the clinic has them. Raises ``NotFound``."""
    return rules_from(defaults.current(payer))


def rules_from(found: Default | Shipped) -> PayerRules:
    """Return a clinical default as a payer's rules. Raises ``ValueError`` for lengths that make no sense."""
    value: Any = found.value
    return PayerRules(
        key=found.key,
        name=found.label,
        certify_within_days=value["certify_within_days"],
        verbal_signature_days=value["verbal_signature_days"] or 0,
        interval_days=value["interval_days"],
        expiring_days=value["expiring_days"] or 0,
        exception_by_referral=value["exception_by_referral"],
        progress_treatment_days=value["progress_treatment_days"],
        progress_calendar_days=value["progress_calendar_days"],
        billing_rule=value["billing"],
        source=found.source,
    )
