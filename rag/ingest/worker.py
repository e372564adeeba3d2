"""The process that reads files for a library: requests come on its standard input, results go to its standard output.

Messages are JSON with raw bytes attached (never pickle, which could run code). What a bad file does (crash, hang, eat
memory) ends this process and not the one that keeps the library; ``worker_pool`` starts, feeds and replaces it.
"""

from __future__ import annotations

import gc
import json
import os
import queue
import signal
import socket
import stat
import struct
import sys
import threading
from typing import IO, Any

from rag.ingest.nursery import tend

IDLE_SECONDS = 60.0  # a worker without work ends itself
_SIZES = struct.Struct(">QQ")
Message = tuple[dict[str, Any], bytes]


def send(stream: IO[bytes], message: dict[str, Any], attached: bytes = b"") -> None:
    """Write a message and the bytes that belong to it."""
    data = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(_SIZES.pack(len(data), len(attached)))
    stream.write(data)
    stream.write(attached)
    stream.flush()


def receive(stream: IO[bytes]) -> Message | None:
    """The next message with its bytes, or None at the end of the stream (also within a message)."""
    head = stream.read(_SIZES.size)
    if len(head) < _SIZES.size:
        return None
    length, more = _SIZES.unpack(head)
    data, attached = stream.read(length), stream.read(more)
    if len(data) < length or len(attached) < more:
        return None
    message: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    return message, attached


def serve(memory_mb: int) -> None:
    """The worker's loop; ends when its input closes, which happens when its caller is gone, or after a minute idle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the caller, which ends its workers
    _limit_memory(memory_mb)
    gc.set_threshold(20_000)  # a page is tens of thousands of small objects, hardly any in cycles
    if stat.S_ISSOCK(os.fstat(0).st_mode):  # here no file is read, but workers are made that do
        tend(socket.socket(fileno=os.dup(0)), _prepare)
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with results
    from rag.ingest.job import answer

    gc.freeze()  # what is imported stays
    requests: queue.Queue[Message] = queue.Queue()
    threading.Thread(target=_listen, args=(source, requests), daemon=True).start()
    send(target, {"ready": True})
    while True:
        try:
            request, data = requests.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            os._exit(0)
        _limit_time(request["seconds"])
        send(target, *answer(request, data))


def _prepare(embeds: bool) -> None:
    """Import what reading a PDF takes, and load the built-in embedding."""
    from rag.ingest import job
    from rag.readers import pdf_shares
    from rag.reports import metadata

    if embeds:
        from rag.language.embeddings import builtin

        builtin()
    assert job and pdf_shares and metadata
    gc.freeze()  # what children share is not looked at, which would make copies of it


def _listen(source: IO[bytes], requests: queue.Queue[Message]) -> None:
    """Take in requests; at the end of the input nobody wants the results any more, so the process ends at once."""
    while (message := receive(source)) is not None:
        requests.put(message)
    os._exit(0)


def _limit_memory(memory_mb: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    limit = memory_mb * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Processor time of this file is limited as well: a second line behind the caller's clock."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))
