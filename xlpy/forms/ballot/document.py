"""The expert's form as a document (专家评分表): blank, or made for one expert of one case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xlpy.forms.ballot.guide import ballot_guide_sheet
from xlpy.forms.ballot.reference import ReferenceRow, reference_sheet
from xlpy.forms.ballot.scores import BallotPlan, PlatformHead, scores_sheet
from xlpy.forms.ballot.seal import Sealed, seal_of
from xlpy.forms.cells.identity import meta_sheet, rubric_text
from xlpy.model import identity as meta
from xlpy.model.sheets.sheet import Document
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms

ExpertHead = tuple[str, str, str, str]
"""(id, name, unit, category) of the expert a ballot is made for."""


def ballot_document(
    *,
    edition: Edition,
    forms: Forms,
    rubric: Sequence[Decimal],
    rows: Sequence[PlatformHead] = (),
    expert: ExpertHead | None = None,
    case: str = "",
    secret: str = "",
    year: int | None = None,
    supplement: int = 0,
    reference: Sequence[ReferenceRow] = (),
) -> Document:
    """Return the ballot (专家评分表); without `rows` the template, with empty lines to fill.

    `rows` are (name, code, level) in the order of this expert; `rubric` the points of the areas.
    `secret` is the one of the case: it seals the ballot and does not stand on it.
    """
    form = forms.ballot
    plan = BallotPlan(
        edition=edition,
        form=form,
        rubric=tuple(rubric),
        rows=tuple(rows),
        head=expert[1:] if expert else ("", "", ""),
        year=year,
        supplement=supplement,
    )
    identity = _identity(plan, expert[0] if expert else "", case, secret)
    return Document(
        title=form.title,
        sheets=(
            ballot_guide_sheet(plan, referring=bool(reference)),
            scores_sheet(plan),
            reference_sheet(plan, forms.filing, reference),
            meta_sheet(identity),
        ),
        active=form.sheet if rows else form.guide,
    )


def _identity(plan: BallotPlan, expert: str, case: str, secret: str) -> Mapping[str, str]:
    sealed = Sealed(
        case=case,
        expert=expert,
        supplement=plan.supplement,
        rubric=plan.rubric,
        edition=plan.edition.id,
    )
    return {
        meta.FORM: meta.BALLOT,
        meta.EDITION: plan.edition.id,
        meta.VERSION: str(plan.form.version),
        meta.CASE: case,
        meta.EXPERT: expert,
        meta.SUPPLEMENT: str(plan.supplement),
        meta.RUBRIC: rubric_text(plan.rubric),
        meta.YEAR: str(plan.year or ""),
        meta.SEAL: seal_of(secret, sealed) if secret else "",
    }
