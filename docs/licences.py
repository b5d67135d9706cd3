"""The licences of what xlpy runs on (第三方许可), from the metadata of the installed libraries.

python -m docs.licences
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from docs.lock import LOCK, Locked, locked

PAGE = Path(__file__).parent / "第三方许可.md"

_HEAD = """\
# 第三方许可

xlpy 运行时用到的全部软件库（含间接用到的），版本与 `requirements.lock` 相同。
本页由 `python -m docs.licences` 按各库自带的说明生成，请勿手工修改。
xlpy 本身按 MIT 许可发布，见 [LICENSE](../LICENSE)；其中的 VBA 工程来源见
[vbaProject.LICENSE.txt](../xlpy/excel/macros/vbaProject.LICENSE.txt)。
用 pip 安装的，各库由 pip 另行取得。Windows 便携包里带有表中“各系统”“仅 Windows”的各库，
以及 Python 3.11.9（PSF-2.0，Python 软件基金会），均未修改，只去掉了安装程序的记录和没有用到的部分：
xlwings PRO（`xlwings/pro`，另有许可）；pywin32 的 `adodbapi`（LGPL）、`isapi`、`pythonwin` 和帮助；
cn2an、proces 误留在库里的 `build`、`src`、`example`。每个库的许可文本都在便携包的“许可”文件夹里。
python-stdnum 按 LGPL 2.1 或更新版本许可：便携包里的 `python/Lib/site-packages/stdnum` 就是源代码，
可以自行换成改过的。

| 软件库 | 版本 | 许可 | 何处用到 |
|---|---|---|---|
"""
_ELSEWHERE = {
    "appscript": "Public Domain",
    "lxml": "BSD-3-Clause",
    "psutil": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
}
"""What the libraries say that are not installed on the system the page is made on."""
_SYSTEMS = {"darwin": "仅 macOS", "win32": "仅 Windows"}
_CLASSIFIER = "License :: OSI Approved :: "
_LINES = 1  # some put the whole text of the licence there


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Return the page as it has to be."""
    return _HEAD + "".join(_rows(locked(LOCK.read_text(encoding="utf-8"))))


def licence(name: str) -> str:
    """Return what a library says its licence is; LookupError when nobody says it."""
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    try:
        told = metadata(name)
    except PackageNotFoundError:
        raise LookupError(f"{name} is not installed") from None
    said: list[str] = [told[key] or "" for key in ("License-Expression", "License") if key in told]
    said += [
        one.removeprefix(_CLASSIFIER)
        for one in told.get_all("Classifier") or ()
        if one.startswith(_CLASSIFIER)
    ]
    short = [one for one in said if one.strip() and len(one.splitlines()) <= _LINES]
    if not short:
        raise LookupError(f"{name} says no licence")
    return short[0]


def _rows(libraries: Mapping[str, Locked]) -> Iterator[str]:
    for name, one in sorted(libraries.items()):
        yield f"| {name} | {one.version} | {licence(name)} | {_where(one)} |\n"


def _where(one: Locked) -> str:
    return next((words for system, words in _SYSTEMS.items() if system in one.marker), "各系统")


if __name__ == "__main__":
    sys.exit(main())
