"""Editions that would load and decide wrongly: the forms answer otherwise than the rule asks."""

from __future__ import annotations

import pytest

from tests.kit.edition import REAL, TEXT, changed
from xlpy.errors import EditionError
from xlpy.policy.alike import misread
from xlpy.policy.editions.folder import Source
from xlpy.policy.editions.load import faults_of, rulebook_of
from xlpy.policy.frozen import Frozen

FILES = {path.name: path.read_text(encoding="utf-8") for path in REAL.glob("*.toml")}
YES_NO = (
    'label = "处分或处罚"\nformer = ["行政或司法处罚"]\nkind = "choice"\nchoices = ["是", "否"]'
)
COMPLAINTS = 'label = "查实投诉次数"\nkind = "whole"\nunit = "次"\nhigh = 1000\nstaff = true'
ASKED = 'label = "{label}", former = ["是否受到行政或司法处罚"], kind = "choice", required = true'
CASES = (
    ("staff.toml", YES_NO, YES_NO.replace('"是", "否"', '"有", "无"'),
     "“roster.columns「penalised」.choices”为有、无，附件1的“是否受到处分或处罚”是是、否，请写成相同的选项"),
    ("staff.toml", YES_NO, YES_NO.replace('kind = "choice"\nchoices = ["是", "否"]', 'kind = "text"'),
     "“roster.columns「penalised」.kind”为“text”，附件1的“是否受到处分或处罚”是“choice”，请写成相同的"),
    ("staff.toml", COMPLAINTS, COMPLAINTS.replace('"whole"\nunit = "次"\nhigh = 1000', '"text"'),
     "“roster.columns「complaints」.kind”为“text”，附件1的“查实投诉次数”是“whole”"),
    ("staff.toml", COMPLAINTS, COMPLAINTS.replace("\nstaff = true", ""),
     "“roster.columns「complaints」.staff”没有写 true，核实的结果会丢失，请写 staff = true"),
    ("staff.toml", COMPLAINTS, COMPLAINTS.replace("1000", "2"),
     "“veto「complaints」.condition”要3次以上，而“查实投诉次数”最多只能填2"),
    ("staff.toml", COMPLAINTS, COMPLAINTS.replace('"次"', '"件"'),
     "“roster.columns「complaints」.unit”为“件”，附件1的“查实投诉次数”是“次”"),
    ("filing.toml", 'label = "查实投诉次数", kind = "whole", unit = "次", required = true',
     'label = "查实投诉次数", kind = "whole", unit = "次"',
     "“veto「complaints」.condition”要看的“查实投诉次数”，表格里可以不填，空着的就查不出来"),
    ("filing.toml", 'label = "申请报告", kind = "choice", required = true', 'label = "申请报告", kind = "choice"',
     "“shortfall「application」.condition”要看的“申请报告”，表格里可以不填"),
    ("edition.toml", 'field = "线下年服务企业数", measure = "offline_firms"', 'field = "线下年服务企业数", measure = "visits"',
     "conditions「线下年服务企业数」.unit”为“家”，台账里 visits 的单位是“人次”，请写“人次”"),
    ("edition.toml", 'phrase = "A级50万"', 'phrase = "A级不超过50万"',
     "“A级不超过50万”里有“超过”，说的是界限，不是确定的金额，请写确定的金额，如“A50万元”"),
    ("edition.toml", 'phrase = "A级50万"', 'phrase = "A级最高50万"', "里有“最高”，说的是界限"),
    ("edition.toml", 'name = "其他服务"', 'name = "融资服务(10分)"',
     "“area「other」.name”“融资服务(10分)”的末尾写有分值，与评分表的栏目分不开"),
    ("edition.toml", 'name = "其他服务"', 'name = "融资服务（7.5分）"', "末尾写有分值"),
    ("filing.toml", "[plausible]", '[ledger.columns.change]\nfinancing.label = "融资额(元)"\n\n[plausible]',
     "“ledger.columns「financing」.label”写作“融资额(元)”，单位却是“万元”，请使两处一致"),
    ("filing.toml", "[plausible]", '[summary.columns.change]\nfinancing.label = "融资额（亿元）"\n\n[plausible]',
     "“summary.columns「financing」.label”写作“融资额（亿元）”，单位却是“万元”"),
    ("filing.toml", "[plausible]", '[summary.columns.change]\nfinancing.unit = "亿元"\n\n[plausible]',
     "“summary.columns「financing」.unit”为“亿元”，名称却写作“融资额(万元)”，请使两处一致"),
    ("edition.toml", 'title = "蚌埠市中小企业', 'title = "《蚌埠市中小企业', "“title”写有书名号，请去掉，各处会加上"),
    ("report.toml", "", '[notice]\ntitle = "蚌埠市评价结果公示"\n',
     "“notice.title”以城市开头，城市和年度会加在前面，请从“蚌埠市”之后写起"),
    ("edition.toml", 'high = 30\ndefault = "5"', 'high = 100000\ndefault = "50000"',
     "“parameter「notice_days」.high”为100000，太大，请按办法填写，不超过250"),
    ("edition.toml", 'high = 4\ndefault = "2"', 'high = 500\ndefault = "500"',
     "“parameter「score_decimals」.high”为500，太大，请按办法填写，不超过6"),
    ("edition.toml", "valid_from = 2022-08-23", "valid_from = 0202-08-23",
     "“valid_from”为0202-08-23，年份不对，请写2000至2100年的日期"),
    ("edition.toml", "valid_to = 2023-08-22", "valid_to = 9999-12-31", "“valid_to”为9999-12-31，年份不对"),
    ("edition.toml", 'amount = 50, unit = "万元", phrase = "A级50万"',
     'amount = 99999999999, unit = "万元", phrase = "A级99999999999万"',
     "“level「国家级」.subsidy「A」.amount”为99999999999万元，太大，请按办法原文核对，不超过100000万元"),
    ("edition.toml", 'grades = "A、B级"', 'grades = "A、B级合计"',
     "“quota.grades”“A、B级合计”里有“合计”，请去掉，句子里会加上"),
    ("edition.toml", 'at_most = 7\nunit = "人"\nphrase = "5-7人"', 'at_most = 700\nunit = "人"\nphrase = "5-700人"',
     "“experts.at_most”为700，太多，请按办法原文核对，不超过100"),
    ("edition.toml", 'name = "其他服务"', 'name = "=其他"', "“area”的名称“=其他”里有“=”，表格的公式会当作运算或通配"),
    ("edition.toml", 'name = "其他服务"', 'name = "其他*"', "“area”的名称“其他*”里有“*”"),
    ("edition.toml", 'name = "省级"', 'name = ">市级"', "“level”的名称“>市级”里有“>”"),
    ("filing.toml", '"优秀", "良好", "合格", "不合格", "未参加", "未开展"]',
     '"优秀", "良好", "合格", "不合格", "未参加", ">5次"]', "中的“>5次”里有“>”，表格的公式会当作运算或通配"),
    ("filing.toml", '"优秀", "良好", "合格", "不合格", "未参加", "未开展"]',
     '"优秀", "良好", "合格", "不合格", "未参加", "2031-01-01"]', "中的“2031-01-01”像数字或日期，填进单元格就不是文字了"),
    ("filing.toml", '"优秀", "良好", "合格", "不合格", "未参加", "未开展"]',
     '"优秀", "良好", "合格", "不合格", "未参加", "TRUE"]', "中的“TRUE”像数字或日期"),
    ("edition.toml", 'name = "省级"', 'name = "2"', "“level”的名称“2”像数字或日期，填进单元格就不是文字了，请改用文字"),
    ("edition.toml", 'parameter = "province_absence", is = "veto"', 'parameter = "tie_break", is = "served"',
     "when.parameter”“tie_break”不是单选的参数，没有一个取值可比"),
    ("edition.toml", 'excused_printed = "有正当理由未参加"', 'excused_printed = "已评等次"',
     "“attendance.excused_printed”“已评等次”是程序对别的状态的说法，请写成不同的词"),
    ("filing.toml", "[plausible]", '[ledger.columns.change]\nvenue.width = 300\n\n[plausible]', "列宽写1至255"),
    ("filing.toml", 'hint = "写到支行，如', 'hint = "写到{city支行，如', "“写到{city支行，如 中国银行蚌埠分行营业部”里花括号没有配对"),
)  # fmt: skip


