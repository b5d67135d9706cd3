"""The manual's pictures of the live workbook (操作台图示): the demo clicked on a virtual screen.

    python -m docs.desk_pictures [FOLDER]

Needs LibreOffice, Xvfb, xdotool and ImageMagick (import, convert).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from docs.pictures import PICTURES, played, screen_picture
from tests.kit.desk import seated
from tests.kit.screen import lit
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

FORM = load_forms(default_edition()).staff
SHEETS = (FORM.desk, *(table.sheet for table in FORM.tables.values()), FORM.charts)


def main() -> None:
    """Draw a picture of each sheet as it looks in LibreOffice after a click on 评价."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        case = played(Path(scratch) / "2022年度")
        with (
            lit(Path(scratch) / "screen") as screen,
            seated(screen, case, Path(scratch) / "said.txt") as desk,
        ):
            desk.click("评价")
            for sheet in SHEETS:
                desk.see("show", sheet)
                desk.see("settle")
                shot = Path(scratch) / "shot.png"
                screen.picture(shot)
                screen_picture(shot, target / f"desk-{sheet}.png")


if __name__ == "__main__":
    main()
