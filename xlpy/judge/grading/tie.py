"""Ties across the last place (并列裁定): the order the bureau meeting gives to such a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from xlpy.judge.grading.grade import across
from xlpy.judge.grading.rank import Group
from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason
from xlpy.model.finding import Finding
from xlpy.model.keys import Key
from xlpy.model.staff import Ruling

_ORDER = "tie_order"  # the column 并列裁定


class Settled(NamedTuple):
    """The ranking once ties are settled (裁定后的排名): groups, reasons, and what was refused."""

    groups: tuple[Group, ...]
    reasons: Mapping[Key, Reason]
    findings: tuple[Finding, ...] = ()


def settled(
    groups: Sequence[Group], quota: int, rulings: Mapping[Key, Ruling], terms: Terms
) -> Settled:
    """Split the group across the last place as staff numbered it 1..n; refuse anything else."""
    orders = {key: one for key, one in rulings.items() if one.tie_order is not None}
    tied = across(groups, quota, terms)
    members = [one.key for one in tied]
    idle = tuple(_idle(one, terms) for key, one in orders.items() if key not in members)
    numbers = sorted(orders[key].tie_order or 0 for key in members if key in orders)
    if not numbers:
        return Settled(groups=tuple(groups), reasons={}, findings=idle)
    if numbers != list(range(1, len(members) + 1)):
        wrong = _wrong(tied, orders, terms)
        return Settled(groups=tuple(groups), reasons={}, findings=(*idle, wrong))
    ordered = sorted(tied, key=lambda one: orders[one.key].tie_order or 0)
    apart = [(one,) for one in ordered]
    return Settled(
        groups=tuple(new for group in groups for new in (apart if group is tied else [group])),
        reasons=dict(_reasons(tied, orders, terms)),
        findings=idle,
    )


def _reasons(
    tied: Group, orders: Mapping[Key, Ruling], terms: Terms
) -> Iterator[tuple[Key, Reason]]:
    for one in tied:
        ruling = orders[one.key]
        why = f"（{ruling.reason}）" if ruling.reason else ""
        order = f"在并列的{len(tied)}家平台中列第{ruling.tie_order}{why}"
        text = f"{terms.edition.meeting}并列裁定：{order}"
        article = terms.edition.articles["ruling"]
        yield one.key, Reason("tie", article, text, f"{ruling.tie_order}", "", "采纳")


def _wrong(tied: Group, orders: Mapping[Key, Ruling], terms: Terms) -> Finding:
    said = "、".join(
        f"{one.name}填{orders[one.key].tie_order}" if one.key in orders else f"{one.name}未填"
        for one in tied
    )
    first = min((orders[one.key] for one in tied if one.key in orders), key=lambda one: one.row)
    names = "、".join(one.name for one in tied)
    words: dict[str, Any] = {"found": f"并列裁定为：{said}", "count": len(tied), "names": names}
    return terms.of_ruling("R808", first, _ORDER, **words)


def _idle(ruling: Ruling, terms: Terms) -> Finding:
    words: dict[str, Any] = {"name": ruling.name, "order": ruling.tie_order}
    return terms.of_ruling("R809", ruling, _ORDER, **words)
