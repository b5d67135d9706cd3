"""`xlpy edition apply`: a mended rule for a case that runs, with reason and diff in the log."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import Clerk
from tests.kit.edition import TEXT, changed, written
from xlpy.errors import CaseError, EditionError, FileBusyError
from xlpy.forms.cells.identity import read_meta
from xlpy.forms.staff.cells import staff_cells
from xlpy.model.identity import EDITION_DIGEST
from xlpy.policy.editions.folder import read_source
from xlpy.steps.case import Case
from xlpy.steps.edition.apply import apply
from xlpy.steps.evaluate import decide, evaluate
from xlpy.steps.export import export
from xlpy.steps.gather import gather, staff_book
from xlpy.steps.log import journal
from xlpy.steps.verify import verify

TODAY = date(2023, 6, 30)
Xlpy = Callable[..., tuple[int, str, str]]
WHY = "第十四条金额录入有误，更正"
DEARER = ('amount = 50, unit = "万元", phrase = "A级50万"', 'amount = 60, unit = "万元", phrase = "A级60万"')  # fmt: skip


@pytest.fixture
def dearer(tmp_path: Path) -> Path:
    """An edition of the same id that pays the first grade more."""
    folder = tmp_path / "editions"
    folder.mkdir()
    return written(folder, changed(DEARER), "mended")


def applied(case: Case, folder: Path):
    return apply(case.folder, str(folder), reason=WHY, today=TODAY)


def first_paid(case: Case) -> Decimal:
    """Return what the first grade of the highest level is paid by the rule of the case."""
    return gather(case, today=TODAY).edition.levels[0].subsidy["A"]


def test_the_case_is_judged_by_it_from_now_on(ready: Case, dearer: Path):
    """Grades as before, the first grade's money more; staff cells all there; verify agrees."""
    before = decide(gather(ready, today=TODAY), today=TODAY)
    cells = staff_cells(gather(ready, today=TODAY).staff)
    done = applied(ready, dearer)
    assert [str(one) for one in done.differences] == ["奖补标准：国家级A级 50万元→60万元"]
    gathered = gather(ready, today=TODAY)
    after = decide(gathered, today=TODAY)
    assert [d.final for d in after.decisions] == [d.final for d in before.decisions]
    assert staff_cells(gathered.staff) == cells
    assert gathered.policy.notes == ()
    assert read_meta(staff_book(ready))[EDITION_DIGEST] == read_source(dearer).digest
    assert (ready.policy / "edition.toml").read_text(encoding="utf-8") == changed(DEARER)
    evaluate(ready.folder, today=TODAY)
    assert verify(ready.folder, today=TODAY).problems == ()


def test_reason_and_differences_stand_in_the_log(ready: Case, dearer: Path):
    old = gather(ready, today=TODAY).edition
    applied(ready, dearer)
    entry = journal.lines(ready)[-1]
    assert (entry["command"], entry["reason"]) == ("edition", WHY)
    assert entry["differences"] == ["奖补标准：国家级A级 50万元→60万元"]
    assert (entry["former"], entry["former_digest"]) == ("bengbu-2022", old.digest)
    assert entry["edition_digest"] == read_source(dearer).digest
    kept = [path for path in entry["kept"] if path.endswith(".xlsm")]
    assert len(kept) == 1  # the workbook as it was
    assert journal.problems(ready) == ()


def test_the_change_is_told_in_the_workbook(ready: Case, dearer: Path):
    """The sheet 变更记录: the edition, why, and what is otherwise."""
    applied(ready, dearer)
    evaluate(ready.folder, today=TODAY)
    book = load_workbook(ready.workbook)
    rows = list(book["变更记录"].iter_rows(min_row=4, values_only=True))
    [row] = [one for one in rows if one[3] == "政策"]
    assert row[2] == "更换政策版本"
    assert row[-1].startswith("改用政策版本：bengbu-2022（摘要")
    assert row[-1].endswith(f"，理由：{WHY}；改动：奖补标准：国家级A级 50万元→60万元")


