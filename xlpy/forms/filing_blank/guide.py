"""填报说明: who fills the form, how, what to send and by when; every figure from the edition."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.forms.drawing.words import area_words, condition_words, validity_words
from xlpy.forms.filing_blank.plan import Plan
from xlpy.model.day import day_words
from xlpy.model.look import colours
from xlpy.model.sheets.sheet import Line, Page, Sheet
from xlpy.model.sheets.titled import Banner, footer, titled
from xlpy.model.staff import Office

_WIDTHS = (5.0, 84.0)
_ON_LINE, _LINE = 43, 15.0
_NO_DAY = "    年  月  日（以{bureau}通知为准）"
_SUGGESTED = "建议格式"  # says a title of forms whose columns the rule does not print
_NUMERALS = "一二三四五"
_BY_HAND = "_" * 12


def guide_sheet(plan: Plan, office: Office) -> Sheet:
    """Return the guide (填报说明), with the office that takes the forms."""
    sheet = Sheet(
        name=plan.form.guide,
        lines=(Banner((plan.form.title,), "title", 34), *_text(plan, office)),
        widths=_WIDTHS,
        page=Page(fit_height=1, footer=footer(plan.form.guide)),
        protect=True,
        tab_colour=colours.TAB_READ,
        gridlines=False,
    )
    return titled(sheet)


def _text(plan: Plan, office: Office) -> Iterator[Line]:
    year = f"评价年度：{plan.year}年" if plan.year else "评价年度：      年"
    due = day_words(office.deadline, _NO_DAY.format(bureau=plan.edition.bureau))
    yield Banner((f"{year}    报送截止：{due}",), "subtitle", 24)
    yield Banner((_contact(office),), "subtitle", 24)
    parts = (
        ("依据和适用范围", _basis(plan)),
        ("填写和报送步骤", _steps(plan)),
        ("填写规则", _rules(plan)),
        *([("服务功能条件", _functions(plan))] if plan.edition.functions else []),
        ("服务类别和年度目标", _areas(plan)),
    )
    for numeral, (name, points) in zip(_NUMERALS, parts, strict=False):
        yield Banner((f"{numeral}、{name}",), "group", 21)
        for number, point in enumerate(points, 1):
            rows = -(-len(point) // _ON_LINE)
            yield Line((number, point), ("cell.center", "cell.wrap"), _LINE * rows + 3)


def _contact(office: Office) -> str:
    parts = (("受理科室", office.room), ("联系电话", office.phone), ("地址", office.address))
    return "    ".join(f"{name}：{words or _BY_HAND}" for name, words in parts)


def _basis(plan: Plan) -> Iterator[str]:
    edition = plan.edition
    suggested = f"，栏目为{_SUGGESTED}" if _SUGGESTED in plan.form.title else ""
    yield f"本表依据{validity_words(edition)}编制{suggested}。"
    registered = f"在{edition.city}注册、" if edition.registration else ""
    levels = "、".join(f"{level.name}（由{level.recognised_by}认定）" for level in edition.levels)
    yield (f"由{registered}认定仍在有效期内的{levels}{edition.platform}填报，一个平台一份。")


def _steps(plan: Plan) -> Iterator[str]:
    form = plan.form
    yield (
        f"依次填写「{form.profile_sheet}」「{form.products.sheet}」「{form.ledger.sheet}」"
        f"「{form.summary.sheet}」；用 Excel、WPS 或 LibreOffice 均可，不需启用宏。"
    )
    yield f"查看「{form.check}」，把结论为“需改正”的各项改好，直到总体结论为“可以报送”。"
    called = form.field("name").label
    yield f"另存为 .xlsx 文件，文件名写{called}，按通知的方式报送；只报送一份，改正后报送新的一份。"
    pledge = form.pledge
    yield f"打印「{pledge.sheet}」，{pledge.signed}、{pledge.sealed}后随纸质材料报送。"
    asked = (fields for _, fields in form.groups if any(f.id == "application" for f in fields))
    names = "、".join(field.label for field in next(asked, ()))
    basis = plan.edition.articles.get("materials", "办法")
    listed = f"按{basis}一并报送：{names}。" if names else ""
    yield f"{listed}佐证材料按「{form.ledger.sheet}」中的编号排列。"
    yield "收到校验反馈的，在反馈文件中改正后直接报送该文件。"


def _rules(plan: Plan) -> Iterator[str]:
    form = plan.form
    yield "只在浅黄色单元格内填写；带 * 的为必填。标黄为未填，标红为有误。"
    yield "数字栏只填数字，单位以栏目所列为准，不写“约”“余”“+”等字；金额一律以万元计。"
    yield "空白不等于 0：没有发生的填 0，不适用的非必填项留空，不填“无”或“/”。"
    yield "日期按 2022-3-5 的样式填写；统一社会信用代码、银行账号为文本格式，不要改成数字。"
    yield "不要合并单元格，不要改动工作表名称、栏目名称；行数不够可以插入行。"
    yield (
        f"「{form.profile_sheet}」的正文请双击单元格后再粘贴；篇幅长、本栏印不下的，"
        f"全文自动排在「{form.overflow}」，请一并打印；"
        "该表平时隐藏，右键点工作表标签可取消隐藏。"
    )
    once = f"「{form.ledger.sheet}」一场活动一行，同一活动只记一次"
    counted = (
        f"；计入服务功能的，在“{form.ledger.column('function').label}”栏选择，未选择的不计入该功能"
        if plan.edition.functions
        else ""
    )
    yield f"{once}{counted}。"
    yield (
        f"「{form.summary.sheet}」各项为「{form.ledger.sheet}」的汇总，不应多于台账；"
        "评价按填报数和台账中较小的计算。"
    )


def _functions(plan: Plan) -> Iterator[str]:
    for function in plan.edition.functions:
        conditions = "；".join(condition_words(one) for one in function.conditions)
        yield f"{function.name}（{function.article}）：{conditions}。"
    yield "以上至少具备一项，每项的各个条件须同时达到。"


def _areas(plan: Plan) -> Iterator[str]:
    for area in plan.edition.areas:
        yield f"{area.name}（{area.article}）：{area_words(plan.form, area)}。"
