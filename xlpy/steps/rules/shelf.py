"""Which editions there are (有哪些政策版本), and which one a new case takes.

Some come with the program; an office's own lie beside its cases, or there in the folder 政策版本.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xlpy.errors import EditionError
from xlpy.policy.edition import Edition
from xlpy.policy.editions.folder import Source, is_edition, is_meant, read_source
from xlpy.policy.editions.load import known_editions, rulebook_of, source_named
from xlpy.steps.case import POLICY, Case, within

SHELF = "政策版本"
"""The folder beside the cases where an office may keep its editions."""

_SHORT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An edition that was found (找到的政策版本): its files, where they lie, and what they say.

    `folder` is None for one that comes with the program. `edition` is None where something in it
    is wrong: `problem` says what.
    """

    source: Source
    folder: Path | None
    edition: Edition | None
    problem: str = ""
    place: str = "随程序提供"

    @property
    def where(self) -> str:
        """Return in words where it lies."""
        return self.place if self.folder is None else f"文件夹“{self.folder}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The edition a case takes (采用的政策版本), and what the operator is told of it at once."""

    source: Source
    notes: tuple[str, ...]


def shelf_at(folder: Path) -> Path:
    """Return the folder to look for editions in: this one, or where this edition or case lies.

    EditionError when there is no such folder.
    """
    if not folder.exists():
        raise EditionError(f"找不到文件夹“{folder}”，请核对路径。")
    if not folder.is_dir():
        raise EditionError(f"“{folder}”不是文件夹；请给出放政策版本的文件夹。")
    folder = folder.resolve()
    if (case := within(folder)) is not None:
        return case.folder.parent
    return folder.parent if is_edition(folder) else folder


def edition_around(folder: Path) -> Path | None:
    """Return the edition's folder that this one is or lies in, None where there is none."""
    here = folder.resolve()
    return next((one for one in (here, *here.parents) if is_edition(one)), None)


def on_shelf(beside: Path) -> tuple[Found, ...]:
    """Return the editions there are, newest first: the program's, and those in `beside`."""
    found = [_found(source_named(id), None) for id in known_editions()]
    for folder in _folders(beside):
        try:
            found.append(_found(read_source(folder), folder))
        except EditionError as problem:
            empty = Source(folder.name, source_named(known_editions()[0]).texts)
            found.append(Found(source=empty, folder=folder, edition=None, problem=str(problem)))
    return tuple(sorted(found, key=_age, reverse=True))


def named(text: str, beside: Path) -> Found:
    """Return the edition with this id, or in this folder; raises `EditionError`.

    Two different ones of the id asked for are refused: nobody chooses silently. A folder is taken
    before others of its name, but not before the program's own.
    """
    if not text.strip():
        raise EditionError(
            "没有写明政策版本；请写编号（见 xlpy edition list）或政策版本文件夹的路径。"
        )
    folder, known = Path(text), on_shelf(beside)
    same = _distinct(one for one in known if one.edition and one.edition.id == text)
    if folder.is_dir() and (is_edition(folder) or not same):
        if (case := within(folder.resolve())) is not None:
            raise EditionError(_inside(folder, case))
        own = _found(read_source(folder), folder.resolve())
        if own.edition is None:
            raise EditionError(own.problem)
        ours = [one for one in same if one.folder is None]
        if len(both := _distinct([own, *ours])) > 1:
            raise EditionError(_two(both, text))
        return own
    if len(same) > 1:
        raise EditionError(_two(same, text))
    if not same:
        ids = "、".join(dict.fromkeys(one.edition.id for one in known if one.edition))
        raise EditionError(
            f"没有名为“{text}”的政策版本，也没有这个文件夹；现有{ids}，或写明政策版本文件夹的完整路径。"
        )
    return same[0]


def _inside(folder: Path, case: Case) -> str:
    name = case.folder.name
    if folder.resolve() in (case.folder, case.policy):
        return (
            f"“{folder}”是评价项目“{name}”或它的“{POLICY}”，这里要写项目以外的政策版本；"
            f"沿用它的，请把“{case.policy}”复制到项目以外的文件夹，再写那个文件夹。"
        )
    return f"“{folder}”在评价项目“{name}”里面；请移到项目以外的文件夹再用。"


def of_one_id(found: Sequence[Found]) -> tuple[str, ...]:
    """Return a sentence for each id that several editions of different content have."""
    told = []
    for id in dict.fromkeys(one.edition.id for one in found if one.edition):
        alike = _distinct(one for one in found if one.edition and one.edition.id == id)
        if len(alike) > 1:
            told.append(_two(alike, id))
    return tuple(told)


