"""Next year's case is made from the last (承接上年): what is taken, what is left and refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.steps.case import Case

Xlpy = Callable[..., tuple[int, str, str]]
FORM = load_forms(default_edition()).staff
LISTED, FILED, MERELY = (
    "淮畔中小企业综合服务平台",
    "涂山数字化转型服务平台",
    "皖北产业链对接服务平台",
)
ABSENT = "沫河口化工技术服务平台"
_BELOW = 4  # the first row below the headings


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table by column id; blank cells and blank rows left out."""
    book = load_workbook(path)
    page = book[FORM.tables[table].sheet]
    heads = [cell.value for cell in page[_BELOW - 1]]
    ids = {field.label: field.id for field in FORM.tables[table].columns}
    found = (
        {ids[head]: value for head, value in zip(heads, values, strict=False) if value is not None}
        for values in page.iter_rows(min_row=_BELOW, values_only=True)
    )
    return [row for row in found if row]


def row_of(path: Path, name: str, table: str = "roster") -> dict[str, Any]:
    """Return the row of one platform."""
    return next(row for row in rows(path, table) if row.get("name") == name)


def parameters(path: Path) -> dict[str, Any]:
    """Return what is typed in 参数, by label."""
    return {row["label"]: row["value"] for row in rows(path, "parameters") if "value" in row}


def type_in(path: Path, table: str, row: str, cells: Mapping[str, object]) -> None:
    """Type into a row of the staff's workbook with another program; `row` is any text in it."""
    book = load_workbook(path, keep_vba=True)
    described = FORM.tables[table]
    page = book[described.sheet]
    heads = {cell.value: cell.column for cell in page[_BELOW - 1]}
    at = next(one[0].row for one in page.iter_rows() if row in {cell.value for cell in one})
    for id, value in cells.items():
        page.cell(at, heads[described.column(id).label]).value = value  # type: ignore[assignment]
    book.save(path)


def beside(level: str, number: str, until: str) -> str:
    """Return what 程序提示 says of last year's list."""
    return FORM.notes["last_year"].format(level=level, number=number, until=until)


@pytest.fixture
def last(played: Case) -> Case:
    """A whole year of 2022, with every kind of staff cell typed."""
    path = played.workbook
    found = {
        "former_names": "旧名平台",
        "former_codes": "旧代码",
        "received_on": date(2023, 5, 8),
        "penalised": "否",
        "false_evidence": "否",
        "complaints": 1,
        "province_result": "优秀",
        "explanation": "已核实",
        "visit": "去过",
        "remark": "请留意",
        "number": "省认定2021年8号",
        "valid_until": date(2025, 1, 31),
    }
    type_in(path, "roster", LISTED, {**found, "contact": "王工", "phone": "0552-1234567"})
    for label, text in (
        *(("受理科室", "中小企业科"), ("受理电话", "0552-7654321"), ("受理地址", "市政府东楼")),
        *(("报送截止", date(2023, 5, 31)), ("A级最低分", 88), ("有效评分表最少份数", "十")),
    ):
        type_in(path, "parameters", label, {"value": text})
    _unlist(path, MERELY)
    return played


def _unlist(path: Path, name: str) -> None:
    cells = [field.id for field in FORM.tables["roster"].columns]
    type_in(path, "roster", name, dict.fromkeys(cells))


@pytest.fixture
def made(last: Case, xlpy: Xlpy) -> Case:
    """The case of 2023 made from it."""
    folder = last.folder.parent / "2023年度"
    status, _, err = xlpy("new", folder, "--from", last.folder, "--as-of", "2024-06-30")
    assert (status, err) == (0, "")
    return Case(folder)


def test_names_and_codes_are_taken_in_their_order_then_those_that_only_filed(
    last: Case, made: Case
) -> None:
    before = [(row["name"], row["code"]) for row in rows(last.workbook, "roster")]
    after = [(row["name"], row["code"]) for row in rows(made.workbook, "roster")]
    assert after[:-1] == before
    assert after[-1][0] == MERELY


