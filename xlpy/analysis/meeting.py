"""The whole analysis (会商分析): every table of it, in the order of its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from xlpy.analysis.boards import board, named, records
from xlpy.analysis.counties import COUNTY, counties
from xlpy.analysis.evidence import evidence
from xlpy.analysis.inquiry import Inquiry
from xlpy.analysis.panel.additive import Fit, fitted
from xlpy.analysis.panel.agreement import kendall, krippendorff
from xlpy.analysis.panel.recusal import recusal
from xlpy.analysis.panel.spread import spread
from xlpy.analysis.panel.strictness import strictness
from xlpy.analysis.panel.table import recusals, totals
from xlpy.analysis.panel.unusual import unusual
from xlpy.analysis.points import points
from xlpy.analysis.trials import margin_table, method_table, rank_table, without_table
from xlpy.analysis.years import PROVED, year_table
from xlpy.model.number import half_up, plain
from xlpy.model.sheets.board import Board, Heat
from xlpy.policy.form import Field, Forms
from xlpy.policy.forms.load import load_meeting

_MEAN = "mean"
_COUNTS = Heat(0, (Decimal(1), Decimal(3), Decimal(6)))  # platforms
_ONLY_MEAN = "现行方法不是{}，不作这项比较。"
_NO_BEFORE = (
    "没有找到上年的评价项目：本项目不是承接上年建立的，或上年项目已移走。需要对比的，"
    "请用命令“xlpy report 本项目文件夹 --last 上年项目文件夹”重新生成。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experts:
    """What the totals say of the experts (专家统计): the table x, its fit, who stands where."""

    x: pd.DataFrame
    fit: Fit
    table: pd.DataFrame
    unusual: pd.DataFrame


def boards(asked: Inquiry) -> tuple[Board, ...]:
    """Return the tables of 会商分析.xlsx, those of one sheet behind one another.

    Experts stand by number; nothing here is a score or a grade that counts.
    """
    found = _experts(asked)
    rows = {
        "points": [
            {"number": at, "topic": topic, "text": text}
            for at, (topic, text) in enumerate(points(asked, found.table, found.unusual), 1)
        ]
    }
    return (
        board(load_meeting()["points"], rows["points"]),
        *_about_experts(asked, found),
        *_about_agreement(asked, found),
        *_about_trials(asked),
        _about_recusals(asked, found),
        evidence(asked),
        _about_years(asked),
        _about_counties(asked),
    )


def _full(asked: Inquiry) -> Decimal:
    return sum(asked.evaluation.rubric, Decimal(0))


def _experts(asked: Inquiry) -> Experts:
    x = totals(asked.evaluation.decisions)
    fit = fitted(x)
    full = _full(asked)
    table = strictness(x, fit, recusals(asked.evaluation), full)
    return Experts(x=x, fit=fit, table=table, unusual=unusual(x, fit, full))


def _shares(asked: Inquiry, *shares: str) -> tuple[Decimal, ...]:
    """Return shares of full marks in points."""
    return tuple(Decimal(one) * _full(asked) for one in shares)


def _about_experts(asked: Inquiry, found: Experts) -> Iterator[Board]:
    tables = load_meeting()
    heat = {
        "beta": Heat(0, _shares(asked, "0.01", "0.02", "0.04"), signed=True),
        "correlation": Heat(0, (Decimal("0.7"), Decimal("0.5"), Decimal("0.3")), low=True),
        "unusual": _COUNTS,
    }
    chart = ("各专家宽严（正数偏宽）", "expert", "beta", "分")
    hidden = () if found.fit.components > 1 else ("component",)
    rows = records(found.table)
    yield board(tables["experts"], rows, hidden=hidden, heat=heat, bars=(chart,))
    yield board(tables["unusual"], named(asked.evaluation.decisions, found.unusual))


def _about_agreement(asked: Inquiry, found: Experts) -> Iterator[Board]:
    tables = load_meeting()
    alpha, w = krippendorff(found.x), kendall(found.x)
    figures = [
        {
            "figure": "Krippendorff α（定距）",
            "value": alpha.value,
            "basis": f"{alpha.platforms}家平台的{alpha.scores}个合计，每家至少2位专家",
        },
        {
            "figure": "Kendall W（有并列修正）",
            "value": w.value,
            "basis": f"{w.platforms}家平台由全部{w.experts}位专家评分（至少3家才计算）",
        },
    ]
    yield board(tables["agreement"], figures)
    decisions = asked.evaluation.decisions
    apart = spread(found.x, found.fit).rename_axis("platform").reset_index()
    rows = [
        {**row, "score": decisions[int(str(row["platform"]))].score.value}
        for row in named(asked.evaluation.decisions, apart)
    ]
    heat = {"sd": Heat(0, _shares(asked, "0.03", "0.05", "0.08"))}
    yield board(tables["spread"], rows, heat=heat)


def _about_trials(asked: Inquiry) -> Iterator[Board]:
    tables, edition, now = load_meeting(), asked.edition, asked.now
    without = without_table(now, asked.without, edition, asked.rules)
    yield board(tables["without"], records(without), heat={"changed": _COUNTS})
    yield board(tables["ranks"], records(rank_table(now, asked.without, edition)))
    near = margin_table(asked.margins)
    close = Heat(0, _shares(asked, "0.02", "0.01", "0.005"), low=True, signed=True)
    margins = board(tables["margins"], records(near), heat={"up": close, "down": close})
    if len(asked.margins) < asked.ranked:
        few = f"只列最接近的{len(asked.margins)}家（参加排名的共{asked.ranked}家）。"
        margins = margins._replace(hint=f"{few}{margins.hint}")
    yield margins
    yield board(tables["methods"], _tried(asked), heat={"changed": _COUNTS})


def _tried(asked: Inquiry) -> list[dict[str, object]]:
    """Return what was tried: a row each that changes a grade or the money, one for all others."""
    rows = records(method_table(asked.now, asked.methods, asked.edition))
    same = [row for row in rows if not row["changed"] and not row["difference"]]
    telling = [row for row in rows if row not in same]
    if not same:
        return telling
    names = "；".join(str(row["words"]) for row in same)
    words = f"其余{len(same)}种" if telling else f"全部{len(same)}种"
    told = f"等次和奖补都不改变：{names}"
    return [*telling, {"words": words, "changed": 0, "changes": told}]


def _about_recusals(asked: Inquiry, found: Experts) -> Board:
    table, decisions = load_meeting()["recusal"], asked.evaluation.decisions
    usual = asked.edition.parameter("aggregation").choices[_MEAN]
    if asked.rules.aggregation != _MEAN:
        return board(table, ())._replace(hint=_ONLY_MEAN.format(usual))
    lines = [asked.rules.lines[one.name] for one in asked.edition.grades if one.line]
    frame = recusal(decisions, found.fit, lines)
    rows = [
        {**row, "scored": row["experts"], "bias": row["shift"], "mark": _mark(asked, row)}
        for row in named(asked.evaluation.decisions, frame)
    ]
    moved = [row for row in rows if row["mark"] or half_up(_exact(row["bias"]), 2)]
    left = len(rows) - len(moved)
    few = f"组内宽严不足0.01分、也没有标记的{left}家不列出。" if left else ""
    return board(table, moved)._replace(hint=f"{few}{table.hint}")


def _exact(figure: object) -> Decimal:
    """Return a figure of a frame, nothing for one that is blank."""
    number = float(str(figure))
    return Decimal(number) if number == number else Decimal(0)


def _mark(asked: Inquiry, row: Mapping[str, object]) -> str:
    """Say what a platform's experts would have moved it over."""
    crossed, swapped = row["crossed"], row["swapped"]
    assert isinstance(crossed, tuple)
    assert isinstance(swapped, tuple)
    names = "、".join(asked.evaluation.decisions[at].name for at in swapped)
    told = [f"越过{'、'.join(map(plain, crossed))}分的等次线"] if crossed else []
    told += [f"与{names}先后颠倒"] if swapped else []
    return "；".join(told)


