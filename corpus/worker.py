"""Work in processes of its own: what hangs, grows or crashes there is a message here, not the end of the program.

Started as plain subprocesses: the standard pools import the caller's main script anew, which breaks scripts without
an ``if __name__ == "__main__"``. What goes through the pipes is pickled by this program for itself.
"""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from corpus.raw import Tell, silent


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use for one job."""

    seconds: float = 180  #: without a sign of progress
    memory: int = 6 << 30  #: bytes of address space; where the system can limit it
    output: int = 1 << 30  #: bytes of a result


class WorkerError(Exception):
    """A job that ended its worker. The message (Chinese) says how, without a full stop."""


_LENGTH = struct.Struct("<Q")


class Worker:
    """A process that runs functions ``"module:name"`` with one argument each; started when first used."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.Queue[tuple[str, Any]] = queue.Queue()

    def run(self, function: str, argument: Any, tell: Tell = silent) -> Any:
        """What ``function(argument, tell)`` gives. Raises what it raises, and WorkerError when it ends the worker."""
        process = self._started()
        assert process.stdin is not None
        try:
            _write(process.stdin, (function, argument))
        except OSError:
            raise self._lost() from None
        while True:
            try:
                kind, value = self._frames.get(timeout=self._limits.seconds)
            except queue.Empty:
                self.end()
                raise WorkerError(f"{self._limits.seconds:.0f} 秒没有进展，已停止") from None
            if kind == "tell":
                tell(*value)
            elif kind == "result":
                return value
            elif kind == "raised":
                raise value
            else:
                raise self._lost(value)

    def end(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()

    def _lost(self, told: str | None = None) -> WorkerError:
        process = self._process
        with suppress(subprocess.TimeoutExpired):
            if process is not None:
                process.wait(timeout=5)
        code = process.returncode if process is not None else None
        self.end()
        if told:
            return WorkerError(told)
        named = signal.Signals(-code).name if code and code < 0 else code
        return WorkerError(f"读取的进程意外结束（{named}），可能是内存不够或文件损坏")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        root = str(Path(__file__).resolve().parents[1])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from corpus.worker import serve; serve({self._limits.memory})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries there print warnings of their own; what counts comes as a result
            env=os.environ | {"PYTHONPATH": path},
        )
        self._frames = queue.Queue()
        threading.Thread(target=self._listen, args=(self._process.stdout, self._frames), daemon=True).start()
        return self._process

    def _listen(self, pipe: BinaryIO, frames: queue.Queue[tuple[str, Any]]) -> None:
        while True:
            try:
                frame = _read(pipe, self._limits.output)
            except (OSError, ValueError, EOFError):
                frame = ("lost", None)
            except OverflowError:
                frame = ("lost", "读出的内容太多，超过了上限")
            except Exception as error:  # an exception that cannot be made again here
                frame = ("raised", WorkerError(f"读取的进程报告了一个无法还原的错误（{error}）"))
            frames.put(frame)
            if frame[0] == "lost":
                return


class Pool:
    """Workers that stand ready for the whole life of the program; as many as there are processors, four at most."""

    def __init__(self, limits: Limits | None = None, size: int | None = None) -> None:
        self._limits = limits or Limits()
        self.size = size or min(os.cpu_count() or 1, 4)
        self._workers = [Worker(self._limits) for _ in range(self.size)]
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        atexit.register(self.end)

    def run(self, function: str, argument: Any, tell: Tell = silent) -> Any:
        """What ``function(argument, tell)`` gives in a worker that is free; waits for one. As :meth:`Worker.run`."""
        worker = self._idle.get()
        try:
            return worker.run(function, argument, tell)
        finally:
            self._idle.put(worker)

    def map(
        self, function: str, arguments: Sequence[Any], tell: Tell = silent
    ) -> Iterator[tuple[Any, Exception | None]]:
        """For each argument, in order, (result, None) or (None, what was raised); a few run at the same time."""
        with ThreadPoolExecutor(self.size) as threads:
            waiting: list[Future[Any]] = []
            try:
                for argument in arguments:
                    waiting.append(threads.submit(self.run, function, argument, tell))
                    if len(waiting) > 2 * self.size:  # results that nobody has taken yet fill the memory
                        yield _outcome(waiting.pop(0))
                while waiting:
                    yield _outcome(waiting.pop(0))
            except KeyboardInterrupt:
                self.end()  # else the threads wait for what nobody wants any more
                raise
            finally:
                for future in waiting:
                    future.cancel()

    def end(self) -> None:
        """End all workers, also those at work; they start anew when they are needed again."""
        for worker in self._workers:
            worker.end()


@cache
def shared_pool() -> Pool:
    """The workers of this program."""
    return Pool()


def _outcome(future: Future[Any]) -> tuple[Any, Exception | None]:
    try:
        return future.result(), None
    except Exception as error:
        return None, error


# --- in the worker --------------------------------------------------------------------------------------------------


def serve(memory: int) -> None:
    """Run jobs from standard input until it ends; what a worker's process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends its workers
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    jobs, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints may come between the frames
    while True:
        try:
            name, argument = _read(jobs, sys.maxsize)
        except EOFError:
            return
        try:
            result = ("result", _function(name)(argument, lambda *told: _write(out, ("tell", told))))
        except MemoryError:
            os._exit(137)
        except Exception as error:
            result = ("raised", error)
        try:
            _write(out, result)
        except (pickle.PicklingError, TypeError, AttributeError):
            _write(out, ("raised", RuntimeError(f"{type(result[1]).__name__}: {result[1]}")))


def _function(name: str) -> Callable[[Any, Tell], Any]:
    module, _, attribute = name.partition(":")
    function: Callable[[Any, Tell], Any] = getattr(import_module(module), attribute)
    return function


def _write(pipe: Any, value: Any) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _read(pipe: BinaryIO, limit: int) -> Any:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > limit:
        raise OverflowError
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)
