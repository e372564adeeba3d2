"""Keeps what was worked out from the very same objects: for reports, whose own hash would take longer than the work."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
More = ParamSpec("More")


def kept(
    most: int,
) -> Callable[[Callable[Concatenate[tuple[Item, ...], More], Made]], Callable[Concatenate[Iterable[Item], More], Made]]:
    """Keep the last ``most`` results of a function of immutable objects and hashable arguments, by identity of the objects.

    What it returns is shared and must not be changed.
    """

    def decorate(
        function: Callable[Concatenate[tuple[Item, ...], More], Made],
    ) -> Callable[Concatenate[Iterable[Item], More], Made]:
        found: OrderedDict[Hashable, tuple[tuple[Item, ...], Made]] = OrderedDict()  # holds the items: ids stay theirs
        lock = threading.Lock()

        @wraps(function)
        def ask(items: Iterable[Item], /, *args: More.args, **kwargs: More.kwargs) -> Made:
            held = tuple(items)
            key = (tuple(map(id, held)), args, tuple(sorted(kwargs.items())))
            with lock:
                if key in found:
                    found.move_to_end(key)
                    return found[key][1]
            made = function(held, *args, **kwargs)
            with lock:
                found[key] = (held, made)
                while len(found) > most:
                    found.popitem(last=False)
            return made

        return ask

    return decorate