def test_a_workbook_of_before_the_change_brings_no_old_rule_back(ready: Case, dearer: Path):
    """Somebody saves his open copy, or takes one from the backups: the log knows better."""
    older = ready.workbook.read_bytes()
    applied(ready, dearer)
    ready.workbook.write_bytes(older)
    with pytest.raises(CaseError, match="多半是换回了改用以前的工作簿"):
        evaluate(ready.folder, today=TODAY)
    with pytest.raises(CaseError, match="改用以后的工作簿"):
        export(ready.folder, today=TODAY)
    told = [one for one in verify(ready.folder, today=TODAY).problems if "换回" in one]
    assert len(told) == 1
    assert journal.lines(ready)[-1]["changed"] == []  # of another workbook
    with pytest.raises(CaseError, match="，或“输出”文件夹是改用以前的。"):
        evaluate(ready.folder, today=TODAY)
    shutil.copytree(ready.policy, dearer.parent / "copied")  # the way out that is told
    done = applied(ready, dearer.parent / "copied")
    assert not done.restored
    evaluate(ready.folder, today=TODAY)
    assert first_paid(ready) == 60
    assert not [one for one in verify(ready.folder, today=TODAY).problems if "政策" in one]


def test_the_old_rule_is_taken_back_with_the_old_workbook_only_by_a_reason(
    ready: Case, dearer: Path
):
    """What the workbook is sealed with is no restoring then: the log has another rule."""
    older = ready.workbook.read_bytes()
    applied(ready, dearer)
    ready.workbook.write_bytes(older)
    with pytest.raises(CaseError, match="--reason"):
        apply(ready.folder, "bengbu-2022", reason="", today=TODAY)
    apply(ready.folder, "bengbu-2022", reason="仍按原来的", today=TODAY)
    entry = journal.lines(ready)[-1]
    assert (entry["command"], entry["reason"]) == ("edition", "仍按原来的")
    assert entry["differences"] == ["奖补标准：国家级A级 60万元→50万元"]
    assert entry["former_digest"] == read_source(dearer).digest
    assert not [one for one in verify(ready.folder, today=TODAY).notes if "记不得" in one]
    evaluate(ready.folder, today=TODAY)
    assert first_paid(ready) == 50


def test_a_seal_changed_by_hand_is_refused(ready: Case, dearer: Path, tmp_path: Path):
    """A workbook and a 政策 folder that agree with one another, and not with the log."""
    other = Case(tmp_path / "other")
    shutil.copytree(ready.folder, other.folder)
    applied(other, dearer)
    shutil.copyfile(other.workbook, ready.workbook)
    shutil.rmtree(ready.policy)
    shutil.copytree(other.policy, ready.policy)
    with pytest.raises(CaseError, match="封存的政策版本是"):
        evaluate(ready.folder, today=TODAY)


def test_the_export_waits_for_a_new_evaluation(ready: Case, dearer: Path):
    """What was evaluated by the other rule is not filed."""
    applied(ready, dearer)
    refused = export(ready.folder, today=TODAY).refused
    assert "评价之后政策版本已经更换，请重新评价。" in refused
    evaluate(ready.folder, today=TODAY)
    assert export(ready.folder, today=TODAY).refused == ()


def test_forms_and_ballots_stay_good_where_nothing_of_theirs_differs(case: Case, dearer: Path):
    """Under another id too: no finding more than before."""
    before = decide(gather(case, today=TODAY), today=TODAY)
    text = changed(DEARER, ('id = "bengbu-2022"', 'id = "bengbu-2023"'))
    done = applied(case, written(dearer.parent, text, "other-id"))
    after = decide(gather(case, today=TODAY), today=TODAY)
    assert {f.id for f in after.findings} == {f.id for f in before.findings}
    assert [d.score for d in after.decisions] == [d.score for d in before.decisions]
    assert after.edition == "bengbu-2023"
    assert not any("作废" in one for one in done.notes)


def test_another_rubric_voids_the_ballots_and_says_so(case: Case, dearer: Path):
    rubric = ('"12, 12, 10, 10, 12, 10, 10, 8, 6, 10"', '"10, 12, 10, 10, 12, 10, 10, 8, 8, 10"')
    done = applied(case, written(dearer.parent, changed(rubric), "rubric"))
    assert any("以前发出的评分表作废" in one for one in done.notes)
    after = decide(gather(case, today=TODAY), today=TODAY)
    assert "B714" in {f.code for f in after.findings}
    assert all(not d.score.totals for d in after.decisions)


