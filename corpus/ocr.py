"""Pictures to raw lines: text recognised offline by the models that come with rapidocr, run by OpenVINO."""

from __future__ import annotations

import bisect
import io
import math
import os
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

from corpus.clean import width_of
from corpus.layout import Box, Line, Piece, document_lines, gutter_of, page_lines, with_tables
from corpus.quiet_openvino import import_openvino
from corpus.raw import RawDocument, ReadError, Tell, silent

_MOST_PIXELS = 200_000_000  # of a picture as stored: A0 at 400 dpi is just under it
_LARGEST_SIDE = 4000  # pixels; larger pictures are scaled down
_DETECTION_SIDE = 1280  # pixels of the longer side when looking for lines; more finds no more and takes longer
_UNSURE = 0.5  # what is recognised with less confidence is a stain, a stamp or part of a drawing
_MOST_PAGES = 3000  # of one TIFF


def read_image(data: bytes, file_name: str, tell: Tell = silent) -> RawDocument:
    """The text of a picture (PNG, JPEG, TIFF with its pages, BMP, WebP), each line with the confidence of its
    recognition.

    ``tell`` hears of each page. Raises ReadError when the picture is damaged, too large or shows no text.
    """
    pages: list[tuple[int, list[Line]]] = []
    total = 1
    for number, total, picture in _pictures(data, file_name):
        tell("识别文字", number - 1, total)
        pages.append((number, page_lines(recognise(picture))))
    tell("识别文字", total, total)
    lines, left_out = document_lines(pages, headings=False)
    if not lines:
        raise ReadError(f"“{file_name}”里没有识别出文字；请打开图片确认有文字，或换一张更清楚的。")
    warning = "文字由图片识别得来，可能有错字；引用前请对照原件。"
    return RawDocument(file_name, tuple(lines), {}, True, tuple(left_out), (warning,))


def _pictures(data: bytes, file_name: str) -> Iterator[tuple[int, int, Any]]:
    """(number, how many, pixels as an array blue-green-red) of each page of a picture file, upright as its EXIF says."""
    import numpy
    from PIL import Image, ImageOps

    damaged = f"“{file_name}”不是完好的图片（可能没有下载完，或后缀不对）；请重新取得文件，确认能打开后再试。"
    with warnings.catch_warnings():
        # The limit below is ours, and stricter for what it costs.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data))
            total = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if total > _MOST_PAGES:
                raise ReadError(f"“{file_name}”有 {total} 页，超过 {_MOST_PAGES} 页；请拆成几个文件再试。")
            for number in range(1, total + 1):
                image.seek(number - 1)
                width, height = image.size
                if width * height > _MOST_PIXELS:
                    raise ReadError(
                        f"“{file_name}”有 {width}×{height} 个像素，太大；请缩小到长边一万像素以内，或裁成几张再试。"
                    )
                # JPEG is decoded at half or a quarter of the size where that is enough.
                image.draft("RGB", (_LARGEST_SIDE, _LARGEST_SIDE))
                page = ImageOps.exif_transpose(image)
                if "A" in page.getbands() or "transparency" in page.info:
                    page = page.convert("RGBA")
                    page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
                page = page.convert("RGB")
                page.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
                yield number, total, numpy.ascontiguousarray(numpy.asarray(page)[:, :, ::-1])
        except ReadError:
            raise
        except Image.DecompressionBombError as error:
            raise ReadError(f"“{file_name}”的像素太多；请缩小到长边一万像素以内，或裁成几张再试。") from error
        except Exception as error:  # decoders raise whatever they like on damaged data
            raise ReadError(damaged) from error


# --- the engine -----------------------------------------------------------------------------------------------------

