"""`xlpy edition check` and `diff` (核对、对照): what is wrong in an edition, and what two say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlpy.errors import EditionError
from xlpy.policy.edition import Edition
from xlpy.policy.editions.folder import RULE, Source, read_source
from xlpy.policy.editions.load import faults_of, rulebook_of
from xlpy.policy.strict import Fault
from xlpy.report.differences import Difference, Side, differences
from xlpy.steps.case import POLICY, Case, within
from xlpy.steps.rules.shelf import named, on_shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of an edition found (核对结果): every fault, and notes that accuse nobody.

    `edition` is None where there is a fault.
    """

    source: Source
    faults: tuple[Fault, ...]
    edition: Edition | None
    notes: tuple[str, ...]


def check(folder: Path) -> Checked:
    """Return all that is wrong in the edition in `folder`.

    EditionError when there is none, or one of its files cannot be read at all.
    """
    source = source_in(folder)
    faults = faults_of(source)
    edition = None if faults else rulebook_of(source).edition
    notes = tuple(_notes(folder, source, edition))
    return Checked(source=source, faults=faults, edition=edition, notes=notes)


def diff(old: str, new: str, beside: Path) -> tuple[Difference, ...]:
    """Return what the second edition says otherwise than the first, each an id or a folder.

    A case's folder means its copy in 政策. Raises EditionError.
    """
    before, after = (rulebook_of(_source(text, beside)) for text in (old, new))
    return differences(Side(*before), Side(*after))


def source_in(folder: Path) -> Source:
    """Return the files of the edition in `folder`, or of a case; raises EditionError."""
    if not folder.exists():
        raise EditionError(f"找不到“{folder}”，请核对路径。")
    if not folder.is_dir():
        raise EditionError(f"“{folder}”不是文件夹；请给出政策版本的文件夹（其中有 {RULE}）。")
    if not (folder / RULE).is_file() and (folder / POLICY / RULE).is_file():
        folder = folder / POLICY
    if not (folder / RULE).is_file():
        raise EditionError(
            f"“{folder}”里没有 {RULE}，不是政策版本；可用 xlpy edition new 依据已有的版本建立一个。"
        )
    return read_source(folder)


def case_around(folder: Path) -> Case | None:
    """Return the case a folder lies in, or is."""
    return within(folder.resolve())


def _source(text: str, beside: Path) -> Source:
    folder = Path(text)
    if (folder / POLICY / RULE).is_file() and not (folder / RULE).is_file():
        return source_in(folder)
    return named(text, beside).source


def _notes(folder: Path, source: Source, edition: Edition | None) -> list[str]:
    notes = []
    case = case_around(folder)
    if case is not None:
        notes.append(
            f"这是评价项目“{case.folder.name}”里的副本，评价按封存的内容；要改的，"
            "请复制到项目以外的文件夹再改，改好后运行 xlpy edition apply。"
        )
    if edition is not None and case is None:
        for one in on_shelf(folder.resolve().parent):
            if (
                one.edition is not None
                and one.edition.id == edition.id
                and one.source.digest != source.digest
                and one.folder != folder.resolve()
            ):
                notes.append(
                    f"编号“{edition.id}”与{one.where}的政策版本相同而内容不同；"
                    "新的办法请换一个编号，更正同一办法的可以不换。"
                )
    return notes
