"""A line to LibreOffice (与 LibreOffice 的连线): start it, ask it, hear what the person does."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from xlpy.errors import OfficeClosedError, OfficeError
from xlpy.excel.office.program import Office, clean_environment

Event = Mapping[str, Any]
"""{"event": "clicked", "caption": …}, {"event": "saved"} or {"event": "closed"}."""

_SCRIPT = Path(__file__).with_name("bridge.py")
_STARTS = 4
_WAKING = 3.0  # seconds a LibreOffice that runs already may take to answer
_STEP = 0.25  # seconds between two looks whether Ctrl+C was pressed
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
_CLOSED: Event = {"event": "closed"}
_SENTENCES = {
    "closed": "工作簿或 LibreOffice 已被关闭，本次填写没有完成；请重新打开后再试。",
    "protected": "工作表“{said}”受保护，不能写入；请在“工具”菜单中撤销对它的保护后再试。",
    "no sheet": "工作簿中没有工作表“{said}”。",
    "unreadable": "LibreOffice 打不开“{said}”，请检查该文件后再试。",
    "error": "LibreOffice 没有完成这一步（{said}），请保存后关闭工作簿，重新打开再试。",
}


class Link:
    """The line to one LibreOffice, through a Python that has `uno`."""

    def __init__(self, bridge: subprocess.Popen[str]) -> None:
        """Speak with a bridge that was started."""
        self._bridge = bridge
        self._answers: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, question: str, **words: Any) -> Any:
        """Return the answer; OfficeClosedError or OfficeError say why there is none."""
        try:
            _into(self._bridge).write(json.dumps({"ask": question, "with": words}) + "\n")
            _into(self._bridge).flush()
        except OSError:
            raise OfficeClosedError(_SENTENCES["closed"]) from None
        got = _waited(self._answers)
        if "answer" in got:
            return got["answer"]
        kind = str(got.get("failed", "closed"))
        wrong = OfficeClosedError if kind == "closed" else OfficeError
        raise wrong(_SENTENCES[kind].format(said=got.get("said", "")))

    def events(self) -> Iterator[Event]:
        """Give what the person does, as it happens, until the workbook is closed."""
        while (event := self.wait())["event"] != "closed":
            yield event

    def wait(self) -> Event:
        """Return the next thing the person does."""
        return _waited(self._events)

    def forget_clicks(self) -> None:
        """Forget what was clicked until now: impatient clicks while we worked."""
        waiting = [self._events.get() for _ in range(self._events.qsize())]
        for event in waiting:
            if event["event"] != "clicked":
                self._events.put(event)

    def hang_up(self) -> None:
        """End the bridge; LibreOffice stays as the person left it."""
        self._bridge.kill()
        self._bridge.wait()

    def _listen(self) -> None:
        assert self._bridge.stdout is not None
        for line in self._bridge.stdout:
            message = json.loads(line)
            (self._events if "event" in message else self._answers).put(message)
        self._events.put(_CLOSED)
        self._answers.put({"failed": "closed"})


def connect(office: Office) -> Link:
    """Start LibreOffice, or wake the one that runs, and return a line to it.

    OfficeError when there is no screen, or no answer.
    """
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        raise OfficeError("这里没有图形界面，打不开 LibreOffice 窗口；请改用 xlpy check 等命令。")
    pipe = f"xlpy-{uuid4().hex}"
    start = [str(office.program), "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
    quiet: dict[str, Any] = {"stderr": subprocess.DEVNULL, **_apart()}
    bridge = subprocess.Popen(
        [str(office.python), str(_SCRIPT), pipe],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=clean_environment(),
        **quiet,
    )
    ready = threading.Event()
    threading.Thread(target=_keep_starting, args=(start, quiet, bridge, ready), daemon=True).start()
    link = Link(bridge)
    answered = link.wait()["event"] == "ready"
    ready.set()
    if not answered:
        raise OfficeError(
            "LibreOffice 没有应答。请先关闭所有 LibreOffice 窗口（包括其中的提示框），然后再试。"
        )
    return link


def _keep_starting(
    start: list[str],
    quiet: dict[str, Any],
    bridge: subprocess.Popen[str],
    ready: threading.Event,
) -> None:
    """Start LibreOffice, again when it goes away at once, and in the end give the bridge up.

    It goes away with a new profile, and when the one it wakes was just being closed.
    """
    for _ in range(_STARTS):
        subprocess.run(
            start, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False, **quiet
        )
        if ready.wait(_WAKING):
            return
    bridge.kill()


def _into(bridge: subprocess.Popen[str]) -> IO[str]:
    assert bridge.stdin is not None
    return bridge.stdin


def _waited(messages: queue.SimpleQueue[Event]) -> Event:
    """Return the next message; on Windows a wait without an end does not hear Ctrl+C."""
    while True:
        try:
            return messages.get(timeout=_STEP)
        except queue.Empty:
            continue


def _apart() -> dict[str, Any]:
    """Start apart from our terminal: Ctrl+C ends us and leaves the person's window open."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
