"""The forms told (表格的不同): what the files of the forms say otherwise.

Names, articles and words of the rule stand in many texts of the forms; that these follow is said
once, and the forms are compared as the old files read under the new rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlpy.errors import EditionError
from xlpy.model.number import plain
from xlpy.policy.form import (
    PLAUSIBLE_LEDGER,
    BallotForm,
    Field,
    FilingForm,
    Forms,
    StaffForm,
    Table,
)
from xlpy.policy.forms.load import load_forms, paper_titles
from xlpy.policy.frozen import Frozen
from xlpy.report.differences.fields import groups, heading, pledge, table
from xlpy.report.differences.side import Side
from xlpy.report.differences.walk import TO, changed, ordered, walked

_PAPERS = {"results": "评价结果", "finance": "奖补资金安排表", "notice": "公示名单"}
_NOTES = {"appended": "带入名单", "claimed": "申报表填报", "last_year": "上年名单"}
_CALLED = ("authority", "meeting", "platform", "bureau", "city")
_GONE = "取消“"
_SHORT = 2  # signs: so short a word stands within others
_FOLLOW = "各表中的称呼、条款和选项随以上各项改变"


def forms(old: Side, new: Side) -> Iterator[str]:
    """Yield how the forms differ."""
    was, titles = _followed(old, new)
    told = [
        *_filing(was.filing, new.forms.filing),
        *_ballot(was.ballot, new.forms.ballot),
        *_staff(was.staff, new.forms.staff),
    ]
    for id, title in paper_titles(new.edition).items():
        told += changed(f"{_PAPERS.get(id, id)}标题", titles[id], title)
    in_new_words = was is not old.forms
    yield from (_as_it_was(one, old, new) if in_new_words else one for one in told)
    if was != old.forms or titles != paper_titles(old.edition):
        yield _FOLLOW


def _as_it_was(told: str, old: Side, new: Side) -> str:
    """Return a difference with the old text in its own words: never was it in the new city's."""
    before, arrow, after = told.partition(TO)
    if not arrow and _GONE not in told:
        return told
    pairs = ((getattr(new.edition, one), getattr(old.edition, one)) for one in _CALLED)
    words = {now: was for now, was in pairs if len(now) > _SHORT and now not in was}
    if not words:
        return told
    longest = sorted(words, key=len, reverse=True)
    any_word = re.compile("|".join(map(re.escape, longest)))
    return f"{any_word.sub(lambda found: words[found.group()], before)}{arrow}{after}"


def _followed(old: Side, new: Side) -> tuple[Forms, Mapping[str, str]]:
    """Return the old forms, and titles of papers, in the words of the new rule, where they can.

    An article the new rule has not stays as it was.
    """
    articles = Frozen({**old.edition.articles, **new.edition.articles})
    own = replace(
        new.edition, name=old.edition.name, changes=old.edition.changes, articles=articles
    )
    try:
        return _there(old.forms, load_forms(own)), paper_titles(own)
    except EditionError:
        return old.forms, paper_titles(old.edition)


def _there(old: Forms, followed: Forms) -> Forms:
    """Return the forms with the columns of the old ones: a rule without functions has none."""
    filing, ballot, staff = followed.filing, followed.ballot, followed.staff
    tables = {id: _table(one, staff.tables[id]) for id, one in old.staff.tables.items()}
    return Forms(
        filing=replace(
            filing,
            products=_table(old.filing.products, filing.products),
            ledger=_table(old.filing.ledger, filing.ledger),
            summary=_table(old.filing.summary, filing.summary),
        ),
        ballot=replace(ballot, head=_columns(old.ballot.head, ballot.head)),
        staff=replace(staff, tables=Frozen(tables)),
    )


def _table(old: Table, followed: Table) -> Table:
    return replace(followed, columns=_columns(old.columns, followed.columns))


def _columns(old: Sequence[Field], followed: Sequence[Field]) -> tuple[Field, ...]:
    known = {one.id: one for one in followed}
    return tuple(known.get(one.id, one) for one in old)


def _filing(old: FilingForm, new: FilingForm) -> Iterator[str]:
    yield from walked("", old, new)
    yield from groups(new.profile_sheet, old.groups, new.groups)
    for was, now in (
        (old.products, new.products),
        (old.ledger, new.ledger),
        (old.summary, new.summary),
    ):
        yield from table(was, now)
    yield from pledge(old.pledge, new.pledge)
    for id in dict.fromkeys((*old.plausible, *new.plausible)):
        called = f"{_doubted(id, new if id in new.plausible else old)}“数额异常”的界限"
        yield from changed(called, _limit(id, old), _limit(id, new))


def _doubted(id: str, form: FilingForm) -> str:
    """Return what a limit of doubt is for: a column of 附件3, or a field of 附件1."""
    sheet = form.ledger.sheet if id.startswith(PLAUSIBLE_LEDGER) else form.profile_sheet
    return f"{sheet}“{_field(id, form).label}”"


def _limit(id: str, form: FilingForm) -> str:
    """Return a limit of doubt with its unit, "" where there is none."""
    limit = form.plausible.get(id)
    return "" if limit is None else f"{plain(limit)}{_field(id, form).unit}"


def _field(id: str, form: FilingForm) -> Field:
    of_ledger = id.startswith(PLAUSIBLE_LEDGER)
    known = form.ledger.columns if of_ledger else form.fields
    return next(one for one in known if one.id == id.removeprefix(PLAUSIBLE_LEDGER))


def _ballot(old: BallotForm, new: BallotForm) -> Iterator[str]:
    yield from walked("", old, new)
    yield from heading(new.sheet, old.head, new.head)
    yield from heading(new.sheet, old.columns, new.columns)


def _staff(old: StaffForm, new: StaffForm) -> Iterator[str]:
    yield from walked("", old, new)
    before, after = ({one.id: one for one in side.buttons} for side in (old, new))
    for id, one in after.items():
        if id in before:
            yield from walked(f"操作台按钮“{one.caption}”", before[id], one)
        else:
            yield f"操作台新增按钮“{one.caption}”"
    yield from (f"操作台取消按钮“{one.caption}”" for id, one in before.items() if id not in after)
    yield from ordered("操作台各按钮", before, {id: one.caption for id, one in after.items()})
    yield from heading(new.tables["parameters"].sheet, old.dates, new.dates)
    for id, now in new.tables.items():
        yield from table(old.tables[id], now)
    for id, note in new.notes.items():
        yield from changed(f"程序提示（{_NOTES.get(id, id)}）", old.notes.get(id), note)