_lock = threading.Lock()


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The recogniser of this process. Its models are files of the installed package; nothing is downloaded."""
    import_openvino()
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    models = {part: next(iter(sorted(folder.glob(f"*{part.lower()}*.onnx"))), None) for part in ("Det", "Rec")}
    if None in models.values():
        raise ReadError("识别图片文字的模型不在安装的 rapidocr 里；请重新安装：pip install --force-reinstall rapidocr")
    params: dict[str, Any] = {
        "Global.log_level": "error",
        "Global.use_cls": False,
        "Global.text_score": 0.0,
        "Global.return_word_box": True,  # gives the confidence of each character
        "Global.max_side_len": 2 * _LARGEST_SIDE,
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECTION_SIDE,
        "Rec.rec_batch_num": 4,
        "EngineConfig.openvino.performance_hint": "LATENCY",
    }
    threads = os.environ.get("POLICYQA_THREADS", "")
    if threads.isdecimal() and int(threads) >= 1:
        params["EngineConfig.openvino.inference_num_threads"] = int(threads)
    for part, path in models.items():
        params[f"{part}.engine_type"] = rapidocr.EngineType.OPENVINO
        params[f"{part}.model_path"] = str(path)
    return rapidocr.RapidOCR(params=params)


# --- one page -------------------------------------------------------------------------------------------------------


def recognise(picture: Any) -> list[Piece]:
    """The pieces of text in a picture (an array of pixels, blue-green-red), turned upright; boxes in pixels.

    Lines of ruled tables are gathered to rows. Empty for a picture without text.
    """
    with _lock:
        picture, quads = _upright(picture)
        if not len(quads):
            return []
        em = 0.75 * median(_extent(quad)[1] for quad in quads)
        tables = ruled_tables(picture, em)
        quads = [part for quad in quads for part in _split(quad, tables)]
        quads = _parted(picture, quads, em)
        read = _read(picture, quads)
    pieces = [
        _piece(quad, words.text, words.least)
        for quad, words in zip(quads, read, strict=True)
        if words.text.strip() and words.sure >= _UNSURE
    ]
    return _squared(with_tables(pieces, tables, tolerance=0.4 * em), em)


def _detect(picture: Any) -> Any:
    """The corners of each line of text, clockwise from its top left: an array (lines, 4, 2)."""
    import numpy

    found = _engine()(picture, use_det=True, use_cls=False, use_rec=False)
    return numpy.zeros((0, 4, 2)) if found.boxes is None else numpy.asarray(found.boxes, dtype=float)


@dataclass(frozen=True, slots=True)
class _Words:
    """What was read in one place, how sure all of it is, and the least sure letter, digit or Han character."""

    text: str
    sure: float
    least: float


def _read(picture: Any, quads: Sequence[Any]) -> list[_Words]:
    """The text in each of ``quads``."""
    import numpy

    if not len(quads):
        return []
    engine = _engine()
    crops = engine.crop_text_regions(picture, numpy.asarray(quads, dtype=numpy.float32))
    found = engine.recognize_txt(crops)
    return [
        # A mark misread does no harm, and marks are unsure more often than not: 。 is a spot. With them, the mean of a
        # line says little: 0.95 for one with a wrong character as for one without.
        _Words(
            full_width(text),
            float(score),
            min((sure for char, sure in zip(text, word.confs, strict=False) if char.isalnum()), default=float(score)),
        )
        for text, score, word in zip(found.txts, found.scores, found.word_results, strict=True)
    ]


def _extent(quad: Any) -> tuple[float, float]:
    """Length and height of a line."""
    return (
        float(math.hypot(*(quad[1] - quad[0])) + math.hypot(*(quad[2] - quad[3]))) / 2,
        float(math.hypot(*(quad[3] - quad[0])) + math.hypot(*(quad[2] - quad[1]))) / 2,
    )


def _upright(picture: Any) -> tuple[Any, Any]:
    """The picture turned so that its lines run level to the right, and the corners of its lines."""
    import cv2
    import numpy

    quads = _detect(picture)
    sizes = [_extent(quad) for quad in quads]
    tall = sum(height for length, height in sizes if height > 1.5 * length)
    if tall > sum(length for length, height in sizes if length > 1.5 * height):
        picture = numpy.ascontiguousarray(numpy.rot90(picture))
        quads = _detect(picture)
    if len(quads) and _upside_down(picture, quads):
        picture = numpy.ascontiguousarray(picture[::-1, ::-1])
        turned = numpy.array([picture.shape[1], picture.shape[0]]) - quads
        quads = turned[:, [2, 3, 0, 1]][::-1]
    long = [quad for quad in quads if _extent(quad)[0] > 5 * _extent(quad)[1]]
    angle = median(math.degrees(math.atan2(*(quad[1] - quad[0])[::-1])) for quad in long) if len(long) >= 3 else 0.0
    if 0.3 <= abs(angle) <= 20:
        height, width = picture.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        picture = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255,) * 3)
        quads = cv2.transform(quads, matrix)
    return picture, quads


def _upside_down(picture: Any, quads: Any) -> bool:
    """Whether a few lines are read with more confidence when turned by 180 degrees."""
    sample = sorted(quads, key=lambda quad: -_extent(quad)[0] / max(1.0, _extent(quad)[1]))[:5]
    sample = [_beginning(quad) for quad in sample if _extent(quad)[0] > 1.5 * _extent(quad)[1]]
    if not sample:
        return False
    upright = _read(picture, sample)
    turned = _read(picture, [quad[[2, 3, 0, 1]] for quad in sample])
    return sum(words.sure for words in turned) > sum(words.sure for words in upright)


def _beginning(quad: Any) -> Any:
    """The first part of a long line: enough to see which way it stands."""
    length, height = _extent(quad)
    share = min(1.0, 8 * height / length)
    part = quad.copy()
    part[1] = quad[0] + (quad[1] - quad[0]) * share
    part[2] = quad[3] + (quad[2] - quad[3]) * share
    return part


def _parted(picture: Any, quads: Sequence[Any], em: float) -> list[Any]:
    """The lines, those that were found as one over the gutter of two columns parted where nothing is printed there."""
    import cv2

    def box(quad: Any) -> tuple[int, int, int, int]:
        (left, top), (right, bottom) = quad.min(axis=0).clip(0), quad.max(axis=0)
        return int(left), int(top), int(right), int(bottom)

    boxes = [box(quad) for quad in quads]
    gutter = gutter_of([Piece("", left, top, right, bottom, em) for left, top, right, bottom in boxes], em)
    over = [at for at, one in enumerate(boxes) if gutter and one[0] < gutter - em and one[2] > gutter + em]
    if gutter is None or 3 * len(over) > len(quads):
        return list(quads)
    parted: list[Any] = []
    for at, quad in enumerate(quads):
        left, top, right, bottom = boxes[at]
        gap = None
        if at in over:
            gray = cv2.cvtColor(picture[top:bottom, left:right], cv2.COLOR_BGR2GRAY)
            _, ink = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
            gap = _blank(ink.any(axis=0), gutter - left, em)
        if gap is None:
            parted.append(quad)
            continue
        for begin, end in ((left, left + gap[0]), (left + gap[1], right)):
            part = quad.copy()
            part[:, 0] = [begin, end, end, begin]
            part[:, 1] = [top, top, bottom, bottom]
            parted.append(part)
    return parted


def _blank(inked: Sequence[bool], near: float, em: float) -> tuple[int, int] | None:
    """The columns of pixels without ink around the place ``near``, where they are wider than the space between words."""
    middle = round(near)
    span = range(max(0, middle - round(em)), min(len(inked), middle + round(em)))
    at = next((x for x in sorted(span, key=lambda x: abs(x - middle)) if not inked[x]), None)
    if at is None:
        return None
    begin = end = at
    while begin and not inked[begin - 1]:
        begin -= 1
    while end < len(inked) and not inked[end]:
        end += 1
    return (begin, end) if end - begin > 0.9 * em and begin > 0 and end < len(inked) else None


def _piece(quad: Any, text: str, sure: float) -> Piece:
    _, height = _extent(quad)
    left, right = float(quad[:, 0].min()), float(quad[:, 0].max())
    middle = float(quad[:, 1].mean())
    wide = width_of(text)
    # The box has a margin around the type; the length of a line tells the size better than its height.
    size = min(0.85 * height, max(0.6 * height, (right - left) / wide)) if wide >= 4 else 0.75 * height
    return Piece(text.strip(), left, middle - height / 2, right, middle + height / 2, size, confidence=sure)


def _squared(pieces: list[Piece], em: float) -> list[Piece]:
    """The pieces moved so that the margins of a page photographed from the side stand upright and parallel."""
    left = _margin([(piece.middle, piece.left) for piece in pieces], em)
    right = _margin([(piece.middle, piece.right) for piece in pieces], em)
    if not left and not right:
        return pieces
    ends = min(piece.left for piece in pieces), max(piece.right for piece in pieces)

    def margins(y: float) -> tuple[float, float]:
        return left[0] + left[1] * y if left else ends[0], right[0] + right[1] * y if right else ends[1]

    begin, end = margins(median(piece.middle for piece in pieces))

    def moved(x: float, y: float) -> float:
        low, high = margins(y)
        return begin + (x - low) * (end - begin) / max(high - low, em)

    return [
        replace(piece, left=moved(piece.left, piece.middle), right=moved(piece.right, piece.middle)) for piece in pieces
    ]


def _margin(ends: Sequence[tuple[float, float]], em: float) -> tuple[float, float] | None:
    """The slanting line x = a + b · y at which most lines of text end; None where an upright one does as well.

    Lines that are indented by two characters stand at a line of their own, beside it.
    """

    def best(slope: float) -> tuple[int, float]:
        places = sorted(x - slope * y for y, x in ends)

        def near(place: float) -> int:
            return bisect.bisect_right(places, place + 0.35 * em) - bisect.bisect_left(places, place)

        return max((near(place) + near(place + 1.8 * em), place) for place in places)

    if len(ends) < 6:
        return None
    upright, _ = best(0.0)
    counts = {step / 200: best(step / 200)[0] for step in range(-40, 41)}
    tied = [slope for slope, count in counts.items() if count == max(counts.values())]
    slope = tied[len(tied) // 2]
    count, place = best(slope)
    return (place, slope) if count >= max(6, 1.3 * upright) else None


_HALF = str.maketrans(",:;?!()", "，：；？！（）")
_HAN = "\u3400-\u9fff"
_BESIDE_HAN = re.compile(
    rf"(?<=[{_HAN}）”])[,:;?!()](?!\d)|[()](?=[{_HAN}“])|(?<=[{_HAN}”])\((?=\d)|(?<=\d)\)(?=[{_HAN}])"
)


def full_width(text: str) -> str:
    """Punctuation beside Han characters in its Chinese form: in a picture the two forms look alike."""
    text = _BESIDE_HAN.sub(lambda match: match.group().translate(_HALF), text)
    # Brackets go in pairs.
    if text.count("（") == text.count(")") == 1 and "(" not in text and "）" not in text:
        text = text.replace(")", "）")
    if text.count("(") == text.count("）") == 1 and ")" not in text and "（" not in text:
        text = text.replace("(", "（")
    return text


# --- ruled tables ---------------------------------------------------------------------------------------------------


def ruled_tables(picture: Any, em: float) -> list[list[Box]]:
    """The cells of each ruled table in an upright picture. ``em``: height of its characters in pixels."""
    import cv2

    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    _, ink = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    edges: list[dict[str, Any]] = []
    for orientation in ("h", "v"):
        length = max(20, int(1.6 * em))  # longer than the strokes of a character, shorter than the narrowest cell
        kernel = (length, 1) if orientation == "h" else (1, length)
        bridged = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        lines = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        for left, top, width, height, _area in boxes[1:]:
            if min(width, height) > 0.5 * em:
                continue
            x, y = left + width / 2, top + height / 2
            level = {"x0": left, "x1": left + width, "top": y, "bottom": y}
            upright = {"x0": x, "x1": x, "top": top, "bottom": top + height}
            edge = level if orientation == "h" else upright
            edges.append({"orientation": orientation, "width": width, "height": height, **edge})
    if sum(edge["orientation"] == "h" for edge in edges) < 2 or sum(edge["orientation"] == "v" for edge in edges) < 2:
        return []
    from pdfplumber import table

    near = 0.4 * em
    edges = table.merge_edges(edges, near, near, near, near)
    cells = table.intersections_to_cells(table.edges_to_intersections(edges, near, near))
    return [
        [(float(x0), float(y0), float(x1), float(y1)) for x0, y0, x1, y1 in cells]
        for cells in table.cells_to_tables(cells)
    ]


def _split(quad: Any, tables: Sequence[Sequence[Box]]) -> list[Any]:
    """A line that runs over the rule between cells, as one part for each cell; any other line as it is."""
    left, right = float(quad[:, 0].min()), float(quad[:, 0].max())
    top, bottom = float(quad[:, 1].min()), float(quad[:, 1].max())
    middle, height = (top + bottom) / 2, bottom - top
    for cells in tables:
        over = sorted(
            (max(left, cell[0]), min(right, cell[2]))
            for cell in cells
            if cell[1] <= middle <= cell[3] and min(right, cell[2]) - max(left, cell[0]) > 0.5 * height
        )
        if len(over) > 1:
            parts = []
            for begin, end in over:
                part = quad.copy()
                part[:, 0] = [begin, end, end, begin]
                part[:, 1] = [top, top, bottom, bottom]
                parts.append(part)
            return parts
    return [quad]
