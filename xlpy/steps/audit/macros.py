"""The macros and settings in evaluate.xlsm (宏与设置): as they were shipped, or told.

Excel writes the macro project anew when it saves, so other bytes alone accuse nobody: the source
of every module is held then. What Excel compiled from it cannot be.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from importlib.resources import files

from xlpy.excel.macros.sources import sources
from xlpy.excel.reading.archive import open_archive
from xlpy.excel.reading.refused import RefusedError
from xlpy.steps.audit.told import Told, note
from xlpy.steps.case import Case
from xlpy.steps.gather import Gathered
from xlpy.steps.interpreter import interpreter

SHIPPED = frozenset(
    {
        "0896720d188cbc5d1334dd9861c4138c1dedc4ea9ba542e2c5e0eac6b5bc70ba",  # 1.0.0
        "4397b0bcd956ff2f0a66ebcf2ee1ae980e22ddaccb10151731f5781b98f7c313",  # 1.0.0, later build
        "cb83e0f3a6cad6d9f8698371c380fc66e2322f5c9a690ac33b7b03d9200c711e",  # 1.1.0, 1.2.0
        "a0b6794c3678330d91b735954035e33a1e1a1e7e4ab67cfdcca93b069e43b109",  # 1.3.0
        "9f286e2ae3528da3f2f94ebf9c183d34b92664c62d395df36521997a4286c62a",  # 1.4.0
    }
)
_PART = "xl/vbaProject.bin"
_PYTHON = "INTERPRETER"
_WAY = "请不要启用宏，关闭工作簿后运行一次 xlpy check，即换回程序自带的宏；并查明是谁改动的。"


def macro_problems(case: Case, gathered: Gathered) -> Iterator[Told]:
    """Yield what is wrong with the macros of evaluate.xlsm, and what its settings name."""
    name = case.workbook.name
    try:
        project = open_archive(case.workbook.read_bytes()).part(_PART)
    except (OSError, RefusedError):
        return  # told by whoever reads it
    ours = files("xlpy.excel.macros").joinpath("vbaProject.bin").read_bytes()
    if project is None:
        yield note(f"{name} 中没有宏，按钮不能用；运行一次 xlpy check 即可恢复。")
    elif project != ours and hashlib.sha256(project).hexdigest() not in SHIPPED:
        if sources(project) != sources(ours) or not sources(ours):
            yield Told(f"{name} 中的宏（{_PART}）不是程序自带的。{_WAY}")
        else:
            yield note(f"{name} 中的宏由 Excel 重新保存过：各模块的代码与程序自带的相同。")
    yield from _settings(name, gathered)


def _settings(name: str, gathered: Gathered) -> Iterator[Told]:
    shipped = {key.upper(): value for key, value in gathered.forms.staff.settings.items()}
    ours = (sys.executable, *interpreter(sys.platform, sys.executable).values())
    other = [
        (str(row["id"]), f"{row['id']}＝{row['value']}"[:200])
        for row in gathered.staff.typed.get("conf", ())
        if row.get("value") not in (None, "", *ours)
        and row["value"] != shipped.get(str(row["id"]).upper(), "")
    ]
    elsewhere = [told for id, told in other if id.upper().startswith(_PYTHON)]
    if elsewhere:
        yield note(
            f"{name} 的「xlwings.conf」登记的不是正在运行的 Python：{'；'.join(elsewhere)}。"
            "在别的电脑上处理过，或是单位自己选用的，不用处理；都不是的，请查明。"
        )
    strange = [told for id, told in other if not id.upper().startswith(_PYTHON)]
    if strange:
        told = "；".join(strange[:10])
        yield note(f"{name} 的「xlwings.conf」与程序写出的不同：{told}。不是本单位设置的，请查明。")
