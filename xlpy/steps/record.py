"""What a run leaves in the log (运行记录的内容): begun when all is read, kept at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from xlpy import __version__
from xlpy.errors import FileBusyError
from xlpy.excel.files.swaps import NotWrittenError
from xlpy.forms.staff.cells import staff_cells
from xlpy.model.decision import Evaluation
from xlpy.model.history import History
from xlpy.model.keys import kept
from xlpy.steps.case import BALLOTS, FILINGS, Case
from xlpy.steps.gather import Gathered
from xlpy.steps.log import journal
from xlpy.steps.log.backup import copy_path, thin_out
from xlpy.steps.log.commit import commit, note
from xlpy.steps.log.history import history_of
from xlpy.steps.workbook import Workbook

_NO_HASH = {"hash": ""}  # a line that is not written yet
_NO_FILES: Mapping[Path, bytes] = MappingProxyType({})
_NO_DIGESTS: Mapping[Path, str] = MappingProxyType({})


class Record(NamedTuple):
    """A run on its way into the log (一次运行): its line as far as it is known."""

    case: Case
    gathered: Gathered
    evaluation: Evaluation
    workbook: Workbook
    entry: Mapping[str, Any]

    @property
    def history(self) -> History:
        """Return what the log tells once this run stands in it."""
        return history_of((*self.gathered.entries, {**self.entry, **_NO_HASH}))

    def with_more(self, **more: object) -> Record:
        """Return it with more to tell."""
        return Record(
            case=self.case,
            gathered=self.gathered,
            evaluation=self.evaluation,
            workbook=self.workbook,
            entry={**self.entry, **more},
        )

    def write(
        self,
        outputs: Mapping[Path, bytes],
        *,
        perhaps: Mapping[Path, bytes] = _NO_FILES,
        leaving: Mapping[Path, str] = _NO_DIGESTS,
        quiet: Mapping[Path, bytes] = _NO_FILES,
    ) -> Written:
        """Write the outputs and keep the run, as one: killed anywhere, both stand or neither.

        Beside them goes a copy of the workbook, in 输出/备份, when staff cells had changed, and
        beside every filed paper. An output of `perhaps` that cannot be written is left out, and
        told. What is `leaving`, by its digest, is removed at the end. `quiet` files are written
        with the others and are none of the outputs: the seal in the workbook holds them.
        """
        wanted, failed = dict(perhaps), dict[Path, FileBusyError]()
        while True:
            done, files = self._with_outputs({**outputs, **wanted})
            try:
                stuck = commit(self.case, done.entry, {**files, **quiet}, leaving)
            except NotWrittenError as problem:
                if problem.path not in wanted:
                    raise
                del wanted[problem.path]
                failed[problem.path] = problem
                continue
            if "kept" in done.entry:
                thin_out(self.case)
            return Written(done, wanted, failed, stuck)

    def keep(self, outputs: Mapping[Path, bytes]) -> Record:
        """Keep a run that writes nothing but its line, and a copy of the workbook where due."""
        if outputs or self.entry["changed"]:
            return self.write(outputs).run
        note(self.case, self.entry)
        return self

    def _with_outputs(self, outputs: Mapping[Path, bytes]) -> tuple[Record, dict[Path, bytes]]:
        """Return the run with its outputs, and all files to write."""
        written = {self.case.relative(path): journal.digest(c) for path, c in outputs.items()}
        done, papers = self.with_more(outputs=written), self.entry.get("papers", ())
        if not self.entry["changed"] and not papers and "reason" not in self.entry:
            return done, dict(outputs)
        content = self.workbook.copy(self.case, self.gathered, self.evaluation)
        kinds = [one["kind"] for one in papers]
        path = copy_path(self.case, moment=self.entry["time"], papers=kinds)
        kept = {self.case.relative(path): journal.digest(content)}
        return done.with_more(kept=kept), {path: content, **outputs}


class Written(NamedTuple):
    """What a run wrote (写出的结果).

    `perhaps` are the optional outputs that were written, `failed` those that could not be and
    why, `stuck` the files that were to go and could not be removed.
    """

    run: Record
    perhaps: Mapping[Path, bytes]
    failed: Mapping[Path, FileBusyError]
    stuck: tuple[Path, ...]


def begun(
    command: str,
    case: Case,
    gathered: Gathered,
    evaluation: Evaluation,
    workbook: Workbook,
    **more: object,
) -> Record:
    """Return the line of a run about to write: what was read, what changed, what came out."""
    stamp = journal.stamp()
    history = gathered.history
    entry = {
        "time": stamp.time,
        "login": stamp.login,
        "command": command,
        "version": __version__,
        "edition": gathered.edition.id,
        "edition_digest": gathered.edition.digest,
        "as_of": evaluation.as_of.isoformat(),
        "parameters": {key: value for key, (value, _) in gathered.rules.chosen.items()},
        "inputs": dict(gathered.inputs),
        "who": dict(_who(gathered)),
        "staff": gathered.staff.digest,
        "changed": list(_changed(gathered)),
        "outputs": {},
        **summary(evaluation),
        **more,
    }
    if torn := journal.unlogged(case, gathered.entries):
        entry["mended"] = torn
    if gathered.entries and not history.known_cells:
        entry["baseline"] = True  # of version 1.0: what stands there is no change of this run
    return Record(
        case=case, gathered=gathered, evaluation=evaluation, workbook=workbook, entry=entry
    )


def summary(evaluation: Evaluation) -> dict[str, Any]:
    """Return what the log keeps of an evaluation."""
    return {
        "base": evaluation.base,
        "quota": evaluation.quota,
        "total_subsidy": str(evaluation.total_subsidy),
        "decisions": [
            [
                kept(d.code),
                kept(d.name),
                d.status.value,
                str(d.score.value),
                d.final,
                str(d.subsidy),
            ]
            for d in evaluation.decisions
        ],
        "open_findings": sum(
            f.blocks and not f.stage and f.id not in evaluation.accepted
            for f in evaluation.findings
        ),
    }


def changes_since(gathered: Gathered, evaluation: Evaluation) -> tuple[str, ...]:
    """Return why the last evaluation (最近一次评价) is not that of today, one sentence each."""
    before = journal.last(gathered.entries, "evaluate")
    if before is None:
        return ("还没有评价，请先评价再导出。",)
    causes = []
    now = dict(gathered.inputs)
    for path in sorted(before["inputs"].keys() | now.keys()):
        if path not in now:
            causes.append(f"评价之后“{path}”不见了，请核对后重新评价。")
        elif path not in before["inputs"]:
            causes.append(f"评价之后新收到“{path}”，请重新评价。")
        elif before["inputs"][path] != now[path]:
            causes.append(f"评价之后“{path}”有改动，请重新评价。")
    if before["staff"] != gathered.staff.digest:
        causes.append("评价之后工作簿中经办人填写的内容有改动，请重新评价。")
    if before.get("edition_digest", gathered.edition.digest) != gathered.edition.digest:
        causes.append("评价之后政策版本已经更换，请重新评价。")
    if not causes and before["decisions"] != summary(evaluation)["decisions"]:
        causes.append("现在的等次或奖补金额与最近一次评价不同，请重新评价。")
    return tuple(causes)


def _who(gathered: Gathered) -> Iterator[tuple[str, list[str]]]:
    """Yield whose each file is that the log does not know yet (材料归属), by its path."""
    known = {
        (one.path, one.digest)
        for one in gathered.history.arrivals
        if one.expert or one.code or one.name
    }
    form = gathered.forms.filing
    labels = [form.field(id).label for id in ("code", "name")]
    digests = dict(gathered.inputs)
    for filing in gathered.filings:
        path, who = f"{FILINGS}/{filing.file}", [kept(filing.text(label)) for label in labels]
        if any(who) and (path, digests.get(path)) not in known:
            yield path, who
    for ballot in gathered.ballots:
        path = f"{BALLOTS}/{ballot.file}"
        if ballot.expert and (path, digests.get(path)) not in known:
            yield path, [kept(ballot.expert)]


def _changed(gathered: Gathered) -> Iterator[list[str]]:
    """Yield every staff cell that is not as the last run left it: where, old, new."""
    before, now = gathered.history.cells, staff_cells(gathered.staff)
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key, ""), now.get(key, "")
        if old != new:
            yield [*key, old, new]
