"""What each field of an edition and its forms is called (各项的叫法) where two are compared.

A field that stands nowhere here is told all the same, under its own name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import NamedTuple

from xlpy.policy.edition import (
    Area,
    AreaRow,
    Condition,
    Edition,
    Function,
    Grade,
    Ground,
    Level,
    Parameter,
)
from xlpy.policy.form import (
    BallotForm,
    Field,
    FilingForm,
    Forms,
    Pledge,
    StaffButton,
    StaffForm,
    Table,
)
from xlpy.policy.frozen import Frozen
from xlpy.policy.phrases.bound import Bound


class Words(NamedTuple):
    """How the fields of one class are told (一类的说法).

    `plain` ones as 旧→新 under a name; `own` ones by a function that knows more; `silent` ones
    say nothing by themselves: what two are matched by, and what follows from another field.
    """

    plain: Mapping[str, str] = Frozen()
    own: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


TOPIC_OF: Mapping[str, str] = {
    **dict.fromkeys(("city", "platform", "meeting"), "称呼"),
    "not_listed": "参评资格",
    **dict.fromkeys(("expert_categories", "other_categories"), "专家"),
}
"""Where a plain field of `Edition` is told; all others under 办法."""

HEAD = "办法"

_COUNTED = ("levels", "functions", "areas", "vetoes", "shortfalls", "grades", "parameters")

WORDS: Mapping[type, Words] = {
    Edition: Words(
        plain={
            "paid_under": "奖补依据",
            "issued": "印发日期",
            "city": "城市",
            "platform": "评价对象",
            "meeting": "审定会议",
            "not_listed": "不在名单上的平台记为",
            "expert_categories": "须有人参加的部门",
            "other_categories": "其他类别",
        },
        own=(
            *("id", "title", "valid_from", "valid_to", "bureau", "authority", "articles"),
            *(*_COUNTED, "registration", "quota", "quota_grades"),
            *("experts", "experts_phrase", "attendance", "away"),
            "changes",  # told as what the forms say
        ),
        silent=("name", "digest"),
    ),
    Level: Words(
        plain={"article": "平台的条款", "recognised_by": "平台由谁认定"},
        own=("subsidy", "phrases"),
        silent=("name",),
    ),
    Grade: Words(own=("name", "printed", "line", "in_quota")),
    Function: Words(
        plain={"name": "名称", "article": "的条款"}, own=("conditions",), silent=("id",)
    ),
    Area: Words(plain={"name": "名称", "article": "的条款"}, own=("rows",), silent=("id",)),
    AreaRow: Words(
        plain={"activity": "只计的活动类型", "activity_not": "不计的活动类型"},
        own=("name", "targets"),
    ),
    Condition: Words(own=("field", "equals", "bound", "measure", "when")),
    Bound: Words(own=("comparison", "limit", "unit", "phrase")),
    Ground: Words(plain={"article": "的条款"}, own=("text", "condition"), silent=("id",)),
    Parameter: Words(
        plain={"article": "的条款", "meaning": "含义"},
        own=("label", "kind", "default", "choices", "low", "high"),
        silent=("id", "decided_by"),  # always the bureau
    ),
    Field: Words(
        plain={
            "unit": "单位",
            "required": "是否必填",
            "best_first": "由优到劣的次序",
            "low": "下限",
            "high": "上限",
            "places": "小数位数",
            "longest": "最多字数",
            "hint": "说明",
            "not_above": "不得大于",
            "not_before": "不得早于",
            "exact": "少于台账是否提示",
            "fact": "核实的事项",
            "staff": "是否由经办人填写",
            "idle": "是否只作记载",
            "since": "自第几版起",
            "offers": "供选的内容来自",
            "former": "旧名称",
            "former_hints": "旧说明",
            "width": "列宽",
        },
        own=("label", "kind", "choices"),
        silent=("id", "proper"),  # `proper` follows from the kind
    ),
    Table: Words(
        plain={"sheet": "表名", "title": "标题", "hint": "填表说明", "since": "自第几版起"},
        own=("columns",),
    ),
    Pledge: Words(
        plain={
            "sheet": "表名",
            "title": "标题",
            "signed": "签字处",
            "sealed": "盖章处",
            "filler": "填报人处",
            "day": "日期处",
            "hint": "说明",
        },
        own=("words",),
    ),
    FilingForm: Words(
        plain={
            "file": "申报表文件名",
            "title": "申报表标题",
            "capacity": "附件3可填的行数",
            "guide": "申报表说明页名称",
            "check": "申报表自查页名称",
            "profile_sheet": "附件1表名",
            "profile_title": "附件1标题",
            "profile_columns": "附件1各栏名称",
            "overflow": "附件1续页名称",
            "product_rows": "附件2可填的行数",
            "offline_modes": "附件3算作线下的服务方式",
            "summary_key": "附件4首栏名称",
            "number": "附件2、附件3首栏名称",
        },
        own=("groups", "products", "ledger", "summary", "pledge", "plausible"),
        silent=("version", "oldest"),
    ),
    BallotForm: Words(
        plain={
            "file": "评分表文件名",
            "title": "评分表标题",
            "guide": "评分表说明页名称",
            "sheet": "评分表表名",
            "reference": "评分表参考页名称",
            "number": "评分表首栏名称",
            "total": "评分表合计栏名称",
            "recused": "评分表回避栏名称",
            "recused_yes": "评分表表示回避的填法",
            "recused_no": "评分表表示不回避的填法",
            "recusal_words": "评分表视为回避的词",
            "comment": "评分表评语栏名称",
            "score_places": "评分可有的小数位数",
        },
        own=("head", "columns"),
        silent=("version",),
    ),
    StaffForm: Words(
        plain={
            "file": "工作簿文件名",
            "title": "工作簿标题",
            "desk": "操作台表名",
            "charts": "仪表盘表名",
            "conf": "xlwings设置表名",
            "settings": "xlwings设置",
            "recused": "专家评分中回避的说法",
            "not_counted": "专家评分中未计入的说法",
        },
        own=("buttons", "dates", "tables", "notes"),
        silent=("version",),
    ),
    StaffButton: Words(plain={"caption": "文字", "macro": "所用的宏"}, silent=("id",)),
    Forms: Words(own=("filing", "ballot", "staff")),
}


def fields_of(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a frozen dataclass or a named tuple, in order."""
    if dataclasses.is_dataclass(kind):
        return tuple(one.name for one in dataclasses.fields(kind))
    return tuple(getattr(kind, "_fields", ()))
