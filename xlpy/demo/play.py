"""`xlpy demo` (示例项目): a small year from the blank forms to the filed sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from stdnum.cn import uscc

from xlpy.demo.ballots import filled_ballot, spread
from xlpy.demo.filings import Activity, sample_content
from xlpy.demo.story.script import Script, script_of
from xlpy.excel.files.atomic import write_files
from xlpy.excel.files.names import safe_name
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.reference import reference_rows
from xlpy.forms.filing.document import filing_document
from xlpy.forms.staff.read import APPENDED
from xlpy.model.decision import Decision
from xlpy.model.filing import Answer, Content
from xlpy.model.keys import key_of
from xlpy.model.staff import Staff
from xlpy.policy.editions.folder import Source
from xlpy.policy.editions.load import DEFAULT, rulebook_of, source_named
from xlpy.steps.ballots import SCORED, ballots, issued_ballots
from xlpy.steps.case import SUPERSEDED, Case
from xlpy.steps.check import check
from xlpy.steps.evaluate import Run, decide, evaluate
from xlpy.steps.export import export
from xlpy.steps.gather import Gathered, gather
from xlpy.steps.new import new
from xlpy.steps.verify import Verification, verify
from xlpy.steps.workbook import workbook_of

Part = Literal["check", "evaluate", "refused", "settled", "export", "verify"]
Show = Callable[[Part, Run | Verification], None]
TypedRow = Mapping[str, Answer]

_DEFAULT = "示例项目"


def demo(
    folder: Path | None, source: Source | None = None, *, say: Callable[[str], None], show: Show
) -> Path:
    """Play a made-up year under an edition in `folder`, telling each step; return the folder.

    Without an edition it is the default one; without a folder it is 示例项目 here, numbered when
    that exists. Raises as the steps do.
    """
    source = source or source_named(DEFAULT)
    edition, forms = rulebook_of(source)
    script = script_of(source, edition, forms)
    today, days = script["as_of"], script["days"]
    say("一、新建评价项目，经办人登记名单，平台报来申报材料")
    case = new(
        folder or _free_folder(),
        year=script["year"],
        as_of=today,
        edition=source,
        case_id=script["case"],
        secret=script["secret"],
    )
    _type(case, today, _registered(script))
    _send_filings(case, script, today, late=False)
    say("二、校验；一家平台逾期才报来，程序把它列入名单，经办人对照认定文件核对")
    check(case.folder, today=today)
    _send_filings(case, script, today, late=True)
    show("check", check(case.folder, today=today))
    _type(case, today, _confirmed(script))
    say("三、生成评分表，专家评分")
    ballots(case.folder, experts=len(script["expert"]), today=today)
    _send_ballots(case, script, today)
    say("四、评价")
    show("evaluate", evaluate(case.folder, today=today))
    say("五、公示：还有未了事项，被拒绝")
    show("refused", export(case.folder, today=today))
    say(f"六、经办人按{edition.meeting}的决定填写并列裁定、受理和公示期，再评价一次")
    _type(case, today, _settled(script, case, today))
    show("settled", evaluate(case.folder, today=today))
    say("七、导出公示名单；公示期满后导出奖补资金安排表，报送财政")
    show("export", export(case.folder, today=days["notice"]))
    show("export", export(case.folder, today=days["finance"]))
    _type(case, today, {"parameters": ({"id": "filed_on", "value": days["filed"]},)})
    say("八、一家平台更换收款账户：重新报送，再评价，导出更正的第2版")
    _correct(case, script, today)
    show("settled", evaluate(case.folder, today=days["correction"]))
    show("export", export(case.folder, today=days["correction"]))
    say("九、核验")
    show("verify", verify(case.folder, today=days["correction"]))
    return case.folder


def _free_folder() -> Path:
    folder = Path(_DEFAULT)
    number = 2
    while folder.exists():
        folder = Path(f"{_DEFAULT}-{number}")
        number += 1
    return folder


def _code(stem: str) -> str:
    return stem + uscc.calc_check_digit(stem)


# What the platforms send


def _send_filings(case: Case, script: Script, today: date, *, late: bool) -> None:
    gathered = gather(case, today=today)
    outputs: dict[Path, bytes] = {}
    for platform in script["platform"]:
        if platform.get("late", False) is not late:
            continue
        document = filing_document(
            edition=gathered.edition,
            forms=gathered.forms,
            year=script["year"],
            content=_content(gathered, script, platform),
        )
        outputs[case.filings / f"{safe_name(platform['name'])}.xlsx"] = document_bytes(document)
    write_files(outputs)


def _correct(case: Case, script: Script, today: date) -> None:
    """Send a platform's form once more with another account; the old one goes to 作废."""
    gathered, new = gather(case, today=today), script["correction"]
    platform = next(one for one in script["platform"] if one["name"] == new["platform"])
    answers = {**platform.get("answers", {}), "bank": new["bank"], "account": new["account"]}
    document = filing_document(
        edition=gathered.edition,
        forms=gathered.forms,
        year=script["year"],
        content=_content(gathered, script, {**platform, "answers": answers}),
    )
    path = case.filings / f"{safe_name(platform['name'])}.xlsx"
    aside = case.filings / SUPERSEDED / path.name
    write_files({aside: path.read_bytes(), path: document_bytes(document)})


