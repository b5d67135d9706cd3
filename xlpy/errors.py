"""What can go wrong with the program itself (for the operator: one sentence, exit status 2)."""


class XlpyError(Exception):
    """The run cannot go on (无法运行). Its text is one polite Chinese sentence with the cure."""


class EditionError(XlpyError):
    """A file of the policy or the forms is wrong (政策文件有误): names file, key and cure."""


class CaseError(XlpyError):
    """The case folder or its workbook cannot be used (评价项目不可用)."""


class FileBusyError(XlpyError):
    """A file is open elsewhere or cannot be written (文件被占用或不可写)."""


class TooLargeError(XlpyError):
    """A workbook would be larger than what this program reads (工作簿过大); nothing was written."""


class ReadBackError(XlpyError):
    """A filed sheet read back by the second reader disagrees with the judging (回读不一致)."""


class WorkersError(XlpyError):
    """The system starts no process that could read files (读取进程启动不了)."""


class OfficeError(XlpyError):
    """LibreOffice is missing, does not answer, or refuses something (LibreOffice 不可用)."""


class OfficeClosedError(OfficeError):
    """The workbook or LibreOffice was closed while we worked with it (已被关闭)."""
