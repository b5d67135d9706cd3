"""The two editions that are compared (对照的双方), and what ids mean there."""

from __future__ import annotations

from typing import NamedTuple

from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.measures import OFFLINE_FIRMS


class Side(NamedTuple):
    """One of the two editions (对照的一方) with its forms."""

    edition: Edition
    forms: Forms

    def measure(self, id: str) -> str:
        """Return the name of what the ledger measures, as 附件4 heads it."""
        if id == OFFLINE_FIRMS:
            return "线下服务企业数"
        by_id = {one.id: one.label for one in self.forms.filing.summary.columns}
        return by_id.get(id, id).partition("(")[0]

    def choice(self, when: tuple[str, str]) -> str:
        """Return in words the choice of the bureau a condition hangs on."""
        id, value = when
        for one in self.edition.parameters:
            if one.id == id:
                return f"参数“{one.label}”为“{one.choices.get(value, value)}”时"
        return f"参数“{id}”为“{value}”时"
