"""`python -m tests.mutants [N] [--seed S] [--list]`: change one thing, and see a test fail.

A sample of N mutants of the readings (xlpy/excel/reading, xlpy/forms/cells): an operator, a
constant, a condition, a statement at a time, never written to disk. Each runs the tests near it
in a forked process until the first failure; what no test fails on is printed. No part of the
suite: a run of 200 takes half an hour on two cores.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.machinery
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDERS = ("xlpy/excel/reading", "xlpy/forms/cells")
AIM = 85
SECONDS = 150
"""Processor time of one mutant: the tests take a fourth of it, so more is a loop."""

_HOSTILE = ("tests/hostile", "-k", "not C8 and not C9 and not C10 and not C11")
_TESTS = {
    "xlpy/excel/reading": ("tests/excel/reading", "tests/forms/filing/test_habits.py"),
    "xlpy/forms/cells": ("tests/forms/cells", "tests/forms/filing", "tests/forms/ballot"),
}
_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_CALCULATED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Mod: ast.Mult, ast.BitXor: ast.BitOr,
}  # fmt: skip


class Mutant(NamedTuple):
    """One change: the file, the line, what it is, and which node of the tree it changes."""

    path: str
    line: int
    change: str
    node: int


_UNCHANGED = Mutant("", 0, "nothing", -1)


def mutants(path: str) -> Iterator[Mutant]:
    """Yield every change of a file, in order."""
    for number, node in enumerate(_nodes(_tree(path))):
        for change in _changes(node):
            yield Mutant(path, getattr(node, "lineno", 0), change, number)


def main() -> None:
    """Sample, run, print the score; exit status 1 below the aim."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="只列出，不运行")
    asked = parser.parse_args()
    files = [
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]
    every = [one for path in files for one in mutants(path)]
    chosen = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    if asked.list:
        for one in chosen:
            print(f"{one.path}:{one.line}: {one.change}")
        return
    _preload()
    honest = [_UNCHANGED._replace(path=folder) for folder in FOLDERS]
    if sorted(_run(honest)) != sorted(honest):
        print("没有改动时测试就不通过，得分没有意义", file=sys.stderr)
        sys.exit(2)
    survived = _run(chosen)
    score = 100 * (len(chosen) - len(survived)) / len(chosen)
    for one in sorted(survived):
        print(f"{one.path}:{one.line}: {one.change}")
    print(f"{len(every)} 处可变，抽 {len(chosen)} 处（种子 {asked.seed}），", end="")
    print(f"测出 {len(chosen) - len(survived)}，得分 {score:.1f}%（目标 {AIM}%）")
    sys.exit(score < AIM)


def _tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what may change: neither docstrings nor annotations nor decorators nor imports."""
    if isinstance(tree, ast.Import | ast.ImportFrom):
        return
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant):
        return
    if isinstance(tree, ast.Raise):
        yield tree  # what it says stands in the catalogue, or is a place: no mutant of words
        return
    yield tree
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "bases", "type_params"):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST):
                yield from _nodes(one)


def _changes(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield f"{type(op).__name__} → {_COMPARED[type(op)].__name__}"
        case ast.BoolOp(op=op):
            yield "and ↔ or"
        case ast.BinOp(op=op) if type(op) in _CALCULATED:
            yield f"{type(op).__name__} → {_CALCULATED[type(op)].__name__}"
        case ast.UnaryOp(op=ast.Not()):
            yield "no not"
        case ast.If() | ast.IfExp() | ast.While():
            yield "condition negated"
        case ast.Return(value=ast.expr()):
            yield "return None"
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield "statement left out"
        case ast.Continue() | ast.Break():
            yield "continue ↔ break"
        case ast.Constant(value=bool()):
            yield "True ↔ False"
        case ast.Constant(value=int()):
            yield "number + 1"
        case ast.Constant(value=str() | bytes()):
            yield "text changed"


def _changed(one: Mutant) -> ast.Module:
    """Return the tree of the file with the change made."""
    tree = copy.deepcopy(_tree(one.path))
    node = next(node for number, node in enumerate(_nodes(tree)) if number == one.node)
    match node:
        case ast.Compare():
            node.ops = [_COMPARED[type(node.ops[0])]()]
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.BinOp():
            node.op = _CALCULATED[type(node.op)]()
        case ast.UnaryOp():
            node.op = ast.UAdd()
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        case ast.If() | ast.IfExp() | ast.While():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.Expr():
            node.value = ast.Constant(None)
        case ast.Constant(value=bool()):
            node.value = not node.value
        case ast.Constant(value=int()):
            node.value += 1
        case ast.Constant(value=str()):
            node.value = f"{node.value}x"
        case ast.Constant(value=bytes()):
            node.value += b"x"
        case _:
            _replace(tree, node)
    return ast.fix_missing_locations(tree)


def _replace(tree: ast.Module, old: ast.AST) -> None:
    swap = {ast.Continue: ast.Break, ast.Break: ast.Continue, ast.Raise: ast.Pass}
    new = swap[type(old)]()
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if isinstance(value, list) and old in value:
                setattr(parent, name, [new if one is old else one for one in value])


def _preload() -> None:
    """Import what every run needs and no mutant changes, so that a forked process has it."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    import hypothesis
    import openpyxl
    import pytest
    import python_calamine
    import xlsxwriter

    assert all((hypothesis, openpyxl, pytest, python_calamine, xlsxwriter))
    assert not any(name == "xlpy" or name.startswith("xlpy.") for name in sys.modules)


def _run(chosen: list[Mutant]) -> list[Mutant]:
    """Return the mutants that no test failed on; as many at once as there are cores."""
    waiting, running, survived = chosen[::-1], dict[int, Mutant](), list[Mutant]()
    start = time.monotonic()
    while waiting or running:
        while waiting and len(running) < len(os.sched_getaffinity(0)):
            one = waiting.pop()
            pid = os.fork()
            if not pid:
                _test(one)
            running[pid] = one
        pid, status = os.wait()
        one = running.pop(pid)
        if status == 0:
            survived.append(one)
        done = len(chosen) - len(waiting) - len(running)
        said = "活着" if status == 0 else "测出"
        print(
            f"[{time.monotonic() - start:.0f} s] {done} {said} {one}", file=sys.stderr, flush=True
        )
    return survived


def _test(one: Mutant) -> None:
    """Run the tests near the mutant in this process, and leave with their status."""
    status = 1
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        os.setsid()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
        if one.node >= 0:
            _load_changed(one)
        import pytest

        folder = next(folder for folder in FOLDERS if one.path.startswith(folder))
        own = [name for name in _TESTS[folder] if (ROOT / name).exists()]
        near = f"test_{Path(one.path).stem}.py"
        first = [str(path) for path in sorted((ROOT / own[0]).rglob(near))]
        common = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:faulthandler")
        status = int(pytest.main([*common, *first, *own, one.path])) or int(
            pytest.main([*common, *_HOSTILE])
        )
    finally:
        os._exit(status)


def _load_changed(one: Mutant) -> None:
    """Make the import of the mutant's file give the changed code."""
    path = str(ROOT / one.path)
    code = compile(_changed(one), path, "exec")
    honest = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> object:
        return code if loader.path == path else honest(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    main()
