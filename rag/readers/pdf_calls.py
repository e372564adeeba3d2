"""PDFium's calls per character, made fast: through C prototypes and ``map``, several times faster than the wrapped ones.

The caller holds the lock (``pdf_file``). ``address``: of an open text page. What is called for each character has no
argument types: pointers come as objects that were made before, which halves the time of a call.
"""

from __future__ import annotations

import ctypes
from collections import deque
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from numpy.typing import NDArray


def _c_function(function: Any, result: Any, *arguments: Any) -> Any:
    """A prototype that keeps the GIL: the call is far shorter than handing the GIL over and back.

    Without types every argument must be a ``c_void_p`` or a number that fits a C int.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_loose_box = _c_function(raw.FPDFText_GetLooseCharBox, ctypes.c_int)
_text = _c_function(raw.FPDFText_GetText, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
unicode = _c_function(raw.FPDFText_GetUnicode, ctypes.c_uint)
map_error = _c_function(raw.FPDFText_HasUnicodeMapError, ctypes.c_int)
generated = _c_function(raw.FPDFText_IsGenerated, ctypes.c_int)
_text_object = _c_function(raw.FPDFText_GetTextObject, ctypes.c_void_p)
_object_font = _c_function(raw.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
_font_name = _c_function(
    raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
)
_font_size = _c_function(raw.FPDFText_GetFontSize, ctypes.c_double)
_matrix = _c_function(raw.FPDFText_GetMatrix, ctypes.c_int)
_font_weight = _c_function(raw.FPDFFont_GetWeight, ctypes.c_int, ctypes.c_void_p)

_MANY = 2_048  # characters that are asked in one go
_results = np.zeros((_MANY, 6), np.float32)
_name = ctypes.create_string_buffer(128)
_targets = [ctypes.c_void_p(_results.ctypes.data + row * _results.strides[0]) for row in range(_MANY)]


def _asked(function: Any, address: ctypes.c_void_p, indices: list[int], values: int) -> NDArray[np.float32]:
    """(n, values) what a function writes for each character; zeros where it fails."""
    found = np.empty((len(indices), values), np.float32)
    for start in range(0, len(indices), _MANY):
        part = indices[start : start + _MANY]
        _results[: len(part)] = 0
        deque(map(function, repeat(address), part, _targets), maxlen=0)
        found[start : start + len(part)] = _results[: len(part), :values]
    return found


def boxes(address: ctypes.c_void_p, indices: NDArray[Any]) -> NDArray[np.float32]:
    """(n, 4) left, top, right, bottom in the page's own coordinates (upwards), for the given characters."""
    return _asked(_loose_box, address, indices.tolist(), 4)


def text(address: ctypes.c_void_p, count: int) -> str:
    """The page's ``count`` characters; fewer or more where PDFium writes some of them as none or two."""
    buffer = np.zeros(2 * count + 2, "<u2")
    written = _text(address, 0, count, buffer.ctypes.data)
    return buffer[: max(written - 1, 0)].tobytes().decode("utf-16-le", "replace")


def address_of(handle: Any) -> ctypes.c_void_p:
    """The address behind a handle of pypdfium2."""
    return ctypes.cast(handle, ctypes.c_void_p)


def sizes(address: ctypes.c_void_p, indices: list[int]) -> NDArray[np.float32]:
    """Font sizes in points as drawn: the font's size times the vertical scale of its matrix."""
    matrices = _asked(_matrix, address, indices, 6)
    plain = np.fromiter(map(_font_size, repeat(address), indices), np.float32, len(indices))
    return np.asarray(plain * np.hypot(matrices[:, 2], matrices[:, 3]), np.float32)


def weights(address: ctypes.c_void_p, indices: list[int]) -> list[int]:
    """2 bold, 1 italic, 0 plain, by the names of the fonts of the characters."""
    objects = list(map(_text_object, repeat(address), indices))
    fonts = {drawn: _object_font(drawn or 0) for drawn in set(objects)}
    known = {font: _weight(font) if font else 0 for font in set(fonts.values())}
    return [known[fonts[drawn]] for drawn in objects]


def _weight(font: int) -> int:
    _name.value = b""
    _font_name(font, _name, len(_name))
    name = _name.value.lower()
    if any(part in name for part in (b"bold", b"black", b"heavy", b"simhei", b"-bd")) or _font_weight(font) >= 600:
        return 2
    return 1 if b"italic" in name or b"oblique" in name else 0
