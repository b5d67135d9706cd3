"""Each change of one line of an edition is told, under its topic, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.kit.edition import changed, written
from xlpy.steps.edition.look import diff

FOLLOW = "各表中的称呼、条款和选项随以上各项改变"
VETO_WHEN = 'when = { parameter = "province_absence", is = "veto" }'
WHEN = "参数“未参加省评价的处理”为“按第十六条评为D级”时"


def swapped(text: str, one: str, other: str) -> str:
    """Return a text with two blocks in each other's place."""
    assert text.count(one) == text.count(other) == 1
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def block(head: str, text: str) -> str:
    """Return the block of a list of tables that says `head`."""
    found = [one for one in re.findall(r"\[\[\w+\]\]\n(?:.+\n)+", text) if f"{head}\n" in one]
    assert len(found) == 1, head
    return found[0]


RULE = (
    ('field = "线下年服务企业数", measure = "offline_firms"', 'field = "线下年服务企业数", measure = "firms"', "服务功能：信息服务 线下年服务企业数与台账核对的量 线下服务企业数→服务企业数"),
    ('field = "培训人数", measure = "visits", ', 'field = "培训人数", ', "服务功能：培训服务 培训人数与台账核对的量 服务人次→不核对"),
    (', ' + VETO_WHEN, "", f"一票否决：未参加省评价适用于 {WHEN}→任何时候"),
    ('parameter = "province_absence", is = "veto"', 'parameter = "province_absence", is = "to_complete"', f"一票否决：未参加省评价适用于 {WHEN}→参数“未参加省评价的处理”为“列为待补正”时"),
    ('parameter = "province_absence", is = "veto"', 'parameter = "valid_on", is = "as_of"', f"一票否决：未参加省评价适用于 {WHEN}→参数“认定有效期的判定日”为“评价日期当日有效”时"),
    ('article = "第四条(二)"', 'article = "第四条(六)"', "服务功能：技术服务的条款 第四条(二)→第四条(六)"),
    ('article = "第五条(七)"', 'article = "第五条(十一)"', "服务类别：人才和培训服务的条款 第五条(七)→第五条(十一)"),
    ('name = "国家级"\narticle = "第十四条"', 'name = "国家级"\narticle = "第十四条(一)"', "奖补标准：国家级平台的条款 第十四条→第十四条(一)"),
    ('label = "公示工作日数"\narticle = "第十二条"', 'label = "公示工作日数"\narticle = "第十三条"', "参数：“公示工作日数”的条款 第十二条→第十三条"),
    ('meaning = "公示名单公示的工作日数"', 'meaning = "公示名单公示多少个工作日"', "参数：“公示工作日数”含义 公示名单公示的工作日数→公示名单公示多少个工作日"),
    ('phrase = "A级50万"', 'phrase = "A级50万元"', "奖补标准：国家级A级的措辞 A级50万→A级50万元"),
    ('phrase = "5-7人"', 'phrase = "5至7人"', "专家：人数的措辞 5-7人→5至7人"),
    ('phrase = "不超过…50%"', 'phrase = "不超过50%"', "等次和比例：比例 A、B级“不超过…50%”（50%）→A、B级“不超过50%”（50%）"),
    ('phrase = "1000人次以上"', 'phrase = "不少于1000人次"', "服务功能：培训服务 培训人数 1000人次以上→不少于1000人次"),
    ('phrase = "200家以上"', 'phrase = "至少200家"', "服务类别：综合咨询服务 服务企业数 200家以上→至少200家"),
    ('phrase = "3次以上"', 'phrase = "三次以上"', "一票否决：查实投诉次数达到规定次数 查实投诉次数3次以上→查实投诉次数三次以上"),
    ('network = "第六条"', 'network = "第八条"', "条款：其他条款 第六条→第八条"),
    ('province = "第七条"\n', 'province = "第七条"\nfoo = "第九条"\n', "条款：其他条款 （无）→第九条"),
    ('low = 0\nhigh = 100\ndefault = "12', 'low = 5\nhigh = 100\ndefault = "12', "参数：“十个服务类别的分值（示例）”每项最低 0→5"),
    ('low = 1\nhigh = 30', 'low = 3\nhigh = 30', "参数：“公示工作日数”范围 1至30→3至30"),
    ('choices = { to_complete = "列为待补正", veto = "按第十六条评为D级" }', 'choices = { veto = "按第十六条评为D级", to_complete = "列为待补正" }', "参数：“未参加省评价的处理”可选 列为待补正、按第十六条评为D级→按第十六条评为D级、列为待补正"),
    ('served = "服务企业数多者在前" }\ndefault = "province_result, served"', 'income = "服务企业数多者在前" }\ndefault = "province_result, income"', "参数：“同分排序规则”中“服务企业数多者在前”所指 “年服务企业数”（served）→“服务收入”（income）"),
    ('recognised_by = "工业和信息化部"', 'recognised_by = "工信部"', "奖补标准：国家级平台由谁认定 工业和信息化部→工信部"),
    ('text = "未入驻省平台网络"', 'text = "没有入驻省平台网络"', "待补正：说法 未入驻省平台网络→没有入驻省平台网络"),
    ('name = "其他服务"', 'name = "其它服务"', "服务类别：名称 其他服务→其它服务"),
    ('name = "技术服务"', 'name = "技术支持"', "服务功能：名称 技术服务→技术支持"),
    ('not_listed = "未认定"', 'not_listed = "无"', "参评资格：不在名单上的平台记为 未认定→无"),
    ('meeting = "局办公会"', 'meeting = "局党组会"', "称呼：审定会议 局办公会→局党组会"),
    ('others = ["行业"]', 'others = ["行业", "高校"]', "专家：其他类别 行业→行业、高校"),
    ('name = "人才和培训服务-培训"', 'name = "人才和培训服务之培训"', "服务类别：人才和培训服务一行的名称 人才和培训服务-培训→人才和培训服务之培训"),
)  # fmt: skip

