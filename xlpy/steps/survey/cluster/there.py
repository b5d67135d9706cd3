"""Many cases on a cluster (集群汇总): the same results in the same order as on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from xlpy.errors import CaseError
from xlpy.model.survey import SurveyedCase
from xlpy.steps.case import WORKBOOK
from xlpy.steps.survey.cluster.address import parse
from xlpy.steps.survey.cluster.dispatch import Count, Dispatch
from xlpy.steps.survey.cluster.gate import Gate, Patience
from xlpy.steps.survey.cluster.question import Question, program
from xlpy.steps.survey.here import SECONDS, weight

_MOST_PROBES = 20
_NO_DASK = '没有安装集群所用的库，请先运行 pip install "xlpy[cluster]"，或不用 --dask 在本机汇总。'


def there(
    address: str,
    folders: Sequence[Path],
    *,
    today: date,
    seconds: float = SECONDS,
    progress: Count | None = None,
    patience: Patience | None = None,
) -> tuple[tuple[SurveyedCase, ...], tuple[str, ...]]:
    """Return what each case comes to, in the order of `folders`, and notes on the workers.

    The results are those of `here`. A note says in one sentence which worker was lost, or was not
    used and why. Raises CaseError for an address that is not safe, a cluster that is not reached,
    and when no worker is left that may work.
    """
    place = parse(address)
    try:
        from xlpy.steps.survey.cluster.reach import reached
    except ImportError:
        raise CaseError(_NO_DASK) from None
    if not folders:
        return (), ()
    cases = [str(folder.absolute()) for folder in folders]
    question = Question(today=today, seconds=seconds, program=program(), probes=probes(folders))
    order = sorted(range(len(cases)), key=lambda index: -weight(folders[index]))
    with reached(place) as fleet:
        gate = Gate(fleet=fleet, address=place, question=question, patience=patience or Patience())
        work = Dispatch(fleet=fleet, gate=gate, folders=cases, order=order, progress=progress)
        return work.run(), work.notes()


def probes(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the cases every worker must see as we do: the first with a workbook of each folder."""
    found: dict[Path, str] = {}
    for folder in folders:
        if len(found) == _MOST_PROBES:
            break
        above = folder.absolute().parent
        if above not in found and (folder / WORKBOOK).is_file():
            found[above] = str(folder.absolute())
    return tuple(found.values()) or (str(folders[0].absolute()),)
