"""What a platform is paid (奖补金额): Art. 14, by level and final grade, in 万元."""

from __future__ import annotations

from decimal import Decimal

from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason
from xlpy.model.number import plain


def subsidy(
    level: str, grade: str | None, terms: Terms
) -> tuple[Decimal | None, tuple[Reason, ...]]:
    """Return the amount in 万元 and the reason; None where no grade was given.

    A platform whose level nobody knows (an absent one) has the last grade: it is paid nothing.
    """
    if grade is None:
        return None, ()
    known = terms.edition.level(level)
    amount = known.subsidy[grade] if known else Decimal(0)
    article = known.article if known else terms.edition.articles["subsidy"]
    paid = f"{plain(amount)}万元" if amount else "不予奖补"
    given = f"{level}{terms.edition.printed(grade)}"
    return amount, (Reason("subsidy", article, f"{given}：{paid}", given, "", paid),)
