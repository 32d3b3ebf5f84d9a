"""How long people wait who use the page at the same time: python benchmarks/users.py [--users N] [--seconds S]

A real server with login in a process of its own, the extractive engine over the bundled documents. Every user logs in,
opens the page and asks different questions, one after the other, with a pause to read in between, through the requests
that a browser sends. What counts is the time from the click until the answer is whole on the page. A second part has
all users click in the same instant. Exit code 1 when an answer fails or the goal is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from qa.accounts import add_account  # noqa: E402
from qa.measures import percentile  # noqa: E402

QUESTIONS = ("policy_more", "context_more")
GOAL = 1.0  #: seconds that 95 of 100 answers take at most, with pauses
PASSWORD = "only for this run"


def questions() -> list[str]:
    """Different questions about the bundled documents, in a fixed random order."""
    found = []
    for name in QUESTIONS:
        lines = (HERE / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        found += [case["question"] for case in map(json.loads, lines) if not case.get("history")]
    random.Random(7).shuffle(found)
    return found


@contextmanager
def server(users: int) -> Iterator[tuple[str, int]]:
    """``policyqa ui --auth`` over a new index of the bundled documents: its address and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        accounts = Path(folder, "accounts.jsonl")
        for number in range(users):
            add_account(accounts, f"user{number}", PASSWORD)
        command = [sys.executable, "-m", "qa", "ui", "--port", str(port), "--auth", str(accounts)]
        log = Path(folder, "log")
        with log.open("w") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | {"POLICYQA_DATA_DIR": folder}, stdout=out, stderr=out
            )
        try:
            address, until = f"http://127.0.0.1:{port}", time.monotonic() + 300
            while not _up(address):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"the server did not start:\n{log.read_text()}")
                time.sleep(0.3)
            _settled(process.pid)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(15)


def _settled(process: int) -> None:
    """Waits until the server rests: it makes the questions to begin with in the background."""
    for _ in range(60):
        before = cpu_seconds(process)
        time.sleep(1.5)
        if cpu_seconds(process) - before < 0.15:
            return


def _up(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", trust_env=False).is_success
    except httpx.HTTPError:
        return False


@dataclass
class User:
    """One browser: what it waited for, and what went wrong."""

    name: str
    address: str
    session: str = ""
    listener: dict[str, Any] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = httpx.AsyncClient(base_url=self.address, timeout=60, trust_env=False)
        self.session = f"{random.getrandbits(64):x}"

    async def arrive(self) -> None:
        """Logs in, opens the page, finds what a click on 提问 sends."""
        (await self.client.post("/login", data={"username": self.name, "password": PASSWORD})).raise_for_status()
        page = (await self.client.get("/", headers={"Accept": "text/html"})).raise_for_status().text
        found = re.search(r"window\.gradio_config = (\{.*?\});</script>", page, re.DOTALL)
        assert found is not None, "the page has another form"
        config = json.loads(found.group(1))
        bridge = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "do-ask")
        self.listener = next(d for d in config["dependencies"] if [bridge, "click"] in d["targets"])

    async def ask(self, question: str) -> None:
        """Clicks, and waits for the whole answer."""
        begun = time.perf_counter()
        try:
            await asyncio.wait_for(self._answered(question), 60)
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            self.errors.append(f"{question}: {error!r}")
            return
        self.waits.append(time.perf_counter() - begun)

    async def _answered(self, question: str) -> None:
        click = {
            "fn_index": self.listener["id"],
            "trigger_id": self.listener["targets"][0][0],
            "session_hash": self.session,
            "data": [None] * len(self.listener["inputs"]),
            "event_data": {"question": question, "documents": None, "filters": {}, "search": False},
        }
        (await self.client.post("/gradio_api/queue/join", json=click)).raise_for_status()
        stream = self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session})
        async with stream as messages:
            async for line in messages.aiter_lines():
                message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if message.get("msg") == "process_completed":
                    if not message["success"]:
                        raise ValueError(message["output"])
                    return
        raise ValueError("the stream ended without an answer")


async def reading(users: Sequence[User], asked: Sequence[str], seconds: float, pause: float) -> None:
    """Everybody asks, reads for ``pause`` seconds on average, asks again."""
    begun = time.perf_counter()
    left = iter(asked * 50)

    async def use(user: User) -> None:
        await asyncio.sleep(random.uniform(0, pause))  # people do not click in step
        while time.perf_counter() - begun < seconds:
            await user.ask(next(left))
            await asyncio.sleep(random.uniform(0.5, 1.5) * pause)

    await asyncio.gather(*map(use, users))


async def at_once(users: Sequence[User], asked: Sequence[str], rounds: int) -> None:
    """Everybody clicks in the same instant."""
    for number in range(rounds):
        await asyncio.gather(*(user.ask(asked[(number * len(users) + n) % len(asked)]) for n, user in enumerate(users)))


def cpu_seconds(process: int) -> float:
    """CPU time that a process has taken so far; 0.0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(name: str, users: Sequence[User], cpu: float) -> tuple[float, int]:
    """Prints what a part gave, ``cpu`` seconds of the server among it, and gives its p95 and number of errors."""
    waits, errors = [w for u in users for w in u.waits], [e for u in users for e in u.errors]
    p50, p95 = (percentile(waits, share) if waits else float("inf") for share in (50, 95))
    print(
        f"{name}: {len(waits)} answers, p50 {p50:.2f} s, p95 {p95:.2f} s, most {max(waits, default=0):.2f} s, ", end=""
    )
    print(
        f"{cpu / max(1, len(waits)):.2f} s of CPU each, {len(errors)} errors", *errors[:3], sep="\n  " if errors else ""
    )
    for user in users:
        user.waits, user.errors = [], []
    return p95, len(errors)


async def run(address: str, process: int, count: int, seconds: float, pause: float) -> bool:
    """All parts; whether the goal is met."""
    users = [User(f"user{number}", address) for number in range(count)]
    await asyncio.gather(*(user.arrive() for user in users))
    asked = questions()

    async def part(name: str, work: Awaitable[None]) -> tuple[float, int]:
        before = cpu_seconds(process)
        await work
        return told(name, users, cpu_seconds(process) - before)

    await part("alone", at_once(users[:1], asked, 10))
    p95, errors = await part(f"{count} users who read {pause:g} s", reading(users, asked[10:], seconds, pause))
    _, more = await part(f"{count} clicks in the same instant", at_once(users, asked[::-1], 5))
    for user in users:
        await user.client.aclose()
    return p95 <= GOAL and not errors + more


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60, help="of the part with pauses")
    parser.add_argument("--pause", type=float, default=8, help="seconds between an answer and the next question")
    given = parser.parse_args()
    with server(given.users) as (address, process):
        return 0 if asyncio.run(run(address, process, given.users, given.seconds, given.pause)) else 1


if __name__ == "__main__":
    sys.exit(main())
