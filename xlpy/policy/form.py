"""The forms as data (表格说明): fields, columns, sheets; one home for every label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from xlpy.policy.frozen import Frozen

Kind = Literal[
    "text",
    "long",
    "code",
    "account",
    "phone",
    "choice",
    "whole",
    "decimal",
    "date",
    "computed",
    "link",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form or a column of a table (栏目).

    `not_above` and `not_before` name the label of another field of the same form. `exact` marks
    附件4 figures where claiming less than the ledger is a warning. `fact` is the label of the
    附件1 field (or the fact) a staff cell replaces. `staff` marks staff's own columns.
    `places` is how many decimals an amount may have: six of 万元 are one 分.
    `best_first` are the choices that rank, best first; all others rank equal behind them.
    `offers` names a table and a column of the same workbook: its cells are offered to choose from.
    `former` (旧名称) are the labels of older versions of the form, read as this one; `former_hints`
    what they wrote on the heading.
    A `proper` text names somebody or something others act on (a payee, a bank, a telephone): it
    has one line.
    What stands in an `idle` one no judging reads. `since` is the first version of the form that
    has it: in an older workbook it is not missed.
    """

    id: str
    label: str
    kind: Kind
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    best_first: tuple[str, ...] = ()
    low: Decimal = Decimal(0)
    high: Decimal | None = None
    places: int = 6
    longest: int = 500
    hint: str = ""
    not_above: str = ""
    not_before: str = ""
    exact: bool = False
    fact: str = ""
    staff: bool = False
    idle: bool = False
    proper: bool = False
    since: int = 1
    offers: tuple[str, str] | None = None
    former: tuple[str, ...] = ()
    former_hints: tuple[str, ...] = ()
    width: float = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet with one heading row and rows below it (表)."""

    sheet: str
    title: str
    columns: tuple[Field, ...]
    hint: str = ""  # the line below the title, for the person who fills the sheet
    since: int = 1  # the first version of the form that has the sheet

    def column(self, id: str) -> Field:
        """Return the column with this id; KeyError when there is none."""
        return _by_id(self.columns, id)

    @property
    def numbers(self) -> tuple[Field, ...]:
        """Return the columns that take numbers (数字栏)."""
        return tuple(field for field in self.columns if field.kind in ("whole", "decimal"))


class Pledge(NamedTuple):
    """The page to sign and seal (承诺书): what is pledged, paragraph by paragraph, and by whom.

    `signed` and `sealed` name the two blanks of the hand, `day` the one of the date. Nobody reads
    the sheet: a form without it is no worse.
    """

    sheet: str
    title: str
    words: tuple[str, ...]
    signed: str
    sealed: str
    filler: str
    day: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingForm:
    """The platform's form (平台申报表): 附件1 by groups, 附件2 to 附件4 as tables.

    These are `products` (服务产品名单), `ledger` (服务活动台账) and `summary` (成效汇总). Forms of
    version `oldest` and later are read as those of `version`, by the former labels of fields.
    """

    file: str
    title: str
    version: int
    oldest: int
    capacity: int
    guide: str
    check: str
    profile_sheet: str
    profile_title: str
    profile_columns: tuple[str, ...]
    overflow: str  # the sheet that prints the long texts 附件1 has no room for
    groups: tuple[tuple[str, tuple[Field, ...]], ...]
    products: Table
    product_rows: int
    ledger: Table
    offline_modes: tuple[str, ...]
    summary: Table
    summary_key: str
    number: str
    pledge: Pledge
    plausible: Frozen[str, Decimal]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return every field of 附件1 in order."""
        return tuple(field for _, fields in self.groups for field in fields)

    def field(self, id: str) -> Field:
        """Return the 附件1 field with this id; KeyError when there is none."""
        return _by_id((one for _, fields in self.groups for one in fields), id)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the sheets people fill: 附件1 to 附件4."""
        return (self.profile_sheet, self.products.sheet, self.ledger.sheet, self.summary.sheet)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotForm:
    """The expert's form (专家评分表)."""

    file: str
    title: str
    version: int
    guide: str
    sheet: str
    reference: str
    head: tuple[Field, ...]
    number: str
    columns: tuple[Field, ...]
    total: str
    recused: str
    recused_yes: str
    recused_no: str
    recusal_words: tuple[str, ...]
    comment: str
    score_places: int


class StaffButton(NamedTuple):
    """A button of 操作台 (按钮): `id` is the function of xlpy.addin, `macro` the VBA Sub."""

    id: str
    caption: str
    macro: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffForm:
    """The staff's workbook (经办人工作簿): its tables by id, and the dates of the year."""

    file: str
    title: str
    version: int
    desk: str
    charts: str
    conf: str
    settings: Frozen[str, str]  # rows of xlwings.conf and their defaults
    buttons: tuple[StaffButton, ...]
    dates: tuple[Field, ...]
    tables: Frozen[str, Table]  # parameters roster experts findings acceptances ballots ...
    notes: Frozen[str, str]  # what stands in 程序提示, with {placeholders}
    recused: str  # words of the score matrix 专家评分
    not_counted: str


PLAUSIBLE_LEDGER = "ledger_"
"""Before the id of a column of 附件3 in `FilingForm.plausible`; a bare id is of 附件1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """All forms of one edition (全部表格)."""

    filing: FilingForm
    ballot: BallotForm
    staff: StaffForm


def _by_id(fields: Iterable[Field], id: str) -> Field:
    for field in fields:
        if field.id == id:
            return field
    raise KeyError(id)