def _content(gathered: Gathered, script: Script, platform: Script) -> Content:
    code = _code(platform["stem"])
    answers = {
        **script["common"],
        "name": platform["name"],
        "operator": platform["operator"],
        "code": code,
        "level": platform["level"],
        "account_name": platform["operator"],
        "account": f"1000200030004{code[11:17].translate(_DIGITS)}",
        **platform.get("answers", {}),
    }
    activities = [
        Activity(**{**one, "times": one["times"] * platform["size"]}) for one in script["activity"]
    ]
    content = sample_content(
        edition=gathered.edition,
        forms=gathered.forms,
        year=script["year"],
        answers=answers,
        activities=activities,
    )
    return _mistaken(content, gathered.forms.filing.ledger.sheet, platform.get("mistakes", ()))


_DIGITS = str.maketrans("ABCDEFGHJKLMNPQRTUWXY", "012345678901234567890")


def _mistaken(content: Content, sheet: str, mistakes: Sequence[Script]) -> Content:
    """Return the content with the platform's mistakes typed over its ledger."""
    rows = [dict(row) for row in content.rows[sheet]]
    for mistake in mistakes:
        rows[mistake["row"] - 1][mistake["column"]] = mistake["value"]
    return replace(content, rows={**content.rows, sheet: tuple(rows)})


# What the experts send


def _send_ballots(case: Case, script: Script, today: date) -> None:
    gathered = gather(case, today=today)
    decisions = [d for d in decide(gathered, today=today).decisions if d.status in SCORED]
    by_key = {d.key: d for d in decisions}
    outputs: dict[Path, bytes] = {}
    for path, ballot in issued_ballots(case, gathered):
        rows = [by_key[key_of(row.code, row.name)] for row in ballot.rows]
        person = next(one for one in script["expert"] if one["id"] == ballot.expert)
        document = ballot_document(
            edition=gathered.edition,
            forms=gathered.forms,
            rubric=gathered.rules.rubric,
            rows=tuple((d.name, d.code, d.level) for d in rows),
            expert=(person["id"], person["name"], person["unit"], person["category"]),
            case=gathered.staff.case,
            secret=gathered.staff.secret,
            year=gathered.staff.year,
            reference=reference_rows(gathered.edition, tuple(d.filing for d in rows if d.filing)),
        )
        given = {d.code: _opinion(gathered, script, d, int(ballot.expert)) for d in rows}
        signed = filled_ballot(document, gathered.forms.ballot, given, signed_on=today)
        outputs[case.ballots / path.name] = document_bytes(signed)
    write_files(outputs)


