"""Who is paid (收款核对): one account or one operator for two platforms, a payee of another name.

Looked at after the rulings, among those to be paid only: before that nobody knows who they are.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from xlpy.judge.terms import Terms
from xlpy.model.decision import Decision
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.model.keys import Key, bare, folded, outline
from xlpy.model.staff import Acceptance
from xlpy.policy.findings.catalogue import catalogue

_DIGITS = frozenset("0123456789")
_FIELDS = ("operator", "account_name", "account")
_TAIL = 4
"""How many digits of an account a finding shows: the last ones, as on a receipt."""


class Payee(NamedTuple):
    """One platform to be paid (收款平台): what its form says of operator and account."""

    key: Key
    name: str
    filing: Filing
    operator: str
    account_name: str
    account: str

    @property
    def owners(self) -> frozenset[tuple[str, str]]:
        """Return what tells the operator: credit code and name, as compared."""
        named = (("code", self.key.code), ("name", outline(self.operator)))
        return frozenset(one for one in named if one[1])

    @property
    def number(self) -> str:
        """Return the digits of the account."""
        return "".join(one for one in folded(self.account) if one in _DIGITS)

    @property
    def tail(self) -> str:
        """Return the end of the account, all that is shown of it."""
        return self.number[-_TAIL:] or "未填写"


Group = tuple[Payee, ...]


class PayeeGroup(NamedTuple):
    """Platforms that one acceptance settles (收款问题): the finding and whom it concerns."""

    finding: Finding
    payees: Group

    @property
    def files(self) -> frozenset[str]:
        """Return the files of the platforms."""
        return frozenset(one.filing.file for one in self.payees)


def payee_groups(decisions: Sequence[Decision], terms: Terms) -> tuple[PayeeGroup, ...]:
    """Return what is to be explained before money goes out (D610, D611, D612), one a group."""
    paid = tuple(_paid(decisions, terms))
    operators = _joined(paid, lambda one: one.owners)
    return (
        *(_one_operator(group, terms) for group in operators),
        *(_one_account(group, terms) for group in _accounts(paid, operators)),
        *(_other_payee(one, terms) for one in paid if _paid_to_another(one)),
    )


def payee_remarks(
    groups: Sequence[PayeeGroup], typed: Sequence[Acceptance], accepted: Collection[str]
) -> Mapping[Key, tuple[str, ...]]:
    """Return what the subsidy sheet says of a platform (备注): why its group was accepted."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for one in sorted(typed, key=lambda one: one.row):
        if one.accepted and (reason := _on_one_line(one.reason)):
            reasons[folded(one.finding)].append(reason)
    told: dict[Key, list[str]] = defaultdict(list)
    for group in groups:
        if group.finding.id in accepted:
            given = "；".join(dict.fromkeys(reasons[folded(group.finding.id)]))
            for payee in group.payees:
                told[payee.key].append(f"{catalogue()[group.finding.code].title}：{given}")
    return {key: tuple(texts) for key, texts in told.items()}


def _on_one_line(text: str) -> str:
    """Return `text` for one cell of a filed sheet: what does not print is a blank."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _paid(decisions: Sequence[Decision], terms: Terms) -> Iterator[Payee]:
    labels = {id: terms.forms.filing.field(id).label for id in _FIELDS}
    for one in decisions:
        if one.subsidy and one.filing:
            answers = {id: one.filing.text(label) for id, label in labels.items()}
            yield Payee(key=one.key, name=one.name, filing=one.filing, **answers)


def _joined(payees: Sequence[Payee], marks: Callable[[Payee], frozenset[Any]]) -> list[Group]:
    """Return the payees who share a mark, also through a third one, in groups of two or more."""
    known: dict[Any, dict[Key, Payee]] = {}
    for payee in payees:
        group = {payee.key: payee}
        for mark in marks(payee):
            group |= known.get(mark, {})
        known |= {mark: group for one in group.values() for mark in marks(one)}
    groups = {frozenset(group): group for group in known.values() if len(group) > 1}
    return [tuple(sorted(one.values(), key=_order)) for one in groups.values()]


def _accounts(paid: Sequence[Payee], operators: Sequence[Group]) -> Iterator[Group]:
    """Yield who shares an account, but for the platforms of one operator alone."""
    alone = [{one.key for one in group} for group in operators]
    for group in _joined(paid, lambda one: frozenset({one.number} - {""})):
        if not any({one.key for one in group} <= known for known in alone):
            yield group


def _order(one: Payee) -> tuple[str, Key]:
    return one.filing.file, one.key


def _paid_to_another(one: Payee) -> bool:
    payee, operator = bare(one.account_name), bare(one.operator)
    return bool(payee and operator) and payee != operator


def _one_operator(group: Group, terms: Terms) -> PayeeGroup:
    tails = "、".join(one.tail for one in group)
    same = len({one.number for one in group}) == 1 and group[0].number
    accounts = f"银行账号相同（尾号{group[0].tail}）" if same else f"银行账号尾号依次为{tails}"
    return _group("D611", group, "operator", terms, accounts=accounts)


def _one_account(group: Group, terms: Terms) -> PayeeGroup:
    return _group("D610", group, "account", terms, tail=group[0].tail)


def _other_payee(one: Payee, terms: Terms) -> PayeeGroup:
    words = {"name": one.name, "payee": one.account_name, "operator": one.operator}
    return _group("D612", (one,), "account_name", terms, **words)


def _group(code: str, group: Group, field: str, terms: Terms, /, **words: str) -> PayeeGroup:
    """Return the finding of a group, on that field of its first file."""
    first = group[0]
    made = terms.finding(
        code,
        terms.in_profile(first.filing, terms.forms.filing.field(field).label),
        article=terms.edition.articles["subsidy"],
        subject=first.name,
        digest=_digest(group),
        names="、".join(f"“{one.name}”" for one in group),
        operators="、".join(dict.fromkeys(one.operator or "未填写" for one in group)),
        **words,
    )
    return PayeeGroup(finding=made, payees=group)


def _digest(group: Group) -> str:
    """Return a digest that changes with any file of the group."""
    digests = "\n".join(sorted(one.filing.digest for one in group))
    return hashlib.sha256(digests.encode("utf-8")).hexdigest()
