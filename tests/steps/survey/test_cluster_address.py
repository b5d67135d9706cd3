"""Where a cluster may be (集群地址): this machine, or encrypted."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.kit.case import AS_OF
from xlpy.errors import CaseError
from xlpy.steps.survey.cluster.address import MOST, Address, parse
from xlpy.steps.survey.cluster.there import there

FORMS = (
    "请写成 local:4（本机进程，1至64个）、tcp://127.0.0.1:端口（本机的调度器）或 tls://主机:端口"
)


@pytest.mark.parametrize("count", [1, MOST])
def test_processes_of_this_machine(count: int) -> None:
    assert parse(f"local:{count}") == Address("local", f"local:{count}", count)


@pytest.mark.parametrize("text", ["0", str(MOST + 1), "-1", "", "x", "２", "1e1", "1 2", "0" * 9])
def test_a_number_of_processes_that_cannot_be(text: str) -> None:
    with pytest.raises(CaseError) as refused:
        parse(f"local:{text}")
    assert str(refused.value).startswith(f"“local:{text}”的进程数不对，{FORMS}")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.8.7", "[::1]", "localhost", "LOCALHOST"])
def test_a_scheduler_on_this_machine_needs_no_encryption(host: str) -> None:
    assert parse(f" tcp://{host}:8786 ") == Address("tcp", f"tcp://{host}:8786")


@pytest.mark.parametrize(
    "host",
    [
        *("192.168.1.5", "0.0.0.0", "128.0.0.1", "126.255.255.255", "[::2]", "[::ffff:127.0.0.1]"),
        *("scheduler", "localhost.example.com", "127.0.0.1.example.com", "2130706433", "127.1"),
    ],
)
def test_another_machine_needs_encryption(host: str) -> None:
    with pytest.raises(CaseError) as refused:
        parse(f"tcp://{host}:8786")
    assert str(refused.value) == (
        f"“tcp://{host}:8786”不在本机，tcp:// 不加密，而集群会运行收到的任何程序；"
        f"请改用 tls://{host}:8786，证书在 Dask 的配置中写明。"
    )


def test_encrypted_any_machine_will_do() -> None:
    assert parse("tls://scheduler.example:8786") == Address("tls", "tls://scheduler.example:8786")


@pytest.mark.parametrize(
    "text",
    [
        *("", "127.0.0.1:8786", "http://127.0.0.1:8786", "inproc://1/2", "ucx://127.0.0.1:1"),
        *("tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://127.0.0.1:65536", "tcp://127.0.0.1:x"),
        *("tcp://me@127.0.0.1:1", "tcp://127.0.0.1:1/x", "tcp://127.0.0.1:1?x", "tls://:8786"),
        *("tcp://[::1:8786", "tls://a b:8786", "LOCAL:4", "tls://主机:8786\x1b[2J"),
    ],
)
def test_anything_else_is_told_the_three_forms(text: str) -> None:
    with pytest.raises(CaseError) as refused:
        parse(text)
    assert FORMS in str(refused.value)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "worker", "may"),
    [
        ("local:2", "tcp://127.0.0.1:40001", True),
        ("tcp://127.0.0.1:8786", "tcp://[::1]:40001", True),
        ("tcp://127.0.0.1:8786", "tcp://10.0.0.2:40001", False),
        ("tcp://127.0.0.1:8786", "tls://127.0.0.1:40001", False),
        ("tls://10.0.0.1:8786", "tls://10.0.0.2:40001", True),
        ("tls://10.0.0.1:8786", "tcp://127.0.0.1:40001", False),
    ],
)
def test_a_worker_is_spoken_to_only_where_nobody_listens(
    address: str, worker: str, may: bool
) -> None:
    assert (parse(address).stranger(worker) == "") is may


def test_another_machine_is_refused_before_anything_is_imported_or_connected() -> None:
    code = (
        "import sys, socket, datetime, pathlib\n"
        "from xlpy.errors import CaseError\n"
        "from xlpy.steps.survey.cluster.there import there\n"
        "socket.socket.connect = None\n"
        "try:\n"
        "    there('tcp://192.0.2.1:8786', [pathlib.Path('x')], today=datetime.date.min)\n"
        "except CaseError:\n"
        "    print('distributed' in sys.modules, 'dask' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False False\n", "")


def test_the_command_line_knows_dask_only_when_it_is_asked_for() -> None:
    code = "import sys, xlpy.cli, xlpy.steps.survey.run; print('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "xlpy.steps.survey.cluster.reach", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CaseError, match=r'请先运行 pip install "xlpy\[cluster\]"，或不用 --dask'):
        there("local:1", [], today=AS_OF)
