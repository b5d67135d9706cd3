"""The documents filed with a paper (随表公文): with the list, and with the money.

They are kept and versioned like their sheets: under the plain name the newest, in 已导出 all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path, PurePosixPath

from xlpy.errors import ReadBackError
from xlpy.excel.files.names import safe_stem
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.history import FINANCE, NOTICE, Paper
from xlpy.model.keys import key_of
from xlpy.model.letter.letter import Letter
from xlpy.report.letters.names import NOTICE as NOTICE_LETTER
from xlpy.report.letters.names import REQUEST, RESULT, named_for
from xlpy.report.letters.notice import notice_letter
from xlpy.report.letters.own_reasons import own_reasons
from xlpy.report.letters.request import request_letter
from xlpy.report.letters.result_letter import result_letter, told_platforms
from xlpy.report.letters.second_look import notice_disagreements, request_disagreements
from xlpy.report.papers.correction import Correction, paired
from xlpy.report.papers.finance import finance_rows
from xlpy.report.papers.notice import notice_rows
from xlpy.steps.case import Case
from xlpy.steps.filed.letters import DOCX, distinct_names, letter_file
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal

_LETTER = "letter"
_LOCK = "~$"  # Word's own, beside a document that is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Companions:
    """The documents of one version (随表公文), by name below 输出: bytes, and what they say.

    `contents` are digests of what each tells that its sheet does not: by them versions differ.
    """

    files: Mapping[str, bytes]
    contents: Mapping[str, str]

    def entry(self) -> dict[str, list[str]]:
        """Return what the log keeps of them: by name, digest of the text and of the file."""
        return {
            name: [self.contents[name], journal.digest(content)]
            for name, content in self.files.items()
        }


def contents(kind: str, gathered: Gathered, evaluation: Evaluation) -> Mapping[str, str]:
    """Return what each document of a paper tells that its sheet does not, as digests by name.

    A letter to a platform tells its grade and why; all others say what the sheet says: "".
    """
    if kind == FINANCE:
        return {f"{REQUEST}{DOCX}": ""}
    told = told_platforms(evaluation)
    return {
        f"{NOTICE_LETTER}{DOCX}": "",
        **{
            name: journal.digest(repr(_told(one, gathered)).encode("utf-8"))
            for name, one in zip(_letter_names(told), told, strict=True)
        },
    }


def _told(one: Decision, gathered: Gathered) -> tuple[object, ...]:
    """Return what a letter is about, however it is worded."""
    edition = gathered.edition
    return (one.code, one.name, one.level, one.final, one.state, own_reasons(one, edition))


def _changed(paper: Paper, told: Sequence[Decision], says: Mapping[str, str]) -> Iterator[str]:
    """Yield the letters that say otherwise than that of an earlier version to the same platform.

    It is the same under a former name or code too (曾用名、原信用代码), or with either corrected.
    """
    former = {key: one.key for one in told for key in one.former}
    then = [key_of(code, name) for code, name in paper.grades]
    lay = _names_of([(name, code) for code, name in paper.grades])
    old = [
        (former.get(key, key), {_LETTER: name})
        for key, name in zip(then, lay, strict=True)
        if name in paper.letters
    ]
    new = [(one.key, {_LETTER: name}) for one, name in zip(told, _letter_names(told), strict=True)]
    for was, is_now in paired(old, new)[0]:
        if was and paper.letters[was[_LETTER]][0] != says[is_now[_LETTER]]:
            yield is_now[_LETTER]


def _letter_names(told: Sequence[Decision]) -> list[str]:
    return _names_of([(one.name, one.code) for one in told])


def _names_of(platforms: Iterable[tuple[str, str]]) -> list[str]:
    """Return where the letters to platforms lie below 输出, by their names and codes."""
    names = distinct_names(safe_stem(*named_for(name, code)) for name, code in platforms)
    return [f"{RESULT}/{name}{DOCX}" for name in names]


def companions(
    kind: str,
    gathered: Gathered,
    evaluation: Evaluation,
    *,
    correction: Correction | None,
    out: Sequence[Paper],
    code: str,
) -> Companions:
    """Return the documents of a paper as they would be filed now, read back.

    `out` are the earlier versions that people have seen: a letter that says otherwise now is
    marked as a correction (更正). Raises ReadBackError.
    """
    says = contents(kind, gathered, evaluation)
    told = told_platforms(evaluation) if kind == NOTICE else ()
    changed = {name for paper in out for name in _changed(paper, told, says)}
    # Who was told that its letter is void, and is told again, has it corrected.
    changed |= {
        name
        for paper, later in pairwise(one for one in out if one.letters)
        for name in paper.letters.keys() - later.letters.keys()
        if name in says
    }
    letters = _filed(kind, gathered, evaluation, correction, frozenset(changed), code)
    files = {name: letter_file(one) for name, one in letters}
    _confirm(kind, files, gathered, evaluation)
    return Companions(files=files, contents=says)


def kept_companions(
    case: Case,
    paper: Paper,
    gathered: Gathered,
    evaluation: Evaluation,
    *,
    correction: Correction | None,
    out: Sequence[Paper],
) -> Companions | None:
    """Return the documents of a version filed before, as they were; None where they say otherwise.

    Of a version made before there were any they are made now, with what that one corrected (`out`,
    `correction`). One that is gone or was changed is
    made again, and must come out the same.
    """
    make = partial(
        companions,
        *(paper.kind, gathered, evaluation),
        correction=correction,
        out=out,
        code=paper.code,
    )
    if not paper.letters:
        return make()
    says = contents(paper.kind, gathered, evaluation)
    if {name: content for name, (content, _) in paper.letters.items()} != says:
        return None
    files: dict[str, bytes] = {}
    for name, (_, digest) in paper.letters.items():
        if (content := _lying(case, paper, name, digest)) is None:
            files = dict(make().files)
            break
        files[name] = content
    if any(journal.digest(files[name]) != digest for name, (_, digest) in paper.letters.items()):
        return None
    return Companions(files=files, contents=says)


def _lying(case: Case, paper: Paper, name: str, digest: str) -> bytes | None:
    """Return a document as it was filed, None where none such lies there."""
    for path in (filed_letter(case, name, paper.version), case.output / name):
        if path.is_file() and journal.digest(content := path.read_bytes()) == digest:
            return content
    return None


def filed_letter(case: Case, name: str, version: int) -> Path:
    """Return where a document of a version is kept (已导出)."""
    path = PurePosixPath(name)
    if len(path.parts) > 1:
        return case.filed / f"{path.parts[0]}-第{version}版" / path.name
    return case.filed / f"{path.stem}-第{version}版{DOCX}"


def letters_of(case: Case, kind: str) -> tuple[Path, ...]:
    """Return the documents of a paper that lie in 输出 now, under their plain names."""
    if kind == FINANCE:
        alone, folder = case.output / f"{REQUEST}{DOCX}", None
    else:
        alone, folder = case.output / f"{NOTICE_LETTER}{DOCX}", case.output / RESULT
    lies = [alone] if alone.is_file() else []
    if folder is not None and folder.is_dir():
        found = (one for one in folder.glob(f"*{DOCX}") if not one.name.startswith(_LOCK))
        lies += sorted(one for one in found if one.is_file())
    return tuple(lies)


def _filed(
    kind: str,
    gathered: Gathered,
    evaluation: Evaluation,
    correction: Correction | None,
    changed: frozenset[str],
    code: str,
) -> Iterator[tuple[str, Letter]]:
    """Yield the letters of a paper by name; `changed` are those that correct another."""
    forms, staff = gathered.forms, gathered.staff
    about = partial(
        request_letter if kind == FINANCE else notice_letter,
        evaluation=evaluation,
        edition=gathered.edition,
        forms=forms,
        staff=staff,
        code=code,
    )
    name = REQUEST if kind == FINANCE else NOTICE_LETTER
    yield f"{name}{DOCX}", about(correction=correction)
    told = told_platforms(evaluation) if kind == NOTICE else ()
    for one, name in zip(told, _letter_names(told), strict=True):
        yield (
            name,
            result_letter(
                one,
                evaluation=evaluation,
                edition=gathered.edition,
                forms=forms,
                staff=staff,
                corrected=name in changed,
                code=code,
            ),
        )


def _confirm(
    kind: str, files: Mapping[str, bytes], gathered: Gathered, evaluation: Evaluation
) -> None:
    """Hold the tables of the documents against the rows of the sheet, by a second reader."""
    from xlpy.word.reading import read_letter

    if kind == NOTICE:
        rows = notice_rows(evaluation, gathered.edition)
        wrong = notice_disagreements(read_letter(files[f"{NOTICE_LETTER}{DOCX}"]), rows)
    else:
        sheet = finance_rows(evaluation, gathered.edition, gathered.forms)
        wrong = request_disagreements(read_letter(files[f"{REQUEST}{DOCX}"]), sheet)
    if wrong:
        raise ReadBackError(
            f"导出的公文回读与评价结果不一致（{wrong[0]}），没有写出任何文件；"
            "请把评价项目文件夹交给软件维护人员。"
        )
