"""What the operator sees in a terminal (终端显示): tables, progress, sentences.

Names in them were chosen by strangers. Everything printed goes through `say`, `complain`,
`show_table` or `print_json`, and these through `xlpy.visible`: one call, one line.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

from xlpy.model.decision import Evaluation
from xlpy.model.finding import Finding, Severity
from xlpy.model.number import plain
from xlpy.visible import is_visible, visible

if TYPE_CHECKING:
    from datetime import date

    from xlpy.report.differences import Difference
    from xlpy.steps.edition.look import Checked
    from xlpy.steps.evaluate import Run
    from xlpy.steps.gather import Progress
    from xlpy.steps.rules.shelf import Found
    from xlpy.steps.survey.run import Surveyed
    from xlpy.steps.verify import Verification

_MOST_FINDINGS = 40  # on the screen; all of them stand in the result workbook
_MOST_NAMED = 8
_MOST_CASES = 40  # on the screen; all of them stand in 汇总.xlsx
_LONGEST_TEXT = 5_000  # characters of a text in JSON
_MAYBE_UNSEEN = "[^\n -~\u3000-\u9fff\uff01-\uff5e]"


def settle_streams(platform: str) -> None:
    """Let Chinese through, in the encoding of whoever reads it.

    A terminal and the programs of Linux and macOS read UTF-8. What goes into a file or a pipe on
    Windows is read by programs that take the code page of the console (`more`, `findstr`, `type`,
    the xlwings of a button), unless PYTHONIOENCODING or PYTHONUTF8 asks for another.
    """
    for stream in (sys.stdout, sys.stderr):
        if platform != "win32" or stream.isatty():
            _encode(stream, "utf-8")
        else:
            asked = sys.flags.utf8_mode or os.environ.get("PYTHONIOENCODING")
            _encode(stream, None if asked else _console_encoding())


def say(text: str) -> None:
    """Print one line."""
    print(visible(text))


def say_now(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(visible(text), flush=True)


def complain(text: str) -> None:
    """Print one line about what cannot be done, on the error stream."""
    print(visible(text), file=sys.stderr)


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object; what nobody would see in it is escaped, long texts are cut."""
    _encode(sys.stdout, "utf-8")  # as RFC 8259 has it, wherever it goes
    text = json.dumps(_bounded(value), ensure_ascii=False, indent=1)
    print(re.sub(_MAYBE_UNSEEN, _escaped, text))


def has_errors(evaluation: Evaluation) -> bool:
    """Tell whether a finding of severity 错误 is not accepted."""
    return any(_open_error(evaluation, finding) for finding in evaluation.findings)


def show_result(evaluation: Evaluation) -> None:
    """Print the result as a table, then what is still open."""
    from xlpy.steps.evaluate import reminders

    rows = [
        (
            str(d.rank or "—"),
            d.name,
            d.level,
            str(d.score.value) if d.score.value is not None else "—",
            d.final or "—",
            plain(d.subsidy) if d.subsidy is not None else "—",
            "并列待裁定" if d.tie else d.state,
        )
        for d in evaluation.decisions
    ]
    show_table(("名次", "平台名称", "平台级别", "得分", "等次", "奖补(万元)", "状态"), rows)
    say(
        f"参评{evaluation.base}家，{evaluation.quota_grades}名额{evaluation.quota}家，"
        f"奖补合计{plain(evaluation.total_subsidy)}万元。"
    )
    for warning in evaluation.warnings:
        say(f"注意：{warning}")
    for reminder in reminders(evaluation):
        say(reminder)
    _show_counts(evaluation)
    if evaluation.causes:
        say("导出前还需处理：")
        for cause in evaluation.causes:
            say(f"  · {cause}")


def show_findings(evaluation: Evaluation) -> None:
    """Print the findings, the first ones in full."""
    for finding in evaluation.findings[:_MOST_FINDINGS]:
        mark = "已受理" if finding.id in evaluation.accepted else finding.severity.value
        say(f"[{mark}] {finding.id} {finding.sentence}")
    more = len(evaluation.findings) - _MOST_FINDINGS
    if more > 0:
        say(f"……还有{more}条，见工作簿“校验问题”。")
    _show_counts(evaluation)


def show_editions(found: Sequence[Found], today: date) -> None:
    """Print the editions there are, and which are valid today."""
    rows = []
    for one in found:
        edition = one.edition
        if edition is None:
            rows.append((one.source.name, "有错误", "", one.where))
            continue
        now = edition.valid_from <= today <= edition.valid_to
        valid = f"{edition.valid_from}至{edition.valid_to}{'（今天有效）' if now else ''}"
        rows.append((edition.id, f"《{edition.title}》", valid, one.where))
    show_table(("编号", "办法", "有效期", "在哪里"), rows)
    for one in found:
        if one.problem:
            say(f"{one.where}：{one.problem}")


def show_faults(seen: Checked) -> None:
    """Print what a check of an edition found."""
    for number, fault in enumerate(seen.faults, 1):
        say(f"{number}. {fault.sentence}")
    if seen.faults:
        say(f"共{len(seen.faults)}处错误，请改正后再核对。")
    elif seen.edition is not None:
        edition = seen.edition
        say(
            f"核对无误：《{edition.title}》（{edition.id}），有效期{edition.valid_from}至"
            f"{edition.valid_to}；级别{len(edition.levels)}个，等次{len(edition.grades)}个，"
            f"服务功能{len(edition.functions)}项，服务类别{len(edition.areas)}个，"
            f"一票否决情形{len(edition.vetoes)}项。摘要{seen.source.digest[:12]}。"
        )
    for note in seen.notes:
        say(f"说明：{note}")


