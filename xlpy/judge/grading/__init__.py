"""From totals to grades and money (评分、排名、等次、裁定、奖补): Art. 11, 12 and 14.

Nobody moves by himself for another's ruling; a tie is never broken by chance.
"""