def test_other_headings_of_a_ballot_are_told(case: Case, dearer: Path):
    (dearer / "ballot.toml").write_text('comment = "意见"\n', encoding="utf-8")
    assert any(
        "评分表的栏目有变动：以前发出的评分表作废" in one for one in applied(case, dearer).notes
    )


def test_a_rule_that_is_not_in_force_is_told_at_once(case: Case, tmp_path: Path):
    later = changed(("valid_from = 2022-08-23", "valid_from = 2023-08-01"))
    done = applied(case, written(tmp_path, later, "later"))
    assert any(
        "注意：评价日期2023-06-30不在这一办法的有效期内，各项结果都会注明" in one
        for one in done.notes
    )


def test_another_field_is_asked_for_in_what_came(case: Case, dearer: Path):
    """The filings are read on, the field they lack is a finding; the blank form has it."""
    folder = written(dearer.parent, changed(), "field")
    path = folder / "filing.toml"
    text = path.read_text(encoding="utf-8")
    text += (
        '\n[[profile.group.change."基本信息".fields.add]]\nid = "founded"\n'
        'label = "成立日期"\nkind = "date"\nrequired = true\n'
    )
    path.write_text(text, encoding="utf-8")
    done = applied(case, folder)
    assert any("空白的申报表已重新写出" in one for one in done.notes)
    after = decide(gather(case, today=TODAY), today=TODAY)
    lacking = [f for f in after.findings if "成立日期" in f.found]
    assert len({f.place.file for f in lacking}) == len(list(case.filings.iterdir()))
    evaluate(case.folder, today=TODAY)
    assert not [one for one in verify(case.folder, today=TODAY).problems if "空白" in one]


def test_a_column_with_content_must_not_go(ready: Case, dearer: Path, xlpy: Xlpy):
    """Three verified complaints are a veto: refused with the way out, which can be taken."""
    folder = written(dearer.parent, TEXT, "less")
    text = TEXT
    at = text.index('[[veto]]\nid = "complaints"')
    text = text[:at] + text[text.index("# ---- 待补正") :]
    (folder / "edition.toml").write_text(text, encoding="utf-8")
    staff = (folder / "staff.toml").read_text(encoding="utf-8")
    first = staff.index('[[roster.columns.add]]\nafter = "false_evidence"')
    last = staff.index('[[roster.columns.add]]\nafter = "complaints"')
    staff = staff[:first] + staff[last:].replace('after = "complaints"', 'after = "false_evidence"')
    (folder / "staff.toml").write_text(staff, encoding="utf-8")
    clerk = Clerk(ready, xlpy)
    name = decide(gather(ready, today=TODAY), today=TODAY).decisions[0].name
    clerk.roster(name, complaints=3, explanation="投诉办理单三份")
    with pytest.raises(CaseError) as refused:
        applied(ready, folder)
    assert (
        f"「参评名单」的“查实投诉次数”栏（{name}（91340300MA2000001A）等1处），而其中填有内容"
        in str(refused.value)
    )
    assert "先在工作簿里清空这几格" in str(refused.value)
    clerk.roster(name, complaints=None)
    assert "一票否决：取消：查实投诉次数达到规定次数" in map(
        str, applied(ready, folder).differences
    )


RENAMED = (
    ("edition", 'label = "A级最低分"', 'label = "A级合格线"'),
    ("edition", 'label = "十个服务类别的分值（示例）"', 'label = "十个服务类别的分值"'),
    ("edition", 'meeting = "局办公会"', 'meeting = "局长办公会"'),
    ("staff", 'label = "查实投诉次数"', 'label = "核实的投诉次数"'),
    ("staff", "", '\n[acceptances.columns.change]\nreason.label = "受理的理由"\n'),
    ("staff", "", '\n[results.columns.change]\nruling.label = "会议定的等次"\n'),
)


