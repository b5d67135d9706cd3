"""The papers that are filed (公示名单、奖补资金安排表) and their versions (第几版)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlpy.errors import ReadBackError
from xlpy.excel.files.readback import read_table
from xlpy.excel.writing.write import document_bytes
from xlpy.judge.order import for_paper
from xlpy.model.day import day_words
from xlpy.model.decision import Evaluation
from xlpy.model.history import FINANCE, NOTICE, Paper
from xlpy.model.keys import Key, key_of
from xlpy.model.sheets.sheet import Document
from xlpy.policy.form import Table
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.anchor import code_of, printed_code
from xlpy.report.papers.correction import (
    Cells,
    Correction,
    Difference,
    Version,
    cells_of,
    differences,
    rows_read,
    total_read,
)
from xlpy.report.papers.finance import finance_document, finance_rows, total_of
from xlpy.report.papers.notice import notice_document, notice_rows
from xlpy.report.papers.second_look import disagreements, notice_disagreements
from xlpy.steps.case import Case
from xlpy.steps.filed.companions import (
    Companions,
    companions,
    filed_letter,
    kept_companions,
    letters_of,
)
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal
from xlpy.steps.log.history import PAPERS

_DATES: Mapping[str, tuple[str, ...]] = {
    NOTICE: ("notice_from", "notice_to"),
    FINANCE: ("as_of", "meeting_on", "minutes", "notice_to"),
}
"""The dates a paper prints, by the ids of the sheet 参数."""

BY_HAND = "-手工改动-"
"""Between the name of a paper and the moment, where somebody's changes are kept."""

_MADE_ON = "made_on"
_LOST = ("其他各栏", "（该版文件已不在或被改动，只能按运行记录核对）", "（以本版为准）")

_ELSE = ("其他文字", "（见该版）", "（见本版）")