MOVED = (
    ('id = "technology"', 'id = "startup"', "服务功能：各项功能改了次序，现为信息服务、创业服务、技术服务、培训服务、融资服务"),
    ('id = "digital"', 'id = "green"', "服务类别：各类别改了次序，现为"),
    ('id = "penalised"', 'id = "complaints"', "一票否决：各种情形改了次序，现为查实投诉次数达到规定次数、"),
    ('id = "application"', 'id = "audit"', "待补正：各种情形改了次序，现为"),
    ('id = "valid_on"', 'id = "quota_base"', "参数：各参数改了次序，现为"),
    ('name = "国家级"', 'name = "省级"', "奖补标准：级别改了次序，现为省级、国家级"),
)  # fmt: skip

FORMS = (
    ("filing", '[ledger]\noffline_modes = ["线下"]\n', "附件3算作线下的服务方式 线下、线上线下→线下"),
    ("filing", '[ledger]\ntitle = "附件3 台账"\n', "附件3标题 附件3 示范平台年度服务活动台账→附件3 台账"),
    ("filing", '[products]\ntitle = "附件2 名单"\n', "附件2标题 附件2 示范平台服务产品(项目)名单→附件2 名单"),
    ("filing", '[products]\nrows = 300\n', "附件2可填的行数 200→300"),
    ("filing", '[profile]\ntitle = "附件1 报告"\n', "附件1标题 附件1 示范平台年度运营服务情况报告→附件1 报告"),
    ("filing", '[profile]\ncolumns = ["序号", "项目", "内容", "单位", "说明"]\n', "附件1各栏名称 序号、项目、填报内容、单位、说明→序号、项目、内容、单位、说明"),
    ("filing", '[summary]\ntitle = "附件4 汇总"\n', "附件4标题 附件4 年度服务活动成效汇总→附件4 汇总"),
    ("filing", '[pledge]\nday = "签署日期"\n', "承诺书日期处 日期→签署日期"),
    ("filing", '[pledge]\nfiller = "填表人"\n', "承诺书填报人处 填报人→填表人"),
    ("filing", '[pledge]\nhint = "打印后签字。"\n', "承诺书说明 "),
    ("filing", '[pledge]\nwords = ["甲", "乙"]\n', "承诺书的段落新增甲、乙，取消"),
    ("filing", '[summary.columns.change]\nevents.exact = false\n', "附件4“活动场次”少于台账是否提示 是→否"),
    ("filing", '[ledger.columns.change]\nfirms.low = 1\n', "附件3“参加企业数(家)”下限 0→1"),
    ("filing", '[ledger.columns.change]\nfinancing.places = 2\n', "附件3“融资额(万元)”小数位数 6→2"),
    ("filing", '[ledger.columns.change]\nvenue.longest = 50\n', "附件3“地点”最多字数 200→50"),
    ("filing", '[ledger.columns.change]\nvenue.former = ["场地"]\n', "附件3“地点”旧名称 （无）→场地"),
    ("filing", '[ledger.columns.change]\nvenue.width = 20\n', "附件3“地点”列宽 16→20"),
    ("filing", '[products.columns]\ndrop = ["price"]\n', "附件2取消“收费标准”"),
    ("filing", '[profile.group.change."报告正文"]\nname = "报告"\n', "附件1一组的名称 “报告正文”→“报告”"),
    ("ballot", "score_places = 2\n", "评分可有的小数位数 1→2"),
    ("ballot", 'recusal_words = ["回避"]\n', "评分表视为回避的词 回避、利益相关、利益关系、利害关系、关联关系→回避"),
    ("ballot", 'recused_yes = "要"\n', "评分表表示回避的填法 是→要"),
    ("ballot", 'recused_no = "不"\n', "评分表表示不回避的填法 否→不"),
    ("ballot", 'total = "总分"\n', "评分表合计栏名称 合计→总分"),
    ("ballot", 'comment = "意见"\n', "评分表评语栏名称 评语→意见"),
    ("ballot", 'number = "编号"\n', "评分表首栏名称 序号→编号"),
    ("ballot", '[columns.change]\nname.label = "平台"\n', "评分表“平台”名称 “平台名称”→“平台”"),
    ("staff", 'title = "评价工作簿"\n', "工作簿标题 蚌埠市中小企业公共服务示范平台评价工作簿→评价工作簿"),
    ("staff", '[ballots]\nrecused = "已回避"\n', "专家评分中回避的说法 回避→已回避"),
    ("staff", '[ballots]\nnot_counted = "不计"\n', "专家评分中未计入的说法 未计入→不计"),
    ("staff", '[ballots]\nhint = "由程序填写。"\n', "专家评分填表说明 本表由程序填写，为各专家给出的合计分。→由程序填写。"),
    ("staff", '[parameters.dates.change]\nas_of.label = "评价日"\n', "参数“评价日”名称 “评价日期”→“评价日”"),
    ("staff", '[parameters.dates.change]\nminutes.hint = "填写"\n', "参数“会议纪要号”说明 填写后才能导出奖补资金安排表，并列入该表→填写"),
    ("staff", '[results.columns.change]\nrank.staff = true\n', "评价结果“名次”是否由经办人填写 否→是"),
    ("staff", '[results.columns.change]\nrank.label = "排名"\n', "评价结果“排名”名称 “名次”→“排名”"),
    ("report", '[notice]\ntitle = "结果公示"\n', "公示名单标题 中小企业公共服务示范平台评价结果公示名单→结果公示"),
    ("report", '[finance]\ntitle = "安排表"\n', "奖补资金安排表标题 中小企业公共服务示范平台奖补资金安排表→安排表"),
)  # fmt: skip

