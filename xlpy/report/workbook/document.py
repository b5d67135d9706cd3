"""The staff's workbook evaluate.xlsm (经办人工作簿): program cells new, staff cells kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from xlpy import __version__
from xlpy.model import identity as meta
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Answer
from xlpy.model.finding import Finding
from xlpy.model.history import NOTHING, History
from xlpy.model.sheets.sheet import Document, Line, Sheet
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.form import Forms
from xlpy.report.register.row import RegisterRow
from xlpy.report.workbook.changes import changes_sheet
from xlpy.report.workbook.charts import chart_columns, charts_sheet, scores_drawn
from xlpy.report.workbook.desk import DESK_COLUMNS, desk_sheet
from xlpy.report.workbook.findings import Paths, acceptances_sheet, findings_sheet
from xlpy.report.workbook.notes import with_notes
from xlpy.report.workbook.parameters import parameters_sheet
from xlpy.report.workbook.register import register_sheet
from xlpy.report.workbook.results import moved_rows, results_sheet, subsidy_sheet
from xlpy.report.workbook.room import with_room
from xlpy.report.workbook.roster import experts_sheet, objections_sheet, roster_sheet
from xlpy.report.workbook.scores import scores_sheet
from xlpy.report.workbook.table import HEADING


def workbook_document(
    *,
    edition: Edition,
    forms: Forms,
    rules: Rules,
    staff: Staff,
    evaluation: Evaluation | None,
    ballots: Sequence[Ballot] = (),
    case_name: str = "",
    conf: Mapping[str, str] | None = None,
    rows_stay: bool = False,
    paths: Paths = MappingProxyType({}),
    drawn: int | None = None,
    history: History = NOTHING,
    register: Sequence[RegisterRow] = (),
) -> Document:
    """Return the whole workbook; without an evaluation, the empty one of `xlpy new`.

    What staff typed comes from `staff.typed`. `conf` replaces rows of the sheet xlwings.conf.
    `rows_stay`: the rows staff typed on keep their place, as they do in an open workbook.
    `paths` lead from a finding to its file. `drawn`: the platforms an open chart has room for.
    `history` is what the log tells, this run too, `register` the rows of 收件登记.
    """
    findings: tuple[Finding, ...] = evaluation.findings if evaluation else staff.findings
    accepted = evaluation.accepted if evaluation else frozenset()
    decisions = evaluation.decisions if evaluation else ()
    desk = desk_sheet(
        edition,
        forms,
        staff,
        evaluation,
        findings,
        ballots,
        history=history,
        register=register,
        case_name=case_name,
    )
    charts = charts_sheet(edition, forms, rules, evaluation, drawn=drawn)
    sheets = (
        desk,
        parameters_sheet(edition, forms, staff),
        roster_sheet(forms, staff, decisions, findings),
        experts_sheet(forms, staff, ballots, findings),
        findings_sheet(
            forms, findings, accepted, {} if rows_stay else moved_rows(staff, evaluation), paths
        ),
        acceptances_sheet(forms, staff, findings, accepted),
        scores_sheet(forms, evaluation, ballots),
        results_sheet(edition, forms, staff, evaluation, findings),
        subsidy_sheet(edition, forms, evaluation),
        objections_sheet(forms, staff),
        register_sheet(forms, register),
        changes_sheet(edition, forms, history),
        charts,
        conf_sheet(forms, _conf(forms, staff, conf or {})),
        _meta_sheet(edition, forms, staff, charts),
    )
    document = Document(title=forms.staff.title, sheets=sheets, active=desk.name, vba=True)
    return with_notes(with_room(document, forms), forms, staff.notes)


def staff_skeleton(
    *, edition: Edition, forms: Forms, case: str, year: int, as_of: date, secret: str = ""
) -> Staff:
    """Return the staff's part of a new case: the evaluation date and nothing else."""
    ids = [field.id for field in forms.staff.dates]
    row = Decimal(HEADING + 2 + ids.index("as_of"))
    typed: Mapping[str, Answer] = {"row": row, "id": "as_of", "value": as_of}
    return Staff(
        case=case,
        secret=secret,
        year=year,
        edition=edition.id,
        as_of=as_of,
        typed={"parameters": (typed,)},
    )


def conf_sheet(forms: Forms, conf: Mapping[str, str], *, hidden: bool = True) -> Sheet:
    """Return the sheet xlwings reads (xlwings.conf): a key and its value on a row."""
    lines = tuple(Line((key, value), ("text", "staff.text")) for key, value in conf.items())
    return Sheet(
        name=forms.staff.conf,
        lines=lines,
        widths=(32.0, 70.0),
        hidden="hidden" if hidden else "",
    )


def _conf(forms: Forms, staff: Staff, conf: Mapping[str, str]) -> dict[str, str]:
    """Return all rows: the defaults, what staff have, and over them `conf`.

    An emptied row gets its default back; xlwings fails on an empty switch, and on a doubled key.
    """
    rows = staff.typed.get("conf", ())
    kept = {str(row["id"]): str(row["value"]) for row in rows if row.get("value")}
    ours = {key.upper(): key for key in forms.staff.settings}
    named = {ours.get(key.upper(), key): value for key, value in {**kept, **conf}.items() if key}
    return {**forms.staff.settings, **named}


def _meta_sheet(edition: Edition, forms: Forms, staff: Staff, charts: Sheet) -> Sheet:
    """Return the very hidden sheet that says whose workbook this is (表格标识)."""
    rows = {
        meta.FORM: meta.STAFF,
        meta.EDITION: edition.id,
        **({meta.EDITION_DIGEST: edition.digest} if edition.digest else {}),
        meta.VERSION: str(forms.staff.version),
        meta.PROGRAM: __version__,
        meta.CASE: staff.case,
        meta.SEAL: staff.secret,
        meta.YEAR: str(staff.year),
        **_last_case(staff),
        **({meta.BLANK: staff.blank} if staff.blank else {}),
        **({meta.BLANK_BALLOT: staff.blank_ballot} if staff.blank_ballot else {}),
        f"{meta.COLUMNS}{forms.staff.desk}": str(DESK_COLUMNS),
        f"{meta.COLUMNS}{forms.staff.charts}": str(chart_columns(edition)),
        meta.DRAWN: str(scores_drawn(charts)),
    }
    lines = tuple(Line(pair, "text") for pair in rows.items())
    return Sheet(name=meta.META_SHEET, lines=lines, widths=(22.0, 60.0), hidden="very")


def _last_case(staff: Staff) -> Mapping[str, str]:
    last = staff.last
    return {meta.LAST_CASE: last.case, meta.LAST_FOLDER: last.folder} if last else {}
