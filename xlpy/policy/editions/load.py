"""Reading an edition (读取政策版本): the files of one folder in, one frozen `Edition` out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from xlpy.errors import EditionError
from xlpy.policy.edition import Edition
from xlpy.policy.editions import check, schema
from xlpy.policy.editions.folder import FORMS, RULE, STORY, Source, is_edition, read_source
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import faulty_forms, load_forms, measure_units
from xlpy.policy.frozen import Frozen
from xlpy.policy.parameters.entry import KINDS, LINE, asked_for, parameter
from xlpy.policy.strict import Fault, FaultError, Faults, Strict
from xlpy.policy.toml import cells_of, strict_toml

DEFAULT = "bengbu-2022"
"""The edition that cases and workbooks of version 1 mean, and the one the manual shows."""

T = TypeVar("T")

_FOLDER = Path(__file__).parent
_SORT, _STORY_SORT = "政策文件", "示例"
_EDITION_ID = re.compile("[a-z]+(?:-[a-z]+)*-[0-9]{4}")
_HEAD = (
    *("id", "title", "city", "platform", "bureau", "authority", "meeting", "paid_under"),
    *("issued", "valid_from", "valid_to"),
)
_OWN_ARTICLE = ("eligible", "quota", "experts")
_TOPICS = ("ruling", "subsidy", "veto", "validity")
"""The topics sentences cite an article of; an edition may name more for its forms."""

_ENTRIES = ("level", "area", "grade", "parameter")
_WORDS = ("city", "platform", "bureau", "authority", "meeting")
_MAYBE = ("function", "veto", "shortfall")
_MANY = 300


class Rulebook(NamedTuple):
    """An edition with its forms (政策版本和表格), which agree."""

    edition: Edition
    forms: Forms


def load_edition(path: Path | None = None) -> Edition:
    """Return the edition in the folder `path`, or the default one; raises `EditionError`."""
    return default_edition() if path is None else edition_of(read_source(Path(path)))


@cache
def default_edition() -> Edition:
    """Return the default edition, read once."""
    return edition_named(DEFAULT)


@cache
def edition_named(name: str) -> Edition:
    """Return the edition that comes with the program under this id, e.g. `bengbu-2022`."""
    return edition_of(source_named(name))


@cache
def source_named(name: str) -> Source:
    """Return the files of the edition that comes with the program under this id."""
    if name not in known_editions():
        known = "、".join(known_editions())
        raise EditionError(f"没有名为“{name}”的政策版本，请改用{known}，或写明它的文件夹。")
    return read_source(_FOLDER / name)


@cache
def known_editions() -> tuple[str, ...]:
    """Return the ids of the editions that come with the program, sorted."""
    return tuple(sorted(one.name for one in _FOLDER.iterdir() if is_edition(one)))


@lru_cache(maxsize=8)
def edition_of(source: Source) -> Edition:
    """Return the edition these files say; raises `EditionError` at the first fault."""
    return _read(source, None)


@lru_cache(maxsize=8)
def rulebook_of(source: Source) -> Rulebook:
    """Return the edition these files say with its forms; raises `EditionError`."""
    edition = edition_of(source)
    forms = load_forms(edition)
    check.agree(edition, forms)
    return Rulebook(edition, forms)


def faults_of(source: Source, faults: Faults | None = None) -> tuple[Fault, ...]:
    """Return all that is wrong in the files of an edition (全部错误), in the order it is found.

    `faults` holds what was wrong before: files that could not be read. Of a file that is no TOML
    at all that is told, and nothing that hangs on what it may say.
    """
    faults = faults or Faults()
    sound = source._replace(texts=Frozen(dict(_sound(source, faults))))
    if RULE in sound.texts:
        try:
            _look(sound, faults)
        except FaultError as error:
            faults.found.setdefault(error.fault)
    return tuple(faults.found)[:_MANY]


def _sound(source: Source, faults: Faults) -> Iterator[tuple[str, str]]:
    """Yield the files that are TOML, with their texts."""
    for name, text in source.texts.items():
        try:
            cells_of(text, _STORY_SORT if name == STORY else _SORT, f"{source.name}/{name}")
        except FaultError as error:
            faults.found[error.fault] = None
            faults.unread.add(name)
        else:
            yield name, text


def _look(source: Source, faults: Faults) -> None:
    edition = _read(source, faults)
    known = not faults.within(*_WORDS, "articles", *_OWN_ARTICLE)
    forms = faulty_forms(edition, faults, worded=known)
    if forms is not None and not faults.within(*_WORDS, "attendance"):
        check.agree(edition, forms, faults)


def _read(source: Source, faults: Faults | None) -> Edition:
    root = strict_toml(source.texts[RULE], _SORT, f"{source.name}/{RULE}", faults).worded({})
    root.only(*_HEAD, "articles", *_OWN_ARTICLE, "attendance", *_ENTRIES, optional=_MAYBE)
    edition = _edition(root, source)
    check.edition(root, edition)
    return edition


def _edition(root: Strict, source: Source) -> Edition:
    unread = root.faults is not None and "filing.toml" in root.faults.unread
    units = measure_units(source.texts.get("filing.toml", ""), source.name)
    claims = schema.Claims(None if unread else units)
    areas = root.each("area", "id", claims.area)
    quota = root.part(lambda: _quota(root.table("quota")), schema.NO_SHARE)
    grades = root.each("grade", "name", lambda one: schema.grade(one, quota.over))
    called = [str(one.cells.get("name")) for one in root.tables("grade", "name")]
    functions = _any(root, "function", claims.function)
    vetoes, shortfalls = (_any(root, key, claims.ground) for key in ("veto", "shortfall"))
    entries = root.tables("parameter", "id")
    told = [(str(one.cells.get("id")), one.cells.get("kind")) for one in entries]
    if root.faults is None or not root.faults.within("grade"):
        check.lines(root, grades, [id for id, _ in told])
    lines = {grade.line: LINE for grade in grades if grade.line}
    kinds = {**asked_for(root, KINDS), **KINDS, **lines}
    if root.faults is not None and root.faults.within("grade"):
        kinds = {**dict.fromkeys((id for id, kind in told if kind == LINE), LINE), **kinds}
    count = len(root.tables("area", "id"))
    parameters = root.each("parameter", "id", lambda one: parameter(one, kinds, count))
    return Edition(
        id=_id(root),
        title=root.text("title"),
        city=root.text("city"),
        platform=root.text("platform"),
        bureau=root.text("bureau"),
        authority=root.text("authority"),
        meeting=root.text("meeting"),
        paid_under=root.text("paid_under"),
        issued=root.date("issued"),
        valid_from=root.date("valid_from"),
        valid_to=root.date("valid_to"),
        articles=root.part(lambda: _articles(root, bool(functions)), Frozen()),
        levels=root.each("level", "name", lambda one: schema.level(one, called)),
        functions=functions,
        areas=areas,
        registration=root.part(lambda: claims.registration(root.table("eligible")), None),
        not_listed=root.part(lambda: schema.not_listed(root.table("eligible"), root), ""),
        vetoes=vetoes,
        shortfalls=shortfalls,
        grades=grades,
        quota=quota.bound,
        quota_grades=quota.words,
        experts=root.part(lambda: schema.experts(root.table("experts")), (0, 0)),
        expert_categories=root.part(lambda: schema.texts(root.table("experts"), "categories"), ()),
        other_categories=root.part(lambda: schema.texts(root.table("experts"), "others"), ()),
        experts_phrase=root.part(lambda: root.table("experts").text("phrase"), ""),
        attendance=root.part(lambda: schema.attendance(root.table("attendance")), Frozen()),
        away=root.part(lambda: schema.away(root.table("attendance")), Frozen()),
        parameters=parameters,
        name=source.name,
        digest=source.digest,
        changes=Frozen(
            {form: text for form in FORMS if (text := source.texts.get(f"{form}.toml", ""))}
        ),
    )


def _any(root: Strict, key: str, read: Callable[[Strict], T]) -> tuple[T, ...]:
    """Return the entries of a list that may be empty or left out."""
    return root.each(key, "id", read, empty=True) if key in root.cells else ()


def _id(root: Strict) -> str:
    name = root.text("id")
    if not _EDITION_ID.fullmatch(name):
        root.fault("id", f"写作“{name}”", f"写成“小写拼音-年份”的形式，如 {DEFAULT}")
    return name


def _articles(root: Strict, functions: bool) -> Frozen[str, str]:
    topics = root.table("articles")
    needed = ("function", *_TOPICS) if functions else _TOPICS
    for topic in needed:
        if topic not in topics.cells:
            topics.fault(topic, "缺失", "补上这一项")
    own = {topic: root.table(topic).article() for topic in _OWN_ARTICLE}
    for topic in topics.cells:
        if topic in own:
            topics.fault(topic, f"与“{topic}.article”重复", "删去其中一个")
    return Frozen({**own, **{topic: topics.article(topic) for topic in topics.cells}})


def _quota(table: Strict) -> schema.Share:
    table.only("article", "unit", "phrase", "over", "grades", optional=schema.COMPARISONS)
    return schema.Share(schema.bound(table), table.texts("over"), table.text("grades"))
