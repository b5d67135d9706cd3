"""The package for Windows as somebody gets it: unpacked, double-clicked, moved."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows.machine import ROOT, Machine
from xlpy import __version__
from xlpy.bundle.package import MEETING, SUMS, TOP, build, sums
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book
from xlpy.steps.case import Case


@pytest.fixture(scope="module")
def packed(windows: Machine) -> zipfile.ZipFile:
    """Return the zip."""
    return zipfile.ZipFile(windows.home / f"xlpy-{__version__}-windows.zip")


@pytest.fixture(scope="module")
def unpacked(windows: Machine) -> Iterator[Path]:
    """Return where it is unpacked, on a path with Chinese and a blank."""
    path = windows.drive / "便携 包" / TOP
    shutil.rmtree(path / "评价项目", ignore_errors=True)
    yield path
    shutil.rmtree(path / "评价项目", ignore_errors=True)


def _typed(windows: Machine, folder: Path, *lines: str) -> str:
    """Return what 开始.bat in that folder shows to who types these lines."""
    done = windows.run(
        *("cmd", "/c", windows.name(folder / "开始.bat")),
        typed="".join(f"{line}\r\n" for line in lines).encode("gbk"),
    )
    assert done.status == 0, done.why
    assert "Traceback" not in done.text
    return done.text


def _interpreter(case: Case) -> str:
    book = read_book(case.workbook)
    assert isinstance(book, Book)
    (sheet,) = (grid for grid in book.grids if grid.name == "xlwings.conf")
    return next(str(row[1]) for row in sheet.rows if row[0] == "Interpreter_Win")


def test_everything_is_in_it_and_as_its_list_of_digests_says(packed: zipfile.ZipFile) -> None:
    """About 30 MB, one folder, and nothing of this machine's paths in the names."""
    names = {name.removeprefix(f"{TOP}/") for name in packed.namelist()}
    wanted = {
        *("开始.bat", "xlpy.bat", "请先看.txt", SUMS, "python/python.exe"),
        *("空白表/平台申报表.xlsx", "空白表/专家评分表.xlsx", "空白表/evaluate.xlsm"),
        *("加载项/xlpy.xlam", "说明/使用手册.html", "说明/安装.html", "说明/图/评价结果.png"),
        *("许可/xlpy-LICENSE.txt", "许可/Python-LICENSE.txt"),
        "python/Lib/site-packages/xlpy/cli/menu/pages.py",
        "python/Lib/site-packages/win32/win32job.pyd",
        "python/Lib/site-packages/python_calamine/__init__.py",
    }
    assert wanted <= names
    libraries = [name.partition("site-packages/")[2] for name in names if "site-packages/" in name]
    out = (
        "xlwings/pro/",
        "xlpy/bundle/",
        "adodbapi/",
        "isapi/",
        "pythonwin/",
        "build/",
        "PyWin32.",
    )
    assert not [name for name in libraries if name.startswith(out)]
    files = {name: packed.read(f"{TOP}/{name}") for name in names - {SUMS}}
    assert packed.read(f"{TOP}/{SUMS}").decode() == sums(files)
    assert len({name.casefold() for name in packed.namelist()}) == len(packed.namelist())
    size = Path(str(packed.filename)).stat().st_size
    assert 20 * 2**20 < size < 30 * 2**20


def test_every_library_brings_its_licence(packed: zipfile.ZipFile) -> None:
    """Each dist-info has a text of some length in 许可; what is left out has none."""
    texts = [name for name in packed.namelist() if name.startswith(f"{TOP}/许可/")]
    names = (name.split("/")[-2] for name in packed.namelist() if name.endswith("/METADATA"))
    libraries = {name.removesuffix(".dist-info") for name in names}
    assert len(libraries) == 20
    for library in libraries:
        own = [name for name in texts if name.startswith(f"{TOP}/许可/{library}-LICEN")]
        own += [
            name for name in texts if re.match(f"{TOP}/许可/{library}-(licenses|COPYING)", name)
        ]
        assert own, library
        assert max(packed.getinfo(name).file_size for name in own) > 800, library
    assert not [name for name in texts if re.search("adodbapi|pythonwin|_PRO", name)]


def test_the_second_zip_brings_the_statistics_and_nothing_twice(
    windows: Machine, packed: zipfile.ZipFile
) -> None:
    """Unpacked over the first it adds files and replaces none; each library has its licence."""
    over = zipfile.ZipFile(windows.home / f"xlpy-{__version__}-windows-{MEETING}.zip")
    names, there = set(over.namelist()), set(packed.namelist())
    assert names.isdisjoint(there)
    site = f"{TOP}/python/Lib/site-packages/"
    tops = {name.removeprefix(site).partition("/")[0] for name in names if name.startswith(site)}
    assert {"pandas", "numpy", "dateutil", "tzdata"} <= tops
    assert not [name for name in there if name.startswith((f"{site}numpy/", f"{site}pandas/"))]
    licences = {name for name in names if name.startswith(f"{TOP}/许可/")}
    for library in ("pandas", "numpy", "python_dateutil", "tzdata"):
        assert [name for name in licences if name.startswith(f"{TOP}/许可/{library}-")], library
    listed = over.read(f"{TOP}/{SUMS}-{MEETING}").decode()
    content = {n.removeprefix(f"{TOP}/"): over.read(n) for n in names if SUMS not in n}
    assert listed == sums(content)


