"""Codes as typed (代码): credit code, bank account and telephone, as text that keeps its digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from xlpy.forms.cells.values.typed import Problem, narrow, shown
from xlpy.model.filing import match_key
from xlpy.model.grid import CellValue
from xlpy.policy.form import Field

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile("[0-9ABCDEFGHJKLMNPQRTUWXY]{18}")
_USUAL = re.compile("[0-9]{8}.{10}")
_ACCOUNT = re.compile("[0-9]+(?:[- ]*[0-9]+)*")
_ACCOUNT_LENGTH = range(8, 31)
_ALONE = 10
"""So many digits on a line of their own may be an account of their own."""
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]{1,20})?[Ee]\+?[0-9]{1,2}|[0-9]{8,30}\.0{1,20}")
_LENGTH, _MOST_STRANGE = 18, 6
_ALIKE = {"I": "1JT", "O": "0QD", "S": "58", "V": "UYW", "Z": "27"}
"""Letters GB 32100 leaves out, each with the signs it is taken for, the likeliest first."""
_KEPT = 15
"""Digits a spreadsheet keeps of a number; those behind them become 0."""
_PHONES = re.compile(
    "|".join(
        (
            r"(?:\+?86[- ]?)?1[3-9][0-9]{9}",
            r"(?:\(0[0-9]{2,3}\)|0[0-9]{2,3}-?)[0-9]{7,8}(?:(?:-|转)[0-9]{1,6})?",
            r"[48]00-?[0-9]{3}-?[0-9]{4}",
        )
    )
)


def credit_code(value: CellValue, field: Field) -> str | Problem:
    """Return the unified social credit code (统一社会信用代码, GB 32100), 18 signs in capitals.

    Signs 1-8 beyond what python-stdnum knows are a warning only: the standard has such codes.
    """
    if not isinstance(value, str):
        return _lost_digits(value, field, "C311")
    code = "".join(narrow(value).split()).upper()
    if _SCIENTIFIC.fullmatch(code):
        return Problem("C314", {"label": field.label})
    if not _CODE.fullmatch(code):
        return Problem("C311", {"value": shown(value)} | _strange_signs(code))
    if code[17] != _check_digit(code[:17]):
        return Problem("C312", {"value": code})
    if not _USUAL.fullmatch(code):
        return Problem("C313", {"value": code}, code)
    return _perhaps_lost(code)


def account(value: CellValue, field: Field) -> str | Problem:
    """Return a bank account (银行账号) as its digits; blanks and hyphens between groups go.

    Where it stands on several lines and two of them could each be an account, nobody chooses.
    """
    if not isinstance(value, str):
        return _lost_digits(value, field, "C315")
    text = narrow(value)
    typed = " ".join(text.split())
    if _SCIENTIFIC.fullmatch(typed):
        return Problem("C314", {"label": field.label})
    digits = typed.replace(" ", "").replace("-", "")
    if not _ACCOUNT.fullmatch(typed) or len(digits) not in _ACCOUNT_LENGTH:
        return Problem("C315", {"value": shown(value), "why": ""})
    if "\n" not in text:
        return _perhaps_lost(digits)
    lines = [sum(sign.isdigit() for sign in line) for line in text.split("\n")]
    if sum(length >= _ALONE for length in lines) > 1:
        return Problem("C315", {"value": shown(value), "why": "，分成了几行，可能是几个账号"})
    return Problem("C334", {"value": shown(value)}, digits)


def phone(typed: str) -> str | Problem:
    """Return a telephone number (联系电话) in half-width; an unusual one is kept and warned of."""
    text = narrow(typed)
    if _PHONES.fullmatch("".join(text.split())):
        return text
    return Problem("C316", {"value": shown(typed)}, text)


def _check_digit(code: str) -> str:
    # As python-stdnum calculates it (a test compares): its import takes longer than two forms.
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code))
    return _SIGNS[-total % 31]


def _strange_signs(code: str) -> dict[str, str]:
    """Say which signs no credit code has, and which code was meant where its check digit fits."""
    strange = [(at, sign) for at, sign in enumerate(code) if sign not in _SIGNS]
    if len(code) != _LENGTH or not 0 < len(strange) <= _MOST_STRANGE:
        return {"why": "", "offer": ""}
    alike = [_ALIKE.get(sign) or _latin(sign) for _, sign in strange]
    if not all(alike):
        return {"why": "", "offer": ""}
    meant = _fitting(code, [at for at, _ in strange], alike)
    foreign = ["" if sign in _ALIKE else "外文" for _, sign in strange]
    told = zip(strange, foreign, strict=True)
    why = "、".join(f"第{at + 1}位是{word}字母{sign}" for (at, sign), word in told)
    why += "" if all(foreign) else f"，代码里没有字母 {'、'.join(_ALIKE)}"
    if meant:
        why += f"，应为{'、'.join(map(_kind, (meant[at] for at, _ in strange)))}"
    offer = f"；对照后无误的，应为 {meant}" if meant else ""
    return {"why": f"，{why}", "offer": offer}


def _fitting(code: str, at: Sequence[int], alike: Sequence[str]) -> str:
    """Return the first code whose check digit fits, the likeliest sign tried first; "" for none."""
    for signs in product(*alike):
        tried = list(code)
        for place, sign in zip(at, signs, strict=True):
            tried[place] = sign
        whole = "".join(tried)
        if whole[-1] == _check_digit(whole[:-1]):
            return whole
    return ""


def _latin(sign: str) -> str:
    """Return the Latin letter a letter of another script looks like, if a code may have it."""
    letter = match_key(sign).upper()
    return letter if len(letter) == 1 and letter in _SIGNS and letter.isalpha() else ""


def _kind(sign: str) -> str:
    return f"数字{sign}" if sign.isdigit() else f"字母{sign}"


def _perhaps_lost(digits: str) -> str | Problem:
    """Warn of digits that seem to have gone through a number: beyond the 15th all are 0 (C339).

    One 0 in the 16th place is nothing: every tenth account of 16 digits ends so.
    """
    rest = digits.lstrip("0")[_KEPT:]
    if len(rest) > 1 and not rest.strip("0") and digits.isdigit():
        return Problem("C339", {"value": digits, "count": len(rest)}, digits)
    return digits


def _lost_digits(value: CellValue, field: Field, otherwise: str) -> Problem:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Problem("C314", {"label": field.label})
    nothing = {"why": "", "offer": ""} if otherwise == "C311" else {"why": ""}
    return Problem(otherwise, {"value": shown(value)} | nothing)