def test_of_a_roster_row_nothing_else_is_taken_but_the_contact(made: Case) -> None:
    for row in rows(made.workbook, "roster"):
        assert row.keys() <= {"name", "code", "contact", "phone", "note"}
    listed = row_of(made.workbook, LISTED)
    assert (listed["contact"], listed["phone"]) == ("王工", "0552-1234567")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (LISTED, ("国家级", "省认定2021年8号", "2025-01-31")),
        (FILED, ("省级", "示范平台〔2021〕示例号", "2024-03-04")),
        (MERELY, ("省级", "示范平台〔2021〕示例号", "2024-03-04")),
        (ABSENT, ("省级", "不详", "不详")),
    ],
)
def test_what_last_year_had_stands_beside_the_name_to_be_confirmed(
    made: Case, name: str, told: tuple[str, str, str]
) -> None:
    assert row_of(made.workbook, name)["note"] == beside(*told)


def test_a_contact_the_roster_does_not_have_is_taken_from_the_form(made: Case) -> None:
    row = row_of(made.workbook, FILED)
    assert (row["contact"], row["phone"]) == ("示例", "0552-3112345")


def test_the_experts_are_taken_with_all_their_columns(last: Case, made: Case) -> None:
    own = ("id", "name", "unit", "category")
    before, after = (
        [{id: row[id] for id in own} for row in rows(one.workbook, "experts")]
        for one in (last, made)
    )
    assert after == before
    assert len(after) == 7


def test_the_office_and_the_parameters_of_the_bureau_are_taken_no_date_and_no_minutes(
    made: Case,
) -> None:
    typed = parameters(made.workbook)
    assert typed.pop("评价日期").date() == date(2024, 6, 30)
    assert typed == {
        "受理科室": "中小企业科",
        "受理电话": "0552-7654321",
        "受理地址": "市政府东楼",
        "A级最低分": 88,
    }


def test_a_parameter_that_cannot_be_used_is_named(last: Case, xlpy: Xlpy) -> None:
    _, out, _ = xlpy("new", last.folder.parent / "x", "--from", last.folder)
    assert "上年参数“有效评分表最少份数”（十）没有带入：" in "".join(out.split())
    assert "已带入上年（2022年度）的专家7人、平台12家、参数1项。" in "".join(out.split())


@pytest.mark.parametrize("table", ["acceptances", "results", "objections"])
def test_no_acceptance_ruling_or_objection_is_taken(last: Case, made: Case, table: str) -> None:
    assert table == "objections" or rows(last.workbook, table)
    assert rows(made.workbook, table) == []


def test_the_case_has_an_id_and_a_secret_of_its_own(last: Case, made: Case) -> None:
    before, after = meta(last), meta(made)
    assert len(after["case"]) == 32
    assert len(after["seal"]) == 64
    assert {after["case"], after["seal"]}.isdisjoint({before["case"], before["seal"]})


def meta(case: Case) -> dict[str, str]:
    """Return the rows of the very hidden sheet."""
    return {row[0]: row[1] for row in load_workbook(case.workbook)["_meta"].values}


def test_it_remembers_the_case_of_last_year_through_every_rebuild(
    last: Case, made: Case, xlpy: Xlpy
) -> None:
    for command in ("check", "evaluate"):
        told = meta(made)
        assert (told["last_year"], told["last_year.folder"]) == (
            meta(last)["case"],
            f"../{last.folder.name}",
        )
        xlpy(command, made.folder)
    assert meta(made)["last_year"] == meta(last)["case"]


def test_nothing_is_written_in_last_years_folder(last: Case, xlpy: Xlpy) -> None:
    def lies() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in last.folder.rglob("*") if path.is_file()}

    before = lies()
    xlpy("new", last.folder.parent / "x", "--from", last.folder)
    assert lies() == before


@pytest.mark.usefixtures("clock")
def test_platforms_of_last_year_are_reminded_and_their_notes_survive_two_rebuilds(
    made: Case, xlpy: Xlpy
) -> None:
    for _ in range(2):
        _, out, _ = xlpy("evaluate", made.folder, "--json")
        asked = [one for one in json.loads(out)["findings"] if one["code"] == "D605"]
        assert len(asked) == len(rows(made.workbook, "roster")) == 12
        note = row_of(made.workbook, LISTED)["note"]
        assert note.startswith(beside("国家级", "省认定2021年8号", "2025-01-31"))
    before = made.workbook.read_bytes()
    xlpy("evaluate", made.folder)
    assert made.workbook.read_bytes() == before


