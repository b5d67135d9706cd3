"""Signs that look alike (形近字符): folded where names are compared, never in what is kept.

Forms of one sign come from Unicode's own mappings (full width, Kangxi radicals, compatibility
ideographs, vertical and circled forms ...), sign by sign. Beside them stand radicals of the
supplement, letters of other scripts that look like Latin ones, and the few Japanese and other
signs that look like Chinese ones. Different Chinese characters are never folded here, however near
(己 and 已; glyph variants like 户 and 戶 are in `variants`), nor digits and letters (0 and O): a
number of evidence may differ in them. Private signs stay, but for those whose character is known.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from xlpy.model.signs.unseen import UNSEEN, is_plain

_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕𫜹⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺"
    "⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀"
    "⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼"
    "⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Radicals and the ideographs they are (UCD, EquivalentUnifiedIdeograph.txt), in pairs."""

_CHINESE = {
    "\u3007": "\u25cb\u25ef\u2b55",  # the nought of 二〇二一
    "一": "\u2014\u2015\u2500\u30fc\u3127\u31d0\u1173",
    "丨": "\u31d1\u1175",
    "\u4e3f": "\u31d2\u30ce",
    "\u4e36": "\u31d4",
    "乙": "\u31e0",
    "二": "\u30cb",
    "八": "\u30cf",
    "力": "\u30ab",
    "口": "\u30ed\u1106",
    "夕": "\u30bf",
    "工": "\u30a8",
    "卜": "\u30c8",
    "三": "\u30df",
    "厂": "\u310f",
    "厶": "\u3119\u30e0",
    "幺": "\u3120",
    "丫": "\u311a",
    "勹": "\u3105",
    "卩": "\u3117",
    "彳": "\u3114",
    "乂": "\u3128",
    "·": "\u2022\u2027\u2219\u22c5\u30fb\u0387\u2e31\u16eb",
    "-": "\u2010\u2011\u2012\u2013\u2212\u2043\u02d7",
    "'": "\u2018\u2019\u201b\u2032\u02bc\u0060\u00b4",
    '"': "\u201c\u201d\u201f\u2033\u3003\u301d\u301e",
    ":": "\u2236\ua789\u02d0",
    "/": "\u2044\u2215\u29f8\u2571",
    "\\": "\u2216\u29f5\u2572",
    "(": "[【\u3014\u3016\u3018\u301a「『",
    ")": "]】\u3015\u3017\u3019\u301b」』",
}

_LATIN = {
    "A": "\u15c5\u15e9\u2c80\u0391\u0410\u13aa\ua4ee",
    "B": "\u15f7\u2c82\u0392\u0412\u13f4\ua4d0",
    "C": "\u1455\u2ca4\u03f9\u0421\u13df\ua4da",
    "D": "\u15de\u15ea\u13a0\ua4d3",
    "E": "\u15f4\u0395\u0415\u13ac\ua4f0",
    "F": "\u15b4\u03dc\ua4dd",
    "G": "\u050c\u13c0\ua4d6",
    "H": "\u157c\u2c8e\u0397\u041d\u13bb\ua4e7",
    "I": "\u2c92\u0399\u0406\u04c0\ua4f2",
    "J": "\u148d\u037f\u0408\u13ab\ua4d9",
    "K": "\u2c94\u039a\u041a\u13e6\ua4d7",
    "L": "\u14aa\u13de\ua4e1",
    "M": "\u15f0\u2c98\u039c\u041c\u13b7\ua4df",
    "N": "\u144e\u2c9a\u039d\ua4e0",
    "O": "\u2c9e\u039f\u041e\u0555\ua4f3",
    "P": "\u146d\u2ca2\u03a1\u0420\u13e2\ua4d1",
    "Q": "\u051a",
    "R": "\u1587\u13a1\ua4e3",
    "S": "\u0405\u054f\u13da\ua4e2",
    "T": "\u2ca6\u03a4\u0422\u13a2\ua4d4",
    "U": "\u144c\u054d\ua4f4",
    "V": "\u142f\u0474\u13d9\ua4e6",
    "W": "\u15ef\u051c\u13b3\ua4ea",
    "X": "\u166d\u2cac\u03a7\u0425\ua4eb",
    "Y": "\u2ca8\u03a5\u04ae\ua4ec",
    "Z": "\u0396\u13c3\ua4dc",
    "a": "\u1d00\u2c81\u03b1\u0430\u0251",
    "b": "\u0299\u1472\u15af\u2c83\u03b2\u0432\u042c\u044c",
    "c": "\u2ca5\u03f2\u0441\u1d04",
    "d": "\u1d05\u146f\u0501",
    "e": "\u1d07\u03b5\u0435",
    "f": "\ua730",
    "g": "\u0262\u0261\u0581",
    "h": "\u029c\u2c8f\u043d\u04bb\u0570",
    "i": "\u026a\u2c93\u03b9\u0456\u0131\u04cf",
    "j": "\u0237\u1d0a\u03f3\u0458",
    "k": "\u1d0b\u2c95\u03ba\u043a",
    "l": "\u029f",
    "m": "\u1d0d\u2c99\u03bc\u043c",
    "n": "\u0274\u2c9b\u03b7\u0578\u043f",
    "o": "\u2c9f\u03bf\u043e\u0585\u1d0f",
    "p": "\u1d18\u2ca3\u03c1\u0440",
    "q": "\ua7af\u051b\u0566",
    "r": "\u0280\u0433\u1d26",
    "s": "\u0455\ua731",
    "t": "\u1d1b\u2ca7\u03c4\u0442",
    "u": "\u03c5\u057d\u1d1c",
    "v": "\u03bd\u0475\u1d20",
    "w": "\u0461\u051d\u1d21",
    "x": "\u1541\u157d\u2cad\u03c7\u0445",
    "y": "\u028f\u2ca9\u03b3\u0443\u04af",
    "z": "\u03b6\u1d22",
}

