"""校验反馈: what was read from a platform's file in our own form, wrong cells explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlpy.forms.cells.labels import label_key
from xlpy.forms.drawing.cells import rows_needed
from xlpy.forms.filing.document import Spot, filing_document
from xlpy.forms.filing.plan import FEEDBACK_SHEET
from xlpy.forms.filing_blank.plan import Plan, plan_of
from xlpy.model.filing import Content
from xlpy.model.finding import Finding, Severity, in_order
from xlpy.model.grid import address
from xlpy.model.look import colours
from xlpy.model.sheets.sheet import Document, Line, Page, Sheet, Span
from xlpy.model.sheets.titled import Banner, footer, titled
from xlpy.model.staff import Office
from xlpy.policy.edition import Edition
from xlpy.policy.findings.catalogue import catalogue
from xlpy.policy.form import FilingForm, Forms
from xlpy.visible import visible

_HEADINGS = (
    *("编号", "严重程度", "工作表", "原表单元格", "本表单元格"),
    *("发现的情况", "应当如何", "改正办法", "依据"),
)
_WIDTHS = (15.0, 9.0, 10.0, 10.0, 10.0, 36.0, 32.0, 42.0, 12.0)
_ON_LINE = (15, 4, 5, 9, 9, 17, 15, 20, 6)  # characters on a line of each column
_LINE = 15.0
_STYLES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "hint"}
_WEIGHT = tuple(_STYLES)
SHORTFALL = "待补正"
_WORDS = (str(Severity.ERROR), SHORTFALL, str(Severity.WARNING), str(Severity.NOTE))
_LONGEST_NOTE = 1000
_NOTED, _MOST_NOTES, _MOST_COLOURS = 100, 2_000, 10_000
"""Cells of one finding that have a note; notes and colours of one copy. A copy can be sent back."""


def feedback_document(
    *,
    edition: Edition,
    forms: Forms,
    year: int | None,
    content: Content,
    findings: Sequence[Finding],
    office: Office | None = None,
) -> Document:
    """Return the feedback (校验反馈): all findings in front, then the form as it was read.

    The platform corrects the form and sends the whole file back: it reads as a filing again.
    """
    form = forms.filing
    keys = _origins(form, content)
    ordered = in_order(list(findings))
    content = _without_lost(content, ordered, keys)
    document = filing_document(
        edition=edition,
        forms=forms,
        year=year,
        content=content,
        marks=_marks(ordered, keys),
        office=office,
    )
    plan = plan_of(edition, form, year, content)
    front = _front(plan, content, ordered, keys)
    return replace(
        document,
        title=f"{form.title} {FEEDBACK_SHEET}",
        sheets=(front, *document.sheets),
        active=FEEDBACK_SHEET,
    )


def _origins(form: FilingForm, content: Content) -> dict[tuple[str, str], Spot]:
    """Return our key of every cell of the person's file, by sheet as compared and address."""
    sheets = {label_key(sheet): sheet for sheet in form.sheets}
    return {
        (label_key(sheet), cell): (sheets[label_key(sheet)], row, key)
        for (sheet, cell), (row, key) in content.origins.items()
        if label_key(sheet) in sheets
    }


def _without_lost(
    content: Content, findings: Sequence[Finding], keys: dict[tuple[str, str], Spot]
) -> Content:
    """Return what was read without the cells that would look right in our form, and are not.

    An account stored as a number has lost its last digits, and 90% would stand there as 0.9:
    sent back unchanged, nothing would be wrong with them any more.
    """
    lossy = (one for one in findings if catalogue()[one.code].lossy)
    lost = {key for one in lossy for key in _keys(one, keys)}
    profile = {key[2] for key in lost if key[1] < 0}
    return replace(
        content,
        answers={k: value for k, value in content.answers.items() if k not in profile},
        rows={
            sheet: tuple(
                {id: value for id, value in row.items() if (sheet, at, id) not in lost}
                for at, row in enumerate(rows)
            )
            for sheet, rows in content.rows.items()
        },
    )


def _keys(finding: Finding, keys: dict[tuple[str, str], Spot]) -> list[Spot]:
    """Return our keys of the cells a finding is about, in the order of its cells."""
    sheet = label_key(finding.place.sheet)
    return [keys[sheet, cell] for cell in finding.places if (sheet, cell) in keys]


