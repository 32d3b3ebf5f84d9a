"""Gradio without its statistics, and without what it writes beside itself: the page imports it from here alone."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class _WithoutStubs(MetaPathFinder):
    """Leaves out the type stubs that Gradio writes into its own folder whenever it is imported: parsing its sources
    for them takes as long as all the rest of the import, and the folder may belong to somebody else."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """See MetaPathFinder."""
        if name != "gradio.component_meta":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        if spec is not None and spec.loader is not None:
            loader: Any = spec.loader
            run = loader.exec_module

            def without_stubs(module: Any) -> None:
                run(module)
                module.create_or_modify_pyi = lambda *_: None

            loader.exec_module = without_stubs
        return spec


os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported: nothing calls home
if "gradio" not in sys.modules:
    sys.meta_path.insert(0, _WithoutStubs())

import gradio as gr  # noqa: E402
from gradio.events import api  # noqa: E402
from gradio.utils import get_upload_folder  # noqa: E402

__all__ = ["api", "get_upload_folder", "gr"]
