"""`xlpy new` (新建评价项目): the folder, the staff's workbook, the blank forms."""

from __future__ import annotations

import secrets
import shutil
import sys
import tempfile
import uuid
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from xlpy.errors import CaseError, FileBusyError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.filing.document import filing_document
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import parameter_values
from xlpy.report.workbook.document import staff_skeleton, workbook_document
from xlpy.steps.case import Case

_YEARS = range(2000, 2101)
_SECRET_BYTES = 32


def new(folder: Path, *, year: int, as_of: date, case_id: str = "", secret: str = "") -> Case:
    """Make the case folder of `year`; all of it or nothing.

    The case's id, and the secret it seals its ballots with, are random unless given (the demo
    gives both, to be repeatable). CaseError when `folder` exists and holds anything, or the year
    cannot be meant.
    """
    if year not in _YEARS:
        raise CaseError(f"年度“{year}”不对，请写四位年度，如 --year 2022。")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseError(f"“{folder}”已经存在，请换一个文件夹名，以免覆盖已有的材料。")
    marks = (case_id or uuid.uuid4().hex, secret or secrets.token_hex(_SECRET_BYTES))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".xlpy-") as scratch:
            made = Case(Path(scratch) / "case")
            _fill(made, year=year, as_of=as_of, marks=marks, name=folder.name)
            if folder.exists():
                folder.rmdir()
            shutil.move(made.folder, folder)
    except OSError as problem:
        raise FileBusyError(
            f"不能建立“{folder}”（{problem.strerror}），请检查磁盘空间和文件夹权限。"
        ) from problem
    return Case(folder.resolve())


def interpreter(platform: str, executable: str) -> Mapping[str, str]:
    """Return the row of xlwings.conf that names the running Python (解释器), {} for an unknown.

    Where no Excel runs it is the row that xlwings reads when the platform's own is empty: staff
    who take the case to Windows are told which Python is meant, and that it is not there.
    """
    rows = {"win32": "Interpreter_Win", "darwin": "Interpreter_Mac"}
    return {rows.get(platform, "Interpreter"): executable} if executable else {}


def _fill(case: Case, *, year: int, as_of: date, marks: tuple[str, str], name: str) -> None:
    edition = default_edition()
    forms = load_forms(edition)
    rules, _ = parameter_values(edition, {})
    id, secret = marks
    staff = staff_skeleton(
        edition=edition, forms=forms, case=id, year=year, as_of=as_of, secret=secret
    )
    for part in (case.filings, case.ballots, case.evidence, case.output):
        part.mkdir(parents=True)
    workbook = workbook_document(
        edition=edition,
        forms=forms,
        rules=rules,
        staff=staff,
        evaluation=None,
        case_name=name,
        conf=interpreter(sys.platform, sys.executable),
    )
    write_files(
        {
            case.workbook: document_bytes(workbook),
            case.folder / forms.filing.file: document_bytes(
                filing_document(edition=edition, forms=forms, year=year)
            ),
            case.folder / forms.ballot.file: document_bytes(
                ballot_document(edition=edition, forms=forms, rubric=rules.rubric, year=year)
            ),
        }
    )
