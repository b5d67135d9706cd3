"""Which rule an open workbook is about (这张表按哪个政策版本): never another one than it says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xlpy.errors import CaseError, EditionError
from xlpy.excel.live.book import LiveBook
from xlpy.excel.reading.book import read_book
from xlpy.forms.cells.identity import read_meta
from xlpy.model import identity as meta
from xlpy.model.grid import Book, Refusal
from xlpy.policy.editions.load import Rulebook, known_editions, rulebook_of
from xlpy.steps.case import WORKBOOK, Case, within
from xlpy.steps.gather import sealed_in
from xlpy.steps.live.workbook import folder_of
from xlpy.steps.rules.sealed import Sealed, case_rules, rules_of
from xlpy.steps.rules.shelf import named


def meant(identity: Mapping[str, str], folder: Path | None) -> Rulebook:
    """Return the edition a workbook names in its `_meta`, and the forms; CaseError when unknown.

    `folder` is where it lies, None where nobody knows. In a case it is the case's own copy; else
    one that comes with the program or lies beside the file.
    """
    id = identity.get(meta.EDITION, "")
    case = within(folder) if folder else None
    if case is not None and (found := _of_case(identity, case)) is not None:
        return found
    if identity.get(meta.EDITION_DIGEST):
        raise CaseError(
            f"这个工作簿属于一个评价项目（政策版本“{id}”），请在它的项目文件夹中打开后再试。"
        )
    if id in known_editions():
        return rules_of(id)
    try:
        return rulebook_of(named(id, folder or Path()).source) if id else _unknown(id)
    except EditionError:
        return _unknown(id)


def folder_or_none(live: LiveBook) -> Path | None:
    """Return where an open workbook lies; None where it is not saved or not on this machine."""
    try:
        return folder_of(live)
    except CaseError:
        return None


def _of_case(identity: Mapping[str, str], case: Case) -> Rulebook | None:
    """Return the rule of the case a workbook lies in, None where the workbook names another."""
    if identity.get(meta.FORM) == meta.STAFF:
        sealed = Sealed(identity.get(meta.EDITION, ""), identity.get(meta.EDITION_DIGEST, ""))
        return case_rules(case, sealed).book
    read: Book | Refusal = read_book(case.workbook, wanted=(meta.META_SHEET,))
    if isinstance(read, Refusal) or read_meta(read).get(meta.FORM) != meta.STAFF:
        return None
    sealed = sealed_in(case, read, ())
    return case_rules(case, sealed).book if sealed.id == identity.get(meta.EDITION) else None


def _unknown(id: str) -> Rulebook:
    told = f"按政策版本“{id}”制作，本程序没有这一版本" if id else "没有注明按哪个政策版本制作"
    raise CaseError(
        f"这张表{told}，不能用别的版本代替；请把它放进按这一版本建立的评价项目"
        f"（有 {WORKBOOK} 的文件夹，如其中的“申报材料”），再打开它试一次。"
    )