def show_differences(told: Sequence[Difference]) -> None:
    """Print what two editions say otherwise, topic by topic."""
    if not told:
        say("两个政策版本没有不同。")
    topic = ""
    for one in told:
        if one.topic != topic:
            topic = one.topic
            say(f"【{topic}】")
        say(f"  {one.text}")


def show_list(findings: Sequence[Finding]) -> None:
    """Print the findings of one form."""
    for one in findings:
        say_now(f"[{one.severity.value}] {one.sentence}")


def show_refusal(done: Run) -> None:
    """Print why the export was refused."""
    from xlpy.steps.log.history import PAPERS

    say(f"暂不能导出{PAPERS[done.paper]}，请先处理以下事项：")
    for number, cause in enumerate(done.refused, start=1):
        say(f"{number}. {cause}")
    show_written(done)


def show_written(done: Run) -> None:
    """Print the files written, and notes."""
    for path in done.written:
        say(f"已写出：{path}")
    for note in done.notes:
        say(note)


def show_verification(seen: Verification) -> None:
    """Print what was verified."""
    if seen.problems:
        say(f"核验发现{len(seen.problems)}处不符：")
        for problem in seen.problems:
            say(f"  · {problem}")
    else:
        say(
            f"核验无误：运行记录{seen.lines}条，材料{seen.inputs}份，输出文件{seen.outputs}份，"
            "重新评价的结果一致。"
        )
    for note in seen.notes:
        say(f"说明：{note}")
    if seen.code is not None:
        say(seen.code.sentence)


def show_survey(done: Surveyed) -> None:
    """Print what a survey came to: a row a case, what could not be evaluated, files and notes."""
    found = done.survey
    rows = [
        (
            one.folder,
            one.rule.city if one.rule else "",
            str(one.year),
            str(len(one.platforms)),
            "—" if one.waiting else plain(one.total),
            one.stage,
            str(one.open_errors),
        )
        for one in found.judged[:_MOST_CASES]
    ]
    heads = ("项目", "城市", "年度", "平台数", "奖补(万元)", "进度", "未了错误")
    show_table(heads, rows)
    if len(found.judged) > _MOST_CASES:
        say(f"……还有{len(found.judged) - _MOST_CASES}个项目，见汇总。")
    platforms = sum(len(one.platforms) for one in found.judged)
    total = sum((one.total for one in found.judged), Decimal(0))
    say(
        f"共{len(found.cases)}个项目，评价{len(found.judged)}个，平台{platforms}家，"
        f"奖补合计{plain(total)}万元。"
    )
    if waiting := [one.folder for one in found.judged if one.waiting]:
        names = "、".join(waiting[:_MOST_NAMED])
        more = f"等{len(waiting)}个" if len(waiting) > _MOST_NAMED else ""
        say(f"评分表没有收齐的，得分、等次和金额没有列出，也没有计入合计：{names}{more}。")
    for one in found.failed[:_MOST_CASES]:
        say(f"没有评价成：{one.folder}：{one.problem}")
    if len(found.failed) > _MOST_CASES:
        say(f"……还有{len(found.failed) - _MOST_CASES}个没有评价成，见汇总。")
    for those in found.twice:
        say(f"注意：{'、'.join(those)}是同一个项目，合计中重复计算了，请只留一份后再汇总。")
    for path in done.written:
        say(f"已写出：{path}")
    for note in (*found.notes, *done.notes):
        say(f"说明：{note}")


def show_demo(part: str, done: Run | Verification) -> None:
    """Print one part of the demo."""
    from xlpy.steps.verify import Verification

    if isinstance(done, Verification):
        show_verification(done)
    elif part == "check":
        show_findings(done.evaluation)
        show_written(done)
    elif part == "refused" or (part == "export" and done.refused):
        show_refusal(done)
    elif part == "export":
        show_written(done)
    else:
        show_result(done.evaluation)
    say("")


def show_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: drawn on a terminal, separated by tabs elsewhere."""
    if sys.stdout is None or not sys.stdout.isatty():  # None: whoever started us closed it
        for row in (heads, *rows):
            print("\t".join(map(visible, row)))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, pad_edge=False)
    for head in heads:
        table.add_column(Text(head), overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(one)) for one in row))  # a plain str would be markup
    Console().print(table)


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Progress | None]:
    """Give a progress callback while work goes on; None when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    what_is_done = TextColumn("{task.description}", markup=False)
    columns = (what_is_done, BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(visible(what), total=total)
            bar.update(tasks[what], completed=done)

        yield advance


def _encode(stream: TextIO, encoding: str | None) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding=encoding, errors="replace")


def _console_encoding() -> str:
    """Return the code page of the console, else that of programs without Unicode (代码页)."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    name = f"cp{kernel.GetConsoleOutputCP() or kernel.GetACP()}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def _bounded(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= _LONGEST_TEXT else f"{value[:_LONGEST_TEXT]}…"
    if isinstance(value, Mapping):
        return {key: _bounded(one) for key, one in value.items()}
    return [_bounded(one) for one in value] if isinstance(value, list | tuple) else value


def _escaped(found: re.Match[str]) -> str:
    """Return a character as JSON may spell it (转义), where nobody would see it."""
    if is_visible(found[0]):
        return found[0]
    units = found[0].encode("utf-16-be", errors="surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _open_error(evaluation: Evaluation, finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.id not in evaluation.accepted


def _show_counts(evaluation: Evaluation) -> None:
    counts = dict.fromkeys(Severity, 0)
    for finding in evaluation.findings:
        counts[finding.severity] += 1
    words = "，".join(f"{severity.value}{count}条" for severity, count in counts.items())
    say(f"校验问题：{words}；其中已受理{len(evaluation.accepted)}条。")
