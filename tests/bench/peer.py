"""The yardstick: what an ordinary analyst would write with openpyxl and pandas.

It only reads, averages, ranks and writes: no checks, no findings, no reasons, no log.
`python tests/bench/peer.py CASE… OUT`: several cases one after the other, the last stays.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pandas as pd

LINES = {"A": 90, "B": 80, "C": 60}
SUBSIDY = {
    "国家级": {"A": 50, "B": 40, "C": 30, "D": 0},
    "省级": {"A": 20, "B": 15, "C": 10, "D": 0},
}
LEDGER_SUMS = [
    "参加企业数(家)",
    "参加人次",
    "促成对接(笔)",
    "融资额(万元)",
    "招聘人次",
    "解决技术需求(个)",
]


def table(sheet, first: str) -> pd.DataFrame:
    """Return the table of a sheet whose heading row begins with `first`."""
    rows = list(sheet.iter_rows(values_only=True))
    heading = next(number for number, row in enumerate(rows) if row[0] == first)
    names = [str(name).rstrip("*") for name in rows[heading]]
    return pd.DataFrame(rows[heading + 1 :], columns=names)


def read_filing(path: Path) -> tuple[dict, pd.DataFrame]:
    """Return the answers of 附件1 and the ledger's sums by 服务类别."""
    book = openpyxl.load_workbook(path, data_only=True)
    profile = table(book["附件1"], "序号").dropna(subset=["项目"])
    labels = profile["项目"].str.rstrip("*")
    answers = dict(zip(labels, profile["填报内容"], strict=True))
    products = table(book["附件2"], "序号").dropna(subset=["产品(项目)名称"])
    ledger = table(book["附件3"], "序号").dropna(subset=["活动名称"])
    summary = table(book["附件4"], "服务类别")
    for column in LEDGER_SUMS:
        ledger[column] = pd.to_numeric(ledger[column], errors="coerce")
    sums = ledger.groupby("服务类别")[LEDGER_SUMS].sum()
    sums["活动场次"] = ledger.groupby("服务类别").size()
    sums = sums.reset_index()
    sums.insert(0, "平台名称", answers["平台名称"])
    answers["产品数"] = len(products)
    answers["申报场次"] = pd.to_numeric(summary["活动场次"], errors="coerce").sum()
    return answers, sums


def read_ballot(path: Path) -> pd.DataFrame:
    """Return one expert's total for each platform."""
    raw = pd.read_excel(path, sheet_name="评分表", header=None, engine="openpyxl")
    heading = raw.index[raw[0] == "序号"][0]
    frame = raw.iloc[heading + 1 :].copy()
    frame.columns = raw.iloc[heading]
    frame = frame.dropna(subset=["平台名称"])
    areas = [name for name in frame.columns if isinstance(name, str) and name.endswith("分)")]
    scores = frame[areas].apply(pd.to_numeric, errors="coerce")
    frame["得分"] = scores.sum(axis=1).where(scores.notna().all(axis=1))
    frame["专家"] = path.stem
    return frame[["平台名称", "统一社会信用代码", "专家", "得分"]]


def grade(score: float) -> str:
    """Return the grade of a score by the lines."""
    return next((name for name, line in LINES.items() if score >= line), "D")


def main(case: Path, out: Path) -> None:
    """Read the case, rank it, write 评价结果.xlsx."""
    filings = [read_filing(path) for path in sorted((case / "申报材料").glob("*.xlsx"))]
    platforms = pd.DataFrame([answers for answers, _ in filings])
    ledgers = pd.concat([sums for _, sums in filings], ignore_index=True)
    ballots = pd.concat(
        [read_ballot(path) for path in sorted((case / "专家评分").glob("*.xlsx"))],
        ignore_index=True,
    )
    matrix = ballots.pivot_table(index="统一社会信用代码", columns="专家", values="得分")
    platforms["得分"] = platforms["统一社会信用代码"].map(matrix.mean(axis=1)).round(2)
    platforms = platforms.sort_values("得分", ascending=False)
    platforms["名次"] = platforms["得分"].rank(ascending=False, method="min")
    platforms["等次"] = platforms["得分"].map(grade)
    over = (platforms["名次"] > len(platforms) // 2) & platforms["等次"].isin(["A", "B"])
    platforms.loc[over, "等次"] = "C"
    platforms["奖补金额(万元)"] = [
        SUBSIDY[level][name]
        for level, name in zip(platforms["平台级别"], platforms["等次"], strict=True)
    ]
    shown = ["名次", "平台名称", "统一社会信用代码", "平台级别", "得分", "等次", "奖补金额(万元)"]
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        platforms[shown].to_excel(writer, sheet_name="评价结果", index=False)
        matrix.reset_index().to_excel(writer, sheet_name="专家评分", index=False)
        ledgers.to_excel(writer, sheet_name="台账汇总", index=False)


if __name__ == "__main__":
    for folder in sys.argv[1:-1]:
        main(Path(folder), Path(sys.argv[-1]))
