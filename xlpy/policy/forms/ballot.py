"""The expert's form as ballot.toml describes it (专家评分表说明)."""

from __future__ import annotations

from xlpy.policy import alike
from xlpy.policy.form import BallotForm
from xlpy.policy.forms.fields import FILLED, PRINTED, Names, check_id, fields_of
from xlpy.policy.strict import Strict

_BESIDE = ("number", "total", "recused", "comment")  # headings beside those of the columns
_TEXTS = ("file", "title", "guide", "sheet", "reference", *_BESIDE, "recused_yes", "recused_no")


def ballot_form(root: Strict, names: Names) -> BallotForm:
    """Return the expert's form; raises `EditionError`."""
    root.only("id", "version", "score_places", "head", "columns", "recusal_words", *_TEXTS)
    check_id(root)
    texts = {key: root.text(key) for key in _TEXTS}
    beside = [texts[key] for key in _BESIDE]
    columns = fields_of(root.tables("columns", "id"), names, PRINTED, beside)
    for name, other in alike.twins(beside):
        key = next(key for key in reversed(_BESIDE) if texts[key] == name)
        root.fault(key, *alike.told(name, other))
    headings = (*beside, *(one.label for one in columns))
    return BallotForm(
        version=root.whole("version"),
        score_places=root.whole("score_places", zero=True),
        head=fields_of(root.tables("head", "id"), names, FILLED, headings),
        columns=columns,
        recusal_words=root.texts("recusal_words"),
        **texts,
    )
