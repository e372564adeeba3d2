"""``python -m ui``: the page on UI_HOST:UI_PORT. Exit code 0 after a stop, 1 when it cannot run, 2 for a bad setting."""

from __future__ import annotations

import logging
import sys

from rag.errors import RagError, SettingsError
from ui.serve import run


def main() -> int:
    """Run the page; one sentence on stderr when it cannot."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        from rag.settings import Settings

        return run(Settings.load())
    except RagError as error:
        sys.stderr.write(f"{error}\n")
        return 2 if isinstance(error, SettingsError) else 1


if __name__ == "__main__":
    sys.exit(main())
