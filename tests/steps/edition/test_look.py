"""`xlpy edition check` and `diff`: all faults at once; every change in words a director reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit.edition import REAL, changed, written
from xlpy.errors import CaseError, EditionError
from xlpy.policy.editions.folder import read_source
from xlpy.policy.editions.load import edition_of, faults_of
from xlpy.policy.forms.load import load_forms
from xlpy.steps.case import Case
from xlpy.steps.edition.look import check, compare, diff

MANY = (
    ('phrase = "A级50万"', 'phrase = "A级60万"'),
    ('default = "12, 12, 10, 10, 12, 10, 10, 8, 6, 10"', 'default = "12, 12, 10, 10, 12, 10, 10, 8, 6, 9"'),
    ('over = ["A", "B"]', 'over = ["A", "B", "特优"]'),
    ('field = "申请报告"', 'field = "申报书"'),
    ("valid_to = 2023-08-22", "valid_to = 2021-08-22"),
    ('article = "第四条(三)"', 'article = "第四条（三）"'),
    ('ruling = "第十二条"\n', ""),
    ('parameter = "province_absence", is = "veto"', 'parameter = "province", is = "veto"'),
)  # fmt: skip
SAID = (
    "A级60万", "rubric」.default", "quota.over”中的“特优”不是等次", "“申报书”，表格里没有",
    "valid_from", "第四条(一)", "articles.ruling”缺失", "“province”不是参数",
)  # fmt: skip


def test_all_faults_are_told_at_once_each_with_file_key_and_cure(tmp_path: Path):
    """Eight mistakes of eight kinds: nobody mends one to find the next."""
    seen = check(written(tmp_path, changed(*MANY)))
    told = [one.sentence for one in seen.faults]
    for said in SAID:
        assert any(said in one for one in told), (said, told)
    assert len(told) <= len(MANY) + 1, told  # of an end before its beginning, both are told
    for fault in seen.faults:
        assert fault.file.startswith("政策文件huainan-2023/")
        assert fault.key
        assert fault.cure
    assert seen.edition is None


def test_faults_of_the_forms_are_told_with_them(tmp_path: Path):
    """Each names the edition's own file of the form."""
    folder = written(tmp_path, changed(MANY[0]))
    path = folder / "filing.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('bank.hint', 'bank.hnit').replace(
            'after = "声明"', 'after = "声明书"'
        ),
        encoding="utf-8",
    )  # fmt: skip
    told = [one.sentence for one in check(folder).faults]
    assert any("A级60万" in one for one in told)
    assert any(
        "huainan-2023/filing.toml的“profile.group.add「材料清单({article.materials})」.after”"
        in one
        for one in told
    )


def test_a_right_one_has_no_fault():
    seen = check(REAL)
    assert seen.faults == ()
    assert seen.edition is not None
    assert seen.notes == ()
    assert faults_of(read_source(REAL)) == ()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "找不到“.*”，请核对路径"),
        (lambda path: path.write_text("x"), "不是文件夹；请给出政策版本的文件夹"),
        (lambda path: path.mkdir(), "里没有 edition.toml，不是政策版本；可用 xlpy edition new"),
    ],
)
def test_what_is_no_edition_says_so(make, said: str, tmp_path: Path):
    make(tmp_path / "x")
    with pytest.raises(EditionError, match=said):
        check(tmp_path / "x")


def faults_in(folder: Path) -> list[str]:
    """Return the sentences of a check."""
    return [one.sentence for one in check(folder).faults]


def test_a_file_nobody_would_read_is_named(tmp_path: Path):
    """filling.toml for filing.toml would change nothing, in silence."""
    folder = written(tmp_path, changed())
    (folder / "filing.toml").rename(folder / "filling.toml")
    assert faults_in(folder)[0] == (
        "政策版本“huainan-2023”里的filling.toml不是认得的文件，请改名为filing.toml。"
    )


def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path):
    folder = written(tmp_path, changed())
    (folder / "staff.toml").write_text("[[roster.columns.add\n", encoding="utf-8")
    [told] = faults_in(folder)
    assert told.startswith("政策文件huainan-2023/staff.toml的第1行不合TOML语法，请补上方括号")


