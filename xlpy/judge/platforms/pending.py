"""Why a platform is 待核实 (pending): what has to be known before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xlpy.judge.platforms.matching import Match
from xlpy.judge.platforms.official import Official, is_unlisted
from xlpy.judge.platforms.validity import window
from xlpy.judge.terms import Terms
from xlpy.model.filing import Filing
from xlpy.visible import visible


def doubts(
    match: Match, listed: Official, explanation: str, disputed: Sequence[str], terms: Terms
) -> tuple[str, ...]:
    """Return in words what is to be verified first; nothing when the platform can be judged."""
    return (
        *_about_rows(match, disputed),
        *_about_filings(match, listed, explanation, terms),
    )


def _about_rows(match: Match, disputed: Sequence[str]) -> Iterator[str]:
    if disputed:
        rows = "、".join(str(row.row) for row in match.rows)
        yield f"参评名单第{rows}行是同一平台，“{'、'.join(disputed)}”填写不一致，请只保留一行"


def _about_filings(match: Match, listed: Official, explanation: str, terms: Terms) -> Iterator[str]:
    files = "、".join(visible(one.file) for one in match.unread)
    if match.unread and match.filings:
        yield (
            f"又收到“{files}”，读不了，不知以哪份为准："
            "请按校验问题改正后重新报送，并把不用的一份移入“作废”"
        )
    elif match.unread:
        yield f"申报材料“{files}”无法读取，请按校验问题改正后重新报送"
    elif not match.filings:
        yield "未收到申报材料"
    elif len(match.filings) > 1:
        files = "、".join(visible(one.file) for one in match.filings)
        yield f"收到{len(match.filings)}份申报表（{files}），请只保留一份"
    elif not match.filings[0].current:
        form = terms.forms.filing.file.rpartition(".")[0]
        file = visible(match.filings[0].file)
        yield f"“{file}”不是本年度的申报表，请平台使用本年度的《{form}》重新填报"
    else:
        yield from _about_answers(match.filings[0], listed, explanation, terms)


def _about_answers(
    filing: Filing, listed: Official, explanation: str, terms: Terms
) -> Iterator[str]:
    for label in _needed(filing, listed, terms):
        if label in filing.wrong:
            yield f"“{label}”填写有误，请平台改正"
        elif not filing.text(label):
            yield f"“{label}”未填写，请平台补填"
    if is_unlisted(listed, terms):
        return
    if filing.unproved:
        sheet, article = terms.forms.filing.ledger.sheet, terms.edition.articles.get("function")
        proved = f"服务功能（{article}）" if article else "服务情况"
        yield f"“{sheet}”读不出或栏目不全，{proved}无从核实，请平台改正后重新报送"
    level = filing.text(terms.labels.level)
    if level and terms.edition.level(level) is None:
        yield f"“{terms.labels.level}”为“{level}”，不是办法规定的级别，请核对"
    elif level_differs(level, listed.level) and not explanation:
        yield (
            f"申报表的平台级别为“{level}”，参评名单为“{listed.level}”，请核对认定文件；"
            "以名单为准的，请填写核实说明"
        )


def level_differs(claimed: str, listed: str) -> bool:
    """Tell whether form and roster name two levels; a blank one says nothing."""
    return bool(claimed and listed and claimed != listed)


def _needed(filing: Filing, listed: Official, terms: Terms) -> Iterator[str]:
    """Yield the labels eligibility and money need; 认定日期 only while it can decide anything.

    有效期至 is not asked of the form once the roster has it; of a platform on no official list
    nothing is asked but who it is.
    """
    labels = terms.labels
    yield from (labels.name, labels.code)
    if is_unlisted(listed, terms):
        return
    yield labels.level
    if terms.edition.registration:
        yield terms.edition.registration.field
    if listed.valid_until is None:
        yield labels.valid_until
    until = listed.valid_until or filing.answers.get(labels.valid_until)
    first, _ = window(terms)
    if not (isinstance(until, date) and until < first):
        yield labels.recognised_on
