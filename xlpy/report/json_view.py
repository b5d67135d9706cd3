"""The evaluation as plain JSON values (JSON 输出), for `--json`: money in 万元, absent is null."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlpy.model.decision import Decision, Evaluation, Reason
from xlpy.model.finding import Finding
from xlpy.model.number import plain
from xlpy.report.papers.finding_rows import state


def json_view(evaluation: Evaluation) -> dict[str, Any]:
    """Return the whole evaluation as JSON values; the same evaluation gives the same object.

    Numbers that must stay exact (scores, money) are text.
    """
    return {
        "year": evaluation.year,
        "edition": evaluation.edition,
        "base": evaluation.base,
        "quota": evaluation.quota,
        "platforms": [_platform(one) for one in evaluation.decisions],
        "findings": findings_view(evaluation.findings, evaluation.accepted),
        "total_subsidy": plain(evaluation.total_subsidy),
    }


def findings_view(
    findings: tuple[Finding, ...], accepted: frozenset[str] = frozenset()
) -> list[dict[str, str]]:
    """Return findings as JSON values, with their id and state."""
    return [
        {
            "code": one.code,
            "severity": one.severity.value,
            "file": one.place.file,
            "sheet": one.place.sheet,
            "cell": one.cell,
            "found": one.found,
            "needed": one.needed,
            "mend": one.mend,
            "id": one.id,
            "state": state(one, accepted),
        }
        for one in findings
    ]


def _platform(decision: Decision) -> dict[str, Any]:
    return {
        "code": decision.code,
        "name": decision.name,
        "level": decision.level,
        "status": decision.status.value,
        "ballots": len(decision.score.totals),
        "recused": len(decision.score.recused),
        "score": _text(decision.score.value),
        "rank": decision.rank,
        "preliminary": decision.preliminary,
        "final": decision.final,
        "subsidy": None if decision.subsidy is None else plain(decision.subsidy),
        "tie": decision.tie,
        "pending": list(decision.pending),
        "reasons": [_reason(one) for one in decision.reasons],
    }


def _reason(reason: Reason) -> dict[str, str]:
    return {"step": reason.step, "article": reason.article, "text": reason.text}


def _text(value: Decimal | None) -> str | None:
    """Return a number with all the decimals it was rounded to, as it is printed."""
    return None if value is None else f"{value:f}"