def test_what_is_only_called_otherwise_keeps_what_staff_typed(
    played: Case, tmp_path: Path, xlpy: Xlpy
):
    """A veto that staff verified, lines, weights, a meeting's day, acceptances, a tie: by id."""
    clerk = Clerk(played, xlpy)
    weights = "15, 5, 10, 10, 10, 10, 10, 10, 10, 10"
    clerk.parameters(line_a=91, rubric=weights)
    clerk.run("evaluate")
    before = gather(played, today=TODAY)
    outcome = decide(before, today=TODAY)
    cells = staff_cells(before.staff)
    for table in ("parameters", "roster", "acceptances", "results"):
        assert [key for key in cells if key[0] == table], table
    assert [d for d in outcome.decisions if any("投诉" in one.text for one in d.reasons)]
    folder = written(tmp_path, TEXT, "renamed")
    for form, old, new in RENAMED:
        path = folder / f"{form}.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(changed((old, new), text=text) if old else text + new, encoding="utf-8")
    applied(played, folder)
    after = gather(played, today=TODAY)
    assert staff_cells(after.staff) == cells
    assert after.staff.meeting_on == before.staff.meeting_on
    assert after.rules == before.rules
    again = decide(after, today=TODAY).decisions
    was = [(d.key, d.status, d.final, d.subsidy, d.tie) for d in outcome.decisions]
    assert [(d.key, d.status, d.final, d.subsidy, d.tie) for d in again] == was
    [entry] = [one for one in journal.lines(played) if one["command"] == "edition"]
    assert entry["changed"] == []


def test_a_parameter_with_a_value_must_not_go(ready: Case, tmp_path: Path, xlpy: Xlpy):
    """The bureau decided it: refused with its name, and taken once the cell is cleared."""
    parts = re.split(r"(?m)^(?=\[\[)", TEXT)
    kept = [one for one in parts if "province_absence" not in one]
    assert len(kept) == len(parts) - 3
    folder = written(tmp_path, "".join(kept), "less")
    clerk = Clerk(ready, xlpy)
    rule = gather(ready, today=TODAY).edition.parameter("province_absence")
    clerk.parameters(province_absence=rule.choices["veto"])
    with pytest.raises(CaseError, match=f"没有「参数」的“{rule.label}”，而其中填有内容"):
        applied(ready, folder)
    clerk.parameters(province_absence=None)
    applied(ready, folder)


def test_nothing_changes_without_a_reason(case: Case, dearer: Path):
    before = {path: path.read_bytes() for path in case.folder.rglob("*") if path.is_file()}
    with pytest.raises(CaseError, match="请用 --reason 写明理由"):
        apply(case.folder, str(dearer), reason="  ", today=TODAY)
    now = {path: path.read_bytes() for path in case.folder.rglob("*") if path.is_file()}
    now.pop(case.output / ".lock", None)
    before.pop(case.output / ".lock", None)
    assert now == before


def test_one_with_a_fault_changes_nothing(case: Case, dearer: Path):
    bad = written(dearer.parent, changed(('phrase = "A级50万"', 'phrase = "A级60万"')), "bad")
    with pytest.raises(EditionError, match="A级60万"):
        applied(case, bad)
    assert gather(case, today=TODAY).edition.levels[0].subsidy["A"] == 50


def test_a_folder_within_the_case_is_refused(case: Case):
    """The copy is the program's to write."""
    (case.policy / "edition.toml").write_text(changed(DEARER), encoding="utf-8")
    with pytest.raises(EditionError, match="在这个评价项目里面；请把改过的政策版本移到项目以外"):
        applied(case, case.policy)


def test_the_sealed_one_puts_the_copy_right_again(case: Case):
    """By id, without a reason: nothing is judged otherwise, and no line is written."""
    (case.policy / "edition.toml").write_text(changed(DEARER), encoding="utf-8")
    (case.policy / "report.toml").write_text("", encoding="utf-8")
    done = apply(case.folder, "bengbu-2022", reason="", today=TODAY)
    assert done.restored
    assert "政策/edition.toml被改动过、政策/report.toml是多出的" in done.notes[-1]
    assert (case.policy / "edition.toml").read_text(encoding="utf-8") == TEXT
    assert not (case.policy / "report.toml").exists()
    again = apply(case.folder, "bengbu-2022", reason="", today=TODAY)
    assert "没有改动" in again.notes[-1]


