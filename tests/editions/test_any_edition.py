"""Any edition (任意的政策版本): of whatever shape it is, it loads, judges and pays as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.any_edition import editions
from tests.kit.as_book import as_book
from tests.kit.asked import inquired
from tests.kit.judging import CASE, code_of, spread
from tests.kit.letters import letters_of, written
from tests.kit.letters import texts as letter_texts
from tests.kit.other_editions import IN_COMMON
from tests.kit.own_words import own_words
from xlpy.analysis.inquiry import Before, Inquiry
from xlpy.analysis.meeting import boards
from xlpy.demo.filings import Activity, sample_content
from xlpy.demo.story.answers import ordinary
from xlpy.demo.story.script import made_up
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.judge.evaluate import evaluate, trial
from xlpy.judge.notice import working_days
from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.decision import Evaluation, Status
from xlpy.model.filing import Filing, Proof, Tally
from xlpy.model.sheets.sheet import Document, Formula
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.editions.folder import Source
from xlpy.policy.editions.load import edition_named, faults_of, rulebook_of
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.papers.analysis import analysis_document
from xlpy.report.workbook.document import workbook_document

FIRST = edition_named("bengbu-2022")
WORDS = own_words(FIRST, load_forms(FIRST))
ARTICLE = re.compile("第[一二三四五六七八九十百]+条")
AS_OF = edition_named("bengbu-2022").valid_to.replace(year=2041)
YEAR = 2040


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A random evaluation under a random edition (随意的评价)."""

    source: Source
    edition: Edition
    forms: Forms
    rules: Rules
    staff: Staff
    vetoed: frozenset[str]
    filings: tuple[Filing, ...]
    done: Evaluation


@st.composite
def evaluations(draw: Any) -> Judged:
    source = draw(editions())
    edition, forms = rulebook_of(source)
    rules = default_rules(edition)
    full = int(sum(rules.rubric) * 10)
    names = [f"机构{number}" for number in range(draw(st.integers(1, 14)))]
    warned = frozenset(draw(st.lists(st.sampled_from(names), max_size=3)))
    counts = any(one.condition.field == "通报次数" for one in edition.vetoes)
    levels = {name: draw(st.sampled_from(edition.levels)).name for name in names}
    totals = {name: draw(st.integers(0, full)) for name in names}
    count = edition.experts[0]
    filings = [_filing(edition, forms, name, levels[name], name in warned) for name in names]
    staff = Staff(case=CASE, year=YEAR, edition=edition.id, as_of=AS_OF)
    done = evaluate(
        edition=edition,
        forms=forms,
        rules=rules,
        year=YEAR,
        as_of=AS_OF,
        filings=filings,
        ballots=[_ballot(expert, totals, rules) for expert in range(1, count + 1)],
        staff=staff,
    )
    return Judged(
        source=source,
        edition=edition,
        forms=forms,
        rules=rules,
        staff=staff,
        vetoed=warned if counts else frozenset(),
        filings=tuple(filings),
        done=done,
    )


def _filing(edition: Edition, forms: Forms, name: str, level: str, warned: bool) -> Filing:
    """Return a filing whose ledger proves everything."""
    fields = {one.id: one for one in forms.filing.fields}
    answers = {fields[id].label: value for id, value in ordinary(edition, forms, AS_OF).items()}
    answers |= {fields["name"].label: name, fields["code"].label: code_of(name)}
    answers |= {fields["level"].label: level, fields["served"].label: 500}
    answers |= {fields["warned"].label: int(warned)}
    proved = {one.field for f in edition.functions for one in f.conditions if one.measure}
    answers |= dict.fromkeys(proved, 1000)
    exact = {
        label: Decimal(str(value)) if isinstance(value, int | float) else value
        for label, value in answers.items()
    }
    figures = dict.fromkeys(("events", "firms", "visits", "matches", "financing"), 1000)
    return Filing(
        file=f"{name}.xlsx",
        digest=f"sha-{name}",
        answers=exact,
        proof=Proof(
            by_function={one.name: Tally(figures=figures) for one in edition.functions},
            by_row={row.name: Tally() for _, row in edition.area_rows},
            firms=500,
        ),
    )


