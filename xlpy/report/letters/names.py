"""What files of letters are called (文件名的组成): the parts, before they are made safe."""

from __future__ import annotations

NOTICE = "公示"
RESULT = "结果告知书"
REQUEST = "资金拨付请示"
BRIEFING = "评价情况汇报"
MINUTES = "会议纪要(代拟)"
ONE_PAGE = "一页通"
"""The names of the documents, and of the folders of those that are one a platform."""

_DIGITS = 4
_NO_CODE = "无代码"


def named_for(name: str, code: str) -> tuple[str, str]:
    """Return how a platform's own file is called: its name, and the last four signs of its code.

    As typed, so not yet a name for a disk: `excel.files.names.safe_stem` makes one of it, and who
    writes numbers those that come out alike.
    """
    return name, code[-_DIGITS:] or _NO_CODE
