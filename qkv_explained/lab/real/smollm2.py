"""SmolLM2, a decoder: 30 Llama layers, 9 query heads, 3 key-value heads.

Pre-norm (RMSNorm), RoPE, grouped queries, no biases, one table for the
embedding and the output. The GGUF file holds 4-bit numbers, which are read
into float32, and the rows of W_Q and W_K in the order of neighbouring RoPE
pairs (2i, 2i + 1): RoPE in halves would still write a few English words.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from torch import Tensor

from qkv_explained.lab.real import gguf_file
from qkv_explained.lab.real.packages import MissingModel
from qkv_explained.lab.real.run import Edit, Run

Cache = list[tuple[Tensor, Tensor]]


class SmolLM2:
    """A decoder of the Llama architecture from a GGUF file."""

    causal = True

    def __init__(self, file: Path) -> None:
        """Read the settings, the words and the weights.

        Raises:
            MissingModel: If the file is of another architecture.
        """
        self.fields, self.weights = gguf_file.read(file)
        if self.fields.get("general.architecture") != "llama":
            raise MissingModel(
                f"{file}: the architecture is "
                f"{self.fields.get('general.architecture')}; llama is read"
            )
        self.name = "SmolLM2"
        self.n_layers: int = self.fields["llama.block_count"]
        self.d_model: int = self.fields["llama.embedding_length"]
        self.n_heads: int = self.fields["llama.attention.head_count"]
        self.n_kv: int = self.fields["llama.attention.head_count_kv"]
        self.d_k = self.d_model // self.n_heads
        self.eps: float = self.fields["llama.attention.layer_norm_rms_epsilon"]
        self.base: float = self.fields["llama.rope.freq_base"]
        self.n_max: int = self.fields["llama.context_length"]
        if "output.weight" in self.weights:
            raise MissingModel(
                f"{file}: the output has a table of its own, and models of "
                "SmolLM2's kind are read, with one table for both ends"
            )
        self.tokenizer = tokenizer(self.fields)

    def heads(self, layer: int, which: str) -> Tensor:
        """W_Q, W_K or W_V by head, as X W: (heads, d_model, d_k).

        Args:
            layer: From 0.
            which: "q" (n_heads of them), "k" or "v" (n_kv_heads).

        Returns:
            Shape (heads, d_model, d_k).
        """
        W = self.weights[f"blk.{layer}.attn_{which}.weight"]
        return W.reshape(-1, self.d_k, self.d_model).mT

    def W_O(self, layer: int) -> Tensor:
        """The output matrix of a layer by head: (n_heads, d_k, d_model)."""
        W = self.weights[f"blk.{layer}.attn_output.weight"]
        return W.T.reshape(self.n_heads, self.d_k, self.d_model)

    def norm(self, X: Tensor, name: str) -> Tensor:
        """RMSNorm: each token divided by its root mean square, times gain.

        Args:
            X: Shape (n, d_model).
            name: Of the norm in the file.

        Returns:
            Shape (n, d_model).
        """
        mean = X.square().mean(dim=-1, keepdim=True)  # (n, 1)
        gain = self.weights[f"{name}.weight"]  # (d_model,)
        return X / (mean + self.eps).sqrt() * gain

    def rotate(self, X: Tensor, start: int) -> Tensor:
        """Turn neighbouring pairs of numbers by their place: RoPE.

        Args:
            X: Shape (heads, n, d_k).
            start: The place of the first token.

        Returns:
            Shape (heads, n, d_k).
        """
        i = torch.arange(0, self.d_k, 2)
        speed = self.base ** (-i / self.d_k)
        place = torch.arange(start, start + X.shape[-2])
        angle = place[:, None] * speed  # (n, d_k / 2)
        even, odd = X[..., 0::2], X[..., 1::2]
        turned = torch.stack(
            (even * angle.cos() - odd * angle.sin(),
             even * angle.sin() + odd * angle.cos()), dim=-1,
        )  # fmt: skip
        return turned.flatten(-2)

    def __call__(self, text: str, edit: Edit | None = None) -> Run:
        """Run the decoder on a text.

        Args:
            text: Any text, of at most `n_max` tokens, not empty.
            edit: See `Edit`.

        Raises:
            ValueError: If the text is empty or too long.
        """
        coded = self.tokenizer.encode(text)
        if not 0 < len(coded.ids) <= self.n_max:
            raise ValueError(
                f"the text has {len(coded.ids)} tokens, {self.name} reads 1 "
                f"to {self.n_max}: give it another"
            )
        ids = torch.tensor(coded.ids)
        tokens = [self.tokenizer.decode([one]) for one in coded.ids]
        return Run(tokens, ids, self.forward(ids, edit))

    @torch.no_grad()
    def forward(
        self, ids: Tensor, edit: Edit | None = None,
        cache: Cache | None = None,
    ) -> dict[str, Tensor]:  # fmt: skip
        """All tensors of a run.

        Args:
            ids: The tokens' numbers, shape (n,).
            edit: See `Edit`.
            cache: The keys and values of earlier tokens, by layer; those of
                `ids` are added to it.

        Returns:
            The tensors by name; see `Run`.
        """
        X = self.weights["token_embd.weight"][ids]  # (n, d_model)
        kept: dict[str, Tensor] = {}
        for layer in range(self.n_layers):
            X = X + self.attention(X, layer, kept, edit, cache)
            Y = self.norm(X, f"blk.{layer}.ffn_norm")
            gate = F.silu(self.linear(Y, layer, "ffn_gate"))
            up = self.linear(Y, layer, "ffn_up")
            X = X + self.linear(gate * up, layer, "ffn_down")
        kept["result"] = self.norm(X, "output_norm")
        table = self.weights["token_embd.weight"]  # used at both ends
        kept["logits"] = kept["result"] @ table.T  # (n, n_words)
        return kept

    def linear(self, X: Tensor, layer: int, name: str) -> Tensor:
        """Apply a matrix that is stored (out, in): X Wᵀ.

        Args:
            X: Shape (n, d_in).
            layer: From 0.
            name: Of the matrix in the file.

        Returns:
            Shape (n, d_out).
        """
        return X @ self.weights[f"blk.{layer}.{name}.weight"].T

    def attention(
        self, X: Tensor, layer: int, kept: dict[str, Tensor],
        edit: Edit | None, cache: Cache | None,
    ) -> Tensor:  # fmt: skip
        """What the heads of a layer add to the stream: (n, d_model).

        Args:
            X: Shape (n, d_model).
            layer: From 0.
            kept: Where the tensors go.
            edit: See `Edit`.
            cache: See `forward`.

        Returns:
            Shape (n, d_model).
        """
        edit = edit or _unchanged
        kept[f"{layer}.X"] = X
        Y = self.norm(X, f"blk.{layer}.attn_norm")
        old = cache[layer] if cache and layer < len(cache) else None
        start = old[0].shape[-2] if old else 0
        Q = self.rotate(Y @ self.heads(layer, "q"), start)  # (n_heads, n, d_k)
        K = self.rotate(Y @ self.heads(layer, "k"), start)  # (n_kv, n, d_k)
        V = edit(layer, "V", Y @ self.heads(layer, "v"))  # (n_kv, n, d_k)
        if old:
            K, V = torch.cat((old[0], K), -2), torch.cat((old[1], V), -2)
        if cache is not None:
            cache[layer : layer + 1] = [(K, V)]
        group = self.n_heads // self.n_kv
        K_h = K.repeat_interleave(group, dim=0)  # (n_heads, n_k, d_k)
        V_h = V.repeat_interleave(group, dim=0)
        scores = Q @ K_h.mT / math.sqrt(self.d_k)  # (n_heads, n_q, n_k)
        later = torch.ones(scores.shape[-2:]).bool().triu(1 + start)
        scores = scores.masked_fill(later, -torch.inf)
        scores = edit(layer, "scores", scores)
        weights = edit(layer, "weights", scores.softmax(dim=-1))
        output = weights @ V_h  # (n_heads, n, d_k)
        for name, value in (("Q", Q), ("K", K), ("V", V), ("scores", scores),
                            ("weights", weights), ("output", output)):
            kept[f"{layer}.{name}"] = value
        return (output @ self.W_O(layer)).sum(dim=0)

    @torch.no_grad()
    def write(self, text: str, n: int) -> str:
        """Continue a text by its n most probable tokens, one by one.

        Args:
            text: Not empty.
            n: How many tokens.

        Returns:
            What is written.
        """
        ids = torch.tensor(self.tokenizer.encode(text).ids)
        cache: Cache = []
        written: list[int] = []
        for _ in range(n):
            logits = self.forward(ids, cache=cache)["logits"]
            ids = logits[-1:].argmax(dim=-1)
            written.append(int(ids))
        return str(self.tokenizer.decode(written))

    def surprise(self, ids: Tensor, edit: Edit | None = None) -> Tensor:
        """−log p of each token but the first, in nats: (n - 1,).

        Args:
            ids: Shape (n,).
            edit: See `Edit`.

        Returns:
            Shape (n - 1,), in nats.
        """
        logits = self.forward(ids, edit)["logits"]
        return F.cross_entropy(logits[:-1], ids[1:], reduction="none")


def tokenizer(fields: dict[str, Any]) -> Tokenizer:
    """Byte-level BPE from the words and merges of a GGUF file."""
    words = fields["tokenizer.ggml.tokens"]
    merges = [tuple(one.split(" ")) for one in fields["tokenizer.ggml.merges"]]
    vocabulary = {word: number for number, word in enumerate(words)}
    made = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    # smollm: digits one by one, then the byte-level pattern of GPT-2.
    made.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False),
    ])
    made.decoder = decoders.ByteLevel()
    return made


def _unchanged(layer: int, name: str, tensor: Tensor) -> Tensor:
    return tensor