_SHOWN = ("name", "level", "grade")  # of the public list, and all that is told of its changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper as it would be filed now (拟导出的一版).

    `same` is the version filed last when nothing on it differs, else None. `code` is the 核验码
    it prints, that of its first export.
    """

    kind: str
    version: int
    bytes: bytes
    content: str
    dates: Mapping[str, str]
    correction: Correction | None
    same: Paper | None
    code: str
    letters: Companions

    def entry(self, case: Case) -> dict[str, Any]:
        """Return what the log keeps of it."""
        path = case.relative(filed_path(case, self.kind, self.version))
        digest = journal.digest(self.bytes)
        return {
            "kind": self.kind,
            "version": self.version,
            "path": path,
            "digest": digest,
            "content": self.content,
            "dates": dict(self.dates),
            "same": self.same is not None,
            "code": self.code,
            "letters": self.letters.entry(),
        }


def newest_path(case: Case, kind: str) -> Path:
    """Return where the newest version lies under its plain name."""
    return case.notice if kind == NOTICE else case.finance


def filed_path(case: Case, kind: str, version: int) -> Path:
    """Return where a version is kept (已导出)."""
    return case.filed / f"{PAPERS[kind]}-第{version}版.xlsx"


def drafted(
    case: Case,
    kind: str,
    gathered: Gathered,
    evaluation: Evaluation,
    today: date,
    *,
    same: Evaluation | None,
) -> Draft:
    """Return the paper as it would be filed now, read back by a second reader.

    `same` is the evaluation that the version filed last still shows: then that one is filed again.
    Raises ReadBackError when what was written does not read back as judged.
    """
    plain = _document(kind, gathered, evaluation, None)
    before = [one for one in gathered.history.papers if one.kind == kind]
    last = before[-1] if before else None
    again = last if same and last and not _owes_correction(last, before, gathered) else None
    shown = for_paper(evaluation, kind)
    kept = _kept(case, again, gathered, evaluation) if again else None
    letters = None
    if again and same and kept is not None:
        earlier = before[:-1]
        letters = kept_companions(
            *(case, again, gathered, for_paper(same, kind)),
            correction=_correction(case, kind, earlier, gathered, same, today, again.content)
            if earlier
            else None,
            out=[one for one in earlier if is_out(one, False, gathered, today)],
        )
    if last and kept is not None and letters is not None:
        return Draft(
            kind=kind,
            version=last.version,
            bytes=kept,
            content=last.content,
            dates=last.dates,
            correction=None,
            same=last,
            code=last.code,
            letters=letters,
        )
    dates = {**_dates(gathered, evaluation), _MADE_ON: today.isoformat()}
    content = _content_key(plain)
    correction = _correction(case, kind, before, gathered, evaluation, today, content)
    code = code_of(gathered.entries[-1]["hash"]) if gathered.entries else ""
    document = _document(kind, gathered, evaluation, correction, code=code)
    written = document_bytes(document)
    _confirm(kind, written, document, gathered, evaluation, code)
    return Draft(
        kind=kind,
        version=1 + max((*(one.version for one in before), *_numbers_kept(case, kind)), default=0),
        bytes=written,
        content=content,
        dates=dates,
        correction=correction,
        same=None,
        code=code,
        letters=companions(
            *(kind, gathered, shown),
            correction=correction,
            out=[one for one in before if is_out(one, one is before[-1], gathered, today)],
            code=code,
        ),
    )


def _numbers_kept(case: Case, kind: str) -> Iterator[int]:
    """Yield the versions that lie in 已导出, also those of a log that was moved away."""
    name = re.compile(f"{PAPERS[kind]}-第([0-9]+)版\\.xlsx")
    for path in case.filed.iterdir() if case.filed.is_dir() else ():
        if found := name.fullmatch(path.name):
            yield int(found[1])


def stored(case: Case, paper: Paper) -> bytes | None:
    """Return a filed version as it was written, None when it is gone or changed."""
    for path in (filed_path(case, paper.kind, paper.version), newest_path(case, paper.kind)):
        if path.is_file():
            content = path.read_bytes()
            if journal.digest(content) == paper.digest:
                return content
    return None


def _kept(case: Case, last: Paper, gathered: Gathered, evaluation: Evaluation) -> bytes | None:
    """Return the version filed last: as it lies there, or made again to the byte."""
    kept = stored(case, last)
    if kept is not None:
        return kept
    again = document_bytes(_document(last.kind, gathered, evaluation, None, code=last.code))
    return again if journal.digest(again) == last.digest else None


def content_now(kind: str, gathered: Gathered, evaluation: Evaluation) -> str:
    """Return what would stand on the paper now, as a digest to compare versions by."""
    return _content_key(_document(kind, gathered, evaluation, None))


def _document(
    kind: str,
    gathered: Gathered,
    evaluation: Evaluation,
    correction: Correction | None,
    *,
    code: str = "",
) -> Document:
    build = notice_document if kind == NOTICE else finance_document
    return build(
        evaluation=for_paper(evaluation, kind),
        edition=gathered.edition,
        forms=gathered.forms,
        staff=gathered.staff,
        correction=correction,
        code=code,
    )


def _content_key(document: Document) -> str:
    """Return a digest of everything that stands on a paper, however it looks.

    Only of one without its 核验码, which every export would change.
    """
    cells = [[str(cell) for cell in line.values] for one in document.sheets for line in one.lines]
    return journal.digest(json.dumps(cells, ensure_ascii=False).encode("utf-8"))


def _dates(gathered: Gathered, evaluation: Evaluation) -> dict[str, str]:
    """Return the year's dates as the log keeps them with a paper."""
    staff = gathered.staff
    days = {
        "as_of": evaluation.as_of,
        "meeting_on": staff.meeting_on,
        "notice_from": staff.notice_from,
        "notice_to": staff.notice_to,
        "filed_on": staff.filed_on,
    }
    words = {id: day.isoformat() if day else "" for id, day in days.items()}
    return {**words, "minutes": staff.minutes}


def _confirm(
    kind: str,
    content: bytes,
    document: Document,
    gathered: Gathered,
    evaluation: Evaluation,
    code: str,
) -> None:
    read = read_table(content, document.sheets[0].name)
    if kind == NOTICE:
        wrong = notice_disagreements(read, notice_rows(evaluation, gathered.edition))
    else:
        wrong = disagreements(read, finance_rows(evaluation, gathered.edition, gathered.forms))
    if not wrong and (printed := printed_code(read)) != code:
        wrong = (f"核验码读到“{printed}”，应为“{code}”",)
    if wrong:
        raise ReadBackError(
            f"导出的表回读与评价结果不一致（{wrong[0]}），没有写出任何文件；"
            "请把评价项目文件夹交给软件维护人员。"
        )


# What people have seen before


