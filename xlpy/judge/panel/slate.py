"""Whom the experts may speak of (评分对象): platforms by key, and by their former ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlpy.judge.standing.standing import Standing
from xlpy.judge.terms import Terms
from xlpy.model.filing import Filing
from xlpy.model.keys import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Slate:
    """The platforms as the ballots are read against them (评分对象).

    `known` names every platform by key, `rated` those put before the experts, `operators` says
    who runs them, `filings` what they sent. `renamed` says whom a former name or code means.
    """

    known: Mapping[Key, str]
    rated: Mapping[Key, str]
    operators: Mapping[Key, str]
    filings: Mapping[Key, Filing]
    renamed: Mapping[Key, Key]

    def meant(self, key: Key) -> Key:
        """Return the key of the platform that is meant; `key` itself where nobody answers to it."""
        return key if key in self.known else self.renamed.get(key, key)


def slate(standings: Sequence[Standing], renamed: Mapping[Key, Key], terms: Terms) -> Slate:
    """Return the platforms as they stand before the score."""
    platforms = [one.platform for one in standings]
    operator = terms.forms.filing.field("operator").label
    filings = {one.key: one.filing for one in platforms if one.filing}
    return Slate(
        known={one.key: one.name for one in platforms},
        rated={one.platform.key: one.platform.name for one in standings if one.eligible},
        operators={key: filing.text(operator) for key, filing in filings.items()},
        filings=filings,
        renamed=renamed,
    )
