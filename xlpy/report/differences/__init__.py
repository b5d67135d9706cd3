"""What one edition says otherwise than another (政策版本对照), in words a director reads.

Never leaves a field out: the walk goes over all of them, and `words` only says how each is called.
"""

from xlpy.report.differences.side import Side
from xlpy.report.differences.told import Difference, differences

__all__ = ["Difference", "Side", "differences"]