def test_files_that_cannot_be_read_hide_no_fault_of_the_others(tmp_path: Path):
    """Two open brackets, one file of another encoding, a stray one, and a quota of too much."""
    folder = written(tmp_path, changed(("at_most = 0.5\n", "at_most = 1.5\n")))
    (folder / "filing.toml").write_text("[ledger\n", encoding="utf-8")
    (folder / "staff.toml").write_text("x = [\n", encoding="utf-8")
    (folder / "ballot.toml").write_text('title = "评分表"\n', encoding="gb18030")
    (folder / "demos.toml").write_text("", encoding="utf-8")
    (folder / "report.toml").write_text('[notice]\ntitel = "公示"\n', encoding="utf-8")
    told = faults_in(folder)
    assert [one for one in told if "ballot.toml不是UTF-8编码" in one]
    assert [one for one in told if "里的demos.toml不是认得的文件" in one]
    assert [one for one in told if "filing.toml的第1行不合TOML语法" in one]
    assert [one for one in told if "staff.toml的末尾不合TOML语法" in one]
    assert [one for one in told if "“quota.phrase”" in one or "“quota.at_most”" in one]
    assert [one for one in told if "report.toml的“notice.titel”不是这里认得的键" in one]
    assert len(told) == 6, told


def test_words_that_lead_in_a_circle_are_refused(tmp_path: Path):
    """The rule's own words are written out: {bureau} in {authority} would be printed as it is."""
    text = changed(
        ('bureau = "市经信局"', 'bureau = "{authority}"'),
        ('authority = "市经济和信息化局"', 'authority = "{bureau}"'),
    )
    told = faults_in(written(tmp_path, text))
    assert len(told) == 2
    for one, key, word in zip(told, ("bureau", "authority"), ("authority", "bureau"), strict=True):
        assert f"的“{key}”提到“{{{word}}}”，这个文件里的称呼不再换成别的称呼，请照办法写出来" in one


def test_faults_in_one_form_hide_none_in_another(tmp_path: Path):
    folder = written(tmp_path, changed())
    forms = {
        "filing": '[profile.group.change."运营情况".fields]\ndrop = ["nonesuch", "name"]\n',
        "staff": '[roster.columns.change]\nnonesuch.label = "甲"\n',
        "ballot": '[columns]\ndrop = ["platform"]\nadd = [{ id = "x", label = "甲" }]\n',
    }
    for form, text in forms.items():
        path = folder / f"{form}.toml"
        there = path.read_text(encoding="utf-8") if path.is_file() else ""
        path.write_text(f"{there}\n{text}", encoding="utf-8")
    told = faults_in(folder)
    for word in ("“nonesuch”，通用", "“name”，通用", "“platform”，", "加上的栏目没有地方放"):
        assert [one for one in told if word in one], (word, told)
    assert [one for one in told if "staff.toml" in one and "nonesuch" in one]


def test_a_copy_in_a_case_is_told_to_be_one(case: Case):
    """Also when the case itself is given."""
    for folder in (case.folder, case.policy):
        seen = check(folder)
        assert seen.faults == ()
        assert any("评价项目" in one and "复制到项目以外" in one for one in seen.notes)


def test_a_folder_within_a_case_is_a_fault(case: Case):
    """It is no copy of the case, and nobody may use it from there."""
    inside = case.folder / "good"
    shutil.copytree(case.policy, inside)
    [told] = faults_in(inside)
    assert told.startswith("政策版本“good”在评价项目“")
    assert told.endswith("”里面，不能从这里使用，请移到项目以外的文件夹。")


def test_a_misnamed_rule_is_told_by_its_name(tmp_path: Path):
    folder = written(tmp_path, changed())
    (folder / "edition.toml").rename(folder / "edition.toml.txt")
    assert faults_in(folder) == [
        "政策版本“huainan-2023”里的edition.toml.txt不是认得的文件，请改名为edition.toml。"
    ]


def test_an_id_that_is_taken_by_another_content_is_told(tmp_path: Path):
    text = changed(('phrase = "3次以上"', 'phrase = "三次以上"'))
    seen = check(written(tmp_path, text, "bengbu-2022"))
    assert seen.faults == ()
    assert any("编号“bengbu-2022”与随程序提供的政策版本相同而内容不同" in one for one in seen.notes)


