"""The run log (运行记录.jsonl) and its chain of hashes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.report.runlog import START, check_chain, decoded, head_of, line

RECORDS = (
    {"run": "check", "at": "2023-03-01T09:00:00+08:00", "errors": 2},
    {"run": "evaluate", "note": "评价\n完成", "base": 12},
    {"run": "export", "refused": False, "causes": []},
)


def log_of(*records: dict[str, object]) -> str:
    """Return a log of these records."""
    text, previous = "", START
    for record in records:
        text += line(record, previous)
        previous = head_of(text)
    return text


LOG = log_of(*RECORDS)
HEAD = head_of(LOG)
LINES = LOG.splitlines(keepends=True)


def test_a_log_as_written_is_whole() -> None:
    """At every length, from none on."""
    for count in range(len(RECORDS) + 1):
        text = log_of(*RECORDS[:count])
        assert check_chain(text, head_of(text)) == ()


def test_a_line_holds_the_record_and_the_hash_of_the_line_before() -> None:
    """As one line of JSON."""
    first, second, _ = (json.loads(one) for one in LINES)
    assert first["prev"] == START
    assert second["prev"] == first["hash"]
    assert {key: second[key] for key in RECORDS[1]} == RECORDS[1]


def test_the_same_record_gives_the_same_line_for_any_order_of_its_members() -> None:
    """Canonical JSON."""
    record = RECORDS[0]
    assert line(dict(reversed(record.items())), START) == line(record, START)


@pytest.mark.parametrize("bit", range(8))
def test_every_flipped_bit_of_every_byte_is_seen(bit: int) -> None:
    """Line ends and hashes too."""
    content = LOG.encode("utf-8")
    for at in range(len(content)):
        changed = bytearray(content)
        changed[at] ^= 1 << bit
        assert check_chain(decoded(bytes(changed)), HEAD), (at, bytes(changed))


def test_every_flipped_byte_of_the_head_is_seen() -> None:
    """The head is the hash of the last line and nothing else."""
    for at in range(len(HEAD)):
        changed = HEAD[:at] + chr(ord(HEAD[at]) ^ 1) + HEAD[at + 1 :]
        assert check_chain(LOG, changed)


def test_every_cut_is_seen() -> None:
    """After whichever byte; the whole log alone is whole."""
    content = LOG.encode("utf-8")
    whole = [at for at in range(len(content) + 1) if not check_chain(decoded(content[:at]), HEAD)]
    assert whole == [len(content)]


@pytest.mark.parametrize(
    ("kept", "wanted"),
    [
        ((1, 2), "第1行：与上一行接不上"),
        ((0, 2), "第2行：与上一行接不上"),
        ((0, 1), "第2行：末行与运行记录.head不符"),
        ((), "不见了或是空的，与运行记录.head不符"),
        ((1, 0, 2), "第1行：与上一行接不上"),
        ((0, 2, 1), "第2行：与上一行接不上"),
        ((0, 1, 1, 2), "第3行：与上一行接不上"),
    ],
)
def test_lines_cut_out_put_in_or_swapped_are_seen(kept: tuple[int, ...], wanted: str) -> None:
    """With the line where it shows first."""
    problems = check_chain("".join(LINES[at] for at in kept), HEAD)
    assert problems[0].startswith(wanted)


def test_a_changed_word_is_told_with_its_line() -> None:
    """One problem, not one for every line after it."""
    (problem,) = check_chain(LOG.replace('"base":12', '"base":13'), HEAD)
    assert problem == "第2行：内容被改动（哈希不符），请与备份核对"


def test_a_foreign_line_is_told() -> None:
    """What comes after it is still looked at for itself."""
    (problem,) = check_chain("".join((LINES[0], "改\n", LINES[2])), HEAD)
    assert problem.startswith("第2行：不是程序写下的记录")


def test_a_line_end_of_another_system_is_seen() -> None:
    """An editor that saved the log changed it."""
    assert check_chain(LOG.replace("\n", "\r\n"), HEAD)


def test_the_same_record_written_otherwise_is_seen() -> None:
    """Another order, blanks, escapes, a doubled member: the values alone are not enough."""
    record = json.loads(LINES[0])
    doubled = LINES[0].replace('{"at"', '{"at":"","at"')
    for text in (json.dumps(record, sort_keys=True), json.dumps(dict(reversed(record.items())))):
        assert check_chain(text + "\n", record["hash"])
    assert check_chain(doubled, record["hash"])
    member = f'"hash":"{record["hash"]}",'
    moved = "{" + member + LINES[0].replace(member, "")[1:]
    assert json.loads(moved) == record
    assert check_chain(moved, record["hash"])


def test_a_head_file_may_end_with_a_line_end() -> None:
    """Blanks around the hash say nothing."""
    assert check_chain(LOG, HEAD + "\n") == ()


@pytest.mark.parametrize("record", [{"prev": ""}, {"hash": ""}, {"n": float("nan")}])
def test_a_record_the_chain_cannot_hold_is_refused(record: dict[str, object]) -> None:
    """Our own mistake, seen at once."""
    with pytest.raises(ValueError, match=r"record|JSON"):
        line(record, START)


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_at_all_is_checked_without_an_exception(text: str) -> None:
    """And nothing foreign is a whole log."""
    assert check_chain(text, HEAD)


def test_a_file_name_of_another_encoding_can_be_logged() -> None:
    """Python shows its bytes as lone surrogates, which UTF-8 cannot hold."""
    for name in ("\udcb0\udca1.xlsx", "\ud83d\ude00.xlsx"):
        text = line({"file": name}, START)
        assert check_chain(decoded(text.encode("utf-8")), head_of(text)) == ()


def test_a_line_nested_without_end_is_a_foreign_line() -> None:
    """The JSON reader gives up; we don't."""
    assert check_chain("[" * 100_000 + "\n", HEAD)[0].startswith("第1行：不是程序写下的记录")


@given(st.dictionaries(st.text(max_size=5).filter(lambda key: key not in ("prev", "hash")),
                       st.text(alphabet=st.characters(), max_size=9), max_size=4))  # fmt: skip
def test_any_record_makes_one_whole_line(record: dict[str, object]) -> None:
    """Line ends, separators and lone surrogates inside a text too."""
    text = line(record, START)
    assert text.count("\n") == 1
    assert check_chain(decoded(text.encode("utf-8")), head_of(text)) == ()
