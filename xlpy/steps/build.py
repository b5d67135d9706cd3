"""`xlpy build` (重新生成): the checked-in blank forms and the empty staff workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlpy.errors import CaseError
from xlpy.excel.atomic import write_files
from xlpy.excel.write import document_bytes
from xlpy.forms.blank_ballot import ballot_document
from xlpy.forms.blank_filing import filing_document
from xlpy.policy.form import load_forms
from xlpy.policy.load import default_edition
from xlpy.policy.rules import parameter_values
from xlpy.report.workbook import staff_skeleton, workbook_document


def built() -> dict[str, bytes]:
    """Return everything that is built and checked in, by path from the project's root."""
    edition = default_edition()
    forms = load_forms(edition)
    rules, _ = parameter_values(edition, {})
    year = edition.issued.year
    # The checked-in workbook belongs to no case; `xlpy new` makes the one staff use.
    staff = staff_skeleton(
        edition=edition, forms=forms, case="", year=year, as_of=date(year, 12, 31)
    )
    workbook = workbook_document(
        edition=edition, forms=forms, rules=rules, staff=staff, evaluation=None
    )
    return {
        f"templates/{forms.filing.file}": document_bytes(
            filing_document(edition=edition, forms=forms, year=None)
        ),
        f"templates/{forms.ballot.file}": document_bytes(
            ballot_document(edition=edition, forms=forms, rubric=rules.rubric)
        ),
        f"workbook/{forms.staff.file}": document_bytes(workbook),
    }


def stale(root: Path | None = None) -> tuple[str, ...]:
    """Return the checked-in files that are not what `build` would write now."""
    root = root or _root()
    return tuple(
        name
        for name, content in built().items()
        if not (root / name).is_file() or (root / name).read_bytes() != content
    )


def build(root: Path | None = None) -> tuple[Path, ...]:
    """Write the built files below the project's root; return their paths.

    CaseError when this is not a checkout of the project.
    """
    root = root or _root()
    outputs = {root / name: content for name, content in built().items()}
    for path in outputs:
        path.parent.mkdir(exist_ok=True)
    write_files(outputs)
    return tuple(outputs)


def _root() -> Path:
    root = Path.cwd()
    if not (root / "pyproject.toml").is_file() or not (root / "xlpy").is_dir():
        raise CaseError("xlpy build 只在源代码目录中使用；评价项目请用 xlpy new 建立。")
    return root
