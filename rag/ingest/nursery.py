"""Worker processes forked from one that has imported everything: no other imports again, and their memory is shared.

The parent of them is started like any worker, with a socket as its standard input; it does nothing but fork and say how
a child ended. It has one thread, so that a fork is safe, which one of the library's own process would not be. Linux
alone has what is needed (descriptors of processes, which name no other one once theirs has ended).
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Sequence
from typing import IO

IDLE_SECONDS = 60.0  # without a request and without a child, the process ends itself
EXIT_SECONDS = 5.0  # for ending by itself once its socket is closed
_MESSAGE = struct.Struct(">q")  # a request: what to do; its answer: a process id, or a wait status
_FORK, _FORK_EMBEDDING = 0, -1  # ... with three descriptors attached; any other number is the id of a child that ended
_UNKNOWN = -signal.SIGTERM  # exit code of a child whose parent cannot be asked any more


def available() -> bool:
    """Whether workers can be forked here; some containers forbid, and old kernels lack, descriptors of processes."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True


class Nursery:
    """The process that workers are forked from. Safe to use from several threads. Raises OSError when it cannot be had."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], seconds: float) -> None:
        """``command``: starts a worker; ``seconds``: how long an answer may take, the first one with all imports."""
        self._turn = threading.Lock()
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(seconds)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                )
        except OSError:
            self._socket.close()
            raise

    def fork(self, errors: IO[bytes], embeds: bool) -> Forked:
        """A new worker that writes its errors to this file; ``embeds``: it will need the built-in embedding."""
        requests, stdin = os.pipe()
        stdout, results = os.pipe()
        try:
            pid = self._ask(_FORK_EMBEDDING if embeds else _FORK, [requests, results, errors.fileno()])
            if pid < 0:
                raise OSError(-pid, os.strerror(-pid))
            handle = os.pidfd_open(pid)
        except OSError:
            os.close(stdin)
            os.close(stdout)
            raise
        finally:
            os.close(requests)
            os.close(results)
        return Forked(pid, handle, os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb"), self._status)

    def _ask(self, what: int, descriptors: Sequence[int] = ()) -> int:
        with self._turn:
            try:
                socket.send_fds(self._socket, [_MESSAGE.pack(what)], descriptors)
                answer = self._socket.recv(_MESSAGE.size, socket.MSG_WAITALL)
                if len(answer) < _MESSAGE.size:
                    raise OSError("the process that reading processes are made from has ended")
            except BaseException:
                self._socket.close()  # an answer that comes late would be taken for that of the next request
                raise
        return int(_MESSAGE.unpack(answer)[0])

    def _status(self, pid: int) -> int:
        """The exit code of a child that has ended, negative for a signal."""
        try:
            return os.waitstatus_to_exitcode(self._ask(pid))
        except OSError:
            return _UNKNOWN

    def close(self) -> None:
        """End the process once its children have ended, whose requests must have been closed."""
        self._socket.close()
        try:
            self._process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Forked:
    """As much of ``subprocess.Popen`` as a worker needs."""

    def __init__(
        self, pid: int, handle: int, stdin: IO[bytes], stdout: IO[bytes], status: Callable[[int], int]
    ) -> None:
        """``handle``: the descriptor of the process ``pid``; ``status``: gives its exit code once it has ended."""
        self.stdin, self.stdout = stdin, stdout
        self.pid = pid
        self.returncode: int | None = None
        self._status = status
        self._turn = threading.Lock()
        self._handle = handle
        weakref.finalize(self, os.close, handle)

    def poll(self) -> int | None:
        """The exit code, None while the process lives."""
        return self._ended(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once the process has ended. Raises subprocess.TimeoutExpired."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        return code

    def _ended(self, seconds: float | None) -> int | None:
        look = select.poll()
        look.register(self._handle, select.POLLIN)
        if self.returncode is None and look.poll(None if seconds is None else seconds * 1000):
            with self._turn:
                if self.returncode is None:
                    self.returncode = self._status(self.pid)
        return self.returncode

    def kill(self) -> None:
        """End the process at once."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)


def tend(requests: socket.socket, prepare: Callable[[bool], None]) -> None:
    """The nursery's own part: fork as asked, and return in each child, whose standard streams are those it was sent.

    ``prepare``: imports what a child needs, for embedding too or not. Ends the process when the socket is closed and
    all children have ended, or after a minute without either.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # where the caller ignores it, no child could be waited for
    children: set[int] = set()
    requests.settimeout(IDLE_SECONDS)
    prepare(False)
    while (request := _next(requests, children)) is not None:
        what, descriptors = request
        if what > 0:
            children.discard(what)
            answer = os.waitpid(what, 0)[1]
        else:
            prepare(what == _FORK_EMBEDDING)
            answer = _fork()
            if answer == 0:
                requests.close()
                for target, source in enumerate(descriptors):
                    os.dup2(source, target)
            for source in descriptors:
                os.close(source)
            if answer == 0:
                return
            if answer > 0:
                children.add(answer)
        requests.sendall(_MESSAGE.pack(answer))
    requests.close()
    for pid in children:
        os.waitpid(pid, 0)
    os._exit(0)


def _next(requests: socket.socket, children: set[int]) -> tuple[int, list[int]] | None:
    """What is asked for next, and the descriptors that came with it; None when nothing more will be."""
    while True:
        try:
            message, descriptors, _, _ = socket.recv_fds(requests, _MESSAGE.size, 3)
        except TimeoutError:
            if any(os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None for pid in children):
                continue
            return None
        return (_MESSAGE.unpack(message)[0], descriptors) if len(message) == _MESSAGE.size else None


def _fork() -> int:
    """As ``os.fork``; where that fails, the number of the error, below 0."""
    try:
        return os.fork()
    except OSError as error:
        return -(error.errno or 1)
