"""Some cases on a worker (工作机上的一批项目): a fresh interpreter, which may have processes.

A process of Dask may not: it is a daemon, and has threads. So it starts this module as a program
(`task`): its parent's number and a `Question` on its input, the `Answer` on its output, pickled.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path

from xlpy.excel.workers.limits import watch
from xlpy.model.survey import SurveyedCase
from xlpy.steps.survey.cluster.question import Answer, Question, program, seen
from xlpy.steps.survey.here import here


def main() -> None:
    """Answer the question on standard input (一问一答), and end when nobody waits any more."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library may print is no answer
    parent, question = pickle.load(sys.stdin.buffer), pickle.load(sys.stdin.buffer)
    with suppress(ImportError):  # a Windows without pywin32
        # Windows keeps naming a parent that is gone; there a job ends us, see `task`.
        watch(os.getppid() if sys.platform == "win32" else parent)
    content = pickle.dumps(answer(question))
    with output:
        output.write(content)


def answer(question: Question) -> Answer:
    """Return what a question asks, worked out on this machine."""
    ours = program()
    cases: tuple[SurveyedCase, ...] = ()
    as_seen = tuple(map(seen, question.probes))
    if question.folders and ours == question.program:
        folders = list(map(Path, question.folders))
        cases = here(folders, today=question.today, workers=1, seconds=question.seconds)
    return Answer(ours, as_seen, cases)
