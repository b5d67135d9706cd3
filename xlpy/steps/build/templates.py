"""`xlpy build` (重新生成): blank forms, the empty staff workbook, the macros and the add-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from xlpy.errors import CaseError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.files.swaps import clear
from xlpy.excel.reading.contents import same_content
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.filing.document import filing_document
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import parameter_values
from xlpy.report.workbook.document import staff_skeleton, workbook_document
from xlpy.steps.build.macros import WORDS, addin, words_source, workbook_macros


def built(root: Path | None = None) -> dict[str, bytes]:
    """Return everything that is built and checked in, by path from the project's root.

    CaseError when this is not a checkout of the project, or the build's libraries are missing.
    """
    root = root or _root()
    edition = replace(default_edition(), digest="")  # sealed in a case, not here
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
    words = words_source(root)
    macros = workbook_macros(root, words)
    return {
        f"templates/{forms.filing.file}": document_bytes(
            filing_document(edition=edition, forms=forms, year=None)
        ),
        f"templates/{forms.ballot.file}": document_bytes(
            ballot_document(edition=edition, forms=forms, rubric=rules.rubric)
        ),
        WORDS: words.encode("ascii"),
        "xlpy/excel/macros/vbaProject.bin": macros.project,
        f"workbook/{forms.staff.file}": document_bytes(workbook, macros),
        "workbook/xlpy.xlam": addin(root, forms, words),
    }


def stale(root: Path | None = None) -> tuple[str, ...]:
    """Return the checked-in files that are not what `build` would write now.

    A workbook that another zlib has packed otherwise is the same.
    """
    root = root or _root()
    return tuple(
        name
        for name, content in built(root).items()
        if not (root / name).is_file() or not same_content((root / name).read_bytes(), content)
    )


def build(root: Path | None = None) -> tuple[Path, ...]:
    """Write the built files below the project's root; return their paths.

    CaseError when this is not a checkout of the project.
    """
    root = root or _root()
    outputs = {root / name: content for name, content in built(root).items()}
    clear({path.parent for path in outputs})
    write_files(outputs)
    return tuple(outputs)


def _root() -> Path:
    root = Path.cwd()
    if not (root / "pyproject.toml").is_file() or not (root / "xlpy").is_dir():
        raise CaseError("xlpy build 只在源代码目录中使用；评价项目请用 xlpy new 建立。")
    return root
