"""Reaching a cluster (连接集群): encrypted with its certificates, or told what is missing."""

from __future__ import annotations

import logging
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import dask.config
import pytest

from tests.kit.case import AS_OF
from tests.kit.cluster import Cluster
from tests.steps.survey.conftest import Share
from xlpy.errors import CaseError
from xlpy.steps.survey.cluster import reach
from xlpy.steps.survey.cluster.there import there


def authority(folder: Path) -> Mapping[str, str]:
    """Make an authority and one certificate by it, with openssl; return their files."""
    folder.mkdir()
    names = ("ca.pem", "ca.key", "node.csr", "node.pem", "node.key")
    ca, ca_key, request, cert, key = (str(folder / name) for name in names)
    new = ("openssl", "req", "-newkey", "rsa:2048", "-nodes")
    sign = ("openssl", "x509", "-req", "-days", "2", "-CA", ca, "-CAkey", ca_key)
    for command in (
        (*new, "-x509", "-subj", "/CN=authority", "-keyout", ca_key, "-out", ca),
        (*new, "-subj", "/CN=node", "-keyout", key, "-out", request),
        (*sign, "-CAcreateserial", "-in", request, "-out", cert),
    ):
        subprocess.run(command, check=True, capture_output=True)
    return {"ca": ca, "cert": cert, "key": key}


def settings(files: Mapping[str, str]) -> Mapping[str, str]:
    """Return Dask's settings that name these certificates to the one who asks."""
    return {
        "distributed.comm.tls.ca-file": files["ca"],
        "distributed.comm.tls.client.cert": files["cert"],
        "distributed.comm.tls.client.key": files["key"],
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return authority(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, files: Mapping[str, str]
) -> Iterator[Cluster]:
    """An encrypted cluster of one worker."""
    words = ("--tls-ca-file", files["ca"], "--tls-cert", files["cert"], "--tls-key", files["key"])
    with Cluster(tmp_path_factory.mktemp("tls") / "dask", "--protocol", "tls", *words) as cluster:
        cluster.hire(cluster.start("only", *words))
        yield cluster


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no scheduler that will not come."""
    monkeypatch.setattr(reach, "_CONNECT", 1.0)


def test_with_its_certificates_an_encrypted_cluster_works(
    cluster: Cluster, files: Mapping[str, str], share: Share
) -> None:
    assert cluster.address.startswith("tls://")
    with dask.config.set(settings(files)):
        found, notes = there(cluster.address, share.folders, today=AS_OF)
    assert (found, notes) == (share.expected, ())


def test_without_certificates_it_is_told_where_they_are_named(cluster: Cluster) -> None:
    with pytest.raises(CaseError, match=r"^没有集群的证书，tls:// 需要在 Dask 的配置中写明"):
        there(cluster.address, [Path("x")], today=AS_OF)


@pytest.mark.parametrize("one", ["ca", "cert", "key"])
def test_certificates_that_cannot_be_read_are_told(
    cluster: Cluster, files: Mapping[str, str], tmp_path: Path, one: str
) -> None:
    bad = tmp_path / "bad.pem"
    for wrong in ({one: str(bad)}, {one: str(tmp_path / "gone.pem")}):
        bad.write_text("no certificate", encoding="utf-8")
        with (
            dask.config.set(settings({**files, **wrong})),
            pytest.raises(CaseError, match=r"^读不了集群的证书（.+），请核对 Dask 配置中"),
        ):
            there(cluster.address, [Path("x")], today=AS_OF)


@pytest.mark.usefixtures("hasty")
def test_a_certificate_of_another_authority_does_not_connect(
    cluster: Cluster, tmp_path: Path
) -> None:
    with (
        dask.config.set(settings(authority(tmp_path / "other"))),
        pytest.raises(CaseError, match=r"^没有连上集群“tls://127\.0\.0\.1:\d+”（两边的证书不符）"),
    ):
        there(cluster.address, [Path("x")], today=AS_OF)


@pytest.mark.usefixtures("hasty")
def test_where_no_scheduler_is_it_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    """Dask tells of its last try alone, and may have cut that short: one of three is not."""
    told = set()
    for _ in range(3):
        with pytest.raises(CaseError) as failed:
            there("tcp://127.0.0.1:9", [Path("x")], today=AS_OF)
        told.add(str(failed.value))
    assert (
        "没有连上集群“tcp://127.0.0.1:9”（那里没有程序等候连接），"
        "请确认调度器（dask scheduler）已经启动、地址和证书无误、网络相通。"
    ) in told
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("hasty")
def test_a_scheduler_that_says_nothing_is_told() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as deaf,
        pytest.raises(CaseError, match=r"（没有得到回应：地址不对"),
    ):
        there(f"tcp://127.0.0.1:{deaf.getsockname()[1]}", [Path("x")], today=AS_OF)


@pytest.mark.usefixtures("hasty")
def test_an_encrypted_scheduler_is_not_reached_without_encryption(cluster: Cluster) -> None:
    plain = cluster.address.replace("tls://", "tcp://")
    with pytest.raises(CaseError, match=r"（对方断开了连接，可能一边加密而另一边不加密）"):
        there(plain, [Path("x")], today=AS_OF)


@pytest.mark.usefixtures("hasty")
def test_loggers_are_as_they_were_afterwards() -> None:
    names = ("distributed", "distributed.client", "tornado.application", "asyncio")
    before = [logging.getLogger(name).level for name in names]
    with pytest.raises(CaseError):
        there("tcp://127.0.0.1:9", [Path("x")], today=AS_OF)
    assert [logging.getLogger(name).level for name in names] == before