OWN = (
    ("filing", 'financing_total = 2000000', 'financing_total = 3000000', "附件1“融资总额”“数额异常”的界限 2000000万元→3000000万元"),
    ("filing", 'best_first = ["优秀", "良好", "合格"]', 'best_first = ["优秀", "良好"]', "附件1“省评价结果”由优到劣的次序 优秀、良好、合格→优秀、良好"),
    ("filing", 'id = "offline_firms", label = "线下年服务企业数", kind = "whole"', 'id = "offline_firms", label = "线下年服务企业数", kind = "decimal"', "附件1“线下年服务企业数”填法 整数→数"),
    ("filing", 'former = ["是否受到行政或司法处罚"], ', '', "附件1“是否受到处分或处罚”旧名称 是否受到行政或司法处罚→（无）"),
    ("filing", 'label = "创业服务人数", kind = "whole", ', 'label = "创业服务人数", kind = "whole", not_above = "从业人员", ', "附件1“创业服务人数”不得大于 （无）→从业人员"),
    ("filing", 'after = "声明"', 'after = "运营情况"', "附件1各组改了次序，现为“基本信息”、"),
    ("staff", 'high = 1000\n', 'high = 999\n', "参评名单“查实投诉次数”上限 1000→999"),
    ("staff", 'fact = "省评价结果"', '', "参评名单“省评价结果”核实的事项 省评价结果→（无）"),
    ("staff", 'after = "complaints"\n', 'after = "penalised"\n', "参评名单各栏改了次序，现为"),
)  # fmt: skip


