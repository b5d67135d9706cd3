"""附件4 and the figures of 附件1, held against what the ledger proves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.forms.cases import Case, case
from tests.kit.drawn import changed, filing, findings, ledger, profile, read, summary

HEADS = "服务类别 | 活动场次 | 服务企业数(家) | 服务人次 | 融资额(万元)\n"
TWO = "综合咨询服务 | 1 | 100 | 150 |\n人才和培训服务-培训 | 1 | 30 | 60 |\n"
ABOUT = changed(ledger(), {"I6": "约20"})
"""The ledger with one row that is not counted: nobody can read how many firms came."""

CASES = (
    case(
        "X501",
        summary(f"{HEADS}{TWO}融资服务 | 2 | 21 | 25 | 5000.01"),
        "甲平台.xlsx「附件4」B6：“融资服务”的活动场次填报 2，台账只有 1，不应多于附件3台账合计。"
        "请补充台账或改正附件4。（第五条(三)）",
        "甲平台.xlsx「附件4」C6：“融资服务”的服务企业数(家)填报 21，台账只有 20，"
        "不应多于附件3台账合计。请补充台账或改正附件4。（第五条(三)）",
        "甲平台.xlsx「附件4」F6：“融资服务”的融资额(万元)填报 5000.01，台账只有 5000，"
        "不应多于附件3台账合计。请补充台账或改正附件4。（第五条(三)）",
    ),
    case(
        "X502",
        summary(f"{HEADS}{TWO}融资服务 | 0 | 1 | 25 | 4999.99"),
        "甲平台.xlsx「附件4」B6：“融资服务”的活动场次填报 0，台账有 1，应与附件3台账合计一致。"
        "请核对附件4。（第五条(三)）",
        "甲平台.xlsx「附件4」F6：“融资服务”的融资额(万元)填报 4999.99，台账有 5000，"
        "应与附件3台账合计一致。请核对附件4。（第五条(三)）",
    ),
    case(
        "X503",
        profile("培训活动场次 | 2\n线下年服务企业数 | 121"),
        "甲平台.xlsx「附件1」C30：“线下年服务企业数”填报 121，台账中“信息服务”只有 120，"
        "不应多于附件3中该服务功能的合计。请在附件3“服务功能”栏标明活动，或改正附件1。（第四条(一)）",
        "甲平台.xlsx「附件1」C40：“培训活动场次”填报 2，台账中“培训服务”只有 1，"
        "不应多于附件3中该服务功能的合计。请在附件3“服务功能”栏标明活动，或改正附件1。（第四条(四)）",
    ),
    case(
        "X504",
        profile("培训人数 | 59\n线下年服务企业数 | 1\n信息服务活动场次 | "),
        "甲平台.xlsx「附件1」C41：“培训人数”填报 59，台账中“培训服务”有 60，"
        "应与附件3中该服务功能的合计一致。请核对附件1。（第四条(四)）",
    ),
    case(
        "X505",
        profile("年服务企业数 | 171"),
        "甲平台.xlsx「附件1」C26：“年服务企业数”填报 171，台账参加企业数合计只有 170，"
        "不应多于台账合计。请补充台账或改正附件1。（第九条）",
    ),
    case(
        "X508",
        ABOUT,
        "甲平台.xlsx「附件4」B6：“融资服务”的活动场次填报 1，台账暂计 0，"
        "随附件3第6行的问题而来，该行改正后即一致。"
        "请改正附件3第6行，这里不用改；改正后仍不一致的，再核对这里。（第五条(三)）",
        "甲平台.xlsx「附件4」C6：“融资服务”的服务企业数(家)填报 20，台账暂计 0，"
        "随附件3第6行的问题而来，该行改正后再比较。"
        "请改正附件3第6行，这里不用改；改正后仍不一致的，再核对这里。（第五条(三)）",
        "甲平台.xlsx「附件4」D6：“融资服务”的服务人次填报 25，台账暂计 0，"
        "随附件3第6行的问题而来，该行改正后即一致。"
        "请改正附件3第6行，这里不用改；改正后仍不一致的，再核对这里。（第五条(三)）",
        "甲平台.xlsx「附件4」F6：“融资服务”的融资额(万元)填报 5000，台账暂计 0，"
        "随附件3第6行的问题而来，该行改正后即一致。"
        "请改正附件3第6行，这里不用改；改正后仍不一致的，再核对这里。（第五条(三)）",
    ),
    case(
        "X509",
        filing(ABOUT, profile("年服务企业数 | 170")),
        "甲平台.xlsx「附件1」C26：“年服务企业数”填报 170，台账参加企业数合计暂计 150，"
        "随附件3第6行的问题而来，该行改正后再比较。"
        "请改正附件3第6行，这里不用改；改正后仍不一致的，再核对这里。（第九条）",
        "甲平台.xlsx「附件1」C42：“融资服务活动场次”填报 1，台账中“融资服务”暂计 0，"
        "随附件3第6行的问题而来，该行改正后即一致。"
        "请改正附件3第6行，这里不用改；改正后仍不一致的，再核对这里。（第四条(五)）",
        "甲平台.xlsx「附件1」C43：“融资总额”填报 5000，台账中“融资服务”暂计 0，"
        "随附件3第6行的问题而来，该行改正后即一致。"
        "请改正附件3第6行，这里不用改；改正后仍不一致的，再核对这里。（第四条(五)）",
    ),
    case("X505", profile("年服务企业数 | 170")),
    case("X505", profile("年服务企业数 | 1")),
    case(
        "X506",
        changed(summary(), {"A11": ""}),
        "甲平台.xlsx「附件4」：没有“人才和培训服务-招聘”这一行，附件4应列全各服务类别。"
        "请恢复“人才和培训服务-招聘”行；没有活动请填 0。（第五条(七)）",
    ),
    case(
        "X507",
        summary(f"{HEADS}{TWO}融资服务 | 1 |  | 25 | "),
        "甲平台.xlsx「附件4」C6：“融资服务”的服务企业数(家)未填写，台账有 20，"
        "应与附件3台账合计一致。请填写。（第五条(三)）",
        "甲平台.xlsx「附件4」F6：“融资服务”的融资额(万元)未填写，台账有 5000，"
        "应与附件3台账合计一致。请填写。（第五条(三)）",
    ),
)


@pytest.mark.parametrize("drawn", CASES, ids=lambda one: one.code)
def test_a_difference_from_the_ledger_is_said_whole(drawn: Case):
    """Which figure, what is claimed, what is proved, how to mend it, and the article."""
    assert drawn.found() == drawn.sentences


def test_claims_are_read_exactly_and_blanks_are_absent():
    """A blank figure is not a zero."""
    found = read(filing()).filing.summary
    assert found["融资服务"] == {
        "events": Decimal(1),
        "firms": Decimal(20),
        "visits": Decimal(25),
        "financing": Decimal(5000),
    }
    assert found["其他服务"] == {}


def test_a_wrong_figure_has_its_own_finding_only():
    """约2 is not also a missing figure."""
    sheet = summary(f"{HEADS}{TWO}融资服务 | 约2 | 20 | 25 | 5000")
    assert [(one.code, one.place.cell) for one in findings(sheet)] == [("C302", "B6")]


@pytest.mark.parametrize("cell", ["I4", "J4", "K4"])
@pytest.mark.parametrize("drawn", ["=", "#N/A", "99", "约"])
def test_our_own_formula_cells_are_never_input(cell: str, drawn: str):
    """台账场次, 差异 and 达标 may hold anything."""
    assert findings(changed(summary(), {cell: drawn})) == ()


def test_an_unreadable_ledger_is_not_held_against_the_claims():
    """Without 附件3 only the missing sheet is said, not that every claim is too high."""
    sheets = [one for one in filing().grids if one.name != "附件3"]
    found = read(filing().__class__(file="甲平台.xlsx", digest="", grids=tuple(sheets)))
    assert [one.code for one in found.filing.findings] == ["S201"]


def test_an_empty_ledger_proves_nothing_of_what_is_claimed():
    """Every figure claimed of an empty ledger is too high."""
    codes = {one.code for one in findings(ledger("活动日期"))}
    assert codes == {"L404", "X501", "X503", "X505"}
