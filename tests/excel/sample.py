"""One document with everything a document can hold, for the tests of writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from xlpy.excel.writing.styles import STYLES
from xlpy.excel.writing.write import DOCUMENT_MODULES
from xlpy.model.sheets.sheet import (
    Button,
    Chart,
    Condition,
    Document,
    Formula,
    Line,
    Page,
    Series,
    Sheet,
    Span,
    Validation,
)

LONG_LIST = tuple(f"第{number}类服务机构（示例名称）" for number in range(40))
TYPED = Span(3, 1, 9, 1)


def validations() -> tuple[Validation, ...]:
    """Return one validation of each kind, with hint and error."""
    texts = {
        "hint_title": "填写提示",
        "hint": "请按说明填写\n第二行",
        "error_title": "填写有误",
        "error": "请填写“是”或“否”<&>",
    }
    yes_no = Validation(span=TYPED, kind="list", choices=("是", "否"), **texts)
    bounds = {"low": Decimal("0"), "high": Decimal("12.5")}
    kinds = (
        replace(yes_no, choices=LONG_LIST),
        replace(yes_no, choices=("甲,乙", "丙")),
        replace(yes_no, choices=(), source="=评价结果!$A$3:$A$5"),
        replace(yes_no, kind="whole", choices=(), low=1),
        replace(yes_no, kind="decimal", choices=(), stop=False, **bounds),
        replace(yes_no, kind="date", choices=(), low=date(2022, 1, 1), high=date(2022, 12, 31)),
        replace(yes_no, kind="length", choices=(), high=500),
        replace(yes_no, kind="custom", choices=(), formula="=LEN(J4)=18"),
        replace(yes_no, kind="any", choices=()),
        replace(yes_no, kind="whole", choices=()),
    )
    moved = (replace(rule, span=Span(3, 2 + n, 9, 2 + n)) for n, rule in enumerate(kinds))
    return (yes_no, *moved)


def form_sheet() -> Sheet:
    """Return a form: open cells, validations, conditions, a note, protection."""
    head = Line(tuple(f"栏目{number}*" for number in range(12)), "head", 30)
    rows = tuple(Line((number, *[None] * 11), ("cell", *["input"] * 11)) for number in range(1, 8))
    return Sheet(
        name="附件1",
        lines=(Line(("附件1 示范平台年度运营服务情况报告",), "title", 32), Line(()), head, *rows),
        widths=(6, *[14] * 11),
        column_styles=("cell", *["input"] * 11),
        merges=((Span(0, 0, 0, 11), "title"), (Span(1, 0, 1, 11), "note")),
        notes={(2, 1): "建议格式", (2, 2): "长" * 600},
        validations=validations(),
        conditions=(
            Condition(span=TYPED, formula='=B4=""', style="missing"),
            Condition(span=TYPED, formula="=LEN(B4)>2", style="failed"),
        ),
        freeze=(3, 1),
        page=Page(
            landscape=True, repeat_rows=(2, 2), header="&L蚌埠市经信局", area=Span(0, 0, 9, 11)
        ),
        protect=True,
        tab_colour="#1F4E79",
        buttons=(
            Button(
                row=11, column=1, width=96, height=30, caption="校验", macro="xlwings.RunPython"
            ),
        ),
    )


def result_sheet() -> Sheet:
    """Return results: every kind of value, a filter, charts beside them."""
    rows = tuple(
        Line(
            (
                f"平台{number}",
                Decimal("91.29") - number,
                number * 3,
                date(2022, 8, 23),
                None,
                grade,
            ),
            ("cell", "decimal", "number", "date", "cell", "cell.center"),
        )
        for number, grade in enumerate("AABBCD", 1)
    )
    total = Formula("=SUM(B3:B8)", Decimal("526.74"))
    last = Line(("合计", total, 63, None, None, None), ("total", "total.money", *["total"] * 4))
    shown = Span(2, 1, 7, 1)
    series = Series(name="得分", sheet="评价结果", categories=Span(2, 0, 7, 0), values=shown)
    counted = series._replace(name="家数", values=Span(2, 2, 7, 2), colour="#0072B2")
    chart = Chart(
        kind="column", title="得分", row=11, column=0, width=420, height=280, series=(series,)
    )
    both = (counted, series)
    charts = (
        replace(chart, y_title="得分（分）", y_high=100),
        replace(chart, kind="stacked", title="合并", row=27, column=0, series=both),
    )
    grades = (
        Condition(span=Span(2, 5, 7, 5), formula=f'=$F3="{grade}"', style=f"grade.{look}")
        for grade, look in zip("ABCD", "1368", strict=True)
    )
    return Sheet(
        name="评价结果",
        lines=(
            Line(("评价结果",), "title"),
            Line(("平台", "得分", "家数", "日期", "备注", "等次"), "head"),
            *rows,
            last,
        ),
        widths=(18, 10, 10, 14, 18, 8),
        merges=((Span(0, 0, 0, 5), "title"),),
        conditions=tuple(grades),
        charts=charts,
        filter=Span(1, 0, 7, 5),
        freeze=(2, 1),
        gridlines=False,
        zoom=90,
    )


def style_sheet() -> Sheet:
    """Return every named style with its name in it."""
    lines = tuple(Line((name, name, 1234), ("cell", name, name)) for name in STYLES)
    return Sheet(name="样式", lines=lines, widths=(18, 30, 18))


def rich_document(*, vba: bool = False) -> Document:
    """Return a document that uses every field of the model; with macros, with all their sheets."""
    more = range(len(DOCUMENT_MODULES) if vba else 0)
    meta = Sheet(name="_meta", lines=(Line(("form", "filing"), "text"),), hidden="very")
    return Document(
        title="示例文件",
        sheets=(
            *(meta, result_sheet(), form_sheet(), style_sheet()),
            *(Sheet(name=f"页{number}", lines=()) for number in more),
        ),
        active="附件1",
        vba=vba,
    )
