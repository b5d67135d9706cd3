"""汇总.xlsx for programs of others: valid for Excel, small and large, and with hostile names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.survey import SECOND, case, failed, large, platform, survey, waiting
from xlpy.excel.writing.write import document_bytes
from xlpy.model.survey import Survey
from xlpy.report.survey.document import survey_document

MIXED = survey(
    case("甲", platform("=1+1"), platform("<b>&\u202e"), id="一", open=("等",)),
    case("乙", platform("二", SECOND), rule=SECOND, warnings=("过期",)),
    case("甲的备份", platform("=1+1"), id="一"),
    waiting("丙", platform("三")),
    failed("坏的", "<r>打不开</r>"),
    notes=("“某处”是链接，没有查看",),
)


@pytest.mark.parametrize(
    "made", [survey(), MIXED, large(10_000, 300)], ids=["empty", "mixed", "large"]
)
def test_the_validator_has_nothing_against_a_survey(validator, tmp_path: Path, made: Survey):
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(document_bytes(survey_document(made)))
    assert validator.complaints(path) == ()