def told(folder: Path) -> list[str]:
    """Return what differs, the edition that is left alone first."""
    there = [str(one) for one in diff("bengbu-2022", str(folder), folder.parent / "x")]
    back = [str(one) for one in diff(str(folder), "bengbu-2022", folder.parent / "x")]
    assert len(there) == len(back)
    assert len(set(there)) == len(there)
    return there


@pytest.mark.parametrize(("old", "new", "said"), RULE, ids=[one[1][:40] for one in RULE])
def test_a_line_of_the_rule(old: str, new: str, said: str, tmp_path: Path):
    seen = [one for one in told(written(tmp_path, changed((old, new)))) if FOLLOW not in one]
    assert seen == [said]


@pytest.mark.parametrize(("one", "other", "said"), MOVED, ids=[one for one, *_ in MOVED])
def test_an_order_of_the_rule(one: str, other: str, said: str, tmp_path: Path):
    text = changed()
    text = swapped(text, block(one, text), block(other, text))
    seen = [one for one in told(written(tmp_path, text)) if FOLLOW not in one]
    assert seen[0].startswith(said)


def with_more(text: str, more: str) -> str:
    """Return the file with one more line: in the table it names, where that is there already."""
    if more[0] != "[":
        return f"{more}\n{text}"
    head, line = more.splitlines()
    if f"\n{head}\n" not in text:
        return f"{text}\n{more}"
    before, after = text.split(f"\n{head}\n")
    key = line.split(" = ")[0]
    table, *rest = after.split("\n\n", 1)
    kept = [one for one in table.splitlines() if not one.startswith(f"{key} = ")]
    return "\n\n".join(["\n".join([f"{before}\n{head}", line, *kept]), *rest])


@pytest.mark.parametrize(("form", "more", "said"), FORMS, ids=[one[1][:40] for one in FORMS])
def test_a_line_of_a_form(form: str, more: str, said: str, tmp_path: Path):
    folder = written(tmp_path, changed())
    path = folder / f"{form}.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(with_more(text, more), encoding="utf-8")
    seen = told(folder)
    assert len(seen) == 1
    assert seen[0].startswith(f"表格：{said}")


@pytest.mark.parametrize(("form", "old", "new", "said"), OWN, ids=[one[2][:40] for one in OWN])
def test_another_line_of_a_form(form: str, old: str, new: str, said: str, tmp_path: Path):
    folder = written(tmp_path, changed())
    path = folder / f"{form}.toml"
    path.write_text(changed((old, new), text=path.read_text(encoding="utf-8")), encoding="utf-8")
    seen = told(folder)
    assert len(seen) == 1
    assert seen[0].startswith(f"表格：{said}")


def test_what_follows_from_a_word_is_told_once(tmp_path: Path):
    """The city stands in dozens of titles and hints."""
    text = changed(('city = "蚌埠市"', 'city = "淮南市"'), ("是否在蚌埠市注册", "是否在淮南市注册"))
    assert told(written(tmp_path, text)) == [
        "参评资格：注册地 是否在蚌埠市注册“是”→是否在淮南市注册“是”",
        "称呼：城市 蚌埠市→淮南市",
        f"表格：{FOLLOW}",
    ]


