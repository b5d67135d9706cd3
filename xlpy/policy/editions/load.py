"""Reading an edition (读取政策版本): one TOML file in, one checked and frozen `Edition` out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xlpy.errors import EditionError
from xlpy.policy.edition import Condition, Edition
from xlpy.policy.editions import check, schema
from xlpy.policy.frozen import Frozen
from xlpy.policy.parameters.entry import KINDS, LINE, asked_for, parameter
from xlpy.policy.phrases.bound import Bound
from xlpy.policy.strict import Strict
from xlpy.policy.toml import read_toml

DEFAULT = "bengbu-2022"
"""The edition used when none is named."""

_FOLDER = Path(__file__).parent
_EDITION_ID = re.compile("[a-z]+(?:-[a-z]+)*-[0-9]{4}")
_HEAD = (
    *("id", "title", "city", "bureau", "authority", "meeting", "paid_under"),
    *("issued", "valid_from", "valid_to"),
)
RULE = "edition.toml"
"""The file of an edition's folder that holds the rule itself."""
_OWN_ARTICLE = ("eligible", "quota", "experts")
_TOPICS = (
    *("function", "area", "network", "province", "materials", "period"),
    *("ruling", "subsidy", "veto", "validity"),
)
_ENTRIES = ("level", "function", "area", "grade", "veto", "shortfall", "parameter")


def load_edition(path: Path | None = None) -> Edition:
    """Return the edition in the folder `path`, or the default one; raises `EditionError`."""
    return default_edition() if path is None else _read(Path(path))


@cache
def default_edition() -> Edition:
    """Return the default edition, read once."""
    return edition_named(DEFAULT)


@cache
def edition_named(name: str) -> Edition:
    """Return the edition that comes with the program under this id, e.g. `bengbu-2022`."""
    if name not in known_editions():
        known = "、".join(known_editions())
        raise EditionError(f"没有名为“{name}”的政策版本，请改用{known}，或写明它的文件夹。")
    return _read(_FOLDER / name)


def known_editions() -> tuple[str, ...]:
    """Return the ids of the editions that come with the program, sorted."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob(f"*/{RULE}")))


def _read(folder: Path) -> Edition:
    root = read_toml(folder / RULE, "政策文件", f"{folder.name}/{RULE}")
    root.only(*_HEAD, "articles", *_OWN_ARTICLE, "attendance", *_ENTRIES)
    edition = _edition(root)
    check.edition(root, edition)
    return edition


def _edition(root: Strict) -> Edition:
    areas = tuple(schema.area(one) for one in root.tables("area", "id"))
    grades = tuple(schema.grade(one) for one in root.tables("grade", "name"))
    kinds = {**KINDS, **{grade.line: LINE for grade in grades if grade.line}}
    parameters = root.tables("parameter", "id")
    ids = [one.id() for one in parameters]
    check.grades(root, grades, ids, KINDS)
    check.complete(root, kinds, ids)
    return Edition(
        id=_id(root),
        title=root.text("title"),
        city=root.text("city"),
        paid_under=root.text("paid_under"),
        bureau=root.text("bureau"),
        authority=root.text("authority"),
        meeting=root.text("meeting"),
        issued=root.date("issued"),
        valid_from=root.date("valid_from"),
        valid_to=root.date("valid_to"),
        articles=_articles(root),
        levels=tuple(schema.level(one) for one in root.tables("level", "name")),
        functions=tuple(schema.function(one) for one in root.tables("function", "id")),
        areas=areas,
        registration=_registration(root.table("eligible")),
        not_listed=_not_listed(root.table("eligible"), root),
        vetoes=tuple(schema.ground(one) for one in root.tables("veto", "id")),
        shortfalls=tuple(schema.ground(one) for one in root.tables("shortfall", "id", empty=True)),
        grades=grades,
        quota=_quota(root.table("quota")),
        quota_grades=root.table("quota").text("grades"),
        experts=_experts(root.table("experts")),
        expert_categories=schema.categories(root.table("experts")),
        attendance=_attendance(root.table("attendance")),
        parameters=tuple(
            parameter(one, {**kinds, **asked_for(root, kinds)}, len(areas)) for one in parameters
        ),
    )


def _id(root: Strict) -> str:
    name = root.text("id")
    if not _EDITION_ID.fullmatch(name):
        root.refuse("id", f"写作“{name}”", "写成“小写拼音-年份”的形式，如 bengbu-2022")
    return name


def _articles(root: Strict) -> Frozen[str, str]:
    topics = root.table("articles")
    topics.only(*_TOPICS)
    own = {topic: root.table(topic).article() for topic in _OWN_ARTICLE}
    return Frozen({**own, **{topic: topics.article(topic) for topic in _TOPICS}})


def _registration(table: Strict) -> Condition:
    table.only("article", "registration", "not_listed")
    return schema.claim(table.table("registration"))


def _not_listed(table: Strict, root: Strict) -> str:
    """Return the word of the roster column 平台级别 for a platform on no official list (未认定)."""
    word = table.text("not_listed")
    if word in (one.text("name") for one in root.tables("level", "name")):
        table.refuse("not_listed", f"“{word}”是一个级别的名称", "写成别的词，如“未认定”")
    return word


def _quota(table: Strict) -> Bound:
    table.only("article", "unit", "phrase", "grades", optional=schema.COMPARISONS)
    return schema.bound(table)


def _experts(table: Strict) -> tuple[int, int]:
    table.only("article", "at_least", "at_most", "unit", "phrase", optional=("categories",))
    return schema.headcount(table)


def _attendance(table: Strict) -> Frozen[str, str]:
    table.only("absent", "excused")
    words = {key: table.text(key) for key in ("absent", "excused")}
    if words["absent"] == words["excused"]:
        table.refuse("excused", f"与 absent 同为“{words['absent']}”", "写成不同的词")
    return Frozen(words)
