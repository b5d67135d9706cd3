"""The manual's pictures (图示): every form and sheet of the demo, drawn again by one command.

    python -m docs.pictures

Needs LibreOffice, poppler-utils (pdftoppm), ImageMagick (convert) and a Chinese font. The demo is
played in a temporary folder by a clock of its own year, so the pictures show what the program
writes now, and are the same every time.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

from openpyxl import load_workbook

from xlpy.demo.play import demo
from xlpy.steps.log import journal
from xlpy.steps.meeting.report import report

PICTURES = Path(__file__).parent / "图"

# Workbook of the demo (a pattern from its folder) -> {sheet: picture}.
SHEETS: Mapping[str, Mapping[str, str]] = {
    "平台申报表.xlsx": {"填报说明": "填报说明"},
    "申报材料/珠城*.xlsx": {
        "附件1": "附件1",
        "附件2": "附件2",
        "附件3": "附件3",
        "附件4": "附件4",
        "承诺书": "承诺书",
        "自查": "自查",
    },
    "专家评分/专家评分表-01-*.xlsx": {
        "评分说明": "评分说明",
        "评分表": "评分表",
        "参考数据": "参考数据",
    },
    "evaluate.xlsm": {
        "操作台": "操作台",
        "参数": "参数",
        "参评名单": "参评名单",
        "专家": "专家",
        "校验问题": "校验问题",
        "受理": "受理",
        "专家评分": "专家评分",
        "评价结果": "评价结果-工作簿",
        "奖补资金": "奖补资金",
        "收件登记": "收件登记",
        "变更记录": "变更记录",
        "仪表盘": "仪表盘",
    },
    "输出/校验反馈/固镇*.xlsx": {"校验反馈": "校验反馈", "附件3": "校验反馈-附件3"},
    "输出/评价结果.xlsx": {
        "评价结果": "评价结果",
        "决定依据": "决定依据",
        "类别平均分": "类别平均分",
        "运行信息": "运行信息",
    },
    "输出/奖补资金安排表.xlsx": {"奖补资金安排表": "奖补资金安排表", "更正说明": "更正说明"},
    "输出/公示名单.xlsx": {"公示名单": "公示名单"},
    "输出/会议材料/会商分析.xlsx": {
        "要点": "会商分析-要点",
        "专家情况": "会商分析-专家情况",
        "临界": "会商分析-临界",
        "方法比较": "会商分析-方法比较",
    },
}

# When the runs of the demo were, in their order, by the clock of the log; the last is repeated.
_RUNS = (
    *("2023-06-08T09:30:00", "2023-06-12T15:10:00", "2023-06-13T08:50:00"),  # 校验, 校验, 评分表
    *("2023-06-30T10:20:00", "2023-06-30T10:40:00", "2023-07-18T16:30:00"),  # 评价, 拒绝, 评价
    *("2023-07-19T09:00:00", "2023-07-27T09:15:00"),  # 公示, 资金
    *("2023-08-08T10:05:00", "2023-08-08T10:10:00", "2023-08-08T10:20:00"),  # 评价, 更正, 核验
)
_LOGIN = "zhang"
_TODAY = date(2023, 8, 8)

_WIDEST, _TALLEST = 1900, 1000  # pixels; what is taller is cut off below
_SHORT = {"附件3": 560, "参考数据": 560, "校验反馈-附件3": 560, "校验问题": 640}  # like rows
_LEFT = {
    "仪表盘": "51%",  # the charts, without the figures they are drawn from
    "收件登记": "66.6%",  # without the reminders: nothing is missing in the end
}
_MARGIN = 12  # pixels of white left around a sheet
_SCREEN = 1100  # pixels: the width of a picture of the screen
_COLOURS = 96
_TOOLS = ("soffice", "pdftoppm", "convert")
# One page a sheet at its own size, hidden sheets too: page n is sheet n.
_PDF = 'pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}}'


def main() -> int:
    """Draw all pictures; return 1 when a tool is missing."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        case = played(Path(scratch) / "2022年度")
        books = {pattern: next(iter(sorted(case.glob(pattern)))) for pattern in SHEETS}
        papers = _papers(tuple(books.values()), Path(scratch))
        for pattern, pictures in SHEETS.items():
            names = _sheet_names(books[pattern])
            for sheet, picture in pictures.items():
                target = PICTURES / f"{picture}.png"
                _draw(papers[books[pattern]], names.index(sheet) + 1, target)
                print(f"{target.stat().st_size / 1000:6.0f} kB  {target.name}")
    return 0


def played(folder: Path) -> Path:
    """Play the demo by the clock of its year, and write 会议材料; return the case folder."""
    times = iter(_RUNS)

    def stamp() -> journal.Stamp:
        return journal.Stamp(next(times, _RUNS[-1]), _LOGIN)

    with patch.object(journal, "stamp", stamp):
        case = demo(folder, say=_quiet, show=_quiet)
        report(case, today=_TODAY)
    return case


def _quiet(*_: object) -> None:
    """Take the demo's words and print nothing."""


def _papers(books: Sequence[Path], scratch: Path) -> dict[Path, Path]:
    """Return the PDF of each workbook, made by one LibreOffice with a profile of its own."""
    copies = {book: scratch / f"book-{n}{book.suffix}" for n, book in enumerate(books)}
    for book, copy in copies.items():
        shutil.copyfile(book, copy)
    profile = (scratch / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", _PDF]
    files = [str(copy) for copy in copies.values()]
    subprocess.run(
        [*command, "--outdir", str(scratch), *files], check=True, capture_output=True, timeout=300
    )
    return {book: copy.with_suffix(".pdf") for book, copy in copies.items()}


def _sheet_names(book: Path) -> list[str]:
    """Return the names of all sheets, hidden ones too, in order."""
    opened = load_workbook(book, read_only=True)
    try:
        return list(opened.sheetnames)
    finally:
        opened.close()


def _draw(paper: Path, page: int, target: Path) -> None:
    """Write the top of one page as a small PNG without its white margins."""
    stem = paper.with_suffix("")
    pages = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(
        ["pdftoppm", "-png", "-r", "96", *pages, str(paper), str(stem)], check=True, timeout=120
    )
    tallest = _SHORT.get(target.stem, _TALLEST)
    left = _LEFT.get(target.stem, "100%")
    trimmed = ["-trim", "+repage", "-gravity", "NorthWest", "-crop", f"{left}x100%+0+0", "+repage"]
    trimmed += ["-trim", "+repage", "-resize", f"{_WIDEST}x>"]
    trimmed += ["-crop", f"x{tallest}+0+0", "+repage"]
    framed = ["-bordercolor", "white", "-border", str(_MARGIN)]
    _convert(Path(f"{stem}.png"), [*trimmed, *framed], target)


def screen_picture(shot: Path, target: Path) -> None:
    """Keep a picture of the screen, small enough for the manual."""
    _convert(shot, ["-resize", f"{_SCREEN}x"], target)


def _convert(source: Path, changes: Sequence[str], target: Path) -> None:
    small = ["-dither", "None", "-colors", str(_COLOURS), "-strip"]
    small += ["-define", "png:exclude-chunks=date,time", "-define", "png:compression-level=9"]
    subprocess.run(
        ["convert", str(source), *changes, *small, f"PNG8:{target}"], check=True, timeout=120
    )


if __name__ == "__main__":
    sys.exit(main())
