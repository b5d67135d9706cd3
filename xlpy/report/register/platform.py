"""Every platform something is awaited of (应报平台): its names, roster row, decision and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlpy.model.decision import Decision, Evaluation
from xlpy.model.filing import Filing
from xlpy.model.history import Arrival, History
from xlpy.model.keys import folded
from xlpy.model.staff import RosterRow, Staff
from xlpy.policy.form import Forms
from xlpy.report.register.came import NOTHING_CAME, Came, File, came, with_nameless

_SHORTEST = 2
"""Signs a name needs before it is looked for in the name of a file."""


@dataclass(slots=True, kw_only=True)
class Platform:
    """One platform while the register is drawn up (登记对象)."""

    name: str
    code: str
    row: RosterRow | None = None
    decision: Decision | None = None
    filings: list[Filing] = field(default_factory=list)
    came: Came = NOTHING_CAME

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names it answers to, former ones too."""
        listed = (self.row.name, *self.row.former_names) if self.row else ()
        former = (key.name for key in self.decision.former) if self.decision else ()
        return tuple(filter(None, (self.name, *listed, *former)))

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes it answers to, former ones too."""
        listed = (self.row.code, *self.row.former_codes) if self.row else ()
        former = (key.code for key in self.decision.former) if self.decision else ()
        return tuple(filter(None, (self.code, *listed, *former)))


class Owners:
    """Finds the platform something belongs to (找平台): by name and code, or by a file's name."""

    def __init__(self, platforms: Sequence[Platform]) -> None:
        """Take what each platform answers to."""
        self._names: dict[str, set[int]] = {}
        self._codes: dict[str, set[int]] = {}
        self._files: dict[str, list[int]] = {}
        self._judged: dict[File, int] = {}
        self._words = [_long_words(one) for one in platforms]
        for at, one in enumerate(platforms):
            for known, words in ((self._names, one.names), (self._codes, one.codes)):
                for word in words:
                    known.setdefault(folded(word), set()).add(at)
            self._files.setdefault(one.name, []).append(at)
            if one.decision and one.decision.filing:
                self._judged[one.decision.filing.file, one.decision.filing.digest] = at

    def exact(self, code: str, name: str) -> int | None:
        """Return the one platform that answers to both, or to the one that is not blank."""
        names, codes = self._of(code, name)
        both = names & codes if code and name else names | codes
        return next(iter(both)) if len(both) == 1 else None

    def likely(self, code: str, name: str) -> int | None:
        """Return the same, else the one that answers to the name, else to the code."""
        found = self.exact(code, name)
        alone = (one for one in self._of(code, name) if len(one) == 1)
        return next((next(iter(one)) for one in alone), None) if found is None else found

    def judged(self, file: File) -> int | None:
        """Return the platform that was judged by this file."""
        return self._judged.get(file)

    def by_file(self, name: str) -> int | None:
        """Return the one platform called as the file, or whose name or code stands in its name.

        The judging calls a file by its own name when nobody knows whose it is.
        """
        stem = folded(name)
        fitting = self._files.get(name) or [
            at for at, words in enumerate(self._words) if any(word in stem for word in words)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _of(self, code: str, name: str) -> tuple[set[int], set[int]]:
        return self._names.get(folded(name), set()), self._codes.get(folded(code), set())


def _long_words(one: Platform) -> tuple[str, ...]:
    words = map(folded, (*one.names, *one.codes))
    return tuple(word for word in words if len(word) >= _SHORTEST)


def platforms_of(
    forms: Forms,
    staff: Staff,
    evaluation: Evaluation | None,
    filings: Sequence[Filing],
    history: History,
) -> list[Platform]:
    """Return every platform judged and every one listed, each once, with all that came for it."""
    found = _known(staff, evaluation)
    owners = Owners(found)
    for one in filings or [d.filing for d in _decisions(evaluation) if d.filing]:
        at = None if one.stray else _owner(one, owners, forms)
        if at is not None:
            found[at].filings.append(one)
    now = {
        at: [(one.file, one.digest) for one in platform.filings]
        for at, platform in enumerate(found)
    }
    arrivals = _arrivals(history, owners)
    nameless = [one for one in history.arrivals if not (one.code or one.name or one.expert)]
    by_owner = with_nameless(arrivals, nameless, now)
    for at, platform in enumerate(found):
        platform.came = came(by_owner.get(at, ()), now[at])
    return found


def _decisions(evaluation: Evaluation | None) -> Sequence[Decision]:
    return evaluation.decisions if evaluation else ()


def _known(staff: Staff, evaluation: Evaluation | None) -> list[Platform]:
    """Return the platforms judged, each with its row of the roster, then those only listed."""
    found = [Platform(name=d.name, code=d.code, decision=d) for d in _decisions(evaluation)]
    owners = Owners(found)
    for row in staff.roster:
        pairs = ((code, name) for name in _names(row) for code in _codes(row))
        at = next((at for pair in pairs if (at := owners.exact(*pair)) is not None), None)
        if at is None:
            found.append(Platform(name=row.name, code=row.code, row=row))
        elif found[at].row is None:
            found[at].row = row
    return found


def _names(row: RosterRow) -> tuple[str, ...]:
    return (row.name, *row.former_names)


def _codes(row: RosterRow) -> tuple[str, ...]:
    return (row.code, *row.former_codes)


def _owner(filing: Filing, owners: Owners, forms: Forms) -> int | None:
    """Return whose a file is: by the judging, by what it says, by its name when it is unread."""
    judged = owners.judged((filing.file, filing.digest))
    if judged is not None:
        return judged
    code, name = (filing.text(forms.filing.field(id).label) for id in ("code", "name"))
    return owners.exact(code, name) if code or name else owners.by_file(filing.file)


def _arrivals(history: History, owners: Owners) -> dict[int, list[Arrival]]:
    found: dict[int, list[Arrival]] = {}
    for one in history.arrivals:
        at = owners.likely(one.code, one.name) if one.code or one.name else None
        if at is not None:
            found.setdefault(at, []).append(one)
    return found
