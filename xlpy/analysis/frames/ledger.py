"""The ledgers as a table (台账表): every row of every 附件3 that could be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from xlpy.analysis.frames.columns import Column, Kind, frame_of
from xlpy.model.decision import Evaluation
from xlpy.model.filing import LedgerRow
from xlpy.model.private import Private
from xlpy.policy.form import Field, Forms

_OF = (
    Column("code", "统一社会信用代码"),
    Column("name", "平台名称"),
    Column("row", "行号", "whole"),
    Column("counted", "计入", "truth"),
)
_LEFT_OUT = ("remark",)  # free words about anything and anybody
_NUMBER = "proof"  # 佐证材料编号
_KINDS: Mapping[str, Kind] = {
    "whole": "whole",
    "decimal": "exact",
    "date": "day",
    "choice": "text",
    "text": "text",
}


def ledger_frame(
    evaluation: Evaluation,
    ledgers: Mapping[str, Iterable[LedgerRow]],
    forms: Forms,
    private: Private,
) -> pd.DataFrame:
    """Return a row a ledger row (台账表), platforms as in the result, rows as on the sheet.

    Columns: `code`, `name`, `row` (its number on the sheet), `counted` (it has no finding of
    severity 错误, lies in the year and is no repetition), then those of 附件3 by id, remarks left
    out; money in 万元, exact. `ledgers` has the rows by file. Texts are the platforms' own, with
    persons, telephones and accounts struck out.
    """
    fields = [field for field in forms.filing.ledger.columns if field.id not in _LEFT_OUT]
    columns = [*_OF, *(Column(one.id, one.label, _KINDS[one.kind]) for one in fields)]
    return frame_of(columns, _rows(evaluation, ledgers, fields, private))


def _rows(
    evaluation: Evaluation,
    ledgers: Mapping[str, Iterable[LedgerRow]],
    fields: Iterable[Field],
    private: Private,
) -> Iterator[dict[str, object]]:
    texts = {field.id for field in fields if field.kind == "text"}
    for one in evaluation.decisions:
        for found in ledgers.get(one.filing.file, ()) if one.filing else ():
            values = {
                id: private.struck(value, one.key, numbered=id == _NUMBER)
                if id in texts and isinstance(value, str)
                else value
                for id, value in found.values.items()
            }
            said = {"code": one.code, "name": one.name, "row": found.row, "counted": found.counted}
            yield {**said, **values}