def _ballot(expert: int, totals: dict[str, int], rules: Rules) -> Ballot:
    rows = tuple(
        BallotRow(
            row=number,
            name=name,
            code=code_of(name),
            scores=spread(Decimal(total) / 10, rules.rubric),
        )
        for number, (name, total) in enumerate(totals.items(), 5)
    )
    id = f"{expert:02d}"
    return Ballot(
        file=f"{id}.xlsx",
        digest=f"sha-{id}",
        expert=id,
        person=f"评委{id}",
        case=CASE,
        rubric=rules.rubric,
        rows=rows,
    )


def texts(document: Document) -> Iterator[str]:
    """Yield every text of a document: cells, formulas, choices, titles."""
    for sheet in document.sheets:
        yield from (sheet.name, str(sheet.page), str(sheet.charts))
        yield from map(str, sheet.validations)
        for line in sheet.lines:
            for value in line.values:
                yield f"{value.text} {value.value}" if isinstance(value, Formula) else str(value)


def leaks(judged: Judged, told: str) -> set[str]:
    """Return words of the first edition in a text, and articles that this one does not have."""
    said = "\n".join(judged.source.texts.values())
    words = {word for word in WORDS if word in told and word not in said and not word[0].isdigit()}
    return (words - IN_COMMON) | (set(ARTICLE.findall(told)) - set(ARTICLE.findall(said)))


@given(editions())
@settings(max_examples=60)
def test_any_edition_loads_without_a_fault(source: Source):
    assert faults_of(source) == ()
    edition, _ = rulebook_of(source)
    assert sum(default_rules(edition).rubric) == edition.parameter("rubric").high


@given(evaluations())
@settings(max_examples=60)
def test_the_share_is_kept_and_the_table_is_paid(judged: Judged):
    """Never more in the best grades than the places; every sum as the level's table has it."""
    edition, done = judged.edition, judged.done
    best = {one.name for one in edition.grades if one.in_quota}
    assert sum(one.final in best for one in done.decisions) <= done.quota
    base = len(done.decisions)
    base -= len(judged.vetoed) if judged.rules.quota_base == "not_vetoed" else 0
    assert (done.base, done.quota) == (base, int(edition.quota.limit * base))
    for one in done.decisions:
        level = edition.level(one.level)
        assert level is not None
        assert one.subsidy == level.subsidy[one.final or ""]


@given(evaluations())
@settings(max_examples=40)
def test_the_vetoed_get_the_last_grade_and_nobody_else_below_a_line_reached(judged: Judged):
    """The lines of the edition decide all others, first or last."""
    lowest = judged.edition.grades[-1].name
    for one in judged.done.decisions:
        if one.name in judged.vetoed:
            assert (one.status, one.final) == (Status.VETOED, lowest)
        else:
            line = judged.rules.lines[judged.edition.grades[-2].name]
            quota_last = all(grade.in_quota for grade in judged.edition.grades[:-1])
            assert one.score.value is not None
            assert (one.final == lowest) is (one.score.value < line) or quota_last


@given(evaluations())
@settings(max_examples=10)
def test_nothing_that_is_written_has_a_word_of_the_first_edition(judged: Judged):
    """Reasons, findings, the staff's workbook, the forms."""
    edition, forms, done = judged.edition, judged.forms, judged.done
    told = [str(reason) for one in done.decisions for reason in one.reasons]
    told += [one.sentence for one in done.findings]
    workbook = workbook_document(
        edition=edition, forms=forms, rules=judged.rules, staff=judged.staff, evaluation=done
    )
    ballot = ballot_document(edition=edition, forms=forms, rubric=judged.rules.rubric, year=YEAR)
    for document in (workbook, ballot, filing_document(edition=edition, forms=forms, year=YEAR)):
        told += texts(document)
    assert leaks(judged, "\n".join(told)) == set()


@given(evaluations())
@settings(max_examples=15, deadline=None)
def test_no_letter_has_a_word_of_the_first_edition(judged: Judged):
    """What is written in Word says what it says in the words of its edition."""
    letters = letters_of(judged.done, judged.edition, judged.forms, judged.staff)
    assert leaks(judged, "\n".join(map(letter_texts, letters.values()))) == set()


@given(evaluations())
@settings(max_examples=15, deadline=None)
def test_every_letter_is_written_and_read_back(judged: Judged):
    """`letter_bytes` raises where a second reader does not find what a letter says."""
    letters = letters_of(judged.done, judged.edition, judged.forms, judged.staff)
    assert all(map(written, letters.values()))


