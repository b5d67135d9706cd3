"""A form that is not this year's (别的年度或版本的申报表): one finding, and nothing else of it.

Held against this year's rules every date and figure in it would be wrong, and none of that is
what the platform has to mend.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.values.typed import shown
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.forms.filing.profile import Profile
from xlpy.forms.filing.proof import nothing_proved
from xlpy.model import identity as meta
from xlpy.model.filing import Content, Filing
from xlpy.model.grid import Book

_YEAR = re.compile("[0-9]{4}")
_LEAST = 5
"""Days of one other year that make a ledger last year's; fewer may be slips."""


def named_otherwise(
    identity: Mapping[str, str], plan: ReadingPlan, year: int, former: Collection[str]
) -> str:
    """Return in words which year or edition the form names for itself; "" when it is this one's.

    `former` are the editions the case had before.
    """
    if identity.get(meta.FORM) != meta.FILING:
        return ""
    written = identity.get(meta.YEAR, "")
    if _YEAR.fullmatch(written) and int(written) != year:
        return f"表格是{written}年度的"
    edition = identity.get(meta.EDITION, "")
    if edition and edition != plan.edition.id and edition not in former:
        return f"表格是按另一版评价办法（{shown(edition)}）制作的"
    return ""


def dated_otherwise(identity: Mapping[str, str], days: Sequence[date | None], year: int) -> str:
    """Return in words that every day of the ledger lies in one other year; "" when not so.

    Only of a form that says no year itself, and not of a few days: those may be slips.
    """
    if _YEAR.fullmatch(identity.get(meta.YEAR, "")):
        return ""
    years = [day.year for day in days if day is not None]
    if len(years) < _LEAST or len(set(years)) > 1 or years[0] == year:
        return ""
    return f"表格没有注明年度，台账的{len(years)}个活动日期都在{years[0]}年，是{years[0]}年度的"


def outdated(
    book: Book, plan: ReadingPlan, found: str, profile: Profile, year: int
) -> tuple[Filing, Content]:
    """Return the filing with its one finding (F110), known by its name and code alone.

    The content is this year's form, still to be filled.
    """
    form = plan.form
    labels = [form.field(id).label for id in ("name", "code")]
    answers = {one: profile.answers[one] for one in labels if one in profile.answers}
    notes = Notes(book.file, book.digest, plan.edition.wording, plan.article)
    notes.add("F110", "", "", {"found": found, "year": year, "form": _name(form.file)})
    filing = Filing(
        file=book.file,
        digest=book.digest,
        answers=answers,
        proof=nothing_proved(plan.edition),
        places={one: profile.places[one] for one in answers},
        findings=notes.findings(str(answers.get(labels[0], ""))),
        unproved=True,
        readable=bool(profile.sheet),
        current=False,
    )
    cells = {one: profile.cells[one] for one in answers}
    origins = {(profile.sheet, profile.places[one]): (-1, one) for one in answers}
    return filing, Content(answers=cells, origins=origins, blank=True)


def _name(file: str) -> str:
    return file.rpartition(".")[0] or file
