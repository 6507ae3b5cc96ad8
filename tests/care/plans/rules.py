"""The payers' rules as the program brings them."""

from clinic.care.defaults.shipped import PAYERS
from clinic.care.plans.payers import rules_from

SHIPPED = MEDICARE_B, COMMERCIAL, SELF_PAY = [rules_from(one) for one in PAYERS]
