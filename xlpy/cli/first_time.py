"""What staff do once in Excel (首次使用): said by `xlpy new`, in full in docs/安装.md."""

from __future__ import annotations

from pathlib import Path

_EXCEL_OPENS = 218  # signs of a full path
_LONGEST_INSIDE = 94  # 输出, 校验反馈, and the longest name of a copy there
_ELSE = (
    "Excel 不允许运行宏时，可用菜单（开始.bat、xlpy menu）、命令行或 xlpy desk。"
    "详见安装说明（“说明”文件夹里的安装.html，或 docs/安装.md）。"
)
_LINUX = (
    "本机不是 Windows 或 macOS，没有登记 Python 解释器，Excel 中的按钮暂不能用；",
    "请用命令行，或运行 xlpy desk 在 LibreOffice 中打开本项目。",
)


def excel_steps(platform: str, case: Path) -> tuple[str, ...]:
    """Return the lines to print after a new case, for `sys.platform`."""
    steps = {"win32": _windows, "darwin": _macos}.get(platform)
    return steps(case) if steps else _LINUX


def _long(case: Path) -> tuple[str, ...]:
    """Warn of a folder whose longest file Excel could not open (路径太长)."""
    signs = len(str(case))
    if signs <= _EXCEL_OPENS - _LONGEST_INSIDE:
        return ()
    return (
        f"注意：项目文件夹的路径有{signs}个字，偏长。"
        f"Excel 打不开全路径超过{_EXCEL_OPENS}个字的文件，"
        "请把整个项目文件夹移到较短的路径（如 D 盘下）。",
    )


def _windows(case: Path) -> tuple[str, ...]:
    return (
        *_long(case),
        "在 Excel 中点按钮之前，每台电脑做一次：",
        "  1. Excel 的“文件→选项→信任中心→信任中心设置→受信任位置→添加新位置”，",
        f"     填“{case}”，并勾选“同时信任此位置的子文件夹”；",
        "  2. evaluate.xlsm 如果是从邮件或网络收到的：右键单击文件→属性→勾选“解除锁定”→确定；",
        "  3. 打开 evaluate.xlsm，如出现黄色提示栏，点“启用内容”。",
        _ELSE,
    )


def _macos(case: Path) -> tuple[str, ...]:
    return (
        "在 Excel 中点按钮之前，每台电脑做一次：",
        "  1. 在终端运行  xlwings runpython install  ；",
        f"  2. 打开“{case}”中的 evaluate.xlsm，出现提示时选“启用宏”；",
        "  3. 第一次点按钮时，系统询问是否允许控制 Excel，选“好”。",
        _ELSE,
    )