_OF_GB18030 = (
    "\ue7c7\u1e3f\ue7c8\u01f9\ue815\u2e81\ue816𠂇\ue817𠂉\ue818𠃌\ue81e龴\ue826龵\ue82b龶\ue82c龷"
    "\ue831𡗗\ue832龸\ue83b𢦏\ue843龹\ue854龺\ue855𤇾\ue864龻"
)
"""Private signs of the older GB 18030 and what they are today, in pairs."""

_CP936_FIRST, _CP936_HALF, _CP936_COUNT = 0xE815, 47, 80


def _of_cp936() -> dict[str, str]:
    """Return the signs Windows reads as private in two bytes from FE50 on, as GB 18030 has them.

    >>> _of_cp936()["\ue863"]
    '䶮'
    """
    found = {}
    for n in range(_CP936_COUNT):
        behind = 0x50 + n if n < _CP936_HALF else 0x80 + n - _CP936_HALF
        found[chr(_CP936_FIRST + n)] = bytes((0xFE, behind)).decode("gb18030")
    return found


_ORDINARY = (range(0x80), range(0x4E00, 0xA000))
_UNSEEN = f"[{UNSEEN}]"
_SMALL_CHEROKEE = range(0xAB70, 0xABC0)
_SHORT = 300
"""A text so short may be a name: its key is remembered."""


def _pairs(text: str) -> dict[str, str]:
    return dict(zip(text[::2], text[1::2], strict=True))


class _Folding(dict[int, str | int | None]):
    """What each sign is compared as (比较用的字形), found when the sign is first met."""

    def __init__(self) -> None:
        super().__init__()
        alike = {sign: to for to, signs in (_CHINESE | _LATIN).items() for sign in signs}
        radicals = _pairs(_RADICALS)
        private = {one: radicals.get(to, to) for one, to in _of_cp936().items()}
        self._own = alike | radicals | private | _pairs(_OF_GB18030)

    def __missing__(self, code: int) -> str | int | None:
        sign = chr(code)
        folded = self._fold(sign)
        if not folded:
            return None
        # Remembered are those that come often and those that Unicode maps: both are bounded.
        if folded != sign:
            self[code] = folded
        elif any(code in one for one in _ORDINARY):
            self[code] = code
        return folded

    def _fold(self, sign: str) -> str:
        if sign in self._own:
            return self._own[sign]
        if not is_plain(sign) and re.match(_UNSEEN, sign):
            return ""
        if ord(sign) in _SMALL_CHEROKEE:
            return self._fold(sign.upper())
        forms = unicodedata.normalize("NFKD", sign)
        return sign if forms == sign else "".join(map(self._fold, forms))


_FOLDING = _Folding()


def match_key(text: str) -> str:
    """Return `text` as compared when names and codes are matched (比较用的键).

    Blanks of every kind and signs nobody sees go, signs that look alike and kinds of brackets are
    one, letters are lower case. A person who sees no difference makes none.

    >>> match_key(" Ａ平台（一） ") == match_key("a平台(一)")
    True
    >>> match_key("\u2f29微\u200b企业") == match_key("小微企业")
    True
    """
    return _key(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    return "".join(text.translate(_FOLDING).split()).lower()


_key = lru_cache(maxsize=1 << 14)(_folded)  # the same names come in every ballot and comparison
