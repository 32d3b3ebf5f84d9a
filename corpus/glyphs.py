"""The many codes of one character: what text extraction, old fonts and vertical setting make of it, read as one.

The text of a document keeps what its file holds, so that a quote can be found there again; rules, outline, header
data, duties and search read it through :func:`plain`, which has the same length, so that offsets hold in both.
Only what nobody can see (:func:`visible`) is left out of the text itself.
"""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width and bidi controls, word joiners, variation selectors, tags, fillers, control characters that
# are no white space and stand for no mark of CP1252 (see _CP1252).
_INVISIBLE = (
    "\x00\x08 \x0e\x1b \x7f\x84 \x86\x90 \x95\x95 \x98\x9f \xad\xad \u034f\u034f \u061c\u061c \u115f\u1160 \u17b4\u17b5 \u180b\u180e"
    " \u200b\u200f \u202a\u202e \u2060\u206f \u3164\u3164 \ufe00\ufe0f \ufeff\ufeff \uffa0\uffa0 \ufff9\ufffb \U000e0000\U000e0fff"
).split(" ")
_GONE = {code: None for pair in _INVISIBLE for code in range(ord(pair[0]), ord(pair[1]) + 1)}
_ANY_GONE = re.compile(f"[{''.join(f'{re.escape(pair[0])}-{re.escape(pair[1])}' for pair in _INVISIBLE)}]")
#: Marks set over or under Han characters for emphasis.
_EMPHASIS = re.compile("(?<=[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff])[\u0300-\u036f\u20d0-\u20ff]+")
_ANY_EMPHASIS = re.compile("[\u0300-\u036f\u20d0-\u20ff]")

# CJK Radicals Supplement: EquivalentUnifiedIdeograph.txt of the Unicode Character Database, U+2E81 to U+2EF3. NFKC
# folds two of them only; the Kangxi radicals it folds all.
_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕𫜹⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫"
    "⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝"
    "⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙"
    "⻱龜⻲亀⻳龟"
)
# Presentation forms of vertical and small marks, half-width marks, as the marks of horizontal Chinese text.
_MARKS = (
    "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︰：︱—︲–︳_︴_︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］"
    "﹐，﹑、﹒．﹔；﹕：﹖？﹗！﹘—﹙（﹚）﹛｛﹜｝﹝〔﹞〕﹟＃﹠＆﹡＊﹢＋﹣－﹤＜﹥＞﹦＝﹩＄﹪％﹫＠｡。｢「｣」､、･·"
)
# Bytes 0x91 to 0x97 of CP1252 in a text that was taken for Latin-1.
_CP1252 = "\x91‘\x92’\x93“\x94”\x96–\x97—"
# Word writes bullets and some signs in its Symbol and Wingdings fonts as private characters.
_SYMBOLS = (
    "\uf0b7•\uf06c●\uf06e■\uf075◆\uf0a7▪\uf0a8□\uf06f□\uf0d8➢\uf0fc✓\uf0fe☑\uf052☑\uf076❖\uf09f•\uf0b0°\uf0b1±"
    "\uf0b4×\uf0a3≤\uf0b3≥\uf0b8÷"
)
# GB 18030-2005 and 2022 have given these bytes of GBK their characters; programs before them, and Python, give
# characters of the private use area.
_GBK_LATER = (
    "\ue78d︐\ue78e︒\ue78f︑\ue790︓\ue791︔\ue792︕\ue793︖\ue794︗\ue795︘\ue796︙\ue7c7ḿ\ue7c8ǹ"
    "\ue816𠂇\ue817𠂉\ue818𠃌\ue81e龴\ue826龵\ue82b龶\ue82c龷\ue831𡗗\ue832龸\ue83b𢦏\ue843龹\ue854龺\ue855𤇾\ue864龻"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _table() -> dict[str, str]:
    pairs = _RADICALS + _MARKS + _CP1252 + _SYMBOLS + _GBK_LATER
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    # The 80 characters that GBK put at 0xFE50-0xFEA0; Windows had no code for most of them then.
    for place in range(80):
        char = bytes((0xFE, 0x50 + place if place < 47 else 0x80 + place - 47)).decode("gb18030")
        table.setdefault(chr(0xE815 + place), char)
    for begin in ("❶", "➀", "➊", "⓵"):  # digits in other circles
        table |= {chr(ord(begin) + n): _CIRCLED[n] for n in range(10)}
    table |= {chr(ord("⓫") + n): _CIRCLED[10 + n] for n in range(10)}
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)):  # Kangxi, compatibility ideographs
        table |= {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(first, last + 1)}
    folded = {char: table.get(other, other) for char, other in table.items()}
    return {char: other for char, other in folded.items() if char != other and len(other) == 1}


_GLYPHS = _table()
_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x30, 0x7B) if chr(code).isalnum()}
_PLAIN = _GLYPHS | _WIDE


_COMMON, _SAME_LENGTH = str.maketrans(_GLYPHS), str.maketrans(_PLAIN)


def _any_of(table: dict[str, str]) -> re.Pattern[str]:
    # Looked for before the text is translated: nearly no text holds one, and this is ten times as fast. Beyond the
    # BMP a range, since single characters there would make the pattern slow.
    return re.compile(f"[{re.escape(''.join(char for char in table if char < chr(0x10000)))}\U0002f800-\U0002fa1f]")


_ANY_COMMON, _ANY_PLAIN = _any_of(_GLYPHS), _any_of(_PLAIN)


def visible(text: str) -> str:
    """``text`` without the characters that cannot be seen: zero-width, soft hyphens, bidi controls, selectors."""
    text = text.translate(_GONE) if _ANY_GONE.search(text) else text
    return _EMPHASIS.sub("", text) if _ANY_EMPHASIS.search(text) else text


def common(text: str) -> str:
    """``text``, as long as before, with the usual code of every character: ⼀ (a radical) as 一, ︵ as （, \\uf0b7 as •.

    The width of letters and digits stays, since lines are measured by it.
    """
    return text.translate(_COMMON) if _ANY_COMMON.search(text) else text


def plain(text: str) -> str:
    """:func:`common` with full-width letters and digits as ASCII, as long as ``text``: offsets in one hold in both."""
    return text.translate(_SAME_LENGTH) if _ANY_PLAIN.search(text) else text


_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_RAISED = re.compile(r"[0-9+\-()]+")


def raised(text: str) -> str:
    """``text``, which is set above the line, with figures as superscripts, so that they add to no number before them."""
    return text.translate(_SUPERSCRIPT) if _RAISED.fullmatch(text.strip()) else text
