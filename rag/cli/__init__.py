"""The command line: ``parser`` says what can be typed, ``commands`` does it, ``show`` turns values into text.

Exit codes: 0 done (a refused question included), 1 something failed, 2 wrong usage or input, 130 interrupted,
141 the reader of the output went away, 143 ended by SIGTERM. Results go to stdout, one JSON document with ``--json``; everything else,
errors in one sentence and the progress bar, to stderr.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, TextIO

from rag.cli.parser import make_parser
from rag.errors import InputError, RagError, SettingsError

DONE, FAILED, WRONG_INPUT, INTERRUPTED, BROKEN_PIPE, TERMINATED = 0, 1, 2, 130, 141, 143


class Terminated(KeyboardInterrupt):
    """SIGTERM: ends a command as Ctrl-C does, after the report that is being stored."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Wrong usage raises SystemExit(2), as argparse does."""
    _survive_any_terminal(sys.stdout)
    _survive_any_terminal(sys.stderr)
    args = make_parser().parse_args(argv)
    try:
        with _terminated_cleanly():
            from rag.cli import commands  # only now: ``--help`` and wrong usage need none of it

            code = commands.run(args)
            sys.stdout.flush()
    except (InputError, SettingsError) as error:
        return _say(error, WRONG_INPUT)
    except RagError as error:
        return _say(error, FAILED)
    except Terminated as stop:
        return _say(f"{stop}", TERMINATED)
    except KeyboardInterrupt as stop:
        return _say(str(stop) or "Interrupted.", INTERRUPTED)
    except BrokenPipeError:
        # What is still buffered has nowhere to go; without this Python complains about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        return _say(f"The system refused: {error}.", FAILED)
    return code


def _say(message: object, code: int) -> int:
    print(message if code in (INTERRUPTED, TERMINATED) else f"error: {message}", file=sys.stderr)
    return code


@contextmanager
def _terminated_cleanly() -> Iterator[None]:
    """Let SIGTERM raise, so that workers are ended and the indexes written, instead of ending this process at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise Terminated("Ended by SIGTERM")

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _survive_any_terminal(stream: TextIO) -> None:
    """Show what the terminal's encoding cannot express as an escape, rather than fail on it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
