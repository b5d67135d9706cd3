"""One case of many (汇总一个项目): evaluated where it lies; nothing there is written or locked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from xlpy.errors import XlpyError
from xlpy.excel.workers.pool import Crew
from xlpy.judge.order import changed_since
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.finding import Severity
from xlpy.model.history import FINANCE, NOTICE
from xlpy.model.meeting import matter
from xlpy.model.private import NOTHING_PRIVATE, Private
from xlpy.model.survey import (
    CHANGED,
    EVALUATED,
    NOT_RUN,
    NOTICED,
    PAID,
    Measure,
    RuleOf,
    SurveyedCase,
    SurveyedPlatform,
)
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms
from xlpy.steps.case import Case, open_case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered, gather
from xlpy.steps.log import journal
from xlpy.steps.log.announced import read_announced
from xlpy.steps.log.history import PAPERS
from xlpy.steps.meeting.waiting import waits
from xlpy.steps.mishap import sentence
from xlpy.steps.record import changes_since

COUNTY = "county"  # the field 所在县区
_WAITING = "评分表没有收齐，得分、名次、等次和奖补金额收齐或公示后再列出"
_UNFINISHED = (
    "（该项目正在运行，或上次运行没有写完：请等它结束，或在那里运行一次 xlpy check，再汇总。）"
)
_GONE = "“{}”在汇总过程中被移走、改名，或与共享文件夹的连接断开了，请核对后再汇总。"
_CODE = re.compile("[0-9A-Z]{18}")  # one with a letter or without is no account
_MOST_OPEN = 20  # sentences of one case; the rest is counted


def surveyed(today: date, folder: Path) -> SurveyedCase:
    """Return what the case in `folder` comes to today (汇总的一个项目); its `folder` stays "".

    One that cannot be evaluated has a `problem`, whatever went wrong with it, but MemoryError.
    """
    case = Case(folder)
    try:
        case = open_case(folder)
        return _judged(case, today)
    except (XlpyError, OSError) as problem:
        if not os.path.isdir(folder):  # a broken connection is an error to `Path.is_dir`
            return SurveyedCase(folder="", problem=_GONE.format(folder))
        told = sentence(problem)
        unfinished = read_announced(case)[1].outputs
        return SurveyedCase(folder="", problem=told + (_UNFINISHED if unfinished else ""))
    except MemoryError:
        raise
    except Exception as problem:  # a fault of ours costs this case only, and leaves its trace
        return SurveyedCase(folder="", problem=sentence(problem))


@cache
def readers() -> Crew:
    """Return the one replaceable child of this process that reads files (读取进程)."""
    return Crew(1)


def _judged(case: Case, today: date) -> SurveyedCase:
    journal.confirm_whole(case)
    gathered = gather(case, today=today, crew=readers())
    evaluation = decide(gathered, today=today)
    noticed = gathered.history.last_paper(NOTICE) is not None
    waiting = _WAITING if not noticed and waits(gathered, evaluation) else ""
    last = journal.last(gathered.entries, "evaluate")
    left = [
        one for one in evaluation.findings if not one.stage and one.id not in evaluation.accepted
    ]
    errors = [one for one in left if one.severity is Severity.ERROR]
    return SurveyedCase(
        folder="",
        id=gathered.staff.case,
        rule=rule_of(gathered.edition, gathered.forms),
        year=evaluation.year,
        as_of=evaluation.as_of,
        base=evaluation.base,
        quota=evaluation.quota,
        total=Decimal(0) if waiting else evaluation.total_subsidy,
        experts=len(evaluation.experts),
        filings=len(gathered.filings),
        platforms=tuple(_platforms(evaluation, gathered.forms, waiting)),
        stage=_stage(gathered, evaluation),
        last_run=last["time"] if last else "",
        waiting=waiting,
        open=tuple(_open(gathered, evaluation)),
        open_errors=len(errors),
        open_others=sum(one.blocks for one in left if one.severity is not Severity.ERROR),
        warnings=evaluation.warnings,
    )


def rule_of(edition: Edition, forms: Forms) -> RuleOf:
    """Return the words of an edition that tables of many cases need (所用政策版本)."""
    return RuleOf(
        id=edition.id,
        digest=edition.digest,
        title=edition.title,
        city=edition.city,
        bureau=edition.bureau,
        valid_from=edition.valid_from,
        valid_to=edition.valid_to,
        levels=tuple(one.name for one in edition.levels),
        grades=tuple(one.name for one in edition.grades),
        printed=tuple(one.printed for one in edition.grades),
        quota_grades=edition.quota_grades,
        counties=forms.filing.field(COUNTY).choices,
        measures=tuple(
            Measure(id=one.id, label=one.label, unit=one.unit)
            for one in forms.filing.summary.numbers
        ),
    )


def _platforms(evaluation: Evaluation, forms: Forms, waiting: str) -> Iterator[SurveyedPlatform]:
    county, measures = forms.filing.field(COUNTY).label, forms.filing.summary.numbers
    decisions = evaluation.decisions
    if waiting:  # the order of the result would tell the ranks
        decisions = tuple(sorted(decisions, key=lambda one: (one.code, one.name)))
    for one in decisions:
        filing = one.filing
        row = SurveyedPlatform(
            code=one.code if _CODE.fullmatch(one.code) else NOTHING_PRIVATE.struck(one.code),
            name=NOTHING_PRIVATE.struck(one.name),
            level=one.level,
            county=filing.text(county) if filing else "",
            status=one.status,
            state=one.state,
            ballots=len(one.score.totals),
            recused=len(one.score.recused),
            proved=_proved(one, measures),
        )
        yield (
            row
            if waiting
            else row._replace(
                score=one.score.value,
                rank=one.rank,
                preliminary=one.preliminary,
                final=one.final,
                subsidy=one.subsidy,
                tie=one.tie,
            )
        )


def _proved(one: Decision, measures: tuple[Field, ...]) -> dict[str, Decimal]:
    """Return what a ledger proves over all areas, by measure; {} where nobody can tell."""
    if one.filing is None or one.filing.unproved:
        return {}
    return {each.id: one.filing.proof.over_all(each.id) for each in measures}


def _stage(gathered: Gathered, evaluation: Evaluation) -> str:
    if journal.last(gathered.entries, "evaluate") is None:
        return NOT_RUN
    if changes_since(gathered, evaluation):
        return CHANGED
    for kind, stage in ((FINANCE, PAID), (NOTICE, NOTICED)):
        paper = gathered.history.last_paper(kind)
        if paper is not None and not changed_since(paper, evaluation.decisions):
            return stage
    return EVALUATED


def _open(gathered: Gathered, evaluation: Evaluation) -> Iterator[str]:
    """Yield what a case waits for (未了事项), without ids, files, cells and persons."""
    persons = Private(one.name for one in gathered.staff.experts)
    told = [persons.struck(matter(cause)) for cause in evaluation.causes]
    yield from told[:_MOST_OPEN]
    if len(told) > _MOST_OPEN:
        yield f"另有{len(told) - _MOST_OPEN}项"
    for kind, name in PAPERS.items():
        paper = gathered.history.last_paper(kind)
        if paper is not None and changed_since(paper, evaluation.decisions):
            yield f"已导出的{name}第{paper.version}版与现在的等次或奖补金额不同"