CHANGES = (
    ('amount = 50, unit = "万元", phrase = "A级50万"', 'amount = 60, unit = "万元", phrase = "A级60万"',
     "奖补标准：国家级A级 50万元→60万元"),
    ('{ measure = "firms", at_least = 200, unit = "家", phrase = "200家以上" }',
     '{ measure = "firms", at_least = 300, unit = "家", phrase = "300家以上" }',
     "服务类别：综合咨询服务 服务企业数 200家以上→300家以上"),
    ("valid_to = 2023-08-22", "valid_to = 2024-08-22",
     "办法：有效期 2022-08-23至2023-08-22→2022-08-23至2024-08-22"),
    ('at_most = 0.5\nunit = "比例"\nphrase = "不超过…50%"', 'at_most = 0.4\nunit = "比例"\nphrase = "不超过40%"',
     "等次和比例：比例 A、B级不超过50%→A、B级不超过40%"),
    ('field = "培训人数", measure = "visits", at_least = 1000, unit = "人次", phrase = "1000人次以上"',
     'field = "培训人数", measure = "visits", at_least = 900, unit = "人次", phrase = "900人次以上"',
     "服务功能：培训服务 培训人数 1000人次以上→900人次以上"),
    ('at_least = 3, unit = "次", phrase = "3次以上"', 'at_least = 2, unit = "次", phrase = "2次以上"',
     "一票否决：查实投诉次数达到规定次数 查实投诉次数3次以上→查实投诉次数2次以上"),
    ('at_least = 5\nat_most = 7\nunit = "人"\nphrase = "5-7人"', 'at_least = 5\nat_most = 9\nunit = "人"\nphrase = "5-9人"',
     "专家：人数 5至7→5至9"),
    ('default = "90"', 'default = "85"', "参数：“A级最低分”默认 90→85"),
    ('"12, 12, 10, 10, 12, 10, 10, 8, 6, 10"', '"10, 12, 10, 10, 12, 10, 10, 8, 8, 10"',
     "参数：综合咨询服务分值 12分→10分"),
    ('ruling = "第十二条"', 'ruling = "第十三条"', "条款：审定和公示 第十二条→第十三条"),
    ('meeting = "局办公会"', 'meeting = "局党组会"', "称呼：审定会议 局办公会→局党组会"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), CHANGES, ids=[said for *_, said in CHANGES])
def test_a_change_is_told_in_words(old: str, new: str, said: str, tmp_path: Path):
    folder = written(tmp_path, changed((old, new), ('id = "bengbu-2022"', 'id = "bengbu-2023"')))
    told = [str(one) for one in diff("bengbu-2022", str(folder), tmp_path)]
    assert said in told
    assert "办法：编号 bengbu-2022→bengbu-2023" in told
    back = [str(one) for one in diff(str(folder), "bengbu-2022", tmp_path)]
    assert len(back) == len(told)


def test_a_change_of_the_forms_is_told_too(tmp_path: Path):
    """A county more, one less; a field more."""
    folder = written(tmp_path, changed())
    path = folder / "filing.toml"
    text = path.read_text(encoding="utf-8").replace('"经开区"]', '"自贸区"]')
    text += '\n[[ledger.columns.add]]\nid = "patents"\nlabel = "专利(件)"\nkind = "whole"\nunit = "件"\n'
    path.write_text(text, encoding="utf-8")
    told = [str(one) for one in diff("bengbu-2022", str(folder), tmp_path / "x")]
    assert told == [
        "表格：附件1“所在县区”选项新增自贸区，取消经开区",
        "表格：附件3新增“专利(件)”",
    ]


def test_the_same_has_no_difference(case: Case, tmp_path: Path):
    """A case stands for its copy."""
    assert diff("bengbu-2022", str(case.folder), tmp_path) == ()


def test_a_case_is_compared_by_what_it_is_sealed_with(case: Case, tmp_path: Path):
    """Whoever changes the copy in 政策 neither hides nor makes a difference; he is told of."""
    path = case.policy / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('meeting = "局办公会"', 'meeting = "局长"'), encoding="utf-8")
    seen = compare("bengbu-2022", str(case.folder), tmp_path)
    assert seen.differences == ()
    assert any("政策/edition.toml被改动过" in note for note in seen.notes)
    assert diff("bengbu-2022", str(case.policy), tmp_path)[0].topic == "称呼"
    checked = check(case.folder)
    assert checked.faults == ()
    assert any("政策/edition.toml被改动过" in note for note in checked.notes)


