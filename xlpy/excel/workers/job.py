"""A job object of Windows (作业对象): its processes have bounded memory and end with us."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Protocol

from xlpy.excel.workers.limits import MEMORY

_START = 300 * 2**20  # bytes of a fresh interpreter with all that is imported


class Job(Protocol):
    """Takes processes under its limits."""

    def take(self, handle: int) -> None:
        """Take the process of this handle."""


class _NoJob:
    """Where there are no job objects, or they cannot be had."""

    def take(self, handle: int) -> None:
        """Do nothing: the worker sees to its limits itself."""


class _WindowsJob:
    """One job for all workers of a run. Windows closes its handle when we die, and kills them."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._job = library.CreateJobObject(None, "")
        kind = library.JobObjectExtendedLimitInformation
        limits = library.QueryInformationJobObject(self._job, kind)
        limits["BasicLimitInformation"]["LimitFlags"] |= (
            library.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | library.JOB_OBJECT_LIMIT_PROCESS_MEMORY
        )
        limits["ProcessMemoryLimit"] = _START + MEMORY
        library.SetInformationJobObject(self._job, kind, limits)

    def take(self, handle: int) -> None:
        with suppress(Exception):  # pywintypes.error; it was quicker than we, and is gone
            self._library.AssignProcessToJobObject(self._job, handle)


def job() -> Job:
    """Return a new job, by pywin32, which comes with xlwings on Windows."""
    try:
        import win32job
    except ImportError:
        return _NoJob()
    try:
        return _WindowsJob(win32job)
    except Exception:  # pywintypes.error: a job around us that lets nobody make another
        return _NoJob()
