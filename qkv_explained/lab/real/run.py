"""What a run of a real model is: names and tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from torch import Tensor

# Called with a layer, a name ("scores", "weights" or "V") and the tensor;
# what it returns goes on in its place.
Edit = Callable[[int, str, Tensor], Tensor]


@dataclass(frozen=True)
class Run(Mapping[str, Tensor]):
    """The tensors of one run.

    Attributes:
        tokens: The tokens as text, in order.
        ids: Their numbers, shape (n,).
        kept: The tensors by name. With l for the layer, from 0: "l.X" (n,
            d_model), "l.Q" (n_heads, n, d_k), "l.K" and "l.V" (n_kv_heads, n,
            d_k), after RoPE where there is one, "l.scores" and "l.weights"
            (n_heads, n_q, n_k), "l.output" (n_heads, n, d_k) and "result"
            (n, d_model); in a decoder "logits" (n, n_words).
    """

    tokens: list[str]
    ids: Tensor
    kept: dict[str, Tensor]

    def __getitem__(self, name: str) -> Tensor:
        """The tensor of a name."""
        return self.kept[name]

    def __iter__(self) -> Iterator[str]:
        """The names, in the order in which they were computed."""
        return iter(self.kept)

    def __len__(self) -> int:
        """How many tensors were kept."""
        return len(self.kept)


@runtime_checkable
class RealModel(Protocol):
    """What both models can do.

    Attributes:
        name: How it is called.
        n_layers: How many layers there are.
        n_heads: How many query heads a layer has.
        n_max: How many tokens a text may have.
        tokenizer: What turns a text into tokens.
        causal: Whether a token sees only itself and what stands before it.
    """

    name: str
    n_layers: int
    n_heads: int
    n_max: int
    tokenizer: Any
    causal: bool

    def __call__(self, text: str, edit: Edit | None = None) -> Run:
        """Run the model on a text."""
        ...

    def W_O(self, layer: int) -> Tensor:
        """The output matrix of a layer by head: (n_heads, d_k, d_model)."""
        ...