def test_a_case_without_its_copy_is_still_a_case(case: Case, tmp_path: Path):
    shutil.rmtree(case.policy)
    seen = compare("bengbu-2022", str(case.folder), tmp_path)
    assert seen.differences == ()
    assert any("文件夹不见了" in note for note in seen.notes)
    assert check(case.folder).faults == ()


def test_a_case_whose_edition_is_lost_says_so(case: Case, tmp_path: Path, monkeypatch):
    """Never that the folder is no edition."""
    monkeypatch.setattr("xlpy.steps.rules.sealed.known_editions", lambda: ())
    shutil.rmtree(case.policy)
    shutil.rmtree(case.backups)
    for look in (check, lambda folder: compare("bengbu-2022", str(folder), tmp_path)):
        with pytest.raises(CaseError, match="也没有找到封存的原件"):
            look(case.folder)


def test_only_the_spelling_is_told_to_be_none(tmp_path: Path):
    folder = written(tmp_path, changed(("# 《蚌埠市", "# 某《蚌埠市")))
    seen = compare("bengbu-2022", str(folder), tmp_path / "x")
    assert seen.differences == ()
    assert "规定和表格没有不同" in seen.notes[0]


def test_a_lower_grade_that_is_paid_more_is_noted(tmp_path: Path):
    """It may be meant; two lines swapped are likelier, and the words agree with the sums."""
    folder = written(tmp_path, changed(
        ('amount = 40, unit = "万元", phrase = "B级40万"', 'amount = 55, unit = "万元", phrase = "B级55万"')
    ))  # fmt: skip
    seen = check(folder)
    said = "注意：国家级B级55万元，高于A级50万元，请按办法原文核对，确是如此的不必改。"
    assert seen.faults == ()
    assert [one for one in seen.notes if one.startswith("注意")] == [said]


def test_what_still_speaks_of_the_grades_it_came_from_is_noted(tmp_path: Path):
    """A to D became words; the parameters' texts were left."""
    text = changed()
    for old, new in (("A", "优秀"), ("B", "良好"), ("C", "合格"), ("D", "不合格")):
        text = text.replace(
            f'name = "{old}"\nprinted = "{old}级"', f'name = "{new}"\nprinted = "{new}"'
        )
        text = text.replace(f'grade = "{old}"', f'grade = "{new}"')
        text = text.replace(f'phrase = "{old}级', f'phrase = "{new}')
    text = text.replace('over = ["A", "B"]', 'over = ["优秀", "良好"]')
    text = text.replace('grades = "A、B级"', 'grades = "优秀、良好"')
    seen = check(written(tmp_path, text))
    assert seen.faults == ()
    assert (
        "注意：参数“A级最低分”是优秀的最低分，名称里却没有“优秀”，多半是等次改了名；"
        "请把它的 label、meaning 一并改过。"
    ) in seen.notes
    assert any("没有这个等次" in one and "B级比例的基数" in one for one in seen.notes)


def test_articles_of_the_forms_that_the_rule_has_not_are_noted(tmp_path: Path):
    folder = written(tmp_path, changed())
    path = folder / "filing.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{article.province}", "第七十条"), encoding="utf-8")
    [told] = [one for one in check(folder).notes if "条款号变了" in one]
    assert told.startswith("注意：filing.toml的文字写有“第七十条”，edition.toml没有用到")


def test_an_edition_is_checked_by_its_id_too():
    """As the other commands take it."""
    assert check(Path("bengbu-2022")).faults == ()


def test_the_forms_follow_articles_that_were_renumbered(tmp_path: Path):
    """Nothing of the old numbers stays on them."""
    text = changed()
    for old, new in (("第十六条", "第二十条"), ("第九条", "第三十九条"), ("第四条", "第三十四条")):
        text = text.replace(old, new)
    folder = written(tmp_path, text)
    told = str(load_forms(edition_of(read_source(folder))).filing)
    assert "第十六条" not in told
    assert "第九条" not in told
    assert "材料清单(第三十九条)" in told