def chosen(text: str, as_of: date, beside: Path, last: Source | None = None) -> Choice:
    """Return the edition for a new case: the one asked for, else the newest valid on `as_of`.

    `last` is that of last year's case: one of the same city goes before all others. Where none is
    valid the latest is taken, and that is said. Raises `EditionError`, also where one that cannot
    be read lies there: it may be the one that is meant.
    """
    if text:
        one = named(text, beside)
        assert one.edition is not None
        return Choice(
            source=one.source,
            notes=(_taken(one), *outside_validity(one.edition, as_of, beside)),
        )
    every = on_shelf(beside)
    if wrong := [one for one in every if one.problem]:
        told = "；".join(f"{one.where}：{one.problem.rstrip('。')}" for one in wrong)
        raise EditionError(
            f"有政策版本读不出来，不知道是不是该用的（{told}）。"
            "请改正（xlpy edition check 列出全部错误）或移到别处，或用 --edition 写明要用的版本。"
        )
    known = [one for one in every if one.edition is not None]
    if last is not None:
        own = replace(_found(last, None), place="上年项目的政策版本")
        city = own.edition.city if own.edition else ""
        known = [one for one in known if one.edition and one.edition.city == city]
        if all(one.source.digest != last.digest for one in known):
            known.append(own)
    valid = [one for one in known if one.edition and _is_valid(one.edition, as_of)]
    best = max(valid or known, key=_age)
    assert best.edition is not None
    alike = _distinct(one for one in known if one.edition and one.edition.id == best.edition.id)
    if len(alike) > 1:
        raise EditionError(_two(alike, best.edition.id))
    others = [one.edition.id for one in valid if one.edition and one is not best]
    more = (f"同时有效的还有{'、'.join(dict.fromkeys(others))}，要用的请写明 --edition。",)
    notes = (
        _taken(best),
        *outside_validity(best.edition, as_of, beside, asked=False),
        *(more if others else ()),
    )
    return Choice(source=best.source, notes=notes)


def _found(source: Source, folder: Path | None) -> Found:
    try:
        edition = rulebook_of(source).edition
    except EditionError as problem:
        return Found(source=source, folder=folder, edition=None, problem=str(problem))
    return Found(source=source, folder=folder, edition=edition)


def _folders(beside: Path) -> Iterator[Path]:
    for shelf in (beside, beside / SHELF):
        try:
            entries = sorted(shelf.iterdir())
        except OSError:
            continue
        yield from (one for one in entries if one.is_dir() and is_meant(one))


def _age(one: Found) -> tuple[date, date, str, str]:
    """Return what orders editions by age, the newest last."""
    if one.edition is None:
        return (date.min, date.min, one.source.name, "")
    edition = one.edition
    return (edition.valid_from, edition.issued, edition.id, one.source.digest)


def _distinct(found: Iterable[Found]) -> list[Found]:
    """Return one of each content."""
    by_digest: dict[str, Found] = {}
    for one in found:
        by_digest.setdefault(one.source.digest, one)
    return list(by_digest.values())


def _two(found: Sequence[Found], id: str) -> str:
    told = "；".join(f"{one.where}（摘要{one.source.digest[:_SHORT]}）" for one in found)
    return (
        f"有{len(found)}个政策版本都叫“{id}”而内容不同：{told}。"
        "请写明要用的文件夹的完整路径；它们不是同一个办法的，给其中一个换一个编号（如年份加一）。"
    )


def _is_valid(edition: Edition, as_of: date) -> bool:
    return edition.valid_from <= as_of <= edition.valid_to


def _taken(one: Found) -> str:
    assert one.edition is not None
    edition = one.edition
    return (
        f"评价依据：《{edition.title}》（{edition.id}，有效期{edition.valid_from}至"
        f"{edition.valid_to}，{one.where}），已存入项目的“政策”文件夹。"
    )


def outside_validity(
    edition: Edition, as_of: date, beside: Path, *, asked: bool = True
) -> tuple[str, ...]:
    """Say that the edition is not valid on the day, and what to do; () where it is.

    `asked` tells whether somebody chose it, or it was the latest there is.
    """
    if _is_valid(edition, as_of):
        return ()
    why = "不在这一办法的有效期内" if asked else "没有有效的政策版本，已暂按最近的一个建立"
    ahead = "它还没有开始施行，请核对评价日期，或选用那一天有效的政策版本（见 xlpy edition list）。"
    behind = (
        "新办法印发后，可用 xlpy edition new 编写新的政策版本，"
        f"放在“{beside.resolve()}”下，再新建项目，或用 xlpy edition apply 改用到本项目。"
    )
    told = ahead if as_of < edition.valid_from else behind
    return (f"注意：评价日期{as_of}{why}，各项结果都会注明；{told}",)