def is_out(paper: Paper, newest: bool, gathered: Gathered, today: date) -> bool:
    """Tell whether people have seen a version: its notice has begun, or finance has it."""
    if paper.unseen:
        return _was_filed(paper, gathered)
    if paper.kind == FINANCE:
        return gathered.staff.filed_on is not None
    typed = paper.dates.get("notice_from", "")
    began = date.fromisoformat(typed) if typed else None
    if began is None and newest:  # its dates were typed after the fact, or 1.0 kept none
        began = gathered.staff.notice_from
    return began is not None and began <= today


def _was_filed(paper: Paper, gathered: Gathered) -> bool:
    """Tell whether finance had a version before the next one was made: its day is typed late."""
    filed_on, replaced = gathered.staff.filed_on, paper.replaced_on
    if paper.kind != FINANCE or filed_on is None or replaced is None:
        return False
    return paper.made_on <= filed_on < replaced


def _owes_correction(last: Paper, before: Sequence[Paper], gathered: Gathered) -> bool:
    """Tell whether the newest version is silent about one that finance had (补写更正)."""
    return not last.dates.get("filed_on") and any(_was_filed(one, gathered) for one in before)


def _correction(
    case: Case,
    kind: str,
    before: Sequence[Paper],
    gathered: Gathered,
    evaluation: Evaluation,
    today: date,
    content: str,
) -> Correction | None:
    """Return what this version corrects of those people have seen; None for nothing.

    `content` is the digest of all that stands on it: something else than rows and dates may have
    changed, such as the telephone for objections.
    """
    out = [one for one in before if is_out(one, one is before[-1], gathered, today)]
    table = load_reports()[kind]
    labels = {field.id: field.label for field in gathered.forms.staff.dates}
    now = _version_now(kind, table, gathered, evaluation, labels)
    columns = [
        column.label for column in table.columns[1:] if kind == FINANCE or column.id in _SHOWN
    ]
    found: list[tuple[Paper, tuple[Difference, ...]]] = []
    for paper in reversed(out):
        was = _version_then(case, paper, table, labels)
        told = tuple(differences(was, now, columns))
        if not stored(case, paper):
            told = (*told, Difference(was.words, "—", *_LOST))
        elif not told and paper.content not in ("", content):
            told = (Difference(was.words, "—", *_ELSE),)
        found.append((paper, told))
    changed = [(paper, told) for paper, told in found if told]
    if not changed:
        return None
    names = "、".join(_told(paper, labels) for paper, _ in changed)
    return Correction(
        replaced=names,
        differences=tuple(one for _, told in changed for one in told),
    )


def _told(paper: Paper, labels: Mapping[str, str]) -> str:
    """Say which version, made when, after which meeting, shown when (原公示、原会议)."""
    made = day_words(date.fromisoformat(paper.time[:10]))
    dates = [
        f"{labels[id]}{_shown_date(paper.dates[id])}"
        for id in ("meeting_on", "notice_from", "notice_to")
        if paper.dates.get(id)
    ]
    return f"第{paper.version}版（{'，'.join([f'{made}导出', *dates])}）"


