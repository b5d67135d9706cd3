"""What is no TOML is told in Chinese, with the sign that is wrong and the one that is meant."""

from __future__ import annotations

import re

import pytest

from xlpy.errors import EditionError
from xlpy.policy.toml import cells_of

CASES = (
    ("a \uff1d 5", "请把全角的「\uff1d」改为半角的「=」"),
    ('a = "x\u201d', '请把全角的「\u201d」改为半角的「"」'),
    ("a = \u201c市\u201d", '请把全角的「\u201c」改为半角的「"」'),
    ("a = 5\uff0c", "请把全角的「\uff0c」改为半角的「,」"),
    ("a = [1\uff0c2]", "请把全角的「\uff0c」改为半角的「,」"),
    ("a = \uff15\uff10", "请把全角的「\uff15」改为半角的「5」"),
    ("a =\u00a05", "请把看不见的空格改为半角的空格或删去"),
    ("a\u3000= 5", "请把看不见的空格改为半角的空格或删去"),
    ("a = 50%", "请把比例写成小数，如百分之四十写 0.4"),
    ("a = 2022/8/23", "请核对日期，写成 2031-01-31 的样子，并且确有这一天"),
    ("a = 2022年8月23日", "请核对日期"),
    ("a = 2022-02-30", "请核对日期"),
    ("[a", "请补上方括号"),
    ("[[a]\nb = 1", "请补上方括号"),
    ("a = [1", "请补上方括号 ] 和各项之间的逗号"),
    ("a = {b = 1", "请补上花括号"),
    ('a = "b', "请把引号配成对，一段文字写在一行里"),
    ('a = "b\nc"', "请把引号配成对，一段文字写在一行里"),
    ("办法从明年起施行", "请核对引号、括号和等号"),
    ("x", "请写成“键 = 值”的样子"),
    ('a = "x" y', "请在一行里只写一个“键 = 值”"),
    ("a = 3万", "请在一行里只写一个“键 = 值”"),
    ("a = 是", "请把文字写在英文引号里"),
    ('a = "\\q"', "请把反斜杠写成两个"),
    ("= 5", "请核对引号、括号和等号"),
)


@pytest.mark.parametrize(("line", "cure"), CASES)
def test_a_line_is_told_with_its_cure(line: str, cure: str):
    """No word of the parser's English; signs within quotes and comments are nobody's fault."""
    text = f'b = "，％“”" # ５０％\n{line}'
    with pytest.raises(EditionError) as refused:
        cells_of(text, "政策文件", "x/edition.toml")
    said = str(refused.value)
    assert cure in said
    assert re.match("政策文件x/edition.toml的(第[23]行|末尾)不合TOML语法，请", said)
    assert not re.search("Expected|Invalid|Unterminated|line|column", said)