ODD = re.compile("nan|NaN|None|NaT|<NA>|E[+]|（）|→（|、、|^、|、$|[.]0万元")


@given(evaluations(), st.data())
@settings(max_examples=15, deadline=None)
def test_the_analysis_of_any_panel_is_drawn_in_the_words_of_the_edition(judged: Judged, data: Any):
    """1 to 15 experts, of whom each scored some platforms, or none that any other did."""
    asked = _asked(judged, data)
    drawn = boards(asked)
    document = analysis_document(drawn, asked.evaluation, judged.edition)
    told = "\n".join(texts(document))
    assert len(drawn[0].rows) == 5
    assert leaks(judged, told) == set()
    cells = [str(one) for board in drawn for row in board.rows for one in row if one is not None]
    assert [one for one in cells if ODD.search(one)] == []
    assert document_bytes(document)


def _asked(judged: Judged, data: Any) -> Inquiry:
    """Return what is asked of a case with a panel at random."""
    full = int(sum(judged.rules.rubric) * 10)
    names = [one.file.removesuffix(".xlsx") for one in judged.filings]
    ballots = []
    for expert in range(1, data.draw(st.integers(1, 15)) + 1):
        seen = data.draw(st.sets(st.sampled_from(names)))
        totals = {name: data.draw(st.integers(0, full)) for name in names if name in seen}
        ballots.append(_ballot(expert, totals, judged.rules))
    given_ = {
        "edition": judged.edition,
        "forms": judged.forms,
        "rules": judged.rules,
        "year": YEAR,
        "as_of": AS_OF,
        "filings": judged.filings,
        "ballots": ballots,
        "staff": judged.staff,
    }
    rulebook = {"edition": judged.edition, "forms": judged.forms}
    return inquired(
        trial(**given_),
        **rulebook,
        rules=judged.rules,
        evaluation=evaluate(**given_),
        before=Before(evaluation=judged.done, **rulebook, where="2039年度"),
    )


@given(editions())
@settings(max_examples=12)
def test_a_platform_of_the_story_has_no_finding(source: Source):
    """Filled, written and read back: only what the story wants to be wrong is."""
    edition, forms = rulebook_of(source)
    script = made_up(edition, forms)
    one = script["platform"][0]
    answers = {
        **script["common"],
        **one["answers"],
        "name": one["name"],
        "operator": one["operator"],
        "code": "91340300MA2XL0101X",
        "level": one["level"],
        "account_name": one["operator"],
        "account": "1302030109100123456",
    }
    content = sample_content(
        edition=edition,
        forms=forms,
        year=script["year"],
        answers=answers,
        activities=[Activity(**{**a, "times": a["times"] * 2}) for a in script["activity"]],
    )
    document = filing_document(edition=edition, forms=forms, year=script["year"], content=content)
    read = read_filing(as_book(document), edition=edition, forms=forms, year=script["year"]).filing
    assert [one.code for one in read.findings if one.code != "C312"] == []
    for area in edition.areas:
        for row in area.rows:
            assert row.reached(read.summary[row.name], read.proof.by_row[row.name]) in (True, None)


@given(editions())
@settings(max_examples=60)
def test_the_story_knows_who_ties_and_where_everybody_stands(source: Source):
    """Scores on the grid of one tenth, within full marks; levels, days, experts of the edition."""
    edition, forms = rulebook_of(source)
    script = made_up(edition, forms)
    full = sum(default_rules(edition).rubric)
    everybody = [one["name"] for one in (*script["platform"], *script["absent"])]
    assert len(set(everybody)) == len(everybody)
    for one in script["platform"]:
        for score in one.get("scores", ()):
            assert 0 <= Decimal(str(score)) <= full
            assert Decimal(str(score)) * 10 % 1 == 0
        assert edition.level(one["level"]) is not None
    low, high = edition.experts
    assert low <= len(script["expert"]) <= high
    assert edition.valid_from <= script["as_of"] <= edition.valid_to
    days = script["days"]
    assert days["from"] < days["to"] < days["finance"]
    limit = default_rules(edition).notice_days
    assert working_days(days["from"], days["to"]).total >= limit
    tied = [one for one in script["platform"] if one["name"] in script["settle"]["tie"]]
    assert len({round(sum(one["scores"]), 1) for one in tied}) <= 1
    assert len({one["size"] for one in tied}) <= 1
