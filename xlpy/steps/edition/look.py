"""`xlpy edition check` and `diff` (核对、对照): what is wrong in an edition, and what two say."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from xlpy.errors import EditionError
from xlpy.model.number import plain
from xlpy.policy.edition import Edition
from xlpy.policy.editions.folder import RULE, Source, is_edition, is_meant, read_source
from xlpy.policy.editions.load import faults_of, rulebook_of
from xlpy.policy.strict import Fault, Faults
from xlpy.report.differences import Difference, Side, differences
from xlpy.steps.case import POLICY, Case, within
from xlpy.steps.gather import sealed_in, staff_book
from xlpy.steps.log import journal
from xlpy.steps.rules.sealed import case_rules
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


class Compared(NamedTuple):
    """What came of comparing two editions (对照结果), and notes on what was compared."""

    differences: tuple[Difference, ...]
    notes: tuple[str, ...]


class _Looked(NamedTuple):
    """The files of an edition that is looked at, and what is to be told of them."""

    source: Source
    notes: tuple[str, ...] = ()


def check(folder: Path) -> Checked:
    """Return all that is wrong in the edition in `folder`; of a case, in the one it is sealed with.

    EditionError when there is none; CaseError when what a case was sealed with is lost.
    """
    unfit = Faults()
    looked = _of_id(folder) or _of_case(folder) or _Looked(source_in(folder, unfit))
    source = looked.source
    case = case_around(folder)
    if case is not None and folder.resolve() not in (case.folder, case.policy):
        wrong = f"在评价项目“{case.folder.name}”里面，不能从这里使用"
        unfit.found[Fault(f"政策版本“{source.name}”", "", wrong, "移到项目以外的文件夹")] = None
    faults = faults_of(source, unfit)
    edition = None if faults else rulebook_of(source).edition
    notes = (*looked.notes, *_notes(folder, source, edition))
    return Checked(source=source, faults=faults, edition=edition, notes=notes)


def diff(old: str, new: str, beside: Path) -> tuple[Difference, ...]:
    """Return what the second edition says otherwise than the first, as `compare` does."""
    return compare(old, new, beside).differences


def compare(old: str, new: str, beside: Path) -> Compared:
    """Compare two editions, each an id or a folder; a case's means the edition it is sealed with.

    Raises EditionError, and CaseError when what a case was sealed with is lost.
    """
    before, after = (_looked(text, beside) for text in (old, new))
    sides = (Side(*rulebook_of(one.source)) for one in (before, after))
    told = differences(*sides)
    notes = dict.fromkeys((*before.notes, *after.notes))
    if not told and before.source.digest != after.source.digest:
        notes[_SPELT] = None
    return Compared(told, tuple(notes))


_MOST = 5
_GRADE = re.compile("(?<![A-Z0-9])[A-Z]级")
_ARTICLE = re.compile("第[一二三四五六七八九十百零]+条")
_SPELT = "两者的文件不完全一样，只是写法不同（如井号后的说明、条目的排法），规定和表格没有不同。"


def source_in(folder: Path, faults: Faults | None = None) -> Source:
    """Return the files of the edition in `folder`, or of a case; raises EditionError.

    With `faults`, what cannot be read is added there as `read_source` does.
    """
    if not folder.exists():
        raise EditionError(f"找不到“{folder}”，请核对路径。")
    if not folder.is_dir():
        raise EditionError(f"“{folder}”不是文件夹；请给出政策版本的文件夹（其中有 {RULE}）。")
    if not (folder / RULE).is_file() and (folder / POLICY / RULE).is_file():
        folder = folder / POLICY
    if not is_meant(folder):
        raise EditionError(
            f"“{folder}”里没有 {RULE}，不是政策版本；可用 xlpy edition new 依据已有的版本建立一个。"
        )
    return read_source(folder, faults)


def _of_id(folder: Path) -> _Looked | None:
    """Return the edition of this id where no folder is called so; None where there is none."""
    if folder.exists():
        return None
    try:
        found = named(str(folder), Path().resolve())
        return _Looked(found.source, (f"核对的是{found.where}的政策版本“{folder}”。",))
    except EditionError:
        return None


def case_around(folder: Path) -> Case | None:
    """Return the case a folder lies in, or is."""
    return within(folder.resolve())


def _looked(text: str, beside: Path) -> _Looked:
    folder = Path(text)
    if looked := _of_case(folder):
        return looked
    if is_edition(folder) or is_edition(folder / POLICY):
        return _Looked(source_in(folder))
    return _Looked(named(text, beside).source)


def _of_case(folder: Path) -> _Looked | None:
    """Return the edition a case is sealed with, whatever became of its copy; None for no case."""
    case = Case(folder.resolve())
    if (folder / RULE).is_file() or not (case == case_around(folder) or case.workbook.is_file()):
        return None
    entries = () if journal.problems(case) else journal.lines(case)
    rules = case_rules(case, sealed_in(case, staff_book(case), entries))
    return _Looked(
        rules.source, tuple(f"评价项目“{case.folder.name}”：{note}" for note in rules.notes)
    )


def _notes(folder: Path, source: Source, edition: Edition | None) -> list[str]:
    notes = []
    case = case_around(folder)
    if case is not None and folder.resolve() in (case.folder, case.policy):
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
    if edition is None:
        return notes
    return [*notes, *_paid_more(edition), *_other_grades(edition), *_other_articles(source)]


def _other_grades(edition: Edition) -> Iterator[str]:
    """Yield the parameters that speak of grades this edition has not: of the one it came from."""
    for grade in edition.grades[:-1]:
        label = edition.parameter(grade.line).label
        if grade.name not in label and grade.printed not in label:
            yield (
                f"注意：参数“{label}”是{grade.printed}的最低分，名称里却没有“{grade.name}”，"
                "多半是等次改了名；请把它的 label、meaning 一并改过。"
            )
    there = {one.printed for one in edition.grades}
    for one in edition.parameters:
        said = (one.label, one.meaning, *one.choices.values())
        if lost := sorted({word for text in said for word in _GRADE.findall(text)} - there):
            yield (f"注意：参数“{one.label}”的文字提到“{'”“'.join(lost)}”，没有这个等次，请核对。")


def _other_articles(source: Source) -> Iterator[str]:
    """Yield the articles in texts of the forms that the rule does not speak of: renumbered ones."""
    known = set(_ARTICLE.findall(_plain(source.sealed[RULE])))
    for name, text in source.sealed.items():
        lost = [one for one in dict.fromkeys(_ARTICLE.findall(_plain(text))) if one not in known]
        if lost:
            yield (
                f"注意：{name}的文字写有“{'”“'.join(lost[:_MOST])}”，{RULE}没有用到；条款号变了的，"
                "请改过，或写成 {article.veto} 这样的称呼，随 [articles] 改变。"
            )


def _plain(text: str) -> str:
    """Return the texts of a TOML file, without its comments."""
    return json.dumps(tomllib.loads(text), ensure_ascii=False, default=str)


def _paid_more(edition: Edition) -> Iterator[str]:
    """Yield where a lower grade is paid more than a higher one: most likely two lines swapped."""
    for level in edition.levels:
        for better, worse in pairwise(edition.grades):
            high, low = (level.subsidy[one.name] for one in (better, worse))
            if low > high:
                yield (
                    f"注意：{level.name}{worse.printed}{plain(low)}万元，"
                    f"高于{better.printed}{plain(high)}万元，请按办法原文核对，确是如此的不必改。"
                )
