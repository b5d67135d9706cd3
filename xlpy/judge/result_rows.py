"""The rows of 评价结果 staff wrote on (经办人填写的结果行), each with its platform."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from xlpy.judge.keys import Key, key_of
from xlpy.judge.terms import RESULTS, Terms
from xlpy.model.finding import Finding
from xlpy.model.staff import Ruling


def rulings_by_platform(
    rulings: Sequence[Ruling], known: Mapping[Key, str], terms: Terms
) -> tuple[Mapping[Key, Ruling], tuple[Finding, ...]]:
    """Return the one row of each platform, and the rows that are gone or doubled (R810, R819).

    Rows staff left blank say nothing. Of doubled rows neither is taken.
    """
    rows: dict[Key, list[Ruling]] = defaultdict(list)
    for ruling in sorted(rulings, key=lambda one: one.row):
        if not ruling.blank:
            rows[key_of(ruling.code, ruling.name)].append(ruling)
    findings: list[Finding] = []
    for key, group in rows.items():
        for ruling in group:
            words = {"name": ruling.name, "code": ruling.code}
            if key not in known:
                findings.append(
                    terms.of_staff("R810", RESULTS, ruling.row, subject=ruling.name, **words)
                )
            elif len(group) > 1:
                words["other"] = str(next(one.row for one in group if one is not ruling))
                findings.append(
                    terms.of_staff("R819", RESULTS, ruling.row, subject=ruling.name, **words)
                )
    taken = {key: group[0] for key, group in rows.items() if key in known and len(group) == 1}
    return taken, tuple(findings)
