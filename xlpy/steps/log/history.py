"""What the log tells (运行记录说明的历史), read from its lines, those of version 1.0 too.

A line holds: time, login, command, version, edition, as_of, parameters, inputs (path: digest),
staff (digest), outputs (path: digest), base, quota, total_subsidy, decisions, open_findings,
refused; and since version 1.1 `who` (path: [code, name] or [expert]), `changed` ([table, row,
column, old, new]), `papers`, `shown`, `evidence` and `kept` (copy of the workbook: digest); since
version 1.2 `today` (the day a run that fills the workbook was made by), `kind` (the paper an export
was about) and `code` in `papers` (its 核验码).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlpy.model.history import (
    EDITION_DIFFERENCES,
    EDITION_ID,
    EDITION_REASON,
    EDITION_TABLE,
    FINANCE,
    NOTICE,
    Arrival,
    Change,
    Figures,
    History,
    Paper,
    Run,
)
from xlpy.model.keys import Key, key_of
from xlpy.report.runlog import Entry

BALLOTS, CHECK, EXPORT = "ballots", "check", "export"
FEEDBACK = "输出/校验反馈/"
MEETING = "输出/会议材料/"
MEETING_BY_HAND = f"{MEETING}手工改动/"
"""Copies of what people changed there: no report takes their place."""
PAPERS: Mapping[str, str] = {NOTICE: "公示名单", FINANCE: "奖补资金安排表"}
"""The names of the two papers' files, without number and ending."""

_RULING = ("results", "ruling")
_FILED_ON = ("parameters", "filed_on")
_FIRST = {kind: f"输出/{name}.xlsx" for kind, name in PAPERS.items()}


def history_of(entries: Sequence[Entry]) -> History:
    """Return what these lines tell, oldest first."""
    shown, again = _shown(entries)
    ballots = [one for one in entries if one["command"] == BALLOTS]
    cells: dict[tuple[str, str, str], str] = {}
    changes = tuple(_changes(entries, cells))
    return History(
        runs=tuple(_run(one) for one in entries),
        arrivals=tuple(_arrivals(entries)),
        changes=changes,
        papers=tuple(_papers(entries)),
        shown=shown,
        reissued=again,
        blind=any(one["outputs"] and "shown" not in one for one in ballots),
        cells=cells,
        known_cells=any("changed" in one for one in entries),
        feedback=tuple(_feedback(entries)),
        editions=frozenset(id for one in entries for id in (one["edition"], one.get("former", ""))),
    )