def _shown_date(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text


def _version_now(
    kind: str,
    table: Table,
    gathered: Gathered,
    evaluation: Evaluation,
    labels: Mapping[str, str],
) -> Version:
    dates = _dates(gathered, evaluation)
    rows: Iterator[tuple[Key, Cells]]
    total: Cells = {}
    if kind == NOTICE:
        listed = notice_rows(evaluation, gathered.edition)
        rows = ((key_of(one.code, one.name), cells_of(one.cells, table)) for one in listed)
    else:
        paid = finance_rows(evaluation, gathered.edition, gathered.forms)
        rows = ((key_of(one.code, one.name), cells_of(one.cells, table)) for one in paid.rows)
        total = total_of(paid, table)
    return Version(
        words="本版",
        rows=tuple(rows),
        total=total,
        dates={labels[id]: _shown_date(dates[id]) for id in _DATES[kind]},
    )


def _version_then(case: Case, paper: Paper, table: Table, labels: Mapping[str, str]) -> Version:
    """Return what stood on a filed version; of a lost or changed file what the log knows."""
    content = stored(case, paper)
    left = sorted((called, grade or "", known) for (known, called), grade in paper.grades.items())
    name, code, grade = (_label_of(id, table) for id in ("name", "code", "grade"))

    def key(cells: Cells) -> Key:
        """Return whose row it is; of platforms of one name that of this grade, each once."""
        called = cells.get(name, "")
        if code:
            return key_of(cells.get(code, ""), called)
        own = [one for one in left if one[0] == called]
        same = [one for one in own if one[1] == cells.get(grade, "")] or own
        if len(own) > 1:
            left.remove(same[0])
        return key_of(same[0][2] if same else "", called)

    read = read_table(content, table.sheet) if content else ()
    return Version(
        words=f"第{paper.version}版",
        rows=rows_read(read, table, key) if content else tuple(_logged(paper, table)),
        total=total_read(read, table),
        dates={
            labels[id]: _shown_date(paper.dates[id])
            for id in _DATES[paper.kind]
            if id in paper.dates
        },
    )


def _label_of(id: str, table: Table) -> str:
    return next((column.label for column in table.columns if column.id == id), "")


def _logged(paper: Paper, table: Table) -> Iterator[tuple[Key, Cells]]:
    """Yield the rows of a version whose file is lost, as far as the log knows them."""
    for (code, name), grade in paper.grades.items():
        paid = paper.amounts.get((code, name), "None")
        listed = grade if paper.kind == NOTICE else paid not in ("None", "0")
        if listed:
            cells = {"name": name, "code": code, "grade": grade or "", "amount": paid}
            known = {c.label: cells[c.id] for c in table.columns if c.id in cells}
            yield key_of(code, name), known


def first_kept(case: Case, gathered: Gathered, kind: str) -> dict[Path, bytes]:
    """Return the copy of what version 1.0 filed (第1版), while it is still as it was written."""
    papers = [one for one in gathered.history.papers if one.kind == kind]
    if not papers or papers[0].content:
        return {}
    path = filed_path(case, kind, papers[0].version)
    content = None if path.exists() else stored(case, papers[0])
    return {path: content} if content is not None else {}


def letter_files(case: Case, draft: Draft) -> dict[Path, bytes]:
    """Return the documents filed with a version, under their plain names and kept as its own."""
    files = draft.letters.files.items()
    plain = {case.output / name: content for name, content in files}
    kept = {filed_letter(case, name, draft.version): content for name, content in files}
    return {**kept, **plain}


def no_longer(case: Case, gathered: Gathered, draft: Draft) -> dict[Path, str]:
    """Return the letters under plain names that this version has none of, by their digest now.

    Only those that were written here; of what somebody changed in them `by_hand` keeps a copy.
    """
    now = {case.output / name for name in draft.letters.files}
    return {
        path: journal.digest(path.read_bytes())
        for path in letters_of(case, draft.kind)
        if path not in now and journal.writer(gathered.entries, case.relative(path)) is not None
    }


def by_hand(case: Case, gathered: Gathered, draft: Draft, moment: str) -> dict[Path, bytes]:
    """Return copies of what somebody changed by hand and is to be written or to go.

    It is never lost. What was never written here stays where it lies.
    """
    stamp = moment[:19].replace(":", "").replace("T", "-")
    copies, kind = {}, draft.kind
    ours = {
        *(newest_path(case, kind), filed_path(case, kind, draft.version)),
        *letter_files(case, draft),
    }
    for path in dict.fromkeys((*sorted(ours), *letters_of(case, kind))):
        if not path.is_file():
            continue
        name, content = case.relative(path), path.read_bytes()
        number = journal.writer(gathered.entries, name)
        if number is None and path not in ours:
            continue
        written = gathered.entries[number]["outputs"][name] if number is not None else ""
        if journal.digest(content) != written and not _is_kept(case, kind, path, content):
            copies[case.filed / f"{path.stem}{BY_HAND}{stamp}{path.suffix}"] = content
    return copies


def _is_kept(case: Case, kind: str, path: Path, content: bytes) -> bool:
    """Tell whether these bytes lie in 已导出 as a version, of a log that was moved away too."""
    versions = _numbers_kept(case, kind)
    if path.suffix == newest_path(case, kind).suffix:
        paths = [filed_path(case, kind, version) for version in versions]
    else:
        name = path.relative_to(case.output).as_posix()
        paths = [filed_letter(case, name, version) for version in versions]
    return any(one != path and one.is_file() and one.read_bytes() == content for one in paths)
