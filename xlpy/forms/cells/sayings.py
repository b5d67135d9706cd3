"""What lines that are no entries call themselves (表尾的字样): 合计, 填表人, 承诺, strokes."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from xlpy.forms.cells.values.texts import PLACEHOLDERS
from xlpy.forms.cells.values.typed import narrow, trim
from xlpy.model.filing import match_key
from xlpy.model.grid import CellValue

LONGEST: Final = 60
"""No such line begins with a longer text: a report's text is not worth folding."""

_OF = r"(?:本页|本表|本月|本季度?|本年度?|全年|全部|年度|以上|上述|各项|分类|其中)?"
_SUM = r"(?:总?合计|总计|小计|共计|累计|总和|合计数|总数)"
# Whatever is summed stands before it: 1-12月合计, 上半年小计, 信息服务小计.
_SUMMED = r"[^:]{0,30}(?:合计|总计|小计|共计)数?"
_UNITS = r"(?:家|户|场|次|人次?|个|项|条|篇|件|份|天|日|小时|万?元|亿元|%)+"
_COUNTED = (
    # 累计参加企业387家, 全年共举办活动120场，服务企业387家
    rf"{_OF}(?:累计|合计|总计|共计|总共|一共|共)[^0-9]{{0,15}}[0-9][0-9.,]*{_UNITS}"
    rf"(?:[^0-9]{{1,15}}[0-9][0-9.,]*{_UNITS})*[。.;]?"
)
_PART = r"其中.*|(?:(?:grand|sub)-?)?totals?(?:[:=]?[0-9.,]*|[:=].*)|sum[:=]?"
_SCORE = (
    r"(?:去掉.{0,6})?(?:平均|最高|最低)(?:得?分|成绩|值|数)?"
    r"|(?:均|最后|最终|总|综合|中位)(?:得?分|成绩|值|数)|合计得?分"
    r"|名次|排名|排序|得分|标准差|方差"
)
_TOTAL = rf"(?:{_OF}(?:{_SUM}|{_SCORE})|{_SUMMED})(?:\([^()]*\))?(?:[:=].*|共?[0-9.,]+.{{0,6}})?"
_WHO = (
    r"(?:填表|填报|填写|制表|制单|编制|编报|审核|复核|校核|审批|批准|核准|经办|统计|汇总|报送|上报|申报|"
    r"单位|平台|法定|企业|机构|部门|项目|分管|主管|主要|财务|评审|评价|评分|专家|监督|记录|组|联系|公司)"
)
_IS = r"(?:人|人员|员|者|负责人|代表人?|领导|单位|部门|机构|专家|组长|电话|日期|时间)"
_SEAL = r"(?:签名|签字|签章|盖章|公章|印章)"
_SIGNED = (
    # 填表人：张三, 审核：, 单位（盖章）：
    rf"(?:{_WHO}+{_IS}?|{_IS})(?:[及和与/、](?:{_WHO}*{_IS}))*(?:及?{_SEAL}|\([^()]*\))*[:_].*"
    # 填表人, 单位负责人, 填表日期, with nothing behind
    rf"|(?:填表|填报|制表|制单|编制|审核|复核|审批|经办|统计)(?:人|人员|员|日期|时间)|日期"
    rf"|(?:{_WHO}*负责人|法定代表人)"
    # 专家签名, 单位负责人（签字）, （盖章）
    rf"|{_WHO}*{_IS}?(?:及?{_SEAL}|\({_WHO}*{_IS}?{_SEAL}\))+"
)
# 制表人王五, 审核人王五复核人李四: a name, and nothing that an activity is called after.
_NO_NAME = (
    r"(?!.{0,8}(?:培训|会|班|讲座|辅导|座谈|咨询|宣讲|交流|沙龙|对接|活动)"
    r"|.{0,8}(?:服务|诊断|赛|指导|走访|课))"
)
_SIGNER = (
    rf"(?:(?:填表|填报|填写|制表|制单|编制|编报|审核|复核|校核|审批|批准|核准|经办|统计|汇总|报送|上报|联系)人"
    rf"|(?:{_WHO}*负责人|法定代表人))"
)
_WHEN = (
    r"(?:(?:填表|填报|填写|制表|编制|审核|报送|上报|统计)?(?:日期|时间)|(?:联系)?电话|手机号?码?)"
)
_NAMED_SIGNER = (
    rf"(?:{_SIGNER}{_NO_NAME}[一-鿿·]{{1,4}}){{1,4}}(?:{_WHEN}?[:]?[0-9.\-/年月日]+){{0,2}}"
    rf"|(?:{_WHEN}[:]?[0-9.\-/年月日]+){{1,2}}"
)
# 以上数据真实有效，特此承诺。
_PROMISE = (
    r"(?:以上|上述|上列|本表|表中|所报|所填|本台账)[^:]{0,20}(?:真实|属实|有效|准确|无误|无虚假).*"
    r"|.*特此(?:承诺|声明|证明|说明|保证|报告|确认)(?:如上)?[。.!;]?"
    r"|(?:本|我|兹)(?:单位|公司|平台|机构|企业|中心|人)?(?:郑重|谨此|在此)?(?:承诺|保证|声明|确认).*"
)
_NOTE = (
    r"(?:备注|注|注释|附注|说明|填表说明|填报说明|注意事项?|附)[0-9一二三四五六七八九]{0,2}[:.、].*"
)
_NOTHING_BELOW = r"[(\-—]*以下(?:为?空白|无正文|无内容|无)[)\-—]*"
_DAY = r"(?:[0-9]{4})?年[0-9_]{0,4}月[0-9_]{0,4}日"
# Few rows say any of this: `re` compiles and remembers the patterns when one may.
_KINDS = (
    *(_TOTAL, _COUNTED, _PART, _SIGNED, _NAMED_SIGNER, _PROMISE, _NOTE, _NOTHING_BELOW, _DAY),
)
_STROKES = re.compile(r"[/\\\-—\u2013―－／_*·….~～、]+")
_ZERO = re.compile(r"0+(?:\.0+)?")
_LONE_DAY = re.compile(
    r"[0-9]{4}[-./年][0-9]{1,2}(?:[-./月][0-9]{1,2}日?)?月?"
    r"|[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)


def is_closing(cell: CellValue) -> bool:
    """Tell whether a cell says that its row closes a list (合计、填表人、备注 …).

    >>> [is_closing(one) for one in ("合 计：", "填表人：张三", "注：数字为估算", "合计划工作会")]
    [True, True, True, False]
    """
    if not isinstance(cell, str) or not cell:
        return False
    said = match_key(trim(cell)[:LONGEST])
    return any(re.fullmatch(kind, said) for kind in _KINDS)


def is_number(cell: CellValue) -> bool:
    """Tell whether a cell holds a number, as 序号 is one."""
    return isinstance(cell, int | float) or (isinstance(cell, str) and trim(cell).isdigit())


def is_stroke(cell: CellValue) -> bool:
    """Tell whether a cell holds a stroke (/、——、无), where there is nothing to say."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return False
    said = trim(cell)
    return said in PLACEHOLDERS or _STROKES.fullmatch(said) is not None


def is_zero(cell: CellValue) -> bool:
    """Tell whether a cell holds nought."""
    if isinstance(cell, str):
        return len(cell) <= LONGEST and _ZERO.fullmatch(narrow(cell)) is not None
    return not isinstance(cell, bool) and isinstance(cell, int | float) and cell == 0


def is_day(cell: CellValue) -> bool:
    """Tell whether a cell holds a day, or says one as letters are dated."""
    if isinstance(cell, str):
        return len(cell) <= LONGEST and _LONE_DAY.fullmatch(match_key(trim(cell))) is not None
    return isinstance(cell, date)
