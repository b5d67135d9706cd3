"""Codes as typed (代码): credit code, bank account and telephone, as text that keeps its digits."""

from __future__ import annotations

import re

from xlpy.forms.cells.typed import Problem, narrow, seen, shown
from xlpy.model.grid import CellValue
from xlpy.policy.form import Field

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile("[0-9ABCDEFGHJKLMNPQRTUWXY]{18}")
_USUAL = re.compile("[0-9]{8}.{10}")
_ACCOUNT = re.compile("[0-9]+(?:[- ]*[0-9]+)*")
_ACCOUNT_LENGTH = range(8, 31)
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
    code = "".join(seen(narrow(value)).split()).upper()
    if not _CODE.fullmatch(code):
        return Problem("C311", {"value": shown(value)})
    if code[17] != _check_digit(code[:17]):
        return Problem("C312", {"value": code})
    if not _USUAL.fullmatch(code):
        return Problem("C313", {"value": code}, code)
    return code


def account(value: CellValue, field: Field) -> str | Problem:
    """Return a bank account (银行账号) as its digits; blanks and hyphens between groups go."""
    if not isinstance(value, str):
        return _lost_digits(value, field, "C315")
    typed = " ".join(seen(narrow(value)).split())
    digits = typed.replace(" ", "").replace("-", "")
    if not _ACCOUNT.fullmatch(typed) or len(digits) not in _ACCOUNT_LENGTH:
        return Problem("C315", {"value": shown(value)})
    return digits


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


def _lost_digits(value: CellValue, field: Field, otherwise: str) -> Problem:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Problem("C314", {"label": field.label})
    return Problem(otherwise, {"value": shown(value)})
