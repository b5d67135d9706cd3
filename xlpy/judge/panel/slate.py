"""Whom the experts may speak of (评分对象): platforms by key, and by their former ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from xlpy.model.filing import Filing
from xlpy.model.keys import Key


class Slate(NamedTuple):
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