def source_with(file: str, old: str, new: str) -> Source:
    """Return the files of the real edition with one text of one file replaced, or a file more."""
    text = changed((old, new), text=FILES[file]) if old else new
    return Source("huainan-2023", Frozen({**FILES, "edition.toml": TEXT, file: text}))


@pytest.mark.parametrize(("file", "old", "new", "said"), CASES, ids=[one[3][:40] for one in CASES])
def test_it_is_refused_with_the_place_and_the_cure(file: str, old: str, new: str, said: str):
    """One fault each, the same whether all are asked for or the first."""
    source = source_with(file, old, new)
    [fault] = faults_of(source)
    assert said in fault.sentence
    with pytest.raises(EditionError) as refused:
        rulebook_of(source)
    assert str(refused.value) == fault.sentence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "application", label = "申请报告", kind = "choice", required = true', 'id = "application", label = "申请报告", kind = "choice", requird = true'),
        ('id = "application", label = "申请报告", kind = "choice", required = true', 'id = "application", label = "申请报告", kind = "choice", required = "true"'),
        ('hint = "信息服务：是否有在线服务系统"', 'hint = "{cty}是否有在线服务系统"'),
        ('best_first = ["优秀", "良好", "合格"]', 'best_first = ["优秀", "良好", "及格"]'),
    ],
)  # fmt: skip
def test_a_fault_of_a_field_makes_no_second_one_in_the_rule(old: str, new: str):
    """请改为表格中的“审计报告” would have been followed, and changed the rule."""
    faults = [one.sentence for one in faults_of(source_with("filing.toml", old, new))]
    assert len(faults) == 1, faults
    assert "filing.toml" in faults[0]