def _about_years(asked: Inquiry) -> Board:
    table = load_meeting()["years"]
    more = (*_proved(asked.forms), Field(id="note", label="说明", kind="long", width=18))
    if asked.before is None:
        return board(table, (), more=more)._replace(hint=_NO_BEFORE)
    before = asked.before
    frame = year_table(asked.evaluation.decisions, asked.edition, before)
    where = f"上年项目：{before.where}（{before.evaluation.year}年度）。"
    if before.edition.digest != asked.edition.digest:
        where += f"上年依据的政策版本是“{before.edition.id}”，本年是“{asked.edition.id}”。"
    hint = f"{where}{before.note}{table.hint}"
    return board(table, records(frame), more=more)._replace(hint=hint)


def _proved(forms: Forms) -> Iterator[Field]:
    """Yield the columns of what the ledgers prove, last year's before this year's."""
    for one in forms.filing.summary.numbers:
        if one.id in PROVED:
            yield Field(id=f"{one.id}_then", label=f"上年{one.label}", kind="whole", width=10)
            yield Field(id=one.id, label=f"本年{one.label}", kind="whole", width=10)


def _about_counties(asked: Inquiry) -> Board:
    table, edition = load_meeting()["counties"], asked.edition
    frame = counties(asked.evaluation, edition, asked.forms)
    grades = [
        Field(id=f"grade_{at}", label=one.printed, kind="computed", width=6)
        for at, one in enumerate(edition.grades, 1)
    ]
    money = Field(id="subsidy", label="奖补(万元)", kind="decimal", width=9)
    measures = [
        Field(id=one.id, label=one.label, kind=one.kind, width=9)
        for one in asked.forms.filing.summary.numbers
    ]
    rows: Sequence[dict[str, object]] = [
        {**row, COUNTY: row[COUNTY] or "（不详）"} for row in records(frame)
    ]
    chart = ("各县区奖补金额", COUNTY, "subsidy", "万元")
    return board(table, rows, more=(*grades, money, *measures), bars=(chart,))
