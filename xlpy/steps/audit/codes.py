"""A paper held against the case by its 核验码 (凭码核对)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from xlpy.report.papers.anchor import DIGITS, MistypedError, typed_code, typed_digits
from xlpy.report.register.row import clock
from xlpy.report.year.runs import command_word
from xlpy.steps.audit.chain import codes
from xlpy.steps.audit.filed import Filed, filed_versions
from xlpy.steps.case import Case
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal
from xlpy.steps.log.history import PAPERS

_ECHOED = 60  # signs of what was typed
_COMPARE = "码只说明这张表是哪一次导出的：请再把纸质的表与该文件逐行对照。"
_UNKNOWN = (
    "这张纸质的表可能出自另一个评价项目，也可能是运行记录后来被改写、截短或重新开始过{mistyped}。"
    "请核对项目和抄写；仍然找不到的，请保留现场，以存档的纸质表为准查明。"
)
_WAS_BROKEN = "运行记录本身有问题（见上），核验码无从核对；请先查明运行记录。"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSeen:
    """What a code comes to (核验码的结果): its line of the log, and the version that prints it.

    `line` counts from 1, None for a code the log does not know; `version` is None where no paper
    prints it. `newest` and `unchanged` tell of that version. `ok` is False where anybody should
    ask a question; `sentence` says all of it in Chinese.
    """

    typed: str
    sentence: str
    code: str = ""
    line: int | None = None
    time: str = ""
    command: str = ""
    paper: str = ""
    version: int | None = None
    path: str = ""
    newest: bool | None = None
    unchanged: bool | None = None
    ok: bool = False


def code_in_broken_log(typed: str) -> CodeSeen:
    """Return what a code comes to where the log is not whole."""
    return CodeSeen(typed=typed, sentence=_WAS_BROKEN)


def seen_code(case: Case, gathered: Gathered, typed: str) -> CodeSeen:
    """Return which line of the log a typed code is, and which version prints it."""
    try:
        code = typed_code(typed)
    except MistypedError as problem:
        sentence = f"{_short(typed)}不是核验码：{problem}。请对照表末尾的核验码重新输入。"
        if not typed.strip():
            sentence = "没有输入核验码：请在 --code 后面输入表末尾的核验码。"
        return CodeSeen(typed=typed, sentence=sentence)
    line = codes(gathered.entries).get(code)
    if line is None:
        checked = len(typed_digits(typed)) > DIGITS
        why = _UNKNOWN.format(mistyped="" if checked else "，或者有几位抄错了")
        return CodeSeen(
            typed=typed, code=code, sentence=f"核验码 {code} 不在本项目的运行记录中：{why}"
        )
    entry = gathered.entries[line]
    word = command_word(gathered.forms.staff, entry["command"])
    known = CodeSeen(
        typed=typed,
        code=code,
        line=line + 1,
        time=entry["time"],
        command=entry["command"],
        sentence=f"核验码 {code} 是运行记录第{line + 1}行（{clock(entry['time'])}，{word}）",
    )
    papers = list(filed_versions(case, gathered))
    mine = [one for one in papers if one.code == code]
    return _printed(case, known, mine[-1], papers) if mine else _by_none(known)


def _short(typed: str) -> str:
    """Return what was typed in quotes; of a whole page its beginning."""
    return f"“{typed}”" if len(typed) <= _ECHOED else f"“{typed[:_ECHOED]}…”"


def _by_none(known: CodeSeen) -> CodeSeen:
    return replace(
        known,
        sentence=f"{known.sentence}，但运行记录中没有哪一版印的是它：印着它的表如果确是本项目导出的，"
        "导出那一行后来被删去了。请保留现场，以存档的纸质表为准查明。",
    )


def _printed(case: Case, known: CodeSeen, one: Filed, papers: list[Filed]) -> CodeSeen:
    name = f"{PAPERS[one.kind]}第{one.version}版"
    newest = max(other.version for other in papers if other.kind == one.kind)
    unchanged = _unchanged(one)
    where = case.relative(one.path)
    told = f"{known.sentence}；印它的是{name}（“{where}”），"
    told += "是最新一版" if one.version == newest else f"已由第{newest}版代替，请以第{newest}版为准"
    told += f"，文件没有改动。{_COMPARE}" if unchanged else "。该文件不见了或被改动过，请查明。"
    return replace(
        known,
        sentence=told,
        paper=PAPERS[one.kind],
        version=one.version,
        path=where,
        newest=one.version == newest,
        unchanged=unchanged,
        ok=unchanged,
    )


def _unchanged(one: Filed) -> bool:
    path: Path = one.path
    return path.is_file() and journal.digest(path.read_bytes()) == one.digest
