"""A torn log is mended, a changed one is not: every cut, every zero, every head."""

from __future__ import annotations

import json

import pytest

from xlpy.report.runlog import START, check_chain, decoded, head_of, line
from xlpy.report.torn import Announced, Head, announced_from, head_from, mended

_RECORDS = (
    {"command": "check", "as_of": "2023-06-30", "inputs": {"甲.xlsx": "a" * 64}},
    {"command": "evaluate", "decisions": [["9134", "蚌埠市甲平台", "A"]], "inputs": {}},
    {"command": "export", "login": "张三", "outputs": {"输出/公示名单.xlsx": "b" * 64}},
)
_VERIFIED = ({"command": "verify", "problems": 0}, {"command": "verify", "problems": 1})


def _lines(*records: dict[str, object]) -> list[bytes]:
    made, previous = [], START
    for record in records:
        text = line(record, previous)
        previous = head_of(text)
        made.append(text.encode())
    return made


_MADE = _lines(*_RECORDS)
_BEFORE, _LAST, _WHOLE = b"".join(_MADE[:-1]), _MADE[-1], b"".join(_MADE)
_OLD, _NEW = (head_of(one.decode()) for one in _MADE[-2:])
_COPY = announced_from(_LAST.decode(), pending=False)

_HEADS = {
    "done": _NEW.encode() + b"\n",
    "announced": f"{_OLD}\n{_NEW}\n".encode(),
    "one behind": _OLD.encode() + b"\n",
    "empty": b"",
    "half": _NEW[:30].encode(),
    "announced, half": f"{_OLD}\n{_NEW[:30]}".encode(),
    "zeros": bytes(65),
    "half and zeros": _NEW[:30].encode() + bytes(35),
    "whole and zeros": _NEW.encode() + b"\n" + bytes(65),
}


def _mended(content: bytes, head: bytes | None, copy: Announced | None = _COPY) -> bytes | None:
    """Return the log when mended, None where nothing was."""
    fix = mended(content, head, copy)
    if fix is None:
        return None
    whole = fix.applied(content)
    assert check_chain(decoded(whole), fix.head) == ()
    return whole


@pytest.mark.parametrize("head", _HEADS)
def test_the_last_line_cut_anywhere_is_written_again_from_its_copy(head: str) -> None:
    for cut in range(1, len(_LAST)):
        assert _mended(_BEFORE + _LAST[:cut], _HEADS[head]) == _WHOLE, cut


@pytest.mark.parametrize("head", _HEADS)
def test_zeros_where_the_disk_had_not_written_are_a_tear(head: str) -> None:
    for cut in range(len(_LAST)):
        torn = _LAST[:cut] + bytes(len(_LAST) - cut)
        assert _mended(_BEFORE + torn, _HEADS[head]) == _WHOLE, cut
    for torn in (bytes(4096), bytes(len(_LAST) - 1) + b"\n", bytes(50) + _LAST[50:]):
        assert _mended(_BEFORE + torn, _HEADS[head]) == _WHOLE


def test_whole_sectors_of_zeros_within_a_line_are_a_tear() -> None:
    long = _lines({"command": "check", "text": "a" * 4_000})
    copy = announced_from(long[0].decode(), pending=False)
    head = head_of(long[0].decode()).encode()
    torn = long[0][:1024] + bytes(1024) + long[0][2048:]
    assert _mended(torn, head, copy) == long[0]


@pytest.mark.parametrize("head", ["empty", "half", "zeros", "one behind", "announced, half"])
def test_a_torn_head_beside_a_whole_log_is_written_again(head: str) -> None:
    assert _mended(_WHOLE, _HEADS[head]) == _WHOLE


@pytest.mark.parametrize("head", ["done", "announced", "whole and zeros"])
def test_beside_a_whole_log_a_whole_head_needs_nothing(head: str) -> None:
    assert _mended(_WHOLE, _HEADS[head]) is None


@pytest.mark.parametrize("garbage", [b"\x17\xff", b"{", bytes(512), b"\0\xffold text"])
def test_what_stood_on_the_disk_below_the_last_line_is_cut_off(garbage: bytes) -> None:
    for head in ("done", "announced", "one behind", "empty"):
        assert _mended(_WHOLE + garbage, _HEADS[head]) == _WHOLE, head


def test_a_line_that_lacks_its_line_end_alone_needs_no_copy() -> None:
    for head in ("done", "announced", "empty"):
        assert _mended(_WHOLE[:-1], _HEADS[head], None) == _WHOLE
        assert _mended(_WHOLE[:-1] + bytes(9), _HEADS[head], None) == _WHOLE


def test_without_a_copy_a_line_on_its_way_is_cut_off() -> None:
    for cut in range(1, len(_LAST) - 1):
        assert _mended(_BEFORE + _LAST[:cut], _HEADS["announced"], None) == _BEFORE
        assert _mended(_BEFORE + _LAST[:cut], _HEADS["one behind"], None) == _BEFORE


