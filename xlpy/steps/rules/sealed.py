"""The rule a case is judged by (项目的政策版本): its own copy, sealed by digest, for ever.

A copy that was changed or lost is never taken; what was sealed is found again by its digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from xlpy.errors import CaseError, EditionError, FileBusyError
from xlpy.excel.files.atomic import write_files
from xlpy.policy.edition import Edition
from xlpy.policy.editions.folder import FILES, RULE, Source
from xlpy.policy.editions.load import Rulebook, known_editions, rulebook_of, source_named
from xlpy.policy.form import Forms
from xlpy.policy.frozen import Frozen
from xlpy.policy.toml import read_text
from xlpy.steps.case import POLICY, Case

_SHORT = 12
_GONE = "（文件夹不见了）"


class Sealed(NamedTuple):
    """What the workbook's `_meta` says of the rule (封存的政策版本): id and digest.

    The digest is "" in a workbook of version 1.0 to 1.2: the edition of that id is meant that
    comes with the program, or, once something was logged for it, the one of the log (`logged`).
    """

    id: str
    digest: str
    logged: bool = False


def named_rule(sealed: Sealed) -> str:
    """Return an edition by id and digest, as sentences name it.

    >>> named_rule(Sealed("bengbu-2022", "0123456789abcdef"))
    'bengbu-2022（摘要0123456789ab）'
    """
    return f"{sealed.id}（摘要{sealed.digest[:_SHORT]}）" if sealed.digest else sealed.id


class CaseRules(NamedTuple):
    """The rule of a case (项目的政策版本), and what the operator is told of its copy."""

    source: Source
    book: Rulebook
    notes: tuple[str, ...] = ()
    sealed: bool = True  # False: a workbook of before 1.3, for which no copy was laid yet

    @property
    def seal(self) -> Sealed:
        """Return id and digest, as the workbook of such a case has them."""
        return Sealed(self.edition.id, self.edition.digest)

    @property
    def edition(self) -> Edition:
        """Return the edition."""
        return self.book.edition

    @property
    def forms(self) -> Forms:
        """Return its forms."""
        return self.book.forms


@cache
def rules_of(edition_id: str) -> Rulebook:
    """Return the edition that comes with the program under this id, and its forms.

    Raises `EditionError` for one the program does not know.
    """
    return rulebook_of(source_named(edition_id))


def case_rules(case: Case, sealed: Sealed, *, as_built: bool = False) -> CaseRules:
    """Return the rule the case was sealed with; CaseError, with the way out, when it is lost.

    `as_built` reads a workbook of before 1.3 by the edition it was built with, whatever was laid
    in 政策 for another workbook since.
    """
    copy, problem = _copy(case)
    if not sealed.digest and as_built and sealed.id in known_editions():
        return CaseRules(source_named(sealed.id), rules_of(sealed.id), sealed=False)
    if not sealed.digest:
        return _of_old(sealed.id, copy)
    for source in _candidates(case, sealed, copy):
        if source is not None and source.digest == sealed.digest:
            fits = source is copy or (sealed.logged and problem == _GONE)
            notes = () if fits else (_strayed(case, source, problem),)
            return CaseRules(source, rulebook_of(source), notes, sealed=not sealed.logged)
    raise CaseError(
        f"“{POLICY}”文件夹里的政策版本与本项目封存的（{sealed.id}，摘要{sealed.digest[:_SHORT]}）"
        f"不同{problem}，也没有找到封存的原件，不能评价；请从留底取回原来的文件放回“{POLICY}”，"
        "确需改用另一内容的，请运行 xlpy edition apply 并写明理由。"
    )


def keep(case: Case, rules: CaseRules) -> None:
    """Lay the copy of the rule where it is missing: in 政策, and a second beside the backups.

    Whatever lies in 政策 stays as it is. A disk that refuses costs nothing: the seal is the digest.
    """
    with suppress(FileBusyError, OSError):
        files = backup_files(case, rules.source)
        if not case.policy.exists() and not case.policy.is_symlink():
            case.policy.mkdir()
            files |= policy_files(case, rules.source)
        missing = {path: content for path, content in files.items() if not path.exists()}
        if missing:
            case.make_rooms(missing)
            write_files(missing, folders=False)


def policy_files(case: Case, source: Source) -> dict[Path, bytes]:
    """Return the files of 政策 with what is in them."""
    return {case.policy / name: text.encode() for name, text in source.sealed.items()}


def backup_files(case: Case, source: Source) -> dict[Path, bytes]:
    """Return the copy beside the backups of the workbook, by the digest."""
    stem = f"{POLICY}-{source.digest[:_SHORT]}-"
    return {case.backups / f"{stem}{name}": text.encode() for name, text in source.sealed.items()}


def is_backup(name: str) -> bool:
    """Tell whether a file of 输出/备份 is part of a copy of a rule.

    >>> is_backup("政策-0123456789ab-edition.toml"), is_backup("evaluate-2023.xlsm")
    (True, False)
    """
    parts = name.split("-", 2)
    return len(parts) == 3 and parts[0] == POLICY and parts[2] in FILES


def backups_of(case: Case, digest: str) -> tuple[tuple[Path, ...], bool]:
    """Return the files of 输出/备份 that are of the copy of one rule, and whether it is whole."""
    short = digest[:_SHORT]
    there = sorted(one for one in case.backups.glob(f"{POLICY}-{short}-*") if is_backup(one.name))
    source = _backup(case, digest)
    return tuple(there), source is not None and source.digest == digest


def strayed(case: Case, source: Source) -> Iterator[str]:
    """Yield in which files of 政策 the copy is not what was sealed (政策副本的改动)."""
    there = _texts(case)
    for name, wanted in source.sealed.items():
        if there.get(name) != wanted:
            yield f"{POLICY}/{name}{'被改动过' if name in there else '不见了'}"
    surplus = (name for name in sorted(there) if name not in source.sealed)
    yield from (f"{POLICY}/{name}是多出的" for name in surplus)


def _texts(case: Case) -> dict[str, str | None]:
    """Return the TOML files that lie in 政策 by name, None for one that cannot be read."""
    found: dict[str, str | None] = {}
    if case.policy.is_symlink() or not case.policy.is_dir():
        return found
    for path in case.policy.iterdir():
        if path.suffix == ".toml":
            try:
                found[path.name] = None if path.is_symlink() else read_text(path, POLICY)
            except EditionError:
                found[path.name] = None
    return found


def _copy(case: Case) -> tuple[Source | None, str]:
    """Return what lies in 政策, of the files an edition has; None, and why, without a rule."""
    if case.policy.is_symlink():
        return None, "（它是指向别处的链接）"
    if not case.policy.is_dir():
        return None, _GONE
    there = {name: text for name, text in _texts(case).items() if text and name in FILES}
    if RULE not in there:
        return None, f"（其中没有读得出的{RULE}）"
    return Source(POLICY, Frozen(there)), ""


def _of_old(id: str, copy: Source | None) -> CaseRules:
    """Return the rule of a workbook that says its edition by id alone: that of the program."""
    if id not in known_editions():
        raise CaseError(
            f"这个项目按政策版本“{id}”建立，本程序没有这一版本，不能用别的版本代替；"
            "请用建立它的程序打开，或向软件提供者索取这一版本后运行 xlpy edition apply。"
        )
    source = source_named(id)
    if copy is not None and copy.digest != source.digest:
        raise CaseError(
            f"“{POLICY}”文件夹里的内容不是政策版本“{id}”，而工作簿没有封存别的版本，不知以哪个为准；"
            f"仍按“{id}”的，请把“{POLICY}”文件夹移到别处；"
            "要改用其中内容的，请移到别处后运行 xlpy edition apply 并写明理由。"
        )
    return CaseRules(source, rulebook_of(source), sealed=False)


def _candidates(case: Case, sealed: Sealed, copy: Source | None) -> Iterator[Source | None]:
    """Yield where what was sealed may be: the copy, the one beside the backups, the program's."""
    yield copy
    yield _backup(case, sealed.digest)
    if sealed.id in known_editions():
        yield source_named(sealed.id)


def _backup(case: Case, digest: str) -> Source | None:
    stem = f"{POLICY}-{digest[:_SHORT]}-"
    texts: dict[str, str] = {}
    try:
        for name in FILES:
            path = case.backups / f"{stem}{name}"
            if path.is_file():
                texts[name] = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
    return Source(POLICY, Frozen(texts)) if RULE in texts else None


def _strayed(case: Case, source: Source, problem: str) -> str:
    if problem == _GONE:
        return f"“{POLICY}”文件夹不见了：评价仍按封存的政策版本，校验或评价时重新写出这个文件夹。"
    told = "" if problem else "、".join(strayed(case, source))
    return (
        f"“{POLICY}”文件夹与本项目封存的政策版本不同{f'（{told}）' if told else problem}，"
        "本次仍按封存的评价；误改的请取回原件，要改用改过的内容，"
        "请把它移到别处后运行 xlpy edition apply 并写明理由。"
    )
