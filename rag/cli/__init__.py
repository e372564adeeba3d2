"""The command line: ``parser`` says what can be typed, ``commands`` does it, ``show`` turns values into text.

Exit codes: 0 done (a refused question included), 1 something failed, 2 wrong usage or input, 130 interrupted,
141 the reader of the output went away. Results go to stdout, one JSON document with ``--json``; everything else,
errors in one sentence and the progress bar, to stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from rag.cli.parser import make_parser
from rag.errors import InputError, RagError, SettingsError

DONE, FAILED, WRONG_INPUT, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Wrong usage raises SystemExit(2), as argparse does."""
    _survive_any_terminal(sys.stdout)
    _survive_any_terminal(sys.stderr)
    args = make_parser().parse_args(argv)
    try:
        from rag.cli import commands  # only now: ``--help`` and wrong usage need none of it

        code = commands.run(args)
        sys.stdout.flush()
    except (InputError, SettingsError) as error:
        return _say(error, WRONG_INPUT)
    except RagError as error:
        return _say(error, FAILED)
    except KeyboardInterrupt:
        return _say("Interrupted.", INTERRUPTED)
    except BrokenPipeError:
        # What is still buffered has nowhere to go; without this Python complains about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        return _say(f"The system refused: {error}.", FAILED)
    return code


def _say(message: object, code: int) -> int:
    print(f"error: {message}" if code != INTERRUPTED else message, file=sys.stderr)
    return code


def _survive_any_terminal(stream: TextIO) -> None:
    """Show what the terminal's encoding cannot express as an escape, rather than fail on it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