def test_beside_last_years_list_stands_what_the_new_form_claims_until_staff_fill_the_cells(
    last: Case, made: Case, xlpy: Xlpy
) -> None:
    path = made.filings / f"{FILED}.xlsx"
    shutil.copy(last.filings / path.name, path)
    _of_year(path, 2023)
    told = ("省级", "示范平台〔2021〕示例号", "2024-03-04")
    claimed = FORM.notes["claimed"].format(level=told[0], number=told[1], until=told[2])
    for _ in range(2):
        xlpy("check", made.folder)
        before, found, *after = str(row_of(made.workbook, FILED)["note"]).splitlines()
        assert (before, after) == (beside(*told), [claimed, f"申报材料：{path.name}"])
        assert found.startswith(f"错误：“{FILED}”的有效期至还没有在名单中填写")
    cells = {"level": "省级", "number": told[1], "valid_until": date(2024, 12, 31)}
    type_in(made.workbook, "roster", FILED, cells)
    for _ in range(2):
        xlpy("check", made.folder)
        note = row_of(made.workbook, FILED)["note"]
        assert "上年名单" not in note
        assert "申报表填报" not in note


def _of_year(path: Path, year: int) -> None:
    book = load_workbook(path)
    [cell] = [row[1] for row in book["_meta"].iter_rows() if row[0].value == "year"]
    cell.value = str(year)
    book.save(path)


def test_the_year_is_the_next_one_unless_given(last: Case, made: Case, xlpy: Xlpy) -> None:
    assert meta(made)["year"] == "2023"
    later = last.folder.parent / "later"
    assert xlpy("new", later, "--from", last.folder, "--year", "2025")[0] == 0
    assert meta(Case(later))["year"] == "2025"


@pytest.mark.parametrize("year", ["2021", "2022"])
def test_a_year_not_later_than_last_years_is_refused(last: Case, xlpy: Xlpy, year: str) -> None:
    folder = last.folder.parent / "x"
    status, _, err = xlpy("new", folder, "--from", last.folder, "--year", year)
    assert status == 2
    assert "请写晚于2022的年度，或不写 --year（即2023）" in err
    assert not folder.exists()


def _open(case: Case) -> None:
    (case.folder / "~$evaluate.xlsm").write_bytes(b"someone")


def _broken(case: Case) -> None:
    case.workbook.write_bytes(b"not a workbook")


def _gone(case: Case) -> None:
    shutil.rmtree(case.folder)


def _no_case(case: Case) -> None:
    case.workbook.unlink()


@pytest.mark.parametrize(
    ("wrong", "way_out"),
    [
        (_open, "请保存并关闭后再试"),
        (_broken, "取回"),
        (_gone, "请核对路径"),
        (_no_case, "不是评价项目"),
    ],
)
def test_a_last_case_that_cannot_be_read_is_refused_with_the_way_out(
    last: Case, xlpy: Xlpy, wrong: Callable[[Case], None], way_out: str
) -> None:
    wrong(last)
    folder = last.folder.parent / "x"
    status, _, err = xlpy("new", folder, "--from", last.folder)
    told = "".join(err.split())
    assert status == 2
    assert "不能承接上年项目" in told
    assert way_out in told
    assert "不承接的，去掉--from，写明--year新建" in told
    assert not folder.exists()


def test_a_case_of_version_1_hands_on_what_it_has(last: Case, xlpy: Xlpy) -> None:
    _as_version_1(last.workbook)
    folder = last.folder.parent / "x"
    status, _, err = xlpy("new", folder, "--from", last.folder)
    assert (status, err) == (0, "")
    row = row_of(folder / "evaluate.xlsm", LISTED)
    told = ("国家级", "示范平台〔2021〕示例号", "2024-03-04")
    assert row["note"] == beside(*told)
    assert row["contact"] == "示例"
    assert len(rows(folder / "evaluate.xlsm", "experts")) == 7


def _as_version_1(path: Path) -> None:
    """Take away what version 1.0 did not have: sheets, columns and rows."""
    book = load_workbook(path, keep_vba=True)
    for table in FORM.tables.values():
        page = book[table.sheet]
        if table.since > 1:
            book.remove(page)
            continue
        heads = {cell.value: cell.column for cell in page[_BELOW - 1]}
        for column in sorted((heads[f.label] for f in table.columns if f.since > 1), reverse=True):
            page.delete_cols(column)
    page = book[FORM.tables["parameters"].sheet]
    late = {field.label for field in FORM.dates if field.since > 1}
    for at in sorted(
        (row[0].row for row in page.iter_rows() if row[0].value in late), reverse=True
    ):
        page.delete_rows(at)
    [version] = [row[1] for row in book["_meta"].iter_rows() if row[0].value == "version"]
    version.value = "1"
    book.save(path)
