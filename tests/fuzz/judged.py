"""What became of a mutant (变异结果), and whether it may: the oracle of the fuzzing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests.fuzz.mutate import ANYTHING, NOTHING, Mutant
from tests.hostile.case import LONGEST_FINDING, MOST_FINDINGS, Seen, told_of
from tests.hostile.honest import LEDGER, PROFILE, SUMMARY
from tests.hostile.seeing import see, seen_honest

_DERIVED = {LEDGER: ("台账", "佐证"), SUMMARY: ("附件4",)}


class Verdict(NamedTuple):
    """How a mutant was seen: "read", "warned", "refused"; and what is wrong with that, or ""."""

    state: str
    problem: str


def verdict(mutant: Mutant, folder: Path) -> Verdict:
    """Read the mutant and hold it against the honest form."""
    path = folder / ("甲.xlsm" if mutant.target == "staff" else "甲.xlsx")
    path.write_bytes(mutant.content)
    try:
        seen = see(path, mutant.target)
    except Exception as error:  # whatever it is, the reading must not raise
        return Verdict("raised", f"raised {error!r}")
    state = "refused" if seen.refused else "warned" if seen.findings else "read"
    return Verdict(state, problem(mutant, seen, seen_honest(mutant.target)))


def problem(mutant: Mutant, seen: Seen, honest: Seen) -> str:
    """Return what must not be about how a mutant was seen, "" for nothing."""
    if seen.told > MOST_FINDINGS or seen.longest > LONGEST_FINDING:
        return f"{seen.told} findings, the longest of {seen.longest} signs"
    if seen.refused or mutant.where == ANYTHING:
        return ""
    changed = {
        name
        for name in {**honest.values, **seen.values}
        if seen.values.get(name) != honest.values.get(name) and not told_of(name, seen, honest)
    }
    if mutant.where != NOTHING:
        changed = {name for name in changed if not _follows(name, mutant, honest)}
    return f"changed in silence: {sorted(changed)[:5]}" if changed else ""


def _follows(name: str, mutant: Mutant, honest: Seen) -> bool:
    """Tell whether a value may follow from the cell that was typed over."""
    sheet, cell = mutant.where
    if mutant.target == "staff":
        return True
    if mutant.target == "ballot":
        code = name.partition(" ")[0]
        return str(honest.values.get(f"{code} row")) == cell.lstrip("ABCDEFGHIJKLMNOP")
    if sheet == PROFILE:
        return honest.spots.get(name) == mutant.where
    return name.startswith(_DERIVED[sheet])