def test_it_is_the_way_out_where_the_sealed_one_is_lost(case: Case, dearer: Path):
    """No copy, no backup, and not the program's: the case goes on with the one given."""
    applied(case, dearer)
    shutil.rmtree(case.policy)
    for one in case.backups.glob("政策-*"):
        one.unlink()
    with pytest.raises(CaseError, match="xlpy edition apply"):
        evaluate(case.folder, today=TODAY)
    done = apply(case.folder, "bengbu-2022", reason="更正录入退回，原件遗失", today=TODAY)
    assert "不能对照" in str(done.differences[0])
    evaluate(case.folder, today=TODAY)
    assert gather(case, today=TODAY).edition.levels[0].subsidy["A"] == 50


def test_what_was_sealed_is_taken_back_without_a_reason(case: Case, dearer: Path):
    """Copy and backups are lost, and the office finds the very folder again: nothing changes."""
    applied(case, dearer)
    before = case.workbook.read_bytes(), journal.lines(case)
    shutil.rmtree(case.policy)
    for one in case.backups.glob("政策-*"):
        one.unlink()
    done = apply(case.folder, str(dearer), reason="", today=TODAY)
    assert done.restored
    assert "没有改动" not in done.notes[-1]
    assert "“政策”文件夹已按它重新写出" in done.notes[-1]
    assert (case.workbook.read_bytes(), journal.lines(case)) == before
    assert gather(case, today=TODAY).policy.notes == ()


@pytest.mark.parametrize(
    ("fixture", "said"),
    [
        ("case", ["还没有评价"]),
        ("ready", ["依据的是改用以前的政策版本", "还是.*那次评价的结果"]),
        ("played", ["依据的是改用以前的政策版本", "还是.*那次评价的结果", "请重新导出"]),
    ],
)
def test_verify_right_after_it_accuses_nobody(
    fixture: str, said: list[str], dearer: Path, request: pytest.FixtureRequest
):
    """The cells it wrote are its own; what is told is that the results are of before."""
    case = request.getfixturevalue(fixture)
    applied(case, dearer)
    told = verify(case.folder, today=TODAY).problems
    assert len(told) == len(said), told
    assert all(re.search(words, one) for words, one in zip(said, told, strict=True)), told
    evaluate(case.folder, today=TODAY)
    assert not [one for one in verify(case.folder, today=TODAY).problems if "导出" not in one]


def test_an_open_workbook_is_not_written_over(case: Case, dearer: Path):
    case.workbook.with_name("~$evaluate.xlsm").write_bytes(b"\x05clerk")
    with pytest.raises(FileBusyError, match="正在被打开，请保存并关闭后再改用"):
        applied(case, dearer)


def test_a_case_of_1_0_can_take_a_mended_rule(old_case: Case, dearer: Path):
    done = applied(old_case, dearer)
    assert [str(one) for one in done.differences] == ["奖补标准：国家级A级 50万元→60万元"]
    evaluate(old_case.folder, today=TODAY)
    assert not [one for one in verify(old_case.folder, today=TODAY).problems if "政策" in one]


def test_lines_of_before_are_no_forgery(ready: Case, dearer: Path):
    """The same files were judged by another rule then: nobody is accused, now or later."""
    evaluate(ready.folder, today=TODAY)
    applied(ready, dearer)
    evaluate(ready.folder, today=TODAY)
    assert verify(ready.folder, today=TODAY).problems == ()
    (ready.filings / "说明.txt").write_text("x", encoding="utf-8")
    evaluate(ready.folder, today=TODAY)
    assert not [one for one in verify(ready.folder, today=TODAY).problems if "运行记录第" in one]


def test_there_and_back_again_is_nothing_to_look_into(ready: Case, dearer: Path):
    """Both changes stand in the log with their reasons."""
    applied(ready, dearer)
    apply(ready.folder, "bengbu-2022", reason="改回", today=TODAY)
    evaluate(ready.folder, today=TODAY)
    seen = verify(ready.folder, today=TODAY)
    assert seen.problems == ()
    assert not [one for one in seen.notes if "前后两行" in one]


