"""The catalogue of findings (校验问题目录) and how one is worded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from xlpy.model.finding import EXPORTS, FINANCE_ONLY, Finding, Place, Severity
from xlpy.model.grid import Refusal
from xlpy.policy.strict import Strict
from xlpy.policy.toml import read_toml

Concerns = Literal["sender", "bureau"]
Cause = Literal["", "ruling", "orphan", "unconfirmed"]

_FOLDER = Path(__file__).parent
_CODE = re.compile("[A-Z][0-9]{3}")
_TEXTS = ("found", "needed", "mend")
_FLAGS = ("shortfall", "acceptable", "lossy")
_WORDS = ("concerns", "cause", "stage")
_SEVERITIES = tuple(map(str, Severity))
_CONCERNS: tuple[Concerns, ...] = ("sender", "bureau")
_CAUSES: tuple[Cause, ...] = ("ruling", "orphan", "unconfirmed")
_STAGES = (EXPORTS, FINANCE_ONLY)
_NO_EDITION: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One kind of finding (目录条目): its texts, with {placeholders} `finding` fills, and traits.

    `shortfall` and `acceptable` go with the finding itself. `concerns` is who has to mend it:
    whoever sent the file, or the bureau. `cause` is where a blocking one is counted when an
    export is refused. `lossy` marks a value that came out as another than was meant. `on_ballot`
    is the code that says the same of a score. `stage` names the papers that wait for what no
    evaluation is about. `topic` is what the rule says of it in an article of its own
    (`Edition.articles`).
    """

    code: str
    title: str
    severity: Severity
    found: str
    needed: str
    mend: str
    topic: str = ""
    shortfall: bool = False
    acceptable: bool = True
    concerns: Concerns = "sender"
    cause: Cause = ""
    lossy: bool = False
    on_ballot: str = ""
    stage: str = ""


@cache
def catalogue() -> dict[str, Entry]:
    """Return every kind of finding by code."""
    root = read_toml(_FOLDER / "findings.toml", "校验问题目录")
    entries = {code: _entry(root.table(code), code) for code in root.cells}
    for code, entry in entries.items():
        if entry.on_ballot and entry.on_ballot not in entries:
            root.table(code).refuse("on_ballot", f"为“{entry.on_ballot}”", "改为目录中的代码")
    return entries


def _entry(table: Strict, code: str) -> Entry:
    table.only("title", "severity", *_TEXTS, optional=("topic", *_FLAGS, *_WORDS, "on_ballot"))
    if not _CODE.fullmatch(code):
        table.refuse("", "不是代码", "写成一个大写字母和三位数字，如 F101")
    told = table.cells
    return Entry(
        code=code,
        title=table.text("title"),
        severity=Severity(table.one_of("severity", _SEVERITIES)),
        found=table.text("found"),
        needed=table.text("needed"),
        mend=table.text("mend"),
        topic=table.id("topic") if "topic" in told else "",
        shortfall="shortfall" in told and table.flag("shortfall"),
        acceptable="acceptable" not in told or table.flag("acceptable"),
        concerns=table.one_of("concerns", _CONCERNS) if "concerns" in told else "sender",
        cause=table.one_of("cause", _CAUSES) if "cause" in told else "",
        lossy="lossy" in told and table.flag("lossy"),
        on_ballot=table.text("on_ballot") if "on_ballot" in told else "",
        stage=table.one_of("stage", _STAGES) if "stage" in told else "",
    )


def finding(
    code: str,
    place: Place,
    /,
    *,
    wording: Mapping[str, str] = _NO_EDITION,
    article: str = "",
    subject: str = "",
    digest: str = "",
    **words: object,
) -> Finding:
    """Return the finding `code` at `place`, its texts filled with `words`.

    `wording` is that of the edition (`Edition.wording`): what its sentences call the bureau, the
    meeting, the grades, and the article of the entry's topic. Without it no article is cited.

    Raises KeyError for an unknown code or a missing word: a mistake of ours, seen in tests.
    """
    entry = catalogue()[code]
    words = {**wording, **words}
    return Finding(
        code=code,
        severity=entry.severity,
        place=place,
        found=entry.found.format_map(words),
        needed=entry.needed.format_map(words),
        mend=entry.mend.format_map(words),
        article=article or wording.get(f"article.{entry.topic}", ""),
        subject=subject,
        digest=digest,
        shortfall=entry.shortfall,
        acceptable=entry.acceptable,
        stage=entry.stage,
    )


@cache
def _refusals() -> dict[str, dict[str, str]]:
    root = read_toml(_FOLDER / "refused.toml", "拒收说明")
    return {kind: _refusal(root.table(kind)) for kind in root.cells}


def _refusal(table: Strict) -> dict[str, str]:
    table.only(*_TEXTS)
    return {key: table.text(key) for key in _TEXTS}


def refusal(refused: Refusal) -> tuple[str, str, str]:
    """Return what was found, what is needed and the cure for a file that was not read (拒收)."""
    words = _refusals()[refused.kind]
    found = words["found"].format(detail=refused.detail).replace("（）", "")
    return (found, words["needed"], words["mend"])
