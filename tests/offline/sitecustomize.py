"""Python runs this first when the folder is on PYTHONPATH: the guard for programs that tests start."""

import os
import sys

import netblock

netblock.install()


def _die(host: object) -> None:
    if not netblock.is_local(host):
        print(f"A live call to {host!r}: tests may only use loopback.", file=sys.stderr, flush=True)
        os._exit(97)


netblock._check = _die  # an error could be caught; the end of the process cannot
