"""OpenVINO without its usage statistics."""

from __future__ import annotations

import sys
from typing import Any


def import_openvino() -> Any:
    """The module ``openvino``, imported so that it reports nothing and starts faster.

    Its own import loads the model converter, which on being loaded sends an event to Google Analytics and writes a
    client id into the home directory, unless the user has opted out. Nothing here converts models, and OpenVINO is
    made to work without the converter and without ``openvino_telemetry``: a module set to None counts as missing.
    """
    modules: dict[str, Any] = sys.modules
    modules.setdefault("openvino_telemetry", None)
    if "openvino" not in modules:
        modules.setdefault("openvino.tools.ovc", None)
    try:
        import openvino
    finally:
        # The converter stays within reach of other libraries in this process, now without statistics.
        if modules.get("openvino.tools.ovc", 0) is None:
            del modules["openvino.tools.ovc"]
    return openvino
