"""docs/新办法.md is followed to the letter: its example is made, checked, told and played here."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "新办法.md").read_text(encoding="utf-8")
Xlpy = Callable[..., tuple[int, str, str]]


def block(after: str, number: int = 1) -> str:
    """Return the n-th block of code behind some words of the page."""
    assert PAGE.count(after) >= 1, after
    rest = PAGE[PAGE.index(after) :]
    return re.findall(r"```(?:toml)?\n(.*?)\n```", rest, re.DOTALL)[number - 1]


def test_the_worked_example_is_what_the_program_does(
    xlpy: Xlpy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Made, changed as the page says, told in the very words of the page."""
    monkeypatch.chdir(tmp_path)
    command = block("## 一、").split()
    assert xlpy(*command[1:])[0] == 0
    rule = Path("bengbu-2023", "edition.toml")
    text = rule.read_text(encoding="utf-8")
    for old, new in (
        (block("**起止日期。**"), block("**起止日期。**", 2)),
        (block("**金额。**"), block("**金额。**", 2)),
        (
            'amount = 20, unit = "万元", phrase = "A级20万"',
            'amount = 25, unit = "万元", phrase = "A级25万"',
        ),
        (
            '  { measure = "firms", at_least = 200, unit = "家", phrase = "200家以上" },',
            block("**目标。**"),
        ),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    rule.write_text(text.replace("A级60万", "A级50万"), encoding="utf-8")
    status, out, _ = xlpy(*block("## 三、").split()[1:])
    assert status == 1
    assert out.strip() == block("## 三、", 2)
    rule.write_text(text, encoding="utf-8")
    assert "核对无误" in xlpy(*block("## 三、").split()[1:])[1]
    assert xlpy(*block("## 四、").split()[1:])[1].rstrip() == block("## 四、", 2)
    status, out, _ = xlpy("new", "2023年度", "--year", "2023", "--as-of", "2024-06-30")
    assert status == 0
    assert "（bengbu-2023，有效期2023-09-01至2025-08-31" in out
    status, out, _ = xlpy("edition", "apply", "2023年度", "bengbu-2023")
    assert (status, "没有改动" in out) == (0, True)


def test_the_examples_of_forms_are_taken(
    xlpy: Xlpy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Counties, a group with its veto, a sum of its own: all in one edition."""
    monkeypatch.chdir(tmp_path)
    xlpy("edition", "new", "donghu-2025", "--from", "bengbu-2022")
    own = Path("donghu-2025", "filing.toml")
    text = own.read_text(encoding="utf-8")
    head = '[profile.group.change."基本信息".fields.change]'
    first = text.index(head)
    text = text[:first] + block("换县区") + "\n\n" + text[text.index("[[profile.group.add]]") :]
    text = text.replace('after = "运营情况"', 'after = "安全生产"', 1)
    own.write_text(
        text + "\n" + block("在附件1加一组") + "\n" + block("台账要多统计") + "\n", encoding="utf-8"
    )
    rule = Path("donghu-2025", "edition.toml")
    told = rule.read_text(encoding="utf-8").replace(
        "# ---- 待补正", f"{block('在附件1加一组', 2)}\n\n# ---- 待补正", 1
    )
    rule.write_text(told, encoding="utf-8")
    status, out, err = xlpy("edition", "check", "donghu-2025")
    assert status == 0, out + err
    out = xlpy("edition", "diff", "bengbu-2022", "donghu-2025")[1]
    assert "新增：发生较大安全事故（第十五条第1项，是否发生较大安全事故“是”）" in out
    assert "附件1新增“是否发生较大安全事故”（必填）" in out
    assert "附件4新增“专利(件)”" in out


def test_a_rename_a_drop_and_a_parameter_of_its_own_are_taken(
    xlpy: Xlpy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The further examples of the page, each as it stands there."""
    monkeypatch.chdir(tmp_path)
    xlpy("edition", "new", "donghu-2025", "--from", "bengbu-2022")
    own, rule = (Path("donghu-2025", name) for name in ("filing.toml", "edition.toml"))
    text = own.read_text(encoding="utf-8")
    own.write_text(f"{text}\n{block('改名、去掉一栏也在这里写')}\n", encoding="utf-8")
    condition = block("某条规定要由局里定的", 2)
    veto = f'[[veto]]\nid = "late"\narticle = "第七条"\ntext = "逾期未报送"\n{condition}\n'
    text = rule.read_text(encoding="utf-8")
    rule.write_text(f"{text}\n{block('某条规定要由局里定的')}\n\n{veto}", encoding="utf-8")
    status, out, err = xlpy("edition", "check", "donghu-2025")
    assert status == 0, out + err
    out = xlpy("edition", "diff", "bengbu-2022", "donghu-2025")[1]
    for told in ("“从业人员”→“职工人数”", "取消“服务满意度”", "新增“逾期未报送数据的处理”"):
        assert told in out