def _opinion(
    gathered: Gathered, script: Script, decision: Decision, expert: int
) -> tuple[Decimal, ...]:
    platform = next(one for one in script["platform"] if one["name"] == decision.name)
    if expert in platform.get("recused", ()):
        return ()
    return spread(Decimal(str(platform["scores"][expert - 1])), gathered.rules.rubric)


# What staff type


def _type(case: Case, today: date, typed: Mapping[str, tuple[TypedRow, ...]]) -> None:
    """Type into the staff's own cells, as they would by hand, and save the workbook."""
    gathered = gather(case, today=today)
    evaluation = decide(gathered, today=today) if gathered.filings else None
    merged = dict(gathered.staff.typed)
    for table, rows in typed.items():
        merged[table] = _merged(merged.get(table, ()), rows)
    staff: Staff = replace(gathered.staff, typed=merged)
    document = workbook_of(case, replace(gathered, staff=staff), evaluation, gathered.history)
    write_files({case.workbook: document_bytes(document)})


def _merged(before: tuple[TypedRow, ...], rows: tuple[TypedRow, ...]) -> tuple[TypedRow, ...]:
    """Return the rows with new cells: in the row of the same platform, or in one of their own."""
    known = [dict(row) for row in before]
    for row in rows:
        mark = next(id for id in ("code", "id") if id in row)
        same = (one for one in known if one.get(mark) == row[mark])
        found: dict[str, Answer] | None = next(same, None)
        if found is None:
            known.append(dict(row))
        else:
            found.pop(APPENDED, None)
            found.update(row)
    return tuple(known)


def _registered(script: Script) -> dict[str, tuple[TypedRow, ...]]:
    """Return the roster with what the official list says, the experts, and the office."""
    listed = [one for one in script["platform"] if not one.get("late")]
    office = ({"id": id, "value": value} for id, value in script["office"].items())
    return {
        "roster": tuple(_row(one, script) for one in (*listed, *script["absent"])),
        "experts": tuple(dict(one) for one in script["expert"]),
        "parameters": tuple(office),
    }


def _confirmed(script: Script) -> dict[str, tuple[TypedRow, ...]]:
    """Return the rows of those that came late, now held against the official list."""
    late = (one for one in script["platform"] if one.get("late"))
    return {"roster": tuple(_row(one, script) for one in late)}


def _row(platform: Script, script: Script) -> TypedRow:
    """Return a platform's row of 参评名单."""
    row: dict[str, Answer] = {"code": _code(platform["stem"])}
    row |= {key: platform[key] for key in ("name", "level")}
    if "attendance" in platform:
        return {**row, "attendance": platform["attendance"]}
    answers = {**script["common"], **platform.get("answers", {})}
    row |= {"number": answers["recognition"], "valid_until": answers["valid_until"]}
    row["received_on"] = script["days"]["late" if platform.get("late") else "received"]
    return {**row, **platform.get("roster", {})}


def _settled(script: Script, case: Case, today: date) -> dict[str, tuple[TypedRow, ...]]:
    """Return the staff cells that settle the refused export: order, acceptances, dates."""
    settle = script["settle"]
    evaluation = decide(gather(case, today=today), today=today)
    codes = {d.name: d.code for d in evaluation.decisions}
    acceptances = [
        {
            "id": finding.id,
            "place": str(finding.place),
            "accepted": "是",
            "reason": settle["shortfall_reason" if finding.shortfall else "acceptance_reason"],
        }
        for finding in evaluation.findings
        if finding.blocks and finding.acceptable
    ]
    wanted = {name: number for number, name in enumerate(settle["tie"])}
    tied = sorted(
        (d.name for d in evaluation.decisions if d.tie),
        key=lambda name: wanted.get(name, len(wanted)),
    )
    orders: list[TypedRow] = [
        {"name": name, "code": codes[name], "tie_order": Decimal(number)}
        for number, name in enumerate(tied, start=1)
    ]
    dates = [
        {"id": key, "value": settle[key]}
        for key in ("meeting_on", "minutes", "notice_from", "notice_to")
    ]
    return {
        "acceptances": tuple(acceptances),
        "results": tuple(orders),
        "parameters": tuple(dates),
    }
