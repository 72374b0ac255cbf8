"""MiniLM, an encoder: six BERT layers of 12 heads of 32.

Post-norm (the norm stands behind the addition), biases everywhere, learned
positions, no mask: one text at a time needs no padding.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from qkv_explained.lab.real.packages import MissingModel
from qkv_explained.lab.real.run import Edit, Run


class MiniLM:
    """A BERT from a folder of Hugging Face's layout.

    Source:
        Devlin et al. 2018; Wang et al. 2020 (MiniLM).
    """

    causal = False

    def __init__(self, folder: Path) -> None:
        """Read config.json, tokenizer.json and model.safetensors.

        Raises:
            MissingModel: If one is not there, or the model is no BERT.
        """
        for name in ("config.json", "tokenizer.json", "model.safetensors"):
            if not (folder / name).is_file():
                raise MissingModel(f"{folder}: there is no {name} in it")
        config = json.loads((folder / "config.json").read_text("utf-8"))
        if config.get("model_type") != "bert":
            raise MissingModel(
                f"{folder}: the model_type is {config.get('model_type')}; "
                "bert is read"
            )
        self.name = "MiniLM"
        self.n_layers = config["num_hidden_layers"]
        self.n_heads = config["num_attention_heads"]
        self.d_model = config["hidden_size"]
        self.d_k = self.d_model // self.n_heads
        self.eps = config["layer_norm_eps"]
        self.n_max = config["max_position_embeddings"]
        self.weights = {
            name.removeprefix("bert."): value
            for name, value in load_file(folder / "model.safetensors").items()
        }
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def linear(self, X: Tensor, name: str) -> Tensor:
        """Apply nn.Linear's weight and bias of a name: X Wᵀ + b.

        Args:
            X: Shape (n, d_in).
            name: Of the layer in the file.

        Returns:
            Shape (n, d_out).
        """
        return F.linear(
            X, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        )

    def norm(self, X: Tensor, name: str) -> Tensor:
        """Apply the LayerNorm of a name to each token.

        Args:
            X: Shape (n, d_model).
            name: Of the norm in the file.

        Returns:
            Shape (n, d_model).
        """
        return F.layer_norm(
            X, (self.d_model,), self.weights[f"{name}.weight"],
            self.weights[f"{name}.bias"], self.eps,
        )  # fmt: skip

    def projection(self, layer: int, which: str) -> Tensor:
        """W_Q, W_K or W_V by head: (n_heads, d_model, d_k).

        Args:
            layer: From 0.
            which: "query", "key" or "value".

        Returns:
            Shape (n_heads, d_model, d_k).
        """
        base = f"encoder.layer.{layer}.attention.self"
        W = self.weights[f"{base}.{which}.weight"].T
        return W.reshape(self.d_model, self.n_heads, -1).transpose(0, 1)

    def W_O(self, layer: int) -> Tensor:
        """The output matrix of a layer by head: (n_heads, d_k, d_model)."""
        name = f"encoder.layer.{layer}.attention.output.dense.weight"
        return self.weights[name].T.reshape(self.n_heads, self.d_k, -1)

    @torch.no_grad()
    def __call__(self, text: str, edit: Edit | None = None) -> Run:
        """Run the encoder on a text.

        Args:
            text: Any text of at most 512 tokens.
            edit: See `Edit`.

        Raises:
            ValueError: If the text has too many tokens.
        """
        coded = self.tokenizer.encode(text)
        n = len(coded.ids)
        if n > self.n_max:
            raise ValueError(
                f"the text has {n} tokens, {self.name} reads {self.n_max}: "
                "give it a shorter one"
            )
        ids = torch.tensor(coded.ids)
        table = "embeddings.{}_embeddings.weight"
        X = (
            self.weights[table.format("word")][ids]
            + self.weights[table.format("position")][:n]
            + self.weights[table.format("token_type")][0]
        )
        X = self.norm(X, "embeddings.LayerNorm")
        kept: dict[str, Tensor] = {}
        for layer in range(self.n_layers):
            X = self.layer(X, layer, kept, edit or _unchanged)
        kept["result"] = X
        return Run(coded.tokens, ids, kept)

    def layer(
        self, X: Tensor, layer: int, kept: dict[str, Tensor], edit: Edit
    ) -> Tensor:
        """One post-norm layer; its tensors go into `kept`.

        Args:
            X: Shape (n, d_model).
            layer: From 0.
            kept: Where the tensors go.
            edit: See `Edit`.

        Returns:
            Shape (n, d_model).
        """
        base = f"encoder.layer.{layer}"
        kept[f"{layer}.X"] = X
        Q, K, V = (
            self.linear(X, f"{base}.attention.self.{which}")
            .reshape(len(X), self.n_heads, self.d_k)
            .transpose(0, 1)
            for which in ("query", "key", "value")
        )  # (n_heads, n, d_k)
        V = edit(layer, "V", V)
        scores = edit(layer, "scores", Q @ K.mT / math.sqrt(self.d_k))
        weights = edit(layer, "weights", scores.softmax(dim=-1))
        output = weights @ V  # (n_heads, n, d_k)
        for name, value in (("Q", Q), ("K", K), ("V", V), ("scores", scores),
                            ("weights", weights), ("output", output)):
            kept[f"{layer}.{name}"] = value
        merged = output.transpose(0, 1).reshape(X.shape)
        added = self.linear(merged, f"{base}.attention.output.dense")
        X = self.norm(X + added, f"{base}.attention.output.LayerNorm")
        hidden = F.gelu(self.linear(X, f"{base}.intermediate.dense"))
        mlp = self.linear(hidden, f"{base}.output.dense")
        return self.norm(X + mlp, f"{base}.output.LayerNorm")

    def sentence(self, text: str) -> Tensor:
        """The vector of a sentence: the tokens' mean, of length 1."""
        return F.normalize(self(text)["result"].mean(dim=0), dim=0)


def _unchanged(layer: int, name: str, tensor: Tensor) -> Tensor:
    return tensor
