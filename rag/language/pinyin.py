"""How Chinese names are written in Latin letters: their Mandarin reading without tones, by pypinyin, imported here alone.

The library is big and the need is rare, so it is loaded at the first name that is asked for.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def pinyin(name: str) -> str:
    """The reading of a Chinese name in small letters without spaces: ``haichuan`` for 海川; ``ü`` is written ``v``.

    Characters with several readings take the one of the word that they stand in; what is no Chinese stays as it is.
    """
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name)).lower()