def _feedback(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the names of the feedback copies of the last check."""
    checks = [one for one in entries if one["command"] == CHECK]
    for path in checks[-1]["outputs"] if checks else ():
        if path.startswith(FEEDBACK):
            yield path.removeprefix(FEEDBACK)


def _run(entry: Entry) -> Run:
    return Run(
        time=entry["time"],
        command=entry["command"],
        login=entry.get("login", ""),
        refused=bool(entry.get("refused")),
        papers=tuple(_written(entry)),
    )


def _written(entry: Entry) -> Iterator[str]:
    """Yield the kinds of paper a run wrote, anew or again."""
    if "papers" in entry:
        yield from (one["kind"] for one in entry["papers"])
    else:
        yield from (kind for kind, path in _FIRST.items() if path in entry["outputs"])


def _arrivals(entries: Sequence[Entry]) -> Iterator[Arrival]:
    """Yield every file once, when it was first seen with this content."""
    whose = {
        (path, entry["inputs"][path]): who
        for entry in entries
        for path, who in entry.get("who", {}).items()
        if path in entry["inputs"]
    }
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        for path, digest in entry["inputs"].items():
            if (path, digest) not in seen:
                seen.add((path, digest))
                who = whose.get((path, digest), ())
                known = _who(who)
                yield Arrival(time=entry["time"], path=path, digest=digest, **known)


def _who(who: Sequence[str]) -> dict[str, str]:
    if len(who) == 1:
        return {"expert": who[0]}
    return {"code": who[0], "name": who[1]} if who else {}


def _changes(entries: Sequence[Entry], cells: dict[tuple[str, str, str], str]) -> Iterator[Change]:
    """Yield what changed, run by run, and bring `cells` to where the last one left them.

    What a case of version 1.0 held already is no change of that run.
    """
    before: Entry = {"decisions": ()}
    for number, entry in enumerate(entries):
        for table, row, column, old, new in entry.get("changed", ()):
            cells[table, row, column] = new
            if not entry.get("baseline"):
                yield Change(
                    time=entry["time"],
                    login=entry.get("login", ""),
                    command=entry["command"],
                    table=table,
                    row=row,
                    column=column,
                    old=old,
                    new=new,
                    was=_grade(before, row) if (table, column) == _RULING and not old else "",
                    run=number,
                )
        yield from _edition(entry, number)
        before = entry
    for cell in [one for one, text in cells.items() if not text]:
        del cells[cell]


def _edition(entry: Entry, number: int) -> Iterator[Change]:
    """Yield that the case took another edition (改用政策版本), why, and what is otherwise in it."""
    if "former_digest" not in entry:
        return
    former, now = (
        f"{id}（摘要{digest[:12]}）"
        for id, digest in (
            (entry["former"], entry["former_digest"]),
            (entry["edition"], entry["edition_digest"]),
        )
    )
    told = {EDITION_ID: (former, now), EDITION_REASON: ("", entry["reason"])}
    told[EDITION_DIFFERENCES] = ("", "；".join(entry["differences"]))
    for column, (old, new) in told.items():
        yield Change(
            time=entry["time"],
            login=entry.get("login", ""),
            command=entry["command"],
            table=EDITION_TABLE,
            row="",
            column=column,
            old=old,
            new=new,
            run=number,
        )


def _grade(entry: Entry, row: str) -> str:
    """Return the grade a platform had when this line was written, "" for none."""
    named = {f"{name}（{code}）": final for code, name, _, _, final, _ in entry["decisions"]}
    return named.get(row) or ""


def _papers(entries: Sequence[Entry]) -> Iterator[Paper]:
    """Yield every filed version, oldest first; of version 1.0 the last one of a kind is 第1版."""
    old = [one for one in entries if one["command"] == EXPORT and "papers" not in one]
    newest = {
        kind: _paper(wrote[-1], kind, 1, path, wrote[-1]["outputs"][path], {})
        for kind, path in _FIRST.items()
        if (wrote := [one for one in old if path in one["outputs"]])
    }
    papers = sorted(newest.values(), key=lambda one: one.time)
    filed_on = ""
    for entry in entries:
        for table, row, _, _, new in entry.get("changed", ()):
            filed_on = new if (table, row) == _FILED_ON else filed_on
        for paper in _papers_of(entry):
            last = newest.get(paper.kind)
            if last is not None and _is_unseen(last, filed_on, entry):
                papers[papers.index(last)] = replace(last, unseen=True, replaced_on=paper.made_on)
            newest[paper.kind] = paper
            papers.append(paper)
        for kind, letters in _letters_added(entry):
            if (last := newest.get(kind)) is not None and not last.letters:
                newest[kind] = replace(last, letters=letters)
                papers[papers.index(last)] = newest[kind]
    yield from papers


def _is_unseen(paper: Paper, filed_on: str, entry: Entry) -> bool:
    """Tell whether this line replaces a version before its notice began, or finance had it."""
    if not paper.dates:  # version 1.0 kept no dates: it may have been seen
        return False
    if paper.kind == FINANCE:
        return not filed_on
    began = paper.dates.get("notice_from", "")
    return bool(began) and entry["time"][:10] < began


def _letters_added(entry: Entry) -> Iterator[tuple[str, Mapping[str, tuple[str, str]]]]:
    """Yield the documents filed with a version that had none: an older program had made it."""
    for one in entry.get("papers", ()):
        if one["same"] and one.get("letters"):
            yield one["kind"], _letters(one)


def _letters(one: Entry) -> Mapping[str, tuple[str, str]]:
    return {name: (text, file) for name, (text, file) in one.get("letters", {}).items()}


def _papers_of(entry: Entry) -> Iterator[Paper]:
    for one in entry.get("papers", ()):
        if not one["same"]:
            at = (one["kind"], one["version"], one["path"], one["digest"])
            paper = _paper(entry, *at, one["dates"], one["content"], one.get("code", ""))
            yield replace(paper, letters=_letters(one))


def _paper(
    entry: Entry,
    kind: str,
    version: int,
    path: str,
    digest: str,
    dates: Mapping[str, str],
    content: str = "",
    code: str = "",
) -> Paper:
    decisions = entry["decisions"]
    return Paper(
        kind=kind,
        version=version,
        path=path,
        digest=digest,
        time=entry["time"],
        grades={(code, name): final for code, name, _, _, final, _ in decisions},
        amounts={(code, name): paid for code, name, _, _, _, paid in decisions},
        dates=dates,
        as_of=entry["as_of"],
        content=content,
        code=code,
    )


def _shown(
    entries: Sequence[Entry],
) -> tuple[dict[tuple[str, int], dict[Key, Figures]], dict[tuple[str, int], frozenset[Key]]]:
    """Return the figures by expert number and supplement, and which of them were sent again."""
    shown: dict[tuple[str, int], dict[Key, Figures]] = {}
    again: dict[tuple[str, int], frozenset[Key]] = {}
    for entry in entries:
        told = entry.get("shown")
        if told is None:
            continue
        platforms = [(key_of(code, name), figures) for code, name, figures in told["figures"]]
        for number, supplement, places, renewed in told["by"]:
            on_it = {platforms[at][0]: platforms[at][1] for at in places}
            shown[number, supplement] = on_it
            if renewed:
                again[number, supplement] = frozenset(on_it)
    return shown, again