def test_another_checkout_elsewhere_gives_the_same_bytes(
    packed: zipfile.ZipFile, windows: Machine, tmp_path: Path
) -> None:
    """Whatever its folder, the times of its files and the order they are listed in."""
    root = tmp_path / "另一份 源代码"
    for top in ("xlpy", "templates", "workbook", "docs"):
        shutil.copytree(ROOT / top, root / top, copy_function=shutil.copyfile)
    for name in ("LICENSE", "requirements.lock"):
        shutil.copyfile(ROOT / name, root / name)
    shutil.copytree(windows.home / "parts", tmp_path / "dist" / "parts")
    first, second = build(tmp_path / "dist", root)
    assert _digest(first) == _digest(Path(str(packed.filename)))
    assert _digest(second) == _digest(windows.home / second.name)


def test_the_batch_files_are_as_cmd_reads_them(packed: zipfile.ZipFile) -> None:
    """GBK, and CRLF at every line."""
    for name in ("开始.bat", "xlpy.bat", "请先看.txt"):
        raw = packed.read(f"{TOP}/{name}")
        assert raw.decode("gbk").isprintable() is False
        assert raw.count(b"\n") == raw.count(b"\r\n") > 0


def test_the_pages_hold_together(packed: zipfile.ZipFile) -> None:
    """Every picture of the manual is there, and every page that a page leads to."""
    pages = [n for n in packed.namelist() if n.startswith(f"{TOP}/说明/") and n.endswith(".html")]
    assert len(pages) >= 5
    for page in pages:
        text = packed.read(page).decode()
        for picture in re.findall(r'<img src="([^"]+)"', text):
            assert f"{TOP}/说明/{picture}" in packed.namelist(), picture
        for link in re.findall(r'<a href="\.\./([^"#]+)"', text):
            assert f"{TOP}/{link}" in packed.namelist(), (page, link)
        for link, anchor in re.findall(r'<a href="([^":#]*)\.html#?([^"]*)"', text):
            led = packed.read(f"{TOP}/说明/{link}.html").decode()
            assert not anchor or f'id="{anchor}"' in led, (page, link, anchor)
        for anchor in re.findall(r'<a href="#([^"]+)"', text):
            assert f'id="{anchor}"' in text, (page, anchor)


def test_its_own_demo_runs(windows: Machine, unpacked: Path) -> None:
    """By xlpy.bat, with no Python on the PATH and no right to install."""
    home = windows.folder("便携 演示")
    batch = windows.name(unpacked / "xlpy.bat")
    made = windows.run("cmd", "/c", "call", batch, "demo", windows.name(home / "示例"))
    assert made.status == 0, made.why
    assert "示例结果在：C:\\试\\便携 演示\\示例\\输出" in made.text
    seen = windows.run("cmd", "/c", "call", batch, "verify", windows.name(home / "示例"))
    assert (seen.status, "核验无误" in seen.text) == (0, True)
    told = windows.run("cmd", "/c", "call", batch, "report", windows.name(home / "示例"))
    assert told.status != 0
    assert f"xlpy-版本-windows-{MEETING}.zip" in told.text


def test_double_clicked_it_shows_the_menu_and_says_where_things_are(
    windows: Machine, unpacked: Path
) -> None:
    """The cases lie in the package's own folder, which is made; 0 ends it."""
    said = _typed(windows, unpacked, "0")
    assert "1 示例　2 新建　3 打开评价项目　0 离开" in said
    assert "评价项目放在：C:\\便携 包\\xlpy\\评价项目" in said
    assert "使用手册：C:\\便携 包\\xlpy\\说明\\使用手册.html" in said
    assert (unpacked / "评价项目").is_dir()


def test_a_folder_that_moved_gets_its_buttons_back(windows: Machine, unpacked: Path) -> None:
    """开始.bat names the new Python in the workbook when the case is opened there."""
    _typed(windows, unpacked, "2", "2022", "2022年度", "0")
    case = Case(unpacked / "评价项目" / "2022年度")
    assert _interpreter(case) == "C:\\便携 包\\xlpy\\python\\python.exe"
    moved = windows.drive / "搬到 这里"
    shutil.rmtree(moved, ignore_errors=True)
    unpacked.parent.rename(moved)
    try:
        said = _typed(windows, moved / TOP, "3", "", "1", "0")
        assert "已打开评价项目：C:\\搬到 这里\\xlpy\\评价项目\\2022年度" in said
        assert "已改为登记本程序的“C:\\搬到 这里\\xlpy\\python\\python.exe”" in said
        there = Case(moved / TOP / "评价项目" / "2022年度")
        assert _interpreter(there) == "C:\\搬到 这里\\xlpy\\python\\python.exe"
    finally:
        moved.rename(unpacked.parent)


def test_a_start_without_the_rest_says_to_unpack_first(windows: Machine, unpacked: Path) -> None:
    """As Explorer runs it from within a zip: the batch file alone, in a folder of its own."""
    alone = windows.folder("只有 开始")
    shutil.copy2(unpacked / "开始.bat", alone)
    done = windows.run("cmd", "/c", windows.name(alone / "开始.bat"), typed=b"\r\n")
    assert "请先把压缩包全部解压" in done.text


def test_a_start_from_the_network_warns_first(windows: Machine, unpacked: Path) -> None:
    """cmd.exe cannot enter \\\\server, so no button would work there."""
    folder = windows.share("网上") / TOP
    folder.mkdir()
    shutil.copy2(unpacked / "开始.bat", folder)
    done = windows.run("cmd", "/c", "\\\\server\\网上\\xlpy\\开始.bat", typed=b"\r\n")
    assert "这个文件夹在网络上（\\\\服务器\\…），按钮不能用" in done.text
    assert "复制到本机（如 D:\\），或映射成盘符" in done.text
    assert "请先把压缩包全部解压" in done.text


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