def _marks(
    findings: Sequence[Finding], keys: dict[tuple[str, str], Spot]
) -> dict[Spot, tuple[str, str]]:
    """Return the marks: the colour of the gravest finding of a cell, the words of all of them.

    Where there are very many the first have notes, the others only the colour.
    """
    found: dict[Spot, list[Finding]] = {}
    noted: set[Spot] = set()
    for finding in findings:
        spots = _keys(finding, keys)
        for key in spots:
            if key in found or len(found) < _MOST_COLOURS:
                found.setdefault(key, []).append(finding)
        noted.update(spots[: min(_NOTED, max(0, _MOST_NOTES - len(noted)))])
    return {
        key: (_STYLES[_gravest(them)], _note(them) if key in noted else "")
        for key, them in found.items()
    }


def _gravest(findings: Sequence[Finding]) -> Severity:
    return min((finding.severity for finding in findings), key=_WEIGHT.index)


def _weight(finding: Finding) -> str:
    """Return the word for a platform: what stands in the way of money is more than a warning."""
    return SHORTFALL if finding.shortfall else str(finding.severity)


def _note(findings: Sequence[Finding]) -> str:
    words = (f"【{_weight(one)}】{one.found}，{one.needed}。{one.mend}" for one in findings)
    return "\n".join(map(visible, words))[:_LONGEST_NOTE]


def _front(
    plan: Plan, content: Content, findings: Sequence[Finding], keys: dict[tuple[str, str], Spot]
) -> Sheet:
    opening = tuple(_opening(plan.form, content, findings))
    head = len(opening)
    rows = tuple(_row(plan, one, keys) for one in findings)
    sheet = Sheet(
        name=FEEDBACK_SHEET,
        lines=(*opening, Line(_HEADINGS, "head", 30), *rows),
        widths=_WIDTHS,
        filter=Span(head, 0, head + max(len(rows), 1), len(_HEADINGS) - 1),
        page=Page(landscape=True, footer=footer(FEEDBACK_SHEET)),
        tab_colour=colours.TAB_WRONG,
        gridlines=False,
    )
    return titled(sheet, heading=head)


def _opening(form: FilingForm, content: Content, findings: Sequence[Finding]) -> Iterator[Banner]:
    name = str(content.answers.get(form.field("name").label, "")).strip() or "（未填写平台名称）"
    name = visible(name)
    weights = Counter[str]()
    for one in findings:
        weights[_weight(one)] += one.count
    counts = "，".join(f"{word}{weights[word]}处" for word in _WORDS)
    yield Banner((f"申报材料{FEEDBACK_SHEET}",), "title", 34)
    yield Banner((f"{name}：",), "label.required", 24)
    yield Banner((_greeting(counts),), "plain", 38)
    yield Banner((_anew(form) if content.blank else _instructions(form),), "note", 44)


def _greeting(counts: str) -> str:
    return (
        f"您好！贵平台报送的申报材料已收到。经校验，{counts}，逐条列在下面。"
        "“错误”须改正，“待补正”须补正，“警告”和“提示”请核对，确认无误的可以不改。给您添麻烦了，谢谢配合！"
    )


def _instructions(form: FilingForm) -> str:
    return (
        f"改正办法：后面的「{form.profile_sheet}」至「{form.summary.sheet}」是从贵平台文件中读取的"
        "内容，有问题的单元格已标色，鼠标停留可看批注。请直接在本文件中改正（标色和批注不会消失，"
        "不影响再次报送），把没有读到的内容补全，另存为 .xlsx 后整份报送；原文件不用再报。"
        f"「{form.check}」会随填写更新。"
    )


def _anew(form: FilingForm) -> str:
    """Return the instructions where the platform's form is not this year's."""
    return (
        f"改正办法：后面的「{form.profile_sheet}」至「{form.summary.sheet}」是本年度的空白表，请直接"
        "在本文件中填写，另存为 .xlsx 后整份报送；原文件不用再报。"
        f"「{form.check}」会随填写更新。"
    )


def _row(plan: Plan, finding: Finding, keys: dict[tuple[str, str], Spot]) -> Line:
    cells = [plan.place(*key) for key in _keys(finding, keys)]
    values = (
        finding.id,
        _weight(finding),
        visible(finding.place.sheet),
        finding.place.cell,
        ":".join(address(*cell) for cell in dict.fromkeys(cells[:1] + cells[-1:])),
        visible(finding.found),
        visible(finding.needed),
        visible(finding.mend),
        finding.article,
    )
    lines = rows_needed(values, _ON_LINE)
    severity = _STYLES[finding.severity]
    styles = ("text", f"{severity}.center", *["cell.center"] * 3, *["cell.wrap"] * 3, "cell.center")
    return Line(values, styles, min(_LINE * lines + 4, 400.0))
