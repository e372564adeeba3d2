"""``python -m rag``: the library and its answers on the command line (see ``rag/cli``)."""

import sys

from rag.cli import main

sys.exit(main())
