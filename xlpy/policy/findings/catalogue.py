"""The catalogue of findings (校验问题目录) and how one is worded."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from xlpy.model.finding import Finding, Place, Severity
from xlpy.model.grid import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One kind of finding (目录条目): its texts, with {placeholders} `finding` fills, and traits.

    `shortfall` and `acceptable` go with the finding itself. `concerns` is who has to mend it:
    whoever sent the file, or the bureau. `cause` is where a blocking one is counted when an
    export is refused. `lossy` marks a value that came out as another than was meant. `on_ballot`
    is the code that says the same of a score.
    """

    code: str
    title: str
    severity: Severity
    found: str
    needed: str
    mend: str
    article: str = ""
    shortfall: bool = False
    acceptable: bool = True
    concerns: Literal["sender", "bureau"] = "sender"
    cause: Literal["", "ruling", "orphan"] = ""
    lossy: bool = False
    on_ballot: str = ""


@cache
def catalogue() -> dict[str, Entry]:
    """Return every kind of finding by code."""
    text = files("xlpy.policy.findings").joinpath("findings.toml").read_text(encoding="utf-8")
    return {
        code: Entry(code=code, **{**raw, "severity": Severity(raw["severity"])})
        for code, raw in tomllib.loads(text).items()
    }


def finding(
    code: str,
    place: Place,
    /,
    *,
    article: str = "",
    subject: str = "",
    digest: str = "",
    **words: object,
) -> Finding:
    """Return the finding `code` at `place`, its texts filled with `words`.

    Raises KeyError for an unknown code or a missing word: a mistake of ours, seen in tests.
    """
    entry = catalogue()[code]
    return Finding(
        code=code,
        severity=entry.severity,
        place=place,
        found=entry.found.format_map(words),
        needed=entry.needed.format_map(words),
        mend=entry.mend.format_map(words),
        article=article or entry.article,
        subject=subject,
        digest=digest,
        shortfall=entry.shortfall,
        acceptable=entry.acceptable,
    )


@cache
def _refusals() -> dict[str, dict[str, str]]:
    text = files("xlpy.policy.findings").joinpath("refused.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def refusal(refused: Refusal) -> tuple[str, str, str]:
    """Return what was found, what is needed and the cure for a file that was not read (拒收)."""
    words = _refusals()[refused.kind]
    found = words["found"].format(detail=refused.detail).replace("（）", "")
    return (found, words["needed"], words["mend"])
