"""The edition as loaded: what it holds, that it cannot change, that the next city needs no code."""

from __future__ import annotations

import dataclasses
import pickle
import re
import tempfile
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.edition import TEXT, changed, written
from xlpy.errors import EditionError
from xlpy.policy.edition import AreaRow, Condition, Edition
from xlpy.policy.editions.load import default_edition, edition_named, known_editions, load_edition
from xlpy.policy.parameters.rules import default_rules, parameter_values
from xlpy.policy.phrases.bound import Bound


@pytest.fixture
def edition() -> Edition:
    return load_edition()


def limits(conditions: tuple[Condition, ...]) -> list[str]:
    return [
        f"{one.measure} {one.bound.sign}{one.bound.quantity}" for one in conditions if one.bound
    ]


def test_the_default_edition_is_read_once():
    """Every command starts with it, so it is kept."""
    assert load_edition() is default_edition() is edition_named("bengbu-2022")


def test_the_head_says_city_and_validity(edition: Edition):
    """Art. 18: valid 2022-08-23 to 2023-08-22."""
    assert (edition.id, edition.city) == ("bengbu-2022", "蚌埠市")
    assert (edition.valid_from, edition.valid_to) == (date(2022, 8, 23), date(2023, 8, 22))


def test_the_head_says_what_the_money_is_paid_under(edition: Edition):
    assert (
        edition.paid_under
        == "蚌发\N{LEFT TORTOISE SHELL BRACKET}2022\N{RIGHT TORTOISE SHELL BRACKET}20号"
    )


def test_who_is_on_no_official_list_has_a_word_that_is_no_level(edition: Edition):
    assert edition.not_listed == "未认定"
    assert edition.level(edition.not_listed) is None


def test_article_4_has_five_functions_with_their_limits(edition: Edition):
    """Art. 4, every number of it."""
    assert {one.name: limits(one.conditions) for one in edition.functions} == {
        "信息服务": ["offline_firms >=100家", "events >=6场次"],
        "技术服务": ["events >=5场次"],
        "创业服务": ["events >=5场次", "visits >=150人次"],
        "培训服务": ["events >=10场次", "visits >=1000人次"],
        "融资服务": ["events >=3场次", "financing >=40000万元"],
    }


def test_article_5_has_ten_areas_in_eleven_rows(edition: Edition):
    """Art. 5, every number of it; area 7 is two rows."""
    assert {row.name: limits(row.targets) for _, row in edition.area_rows} == {
        "综合咨询服务": ["events >=6场次", "firms >=200家"],
        "产需对接服务": ["events >=6场次", "firms >=100家", "matches >=6笔"],
        "融资服务": ["events >=3场次", "financing >=5000万元"],
        "产学研合作": ["events >=5场次"],
        "数字化服务": ["events >=6场次", "firms >=100家"],
        "绿色化服务": ["events >=6场次", "firms >=100家"],
        "人才和培训服务-培训": ["events >=10场次", "visits >=800人次"],
        "人才和培训服务-招聘": ["events >=10场次", "hires >=200人次"],
        "专业技术服务": ["needs >=10个"],
        "其他服务": [],
        "政府委托服务活动": [],
    }
    assert len(edition.areas) == 10


def test_an_area_of_one_row_gives_it_its_own_name(edition: Edition):
    """`targets` without `[[area.row]]` is one row of all activities."""
    assert edition.areas[8].rows == (AreaRow(name="其他服务"),)


def test_article_7_splits_recruitment_from_all_the_rest(edition: Edition):
    """招聘 is one row, whatever is not 招聘 the other."""
    rows = edition.areas[6].rows
    assert [(row.activity, row.activity_not) for row in rows] == [("", "招聘"), ("招聘", "")]


def test_article_14_pays_by_level_and_grade(edition: Edition):
    """国家级 50, 40, 30, 0; 省级 20, 15, 10, 0, in 万元 and exact."""
    assert {one.name: [str(n) for n in one.subsidy.values()] for one in edition.levels} == {
        "国家级": ["50", "40", "30", "0"],
        "省级": ["20", "15", "10", "0"],
    }


def test_article_11_is_a_ceiling_of_one_half(edition: Edition):
    """不超过…50% is at most 0.5, and an exact decimal."""
    assert edition.quota == Bound(
        comparison="at_most", limit=Decimal("0.5"), unit="比例", phrase="不超过…50%"
    )


def test_article_13_names_the_departments_that_send_an_expert(edition: Edition):
    """行业 is no department: nobody is missed there."""
    assert edition.expert_categories == ("经信", "科技", "财政", "人社")


