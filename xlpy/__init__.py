"""Yearly evaluation of SME public service platforms (中小企业公共服务示范平台评价).

Public, and kept from version to version: the command line `xlpy` (`xlpy.cli`), what the buttons of
a workbook call (`xlpy.addin`), the worksheet functions (`xlpy.udf`), tables for analysts
(`xlpy.frames`), the steps of a year as functions (`xlpy.steps.new`, `check`, `ballots`,
`evaluate`, `export`, `verify`, `meeting.report`) and what they raise (`xlpy.errors`). Every other
room may move without notice; a test holds this list.
"""

__version__ = "1.6.0"
__all__ = ["__version__", "addin", "cli", "errors", "frames", "steps", "udf"]  # noqa: F822 - rooms below