def test_a_label_taken_twice_is_told_in_the_file_that_took_it():
    own = '[profile.group.change."基本信息".fields.change]\n'
    [fault] = faults_of(source_with("filing.toml", own, f'{own}name.label = "运营单位"\n'))
    assert fault.sentence.startswith("表格说明huainan-2023/filing.toml的")
    assert "「name」.label”为“运营单位”，与另一栏目相同" in fault.sentence


def test_an_id_that_breaks_ties_is_looked_for_among_those_there_are():
    source = source_with(
        "edition.toml", 'province_result = "省评价结果优者', 'province_resul = "省评价结果优者'
    )
    source = source._replace(
        texts=Frozen(
            {
                **source.texts,
                "edition.toml": source.texts["edition.toml"].replace(
                    'default = "province_result, served"', 'default = "province_resul, served"'
                ),
            }
        )
    )
    [fault] = faults_of(source)
    assert "请改为“province_result”（省评价结果），或在" in fault.sentence


def test_words_in_a_title_of_the_sums_hide_no_wrong_unit():
    """The measures are read before the words are known."""
    source = source_with(*CASES[8][:3])
    summary = '[summary]\ntitle = "{city}成效汇总"\n\n[plausible]'
    filing = changed(("[plausible]", summary), text=source.texts["filing.toml"])
    [fault] = faults_of(source._replace(texts=Frozen({**source.texts, "filing.toml": filing})))
    assert CASES[8][3] in fault.sentence


@pytest.mark.parametrize(
    "name",
    ["3A级", "985高校", "A+", "1-3年", "10年", "2030年度", "①", "9:00-17:00", "1.5.2版", "5G应用", "24小时服务", "1至3年"],
)  # fmt: skip
def test_honest_names_stay_text(name: str):
    assert misread(name) == ""


@pytest.mark.parametrize(
    "name", ["3", "３", "1/2", "100%", "TRUE", "1-3", "2031年1月", "＝其他", "＋1", "#N/A", "9:00"]
)
def test_names_a_spreadsheet_takes_for_something_else_are_seen(name: str):
    assert misread(name)