def test_choices_that_are_no_more_are_told_at_once(ready: Case, dearer: Path):
    """A level by another name: what staff chose and what platforms filed is void."""
    text = TEXT.replace("省级", "省级示范")
    done = applied(ready, written(dearer.parent, text, "renamed"))
    [staff] = [one for one in done.notes if "请在工作簿里改选" in one]
    assert staff.startswith("「参评名单」的“平台级别”栏有")
    assert "（“省级”）" in staff
    [filed] = [one for one in done.notes if "请退回平台改选" in one]
    assert filed.startswith("附件1“平台级别”不再有选项“省级”")


def test_the_newer_workbook_is_named_where_it_lies(ready: Case, dearer: Path, xlpy: Xlpy):
    """The copy that was kept with a run by the rule in force: taken back, the case goes on."""
    older = ready.workbook.read_bytes()
    applied(ready, dearer)
    clerk = Clerk(ready, xlpy)
    clerk.roster("蚌山信息化促进服务平台", explanation="已电话核实")
    clerk.run("check")  # a copy is kept of what staff typed
    ready.workbook.write_bytes(older)
    with pytest.raises(CaseError) as refused:
        evaluate(ready.folder, today=TODAY)
    [name] = re.findall("如“(.+?)”", str(refused.value))
    shutil.copyfile(ready.folder / name, ready.workbook)
    evaluate(ready.folder, today=TODAY)
    assert first_paid(ready) == 60


def test_a_workbook_of_1_0_put_back_is_told_and_can_be_taken_over(old_case: Case, tmp_path: Path):
    """The way out word for word, with a column called otherwise since."""
    older = old_case.workbook.read_bytes()
    text = TEXT.replace('id = "bengbu-2022"', 'id = "bengbu-2030"').replace("虚假佐证", "伪造佐证")
    folder = written(tmp_path, text, "bengbu-2030")
    staff = folder / "staff.toml"
    own = staff.read_text(encoding="utf-8").replace("虚假佐证", "伪造佐证")
    staff.write_text(own, encoding="utf-8")
    typed = staff_cells(gather(old_case, today=TODAY).staff)
    applied(old_case, folder)
    old_case.workbook.write_bytes(older)
    with pytest.raises(CaseError, match="封存的政策版本是bengbu-2022，而"):
        evaluate(old_case.folder, today=TODAY)
    assert any("换回" in one for one in verify(old_case.folder, today=TODAY).problems)
    shutil.copytree(old_case.policy, tmp_path / "copied")
    applied(old_case, tmp_path / "copied")
    assert journal.lines(old_case)[-1]["differences"] == []
    evaluate(old_case.folder, today=TODAY)
    assert staff_cells(gather(old_case, today=TODAY).staff) == typed


def test_a_ballot_of_other_areas_is_void_once(case: Case, tmp_path: Path):
    """Its sums are not held against columns it has not."""
    head, rest = TEXT.split('[[area]]\nid = "technical"\n')
    text = head + rest[rest.index("[[area]]") :]
    text = text.replace(
        "12, 12, 10, 10, 12, 10, 10, 8, 6, 10", "12, 12, 10, 10, 12, 10, 10, 12, 12"
    )
    applied(case, written(tmp_path, text, "fewer"))
    findings = decide(gather(case, today=TODAY), today=TODAY).findings
    of_ballots = [
        f.code for f in findings if f.place.file in {p.name for p in case.ballots.iterdir()}
    ]
    assert set(of_ballots) == {"B714"}
    assert len(of_ballots) == len(list(case.ballots.iterdir()))


def test_an_older_workbook_taken_over_is_told_without_differences(
    ready: Case, dearer: Path, xlpy: Xlpy
):
    """The rule is the log's: no list of changes follows a colon."""
    older = ready.workbook.read_bytes()
    applied(ready, dearer)
    ready.workbook.write_bytes(older)
    words = ("edition", "apply", str(ready.folder), str(dearer), "--reason", "换回了旧工作簿")
    code, out, _ = xlpy(*words)
    assert code == 0
    assert "（bengbu-2022），规定和表格与原来依据的没有不同。" in out
    assert "改动如下" not in out
