"""Many cases on a real cluster (集群汇总): the results of one machine, whoever is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from distributed import Client

from tests.kit.case import AS_OF
from tests.kit.cluster import (
    Cluster,
    Worker,
    at_work,
    below,
    gone,
    kill,
    kill_all,
    kill_below,
    strike,
    until,
)
from tests.steps.survey.conftest import Share
from xlpy.errors import CaseError
from xlpy.steps.survey.cluster.gate import Gate, Patience
from xlpy.steps.survey.cluster.there import there


def meanwhile(work: Callable[[], Any]) -> threading.Thread:
    """Begin something beside the survey."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def ask(cluster: Cluster, share: Share, **more: Any) -> Any:
    """Survey the share on a cluster."""
    return there(cluster.address, share.folders, today=AS_OF, seconds=60.0, **more)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cluster, Worker, Worker]]:
    """A cluster of two workers; nobody kills one of them."""
    with Cluster(tmp_path_factory.mktemp("pair") / "dask") as cluster:
        workers = cluster.start("first"), cluster.start("second")
        cluster.hire(*workers)
        yield (cluster, *workers)


def test_a_cluster_gives_what_one_machine_gives(
    pair: tuple[Cluster, Worker, Worker], share: Share
) -> None:
    told: list[int] = []
    found, notes = ask(pair[0], share, progress=told.append)
    assert found == share.expected
    assert notes == ()
    assert told == sorted(told)
    assert told[-1] == len(share.folders)


def test_the_broken_case_is_among_the_expected_and_the_others_are_judged(share: Share) -> None:
    assert [bool(one.problem) for one in share.expected].count(True) == 1
    assert {len(one.platforms) for one in share.expected} == {0, 2, 3}


def test_no_folders_are_no_work(pair: tuple[Cluster, Worker, Worker]) -> None:
    assert there(pair[0].address, [], today=AS_OF) == ((), ())


def test_a_survey_that_is_stopped_leaves_nothing_behind(
    pair: tuple[Cluster, Worker, Worker], share: Share
) -> None:
    cluster, *workers = pair
    at_hand: list[Any] = []

    def stop(_: int) -> None:
        at_hand.extend(one for worker in workers for one in at_work(worker.process.pid))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(cluster, share, progress=stop)
    until(lambda: gone(at_hand), "the interpreters to end")
    with Client(cluster.address, set_as_default=False) as client:
        until(lambda: not client.run_on_scheduler(_tasks), "the scheduler to forget")
        assert len(client.nthreads()) == 2


def _tasks(dask_scheduler: Any) -> int:
    return len(dask_scheduler.tasks)


def test_what_a_killed_worker_had_is_done_by_another_quietly(
    tmp_path: Path, share: Share, capfd: pytest.CaptureFixture[str]
) -> None:
    with Cluster(tmp_path / "dask") as cluster:
        lost, stays = cluster.start("lost"), cluster.start("stays")
        cluster.hire(lost, stays)
        had: list[Any] = []
        striking = meanwhile(lambda: had.extend(strike(lost.process.pid, kill)))
        found, notes = ask(cluster, share)
        striking.join()
        until(lambda: gone(had), "the orphans to end")
    assert found == share.expected
    assert notes == (f"工作机 {lost.address} 中断过，它手上的1个项目重新分派。",)
    assert capfd.readouterr() == ("", "")


def test_a_worker_that_its_nanny_starts_again_goes_on(tmp_path: Path, share: Share) -> None:
    with Cluster(tmp_path / "dask") as cluster:
        only = cluster.start("only", nanny=True)
        cluster.hire(only)
        first = only.address

        striking = meanwhile(lambda: strike(only.process.pid, kill_below))
        found, notes = ask(cluster, share)
        striking.join()
        assert only.address != first
    assert found == share.expected
    assert notes == (f"工作机 {first} 中断过，它手上的1个项目重新分派。",)


def test_a_machine_that_goes_and_one_that_comes(tmp_path: Path, share: Share) -> None:
    """The nanny and all below it die; whoever came since does the rest."""
    with Cluster(tmp_path / "dask") as cluster:
        goes = cluster.start("goes", nanny=True)
        cluster.hire(goes)
        came: list[Worker] = []

        def change() -> None:
            strike(goes.process.pid, kill_all)
            came.append(cluster.start("comes"))

        changing = meanwhile(change)
        found, notes = ask(cluster, share)
        changing.join()
    assert found == share.expected
    assert notes == (f"工作机 {goes.addresses[0]} 中断过，它手上的1个项目重新分派。",)


