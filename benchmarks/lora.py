"""The default embedding model in torch, with low-rank additions that are trained (index.nano_unpack.LowRank)."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from index.embedder import Vocabulary
from index.nano_unpack import MATRICES, LowRank
from index.nano_weights import NanoWeights, dequantize

T = TypeVar("T")
RANK = 16
_SCALE = 2.0  #: alpha / rank of LoRA: what the product of the two matrices is multiplied by


class LowRankEncoder(nn.Module):
    """The first layers of the encoder with low-rank additions to every matrix; only these are trained."""

    def __init__(self, model: NanoWeights, words: Vocabulary, layers: int, rank: int = RANK) -> None:
        super().__init__()
        self.width, self.heads, self.epsilon, self.layers = model.hidden, model.heads, model.epsilon, layers
        self.words = words
        self.fixed = {
            name: torch.tensor(np.ascontiguousarray(dequantize(value) if value.ndim == 2 else value))
            for name, value in model.tensors.items()
            if name.startswith(("emb.ln", *(f"l{i}." for i in range(layers))))
        }
        shapes = {f"l{i}.{m}": self.fixed[f"l{i}.{m}.w"].shape for i in range(layers) for m in MATRICES}
        self.down = nn.ParameterList([nn.Parameter(torch.randn(rank, n) / math.sqrt(n)) for _, n in shapes.values()])
        self.up = nn.ParameterList([nn.Parameter(torch.zeros(n, rank)) for n, _ in shapes.values()])
        self.place = {name: i for i, name in enumerate(shapes)}

    def embedded(self, tokens: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """Texts of token ids padded to the longest: their embeddings (texts, tokens, width), and 1 where a token stands."""
        embedded, mask = self.words.embedded(tokens, max(map(len, tokens)))
        return torch.tensor(embedded), torch.tensor(mask)

    def encoded(self, embedded: Tensor, mask: Tensor, met: Callable[[str, Tensor], None] | None = None) -> Tensor:
        """The outputs (texts, tokens, width). ``met`` is told the inputs of each matrix ("l0.q" for q, k and v)."""
        met = met or (lambda name, inputs: None)
        state = self._norm(embedded, "emb.ln")
        hidden = (mask[:, None, None, :] - 1) * 1e9
        for layer in range(self.layers):
            name = f"l{layer}."
            met(name + "q", state)
            query, key, value = (self._by_head(self._linear(state, name + part)) for part in "qkv")
            near = query @ key.transpose(2, 3) / math.sqrt(self.width // self.heads) + hidden.to(query.dtype)
            seen = (torch.softmax(near, -1) @ value).transpose(1, 2).reshape(state.shape)
            met(name + "ao", seen)
            state = self._norm(state + self._linear(seen, name + "ao"), name + "aln")
            met(name + "fi", state)
            wide = functional.gelu(self._linear(state, name + "fi"))
            met(name + "fo", wide)
            state = self._norm(state + self._linear(wide, name + "fo"), name + "oln")
        return state

    def take(self, added: LowRank) -> None:
        """Go on from additions that were saved, which may be of a lower rank."""
        with torch.no_grad():
            for name, at in self.place.items():
                rank = len(added.down[name])
                self.down[at][:rank].copy_(torch.tensor(added.down[name]))
                self.up[at][:, :rank].copy_(torch.tensor(added.up[name]) / _SCALE)

    def save(self, path: Path, others: Mapping[str, Tensor] | None = None) -> None:
        """Write the additions as LowRank reads them, and ``others`` beside them, in 16 bits a number."""
        arrays = {name: value.detach().numpy() for name, value in (others or {}).items()}
        for name, at in self.place.items():
            arrays[f"down.{name}"] = self.down[at].detach().numpy()
            arrays[f"up.{name}"] = _SCALE * self.up[at].detach().numpy()
        np.savez(path, **{name: value.astype(np.float16) for name, value in arrays.items()})

    def _by_head(self, state: Tensor) -> Tensor:
        return state.view(*state.shape[:2], self.heads, -1).transpose(1, 2)

    def _norm(self, state: Tensor, name: str) -> Tensor:
        return functional.layer_norm(
            state, (self.width,), self.fixed[name + ".w"], self.fixed[name + ".b"], self.epsilon
        )

    def _linear(self, state: Tensor, name: str) -> Tensor:
        at = self.place[name]
        narrow = functional.linear(functional.linear(state, self.down[at]), self.up[at])
        return functional.linear(state, self.fixed[name + ".w"], self.fixed[name + ".b"]) + _SCALE * narrow


def train(
    groups: Sequence[tuple[Sequence[nn.Parameter], float]],
    loss_of: Callable[[Sequence[T]], Tensor],
    learned: Sequence[T],
    batch: int,
    epochs: float,
) -> None:
    """As many passes over what there is to learn as ``epochs``, ``batch`` at a step.

    AdamW for (parameters, rate), each rate rising for a tenth of the steps and falling to 0 after.
    """
    steps = int(epochs * (len(learned) // batch))
    optimizer = torch.optim.AdamW([{"params": list(own), "lr": rate} for own, rate in groups], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0, 1 - step / steps)
    )
    begun, recent, left = time.time(), [], list[T]()
    for step in range(steps):
        if len(left) < batch:
            left = random.sample(learned, len(learned))
        loss = loss_of([left.pop() for _ in range(batch)])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([parameter for own, _ in groups for parameter in own], 1.0)
        optimizer.step()
        schedule.step()
        recent.append(float(loss.detach()))
        if step % 50 == 49:
            print(f"step {step + 1} of {steps}, loss {np.mean(recent):.3f}, {time.time() - begun:.0f} s", flush=True)
            recent.clear()


def short_floats() -> torch.autocast:
    """Where matrices are multiplied in 16 bits: on processors made for it; others take longer than for 32 bits."""
    return torch.autocast("cpu", torch.bfloat16, enabled=_multiplies_short_floats())


@cache
def _multiplies_short_floats() -> bool:
    flags = Path("/proc/cpuinfo")
    return flags.is_file() and any(name in flags.read_text() for name in ("amx_bf16", "avx512_bf16"))
