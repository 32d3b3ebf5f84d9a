"""What is installed is what is here: every package, every data file, and commands that exist."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]


def test_every_package_is_listed() -> None:
    here = {str(init.parent.relative_to(ROOT)).replace("/", ".") for init in ROOT.glob("[!.]*/**/__init__.py")}
    here -= {name for name in here if name.startswith("build.")}
    assert set(SETUPTOOLS["packages"]) == here
    assert all((ROOT / f"{module}.py").is_file() for module in SETUPTOOLS["py-modules"])


def test_every_data_file_of_a_package_is_installed() -> None:
    for package in SETUPTOOLS["packages"]:
        folder, patterns = ROOT / package, SETUPTOOLS["package-data"].get(package, [])
        files = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
        covered = {path for pattern in patterns for path in folder.glob(pattern)}
        assert files <= covered, package


def test_the_commands_exist() -> None:
    for target in PROJECT["project"]["scripts"].values():
        module, _, name = target.partition(":")
        assert callable(getattr(import_module(module), name))


def test_the_readme_that_the_package_names_is_there() -> None:
    assert (ROOT / PROJECT["project"]["readme"]).is_file()