def test_without_a_copy_the_last_line_is_cut_off_where_it_shows_its_hash() -> None:
    shown = _LAST.index(_NEW.encode()) + 65
    for cut in range(1, len(_LAST) - 1):
        expected = _BEFORE if cut >= shown else None
        assert _mended(_BEFORE + _LAST[:cut], _HEADS["done"], None) == expected, cut


def test_outputs_on_their_way_come_before_their_line() -> None:
    """The line is appended when they stand: until then the log ends above it."""
    pending = announced_from(_LAST.decode(), pending=True)
    for head in ("announced", "one behind", "empty", "half"):
        assert _mended(_BEFORE + _LAST[:20], _HEADS[head], pending) == _BEFORE


def test_a_last_line_that_was_taken_out_is_no_tear() -> None:
    """The head says so."""
    for copy in (_COPY, None):
        assert _mended(_BEFORE, _HEADS["done"], copy) is None
    assert check_chain(decoded(_BEFORE), _NEW) != ()


@pytest.mark.parametrize("head", _HEADS)
def test_a_log_cut_off_further_up_is_no_tear(head: str) -> None:
    for cut in range(1, len(_BEFORE) - 1):
        assert _mended(_WHOLE[:cut], _HEADS[head]) is None, cut


@pytest.mark.parametrize("head", ["done", "announced"])
def test_nor_is_it_where_no_copy_is_kept(head: str) -> None:
    for cut in range(1, len(_BEFORE) - 1):
        assert _mended(_WHOLE[:cut], _HEADS[head], None) is None, cut


def test_one_flipped_bit_is_no_tear() -> None:
    """Line ends too; one zero among the signs is no sector."""
    for at in range(len(_WHOLE)):
        for bit in range(8):
            changed = bytearray(_WHOLE)
            changed[at] ^= 1 << bit
            for copy in (_COPY, None):
                assert _mended(bytes(changed), _HEADS["done"], copy) is None, (at, bit)


def test_a_line_changed_and_left_without_its_line_end_is_no_tear() -> None:
    changed = _LAST.replace("张三".encode(), "李四".encode())[:-1]
    for copy in (_COPY, None):
        assert _mended(_BEFORE + changed, _HEADS["done"], copy) is None


def test_a_foreign_line_below_is_no_tear() -> None:
    for text in (b"{}\n", _LAST, "改\n".encode()):
        assert _mended(_WHOLE + text, _HEADS["done"]) is None


def test_a_forged_line_under_the_old_head_is_no_tear() -> None:
    forged = line({"command": "export"}, _NEW).encode()
    assert _mended(_WHOLE + forged, _HEADS["done"]) is None


def test_a_missing_head_is_written_again_where_the_copy_proves_the_last_line() -> None:
    """Else a line may be gone with it."""
    assert _mended(_WHOLE, None) == _WHOLE
    assert _mended(_BEFORE + _LAST[:50], None) is None
    assert _mended(_BEFORE, None) is None


@pytest.mark.parametrize("head", [b"x", b"a" * 64, b"a" * 30, b"a" * 64 + b"\x0b"])
def test_a_head_that_says_something_else_is_no_tear(head: bytes) -> None:
    assert _mended(_BEFORE + _LAST[:50], head) is None
    assert _mended(_WHOLE, head) is None


def test_lines_of_verify_are_not_announced_and_may_be_torn_all_the_same() -> None:
    """Nothing hangs on them: the torn one is cut off."""
    made = _lines(*_RECORDS, *_VERIFIED)
    head, before = head_of(made[-1].decode()).encode(), b"".join(made[:-1])
    for cut in range(1, len(made[-1]) - 1):
        fix = mended(before + made[-1][:cut], head, _COPY)
        assert fix is not None
        assert (fix.applied(before), fix.lost) == (before, True)
    assert _mended(before, head) is None


def test_the_first_line_of_a_log_may_be_torn() -> None:
    (only,) = _lines(_RECORDS[0])
    copy, digest = announced_from(only.decode(), pending=False), head_of(only.decode())
    for head in (digest, f"\n{digest}\n", "", digest[:9]):
        assert _mended(only[:40], head.encode(), copy) == only


@pytest.mark.parametrize("text", ["", "{}\n", _LAST.decode()[:-1], _LAST.decode()[:-9] + "\n"])
def test_what_is_no_whole_line_is_no_copy(text: str) -> None:
    assert announced_from(text, pending=False) is None


def test_a_copy_that_was_changed_is_none() -> None:
    record = json.loads(_LAST)
    changed = json.dumps({**record, "login": "李四"}, ensure_ascii=False, separators=(",", ":"))
    assert announced_from(changed + "\n", pending=False) is None


def test_a_head_names_the_hash_of_the_last_line_or_the_two_it_may_be() -> None:
    assert head_from(_HEADS["done"]) == Head((_NEW,))
    assert head_from(_HEADS["announced"]) == Head((_OLD, _NEW))
    assert head_from(b"\n" + _NEW.encode() + b"\n") == Head((START, _NEW))
    assert head_from(_HEADS["half"]) == Head(begun=_NEW[:30])
