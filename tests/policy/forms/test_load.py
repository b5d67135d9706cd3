"""The forms as loaded: the real files whole, each mistake in one refused by file and key."""

from __future__ import annotations

import pickle
import re
import shutil
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xlpy.policy.forms.load
from tests.kit.edition import changed, written
from xlpy.errors import EditionError
from xlpy.policy.editions.load import default_edition, load_edition
from xlpy.policy.forms.load import (
    load_forms,
    load_meeting,
    load_reports,
    load_survey,
    paper_titles,
)
from xlpy.policy.frozen import Frozen

FOLDER = Path(xlpy.policy.forms.load.__file__).parent
OWN = "bengbu-2022"
"""Begins the names of the real edition's own files, beside the common ones."""

TEXTS = {
    **{path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml")},
    **{f"{OWN}/{form}.toml": text for form, text in default_edition().changes.items()},
}
NAMED = '[notice]\ntitle = "服务机构评价公示"\n'
BARE = Frozen(
    {"filing": '[profile.group.change."基本信息".fields.change]\ncounty.choices = ["甲区"]\n'}
)
"""The least an edition must say of the forms: its counties."""

CASES = tomllib.loads(Path(__file__).with_name("broken.toml").read_text(encoding="utf-8"))["broken"]
LINES = [(name, n) for name, text in sorted(TEXTS.items()) for n in range(len(text.split("\n")))]
SPANS = [
    (name, *found.span(1))
    for name, text in sorted(TEXTS.items())
    for found in re.finditer(r' = ("[^"]*"|\[[^\]]*\]|[\d.]+|true|false)', text)
]
VALUES = ['""', "0", "-1", "0.5", "true", "[]", "{}", "1e999", "nan", "[{}]", '"无"', '["无"]']


def load(folder: Path, name: str, text: str) -> None:
    """Read the forms, the common file or the edition's own called `name` with this text."""
    for real in FOLDER.glob("*.toml"):
        shutil.copy(real, folder)
    edition = default_edition()
    if name.startswith(OWN):
        form = name.removeprefix(f"{OWN}/").removesuffix(".toml")
        edition = replace(edition, changes=Frozen({**edition.changes, form: text}))
    else:
        edition = replace(edition, changes=BARE)
        folder.joinpath(name).write_text(text, encoding="utf-8")
    load_forms(edition, folder)
    load_reports(folder)
    load_meeting(folder)
    load_survey(folder)


def refusal(folder: Path, name: str, text: str) -> str:
    """Return the sentence with which the files are refused."""
    with pytest.raises(EditionError) as caught:
        load(folder, name, text)
    return str(caught.value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['file']}-{case['why']}")
def test_a_description_wrong_in_one_way_is_refused_by_name(case: dict[str, str], tmp_path: Path):
    """The whole sentence: file, key, what is wrong and the cure."""
    text = changed((case["old"], case["new"]), text=TEXTS[case["file"]])
    assert refusal(tmp_path, case["file"], text) == f"表格说明{case['file']}的{case['said']}"


def test_each_file_has_its_broken_variants():
    """The collection is not emptied by accident."""
    assert {case["file"] for case in CASES} == set(TEXTS)
    assert len(CASES) > 50


def test_a_file_that_is_no_description_at_all_is_refused(tmp_path: Path):
    """An open quote and a missing file get a sentence of their own."""
    assert "表格说明staff.toml的末尾不合TOML语法" in refusal(tmp_path, "staff.toml", 'id = "staff')
    with pytest.raises(EditionError, match="读不到表格说明report"):
        load_reports(tmp_path / "nowhere")


def test_the_real_files_load():
    """What each form is known by, and that the copy on another shelf reads the same."""
    forms, reports = load_forms(default_edition()), load_reports()
    assert forms.filing.sheets == ("附件1", "附件2", "附件3", "附件4")
    assert forms.ballot.columns[0].label == forms.filing.field("name").label == "平台名称"
    assert forms.staff.tables["acceptances"].column("id").offers == ("findings", "id")
    assert {name: table.sheet for name, table in reports.items()} == {
        "results": "评价结果",
        "reasons": "决定依据",
        "averages": "类别平均分",
        "run": "运行信息",
        "finance": "奖补资金安排表",
        "notice": "公示名单",
        "correction": "更正说明",
    }


def test_the_names_of_the_edition_are_offered_to_choose_from(tmp_path: Path):
    """`choices_from` is the edition's own words, read anew for another edition."""
    column = load_forms(default_edition()).filing.products.column("area")
    assert column.choices == tuple(area.name for area in default_edition().areas)
    other = load_edition(written(tmp_path, changed(('name = "其他服务"', 'name = "别的服务"'))))
    assert "别的服务" in load_forms(other).filing.products.column("area").choices


def test_the_roster_offers_the_levels_and_the_word_for_none(tmp_path: Path):
    """The platform's own form offers the levels alone."""
    forms = load_forms(default_edition())
    assert forms.staff.tables["roster"].column("level").choices == ("国家级", "省级", "未认定")
    assert forms.filing.field("level").choices == ("国家级", "省级")
    other = load_edition(written(tmp_path, changed(('not_listed = "未认定"', 'not_listed = "无"'))))
    assert load_forms(other).staff.tables["roster"].column("level").choices[-1] == "无"


def test_the_forms_are_read_once_and_cannot_change():
    """Every step asks for them; a worker process gets them pickled."""
    forms = load_forms(default_edition())
    assert load_forms(default_edition()) is forms
    assert pickle.loads(pickle.dumps(forms)) == forms
    assert hash(forms)
    with pytest.raises(TypeError):
        forms.staff.tables["roster"] = forms.filing.ledger  # type: ignore[index]


def told(name: str, text: str) -> bool:
    """Tell whether the forms load with this text, or are refused in one sentence with a file."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            load(Path(folder), name, text)
        except EditionError as refused:
            return bool(re.fullmatch(r"表格说明(?:bengbu-2022/)?\w+\.toml的.+。", str(refused)))
    return True


@given(st.sampled_from(SPANS), st.sampled_from(VALUES))
@settings(max_examples=60, deadline=None)
def test_any_value_in_any_place_loads_or_is_refused(span: tuple[str, int, int], value: str):
    """No other exception than EditionError, one sentence, whatever stands behind an equals sign."""
    name, first, end = span
    assert told(name, TEXTS[name][:first] + value + TEXTS[name][end:])


@given(st.sampled_from(LINES))
@settings(max_examples=40, deadline=None)
def test_a_lost_line_loads_or_is_refused(place: tuple[str, int]):
    """No other exception than EditionError, whichever line an editor dropped."""
    name, n = place
    lines = TEXTS[name].split("\n")
    assert told(name, "\n".join(lines[:n] + lines[n + 1 :]))


def test_an_edition_may_call_the_papers_by_its_own_names():
    """Titles alone: their sheets and columns are the program's."""
    edition = replace(
        default_edition(), changes=Frozen({**default_edition().changes, "report": NAMED})
    )
    titles = paper_titles(edition)
    assert titles["notice"] == "服务机构评价公示"
    assert titles["finance"] == "中小企业公共服务示范平台奖补资金安排表"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[notice]\ntitel = "x"', "“notice.titel”不是这里认得的键，请改为“title”或删去。"),
        ("[notice]\ntitle = 5", "“notice.title”的值5类型不对，请改为文字，写在引号里。"),
        ('[run]\ntitle = "x"', "“run”不是这里认得的键，请删去，这里只认results、finance、notice。"),
    ],
)
def test_anything_else_of_the_papers_is_refused(text: str, said: str):
    edition = replace(
        default_edition(), changes=Frozen({**default_edition().changes, "report": text})
    )
    with pytest.raises(EditionError) as refused:
        load_forms(edition)
    assert str(refused.value) == f"表格说明bengbu-2022/report.toml的{said}"
