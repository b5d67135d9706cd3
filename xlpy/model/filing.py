"""A platform's filing (申报材料) after reading: what it claims, what it proves, what lies by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from xlpy.model.finding import Finding
from xlpy.model.grid import CellValue
from xlpy.model.signs.alike import match_key as match_key

Answer = str | Decimal | date
"""A normalised answer: text, an exact number, or a date. A blank or wrong cell is absent."""


class Tally(NamedTuple):
    """What ledger rows prove (台账合计): exact sums by measure; a blank number adds nothing.

    `figures` maps a measure (see `policy.forms.measures`) to its sum; what sums to nothing is
    absent, so that equal proofs are equal.
    """

    figures: Mapping[str, int | Decimal] = {}

    def figure(self, measure: str) -> Decimal:
        """Return the sum of a measure, exact, in the unit of its column.

        >>> Tally(figures={"visits": 90}).figure("visits"), Tally().figure("visits")
        (Decimal('90'), Decimal('0'))
        """
        return Decimal(self.figures.get(measure, 0))


def credited(claimed: object, proved: Decimal) -> Decimal | None:
    """Return what counts of a figure (申报数与台账数取小): the smaller of claimed and proved.

    None where nobody claimed a number: then nothing counts, whatever the ledger says (Art. 4, 5).

    >>> credited(Decimal(12), Decimal(73)), credited(None, Decimal(73))
    (Decimal('12'), None)
    """
    return min(claimed, proved) if isinstance(claimed, Decimal) else None


class Proof(NamedTuple):
    """What the ledger proves (台账证明): by function name, by 附件4 row name, and `firms`."""

    by_function: Mapping[str, Tally] = {}
    by_row: Mapping[str, Tally] = {}
    firms: int = 0

    def over_all(self, measure: str) -> Decimal:
        """Return the sum of a measure over all areas (各类别之和), exact, in its unit.

        >>> Proof(by_row={"甲": Tally({"firms": 40}), "乙": Tally({"firms": 2})}).over_all("firms")
        Decimal('42')
        """
        return sum((tally.figure(measure) for tally in self.by_row.values()), Decimal(0))


class LedgerRow(NamedTuple):
    """One row of a ledger (一行台账) as read: its place, whether it counts, values by column id.

    What is blank or wrong is None.
    """

    row: int
    counted: bool
    values: Mapping[str, Answer | int | None]


NOTHING_PROVED = Proof()
"""The proof of a ledger that was not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One platform's file as read (申报材料).

    `answers` maps 附件1 labels to normalised answers; what is blank or wrong is absent, so
    missing is never a number. `summary` maps 附件4 row names to {column id: claimed number}.
    `places` maps labels to the A1 address of their answer on the platform's own sheet.
    `wrong` names the labels whose cell has a finding of severity 错误 or could not be found.
    `unproved` is True when the ledger, or a column that Art. 4 is judged on, could not be read:
    then nobody knows what it proves. `readable` is False when the file could not be read as a
    filing at all (the findings say why); `stray` is True when it is no form to begin with, a scan
    or an archive: it stands for no platform. `current` is False for the form of another year or
    edition: of it only the name and the code are known. `evidence` are the numbers its ledger
    names (佐证材料编号), each once, in order.
    """

    file: str
    digest: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    summary: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    proof: Proof = NOTHING_PROVED
    places: Mapping[str, str] = field(default_factory=dict, compare=False)
    wrong: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    evidence: tuple[str, ...] = ()
    unproved: bool = False
    readable: bool = True
    stray: bool = False
    current: bool = True

    def text(self, label: str) -> str:
        """Return the answer under `label` as text, "" when there is none."""
        value = self.answers.get(label, "")
        return value if isinstance(value, str) else str(value)


class EvidenceFile(NamedTuple):
    """One file of evidence (一个佐证文件): its path below the platform's folder, its size.

    `digest` is the SHA-256 where it was asked for and the file could be read, else "".
    """

    path: str
    size: int
    digest: str = ""

    @property
    def name(self) -> str:
        """Return the name of the file itself."""
        return self.path.rpartition("/")[2]


class EvidenceFolder(NamedTuple):
    """The folder of one platform (一家的佐证材料). `whole` is False where a part is unreadable."""

    name: str
    files: tuple[EvidenceFile, ...] = ()
    whole: bool = True


class Evidence(NamedTuple):
    """All of 佐证材料 (全部佐证材料), folders by name; `loose` files lie in no platform's folder.

    `whole` is False when the folder itself could not be read.
    """

    folders: tuple[EvidenceFolder, ...] = ()
    loose: tuple[EvidenceFile, ...] = ()
    whole: bool = True


NO_EVIDENCE = Evidence()
"""A case without the folder 佐证材料, or with an empty one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in a filing's cells as read (表内原文), laid out by our own description.

    Used for the feedback copy (校验反馈) and for filling forms. `answers` maps 附件1 labels to
    cell values; `rows` maps a sheet (附件2, 附件3, 附件4) to its rows, each {column id: cell value}
    (附件4 rows also hold the row's name under "key"), blank rows left out, order kept. `origins`
    maps (sheet, A1 address in the person's file) to (row index in `rows` or -1 for 附件1, label
    or column id). `blank` is True where the platform's form is not this year's: what is
    laid out is a form still to be filled.
    """

    answers: Mapping[str, CellValue] = field(default_factory=dict)
    rows: Mapping[str, tuple[Mapping[str, CellValue], ...]] = field(default_factory=dict)
    origins: Mapping[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    blank: bool = False
