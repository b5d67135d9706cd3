"""What one double-clicks or reads first (开始): batch files in GBK and CRLF, for cmd.exe.

A batch file does nothing but start Python: the words and the work are in `xlpy menu`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xlpy import __version__

START: Final = "开始.bat"
COMMAND: Final = "xlpy.bat"
READ: Final = "请先看.txt"

# The dot keeps the backslash at the end of %~dp0 from swallowing the quote.
_START: Final = """\
@echo off
title xlpy
set "here=%~dp0"
if "%here:~0,2%"=="\\\\" goto network
:start
if not exist "%~dp0python\\python.exe" goto unpack
"%~dp0python\\python.exe" -m xlpy menu %*
if not "%errorlevel%"=="0" pause
exit /b
:unpack
echo 找不到程序。请先把压缩包全部解压（右键单击压缩包，选“全部解压缩”），
echo 再双击解压出来的文件夹里的“开始.bat”。
pause
exit /b
:network
echo 这个文件夹在网络上（\\\\服务器\\…），按钮不能用，程序也可能启动不了。
echo 请把整个 xlpy 文件夹复制到本机（如 D:\\），或映射成盘符，再双击那里的“开始.bat”。
goto start
"""
_COMMAND: Final = """\
@"%~dp0python\\python.exe" -m xlpy %*
"""
_READ: Final = f"""\
xlpy {__version__}：中小企业公共服务平台评价

一、怎样开始
  1. 收到的是压缩包的：先右键单击压缩包，选“属性”，有“解除锁定”的勾选它，点“确定”；
     再右键单击压缩包，选“全部解压缩”。解压到 D:\\ 这样短的路径，U 盘也可以。
  2. 双击“开始.bat”，按菜单上的数字操作。不用安装，不用管理员权限，不用联网。
  3. 第一次请选“示例”，走一遍一个做好的年度。

二、文件夹里有什么
  评价项目    您的评价项目（第一次运行“开始.bat”时建立）
  空白表      平台申报表、专家评分表和空白的工作簿，供查看；每个项目里另有本年度的
  说明        使用手册和安装说明，双击用浏览器打开
  加载项      xlpy.xlam，校验任何一份打开的表格；怎样装见“说明\\安装.html”
  python      程序本身，请不要改动
  许可        各部分的许可文本
  xlpy.bat    命令行，如：xlpy.bat check 评价项目\\2022年度
  SHA256SUMS  每个文件的摘要，供核对

三、搬家和升级
  整个文件夹可以搬到别处或拷到别的电脑。搬过以后双击一次“开始.bat”，打开评价项目，
  工作簿里登记的程序位置就改好了。
  升级时把新的压缩包解压到另一个文件夹，把旧文件夹里的“评价项目”移过去，旧文件夹改名或
  删除，再双击新的“开始.bat”，把项目逐个打开，选“校验”。
"""


def files() -> Mapping[str, bytes]:
    """Return the files on top of the package, by name."""
    return {START: _told(_START), COMMAND: _told(_COMMAND), READ: _told(_READ)}


def _told(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("gbk")
