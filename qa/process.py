"""The process of a command: what it does with readers that leave, and how it ends."""

from __future__ import annotations

import atexit
import io
import os
import sys
import threading
from typing import NoReturn

#: Threads that compute what a language model in this process writes.
_MODEL_THREADS = ("policyqa-writer", "policyqa-model")


class _Pipe(io.FileIO):
    """A stream out of this process; what is written after its reader (head, less) has left is dropped."""

    def write(self, data: object, /) -> int:
        try:
            return super().write(data)  # type: ignore[arg-type]
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return memoryview(data).nbytes  # type: ignore[arg-type]


def outlive_readers() -> None:
    """Lets the command do its work to the end, and keep its exit code, when who reads its output has seen enough. On a
    terminal nobody leaves."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and stream is getattr(sys, f"__{name}__") and not stream.isatty():
            stream.flush()
            raw = io.BufferedWriter(_Pipe(stream.fileno(), "w", closefd=False))
            setattr(sys, name, io.TextIOWrapper(raw, line_buffering=name == "stderr"))


def model_at_work() -> bool:
    """Whether a language model still writes in this process, for nobody."""
    return any(thread.name.startswith(_MODEL_THREADS) for thread in threading.enumerate())


def end(code: int = 0) -> NoReturn:
    """Ends without the rest of Python's own end: an answer may still be computed in a thread, and a thread that Python
    stops in the middle of C++ aborts the process."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