def test_a_field_moved_within_its_group_is_told_once(tmp_path: Path):
    folder = written(tmp_path, changed())
    path = folder / "filing.toml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, one in enumerate(lines) if 'id = "network"' in one)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    path.write_text("".join(lines), encoding="utf-8")
    assert told(folder) == [
        "表格：附件1“入驻与省评价”各项改了次序，现为是否按期报送运营情况、是否入驻省平台网络、省评价结果"
    ]


def test_an_area_is_told_with_its_rows_and_what_they_count(tmp_path: Path):
    """One row is enough (或), and each counts other activities: as a director reads it."""
    head, rest = changed().split('[[area]]\nid = "talent"\n')
    one = """[[area]]
id = "skills"
name = "技能服务"
article = "第五条(七)"
targets = [{ measure = "events", at_least = 10, unit = "场次", phrase = "10场次以上" }]

"""
    folder = written(tmp_path, head + one + rest[rest.index("[[area]]") :])
    two_rows = (
        "服务类别：新增人才和培训服务（第五条(七)）："
        "人才和培训服务-培训（不计招聘） 活动场次10场次以上；服务人次800人次以上，"
        "或人才和培训服务-招聘（只计招聘） 活动场次10场次以上；招聘人次200人次以上"
    )
    assert two_rows in [str(line) for line in diff(str(folder), "bengbu-2022", tmp_path / "x")]
    assert "服务类别：新增技能服务（第五条(七)）：活动场次10场次以上" in told(folder)


def test_what_was_is_told_in_its_own_words(tmp_path: Path):
    """A title that is another one never stood under the new city's name before."""
    text = changed(('city = "蚌埠市"', 'city = "淮南市"'), ("是否在蚌埠市注册", "是否在淮南市注册"))
    folder = written(tmp_path, text)
    path = folder / "filing.toml"
    own = path.read_text(encoding="utf-8")
    path.write_text(f'title = "{{city}}申报书"\n{own}', encoding="utf-8")
    there = [str(one) for one in diff("bengbu-2022", str(folder), tmp_path / "x")]
    assert (
        "表格：申报表标题 蚌埠市中小企业公共服务示范平台评价申报表（建议格式）→淮南市申报书"
        in there
    )
    back = [str(one) for one in diff(str(folder), "bengbu-2022", tmp_path / "x")]
    assert (
        "表格：申报表标题 淮南市申报书→蚌埠市中小企业公共服务示范平台评价申报表（建议格式）" in back
    )


def test_an_article_of_ones_own_hides_no_text_that_follows(tmp_path: Path):
    """The old forms speak of it; they are still read in the new words."""
    text = changed(('network = "第六条"', 'network = "第六条"\nleave = "第七条第二款"'))
    folder = written(tmp_path, text)
    path = folder / "filing.toml"
    own = path.read_text(encoding="utf-8")
    path.write_text(own.replace("{article.province}", "{article.leave}"), encoding="utf-8")
    there = [str(one) for one in diff(str(folder), "bengbu-2022", tmp_path / "x")]
    assert [one for one in there if one.startswith("表格")] == [
        "表格：附件1“省评价结果”说明 最近一次省级评价的结果（第七条第二款）→最近一次省级评价的结果（第七条）",
    ]


def test_a_word_within_a_word_changes_no_old_text(tmp_path: Path):
    """示范平台 is the end of the old name too: the literal title stays as it was."""
    text = changed(('platform = "中小企业公共服务示范平台"', 'platform = "示范平台"'))
    folder = written(tmp_path, text)
    path = folder / "filing.toml"
    own = path.read_text(encoding="utf-8")
    old = 'title = "附件1 示范平台年度运营服务情况报告"'
    path.write_text(changed((old, 'title = "附件1 年报"'), text=own), encoding="utf-8")
    there = [str(one) for one in diff("bengbu-2022", str(folder), tmp_path / "x")]
    assert "表格：附件1标题 附件1 示范平台年度运营服务情况报告→附件1 年报" in there
