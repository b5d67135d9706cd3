"""What the log tells of a case (历史): papers filed, figures shown to the experts, in few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tests.kit.judging import Applicant
from xlpy.model.decision import Evaluation
from xlpy.model.history import FINANCE, NOTICE, Figures, History, Paper
from xlpy.model.keys import key_of

FILES = {NOTICE: "公示名单", FINANCE: "奖补资金安排表"}


def paper_of(done: Evaluation, kind: str = NOTICE, **changes: Any) -> Paper:
    """Return a paper as it was filed from an evaluation, on 2023-03-20."""
    made = Paper(
        kind=kind,
        version=1,
        path=f"输出/已导出/{FILES[kind]}-第1版.xlsx",
        digest=f"sha-{kind}-1",
        time="2023-03-20T09:30:00+08:00",
        grades={(one.code, one.name): one.final for one in done.decisions},
        amounts={(one.code, one.name): str(one.subsidy) for one in done.decisions},
        as_of=done.as_of.isoformat(),
        content=f"content-{kind}",
    )
    return replace(made, **changes)


def published(done: Evaluation, **changes: Any) -> History:
    """Return the history of a case whose public list was filed from an evaluation."""
    return History(papers=(paper_of(done, **changes),))


def showing(
    one: Applicant,
    figures: Figures,
    *,
    experts: Iterable[str] = ("01", "02", "03", "04", "05"),
    supplement: int = 0,
) -> Mapping[tuple[str, int], Mapping[Any, Figures]]:
    """Return the figures of one platform as they went out to these experts."""
    seen = {key_of(one.known_code, one.name): figures}
    return {(expert.lstrip("0"), supplement): seen for expert in experts}