def test_an_edition_may_name_no_department(tmp_path: Path):
    """Another city may leave it open; then none is missed."""
    text = re.sub("(?m)^categories = .*\n", "", TEXT)
    assert text != TEXT
    assert load_edition(written(tmp_path, text)).expert_categories == ()


def test_articles_are_found_by_topic(edition: Edition):
    """The topics written with their own numbers are there too."""
    topics = ("eligible", "quota", "experts", "ruling", "subsidy")
    assert [edition.articles[topic] for topic in topics] == [
        "第二条",
        "第十一条",
        "第十三条",
        "第十二条",
        "第十四条",
    ]


def test_what_hangs_on_a_choice_says_which(edition: Edition):
    """未参加省评价 is a veto or a shortfall as the bureau chooses."""
    whens = [one.condition.when for one in (*edition.vetoes, *edition.shortfalls)]
    assert [when for when in whens if when] == [
        ("province_absence", "veto"),
        ("province_absence", "to_complete"),
    ]


def test_an_edition_cannot_be_changed(edition: Edition):
    """Neither its fields nor its mappings."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        edition.city = "淮南市"  # type: ignore[misc]
    with pytest.raises(TypeError):
        edition.levels[0].subsidy["A"] = Decimal(60)  # type: ignore[index]


def test_an_edition_travels_to_a_worker_process(edition: Edition):
    """Pickled and back it is equal, and hashes alike."""
    again = pickle.loads(pickle.dumps(edition))
    assert again == edition
    assert hash(again) == hash(edition)


def test_an_edition_is_found_by_its_id_only():
    """The form descriptions beside it are no editions."""
    assert known_editions() == ("bengbu-2022",)
    with pytest.raises(EditionError, match="没有名为“filing”的政策版本，请改用bengbu-2022"):
        edition_named("filing")


def test_an_edition_saved_by_windows_loads(edition: Edition, tmp_path: Path):
    """A byte order mark and CRLF change nothing."""
    path = written(tmp_path, TEXT, "bengbu-2022")
    for file in path.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"))
    assert load_edition(path) == edition


def test_an_edition_loads_in_a_moment(tmp_path: Path):
    """Every command starts with it: 4 ms here, never a tenth of a second."""
    path = written(tmp_path, TEXT)
    spans = []
    for _ in range(3):
        start = time.perf_counter()
        load_edition(path)
        spans.append(time.perf_counter() - start)
    assert min(spans) < 0.1


HUAINAN = (
    ('id = "bengbu-2022"', 'id = "huainan-2023"'),
    ('city = "蚌埠市"', 'city = "淮南市"'),
    ("valid_from = 2022-08-23", "valid_from = 2023-01-01"),
    ("valid_to = 2023-08-22", "valid_to = 2025-12-31"),
    (
        'at_least = 3, unit = "次", phrase = "3次以上"',
        'more_than = 2, unit = "件", phrase = "超过两件"',
    ),
    (
        'at_most = 0.5\nunit = "比例"\nphrase = "不超过…50%"',
        'at_most = 0.4\nunit = "比例"\nphrase = "百分之四十以内"',
    ),
    (
        'at_least = 5\nat_most = 7\nunit = "人"\nphrase = "5-7人"',
        'at_least = 3\nat_most = 9\nunit = "名"\nphrase = "三至九名"',
    ),
    (
        '[[function]]\nid = "information"',
        '[[level]]\nname = "市级"\narticle = "第十四条第二款"\n'
        'recognised_by = "市经信局"\nsubsidy = [\n'
        '  { grade = "A", amount = 7.5, unit = "万元", phrase = "A级7.5万元" },\n'
        '  { grade = "B", amount = 5, unit = "万元", phrase = "B级5万元" },\n'
        '  { grade = "C", amount = 2, unit = "万元", phrase = "C级2万元" },\n'
        '  { grade = "D", amount = 0, unit = "万元", phrase = "D级不予奖补" },\n]\n\n'
        '[[function]]\nid = "information"',
    ),
    ('[[area]]\nid = "other"\nname = "其他服务"\narticle = "第五条(九)"\ntargets = []\n', ""),
    ("8, 6, 10", "8, 16"),
)


def test_the_next_city_is_a_new_file_and_no_code(tmp_path: Path):
    """Another level, nine areas, another quota and a strict limit load and work."""
    edition = load_edition(written(tmp_path, changed(*HUAINAN)))
    complaints = edition.vetoes[-1].condition.bound
    assert complaints
    assert [complaints.holds(number) for number in (2, 3)] == [False, True]
    assert (edition.quota.limit, edition.quota.wording) == (Decimal("0.4"), "百分之四十以内")
    assert edition.experts == (3, 9)
    level = edition.level("市级")
    assert level
    assert level.subsidy["A"] == Decimal("7.5")
    assert len(default_rules(edition).rubric) == 9


def test_the_next_city_may_grade_in_its_own_words(tmp_path: Path):
    """Grades and their lines are names, not letters the program knows."""
    text = TEXT.replace('grade = "A"', 'grade = "优秀"').replace('phrase = "A级', 'phrase = "优秀')
    text = changed(
        ('name = "A"\nprinted = "A级"', 'name = "优秀"\nprinted = "优秀"'),
        ('over = ["A", "B"]', 'over = ["优秀", "B"]'),
        ('grades = "A、B级"', 'grades = "优秀和B级"'),
        text=text,
    )
    edition = load_edition(written(tmp_path, text))
    rules, problems = parameter_values(edition, {"line_a": "92.5"})
    assert problems == ()
    assert rules.lines == {"优秀": Decimal("92.5"), "B": Decimal(80), "C": Decimal(60)}
    assert [edition.printed(grade) for grade in ("优秀", "B", "甲")] == ["优秀", "B级", "甲"]


def test_the_items_of_article_16_are_numbered_as_printed(edition: Edition):
    """Art. 16 counts its items 第1项, 第2项; Art. 4, 5 and 9 theirs (一), (二)."""
    assert [one.article.removeprefix("第十六条") for one in edition.vetoes] == [
        "第1项", "第2项", "第2项", "第2项", "第2项", "第3项"
    ]  # fmt: skip


@pytest.mark.parametrize("article", ["第十六条第12项", "第十六条第二款第2项", "第十六条第二项"])
def test_an_item_may_be_numbered_either_way(article: str, tmp_path: Path):
    text = changed(('"第十六条第3项"', f'"{article}"'))
    assert load_edition(written(tmp_path, text)).vetoes[-1].article == article


def test_what_the_bureau_decides_is_told_by_the_name_of_the_office(tmp_path: Path):
    edition = load_edition(
        written(tmp_path, changed(('bureau = "市经信局"', 'bureau = "市工信局"')))
    )
    rules, _ = parameter_values(edition, {"line_a": "92"})
    assert [rules.chosen[id] for id in ("line_a", "line_b")] == [("92", "市工信局"), ("80", "默认")]


LINES = TEXT.split("\n")
SETTINGS = [n for n, line in enumerate(LINES) if " = " in line]


@given(
    st.sampled_from(SETTINGS),
    st.sampled_from(
        ['""', "0", "-1", "true", "[]", "{}", "1e999", "nan", "[{}]", '"无"', "12:00:00"]
    ),
)
@settings(max_examples=60, deadline=None)
def test_any_value_in_any_place_loads_or_is_refused(number: int, value: str):
    """No other exception than EditionError, whatever stands behind an equals sign."""
    lines = LINES.copy()
    lines[number] = f"{lines[number].split(' = ')[0]} = {value}"
    with tempfile.TemporaryDirectory() as folder, suppress(EditionError):
        assert load_edition(written(Path(folder), "\n".join(lines))).areas


@given(st.sampled_from(range(len(LINES))))
@settings(max_examples=40, deadline=None)
def test_a_lost_line_loads_or_is_refused(number: int):
    """No other exception than EditionError, whichever line an editor dropped."""
    lines = LINES[:number] + LINES[number + 1 :]
    with tempfile.TemporaryDirectory() as folder, suppress(EditionError):
        assert load_edition(written(Path(folder), "\n".join(lines))).areas


@pytest.mark.parametrize("left", ["function", "veto", "shortfall"])
@pytest.mark.parametrize("said", [True, False])
def test_a_list_that_a_rule_may_lack_is_empty_or_left_out(left: str, said: bool, tmp_path: Path):
    """No functions, no vetoes, nothing to complete: as `[]`, or not at all."""
    text = re.sub(rf"(?ms)^\[\[{left}\]\].*?(?=^\[|^# ----)", "", TEXT)
    if said:
        text = f"{left} = []\n{text}"
    edition = load_edition(written(tmp_path, text))
    assert {
        "function": edition.functions, "veto": edition.vetoes, "shortfall": edition.shortfalls
    }[left] == ()  # fmt: skip