def test_when_the_last_worker_is_gone_it_says_how_far_it_came(tmp_path: Path, share: Share) -> None:
    with Cluster(tmp_path / "dask") as cluster:
        only = cluster.start("only")
        cluster.hire(only)
        with pytest.raises(CaseError, match="6个项目做完了1个，没有写出汇总；"):
            ask(
                cluster,
                share,
                progress=lambda _: kill(only.process.pid),
                patience=Patience(absent=1.0),
            )


OLD = "import xlpy; xlpy.__version__ = '1.4.9'"
OTHER_RULE = """
from xlpy.policy.editions import load
named = load.source_named
def other(name):
    found = named(name)
    return found._replace(texts=type(found.texts)({**found.texts, "edition.toml": "# another"}))
load.source_named = other
"""
ELSEWHERE = """
import os
stat = os.stat
def blind(path, *words, **more):
    if isinstance(path, (str, os.PathLike)) and "/share" in os.fspath(path):
        raise FileNotFoundError(2, "not mounted here", os.fspath(path))
    return stat(path, *words, **more)
os.stat = blind
"""
WITHOUT = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "xlpy":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Gone())
"""
ODD = {"old": OLD, "rule": OTHER_RULE, "blind": ELSEWHERE, "without": WITHOUT}


class Mixed(NamedTuple):
    """What a survey says of workers that differ, beside one that does not and without it."""

    found: Any
    notes: tuple[str, ...]
    refusal: str
    workers: dict[str, Worker]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, share: Share) -> Iterator[Mixed]:
    """Ask without a worker that fits, then have one come when the others are refused."""
    refused: set[str] = set()
    refuse = Gate.refuse

    def counted(gate: Gate, worker: str, why: str) -> None:
        refuse(gate, worker, why)
        refused.add(worker)

    with (
        Cluster(tmp_path_factory.mktemp("mixed") / "dask") as cluster,
        pytest.MonkeyPatch.context() as patch,
    ):
        odd = {name: cluster.start(name, odd=how) for name, how in ODD.items()}
        cluster.hire(*odd.values())
        with pytest.raises(CaseError) as nobody:
            ask(cluster, share, patience=Patience(refused=0.5))
        patch.setattr(Gate, "refuse", counted)
        meanwhile(
            lambda: until(lambda: len(refused) == len(ODD), "refusals") and cluster.start("good")
        )
        found, notes = ask(cluster, share, patience=Patience(refused=60.0))
        yield Mixed(found, notes, str(nobody.value), odd)


def test_workers_that_differ_change_nothing(mixed: Mixed, share: Share) -> None:
    assert mixed.found == share.expected
    assert len(mixed.notes) == len(ODD)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("old", "它的 xlpy 是1.4.9，本机是"),
        ("rule", "它的政策版本“bengbu-2022”与本机内容不同，请在两边安装同一版本的 xlpy"),
        ("blind", "它看不到“{case}”，请把共享文件夹挂载到同样的路径"),
        ("without", "那里没有安装 xlpy，请在那里安装同一版本"),
    ],
)
def test_a_worker_that_differs_is_refused_and_told_why(
    mixed: Mixed, share: Share, name: str, why: str
) -> None:
    case = next(one for one in share.folders if one.parent.name == "甲市")
    start = f"没有采用工作机 {mixed.workers[name].address}：{why.format(case=case)}"
    assert [one for one in mixed.notes if one.startswith(start)] != []
    assert start in mixed.refusal


def test_where_all_are_refused_nothing_is_done(mixed: Mixed) -> None:
    assert mixed.refusal.startswith("集群中没有可用的工作机，请启动工作机（dask worker）后重试：")


def test_a_cluster_without_workers_is_told(tmp_path: Path, share: Share) -> None:
    with (
        Cluster(tmp_path / "dask") as cluster,
        pytest.raises(
            CaseError, match="集群中没有可用的工作机，请启动工作机（dask worker）后重试。"
        ),
    ):
        ask(cluster, share, patience=Patience(absent=0.5))


def test_processes_of_this_machine_give_the_same_and_end(share: Share) -> None:
    import os

    found, notes = there("local:2", share.folders, today=AS_OF)
    assert (found, notes) == (share.expected, ())
    ours = [one for one in below(os.getpid()) if "spawn_main" in " ".join(one.cmdline())]
    assert ours == []
