"""A GPT, whole: embedding, pre-norm Transformer blocks, next-token logits.

Nothing is hidden in `nn.Linear` or `nn.LayerNorm`: every matrix stands here
as it is multiplied, `X @ W`.
"""

# --8<-- [start:imports]
import math
from typing import Protocol, runtime_checkable

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int
from torch import Generator, Tensor, nn

from qkv_explained.attention import scaled_dot_product_attention
from qkv_explained.multi_head import merge_heads, project_heads

# --8<-- [end:imports]


# --8<-- [start:past]
@runtime_checkable
class Past(Protocol):
    """Keys and values of earlier tokens; see `qkv_explained.kv_cache`."""

    def append(self, K: Tensor, V: Tensor) -> tuple[Tensor, Tensor]:
        """Add the new ones, and give back all that there are.

        Args:
            K: Keys of the new tokens, (*batch, n_heads, n, d_k).
            V: Values of the new tokens, (*batch, n_heads, n, d_v).

        Returns:
            Those of all tokens, (*batch, n_heads, n_k, d_k) and (*batch,
            n_heads, n_k, d_v).
        """
# --8<-- [end:past]


# --8<-- [start:layer_norm]
def layer_norm(
    X: Float[Tensor, "*batch d_model"],
    gain: Float[Tensor, "d_model"],
    bias: Float[Tensor, "d_model"],
) -> Float[Tensor, "*batch d_model"]:
    """Give every token mean 0 and variance 1, then a learned scale.

    Each token x becomes gain · (x − mean) / √(variance + 10⁻⁵) + bias.

    Args:
        X: One token a row, (*batch, d_model).
        gain: Multiplies each column, (d_model,).
        bias: Is added to each column, (d_model,).

    Returns:
        The same shape, (*batch, d_model).

    Examples:
        >>> X = torch.tensor([[3.0, 3.0, 7.0, 7.0]])
        >>> layer_norm(X, torch.ones(4), torch.zeros(4)).round().tolist()
        [[-1.0, -1.0, 1.0, 1.0]]

    Source:
        Ba et al. 2016, equations 3 and 4.
    """
    centred = X - X.mean(dim=-1, keepdim=True)  # (*batch, d_model)
    variance = centred.square().mean(dim=-1, keepdim=True)  # (*batch, 1)
    return gain * centred / (variance + 1e-5).sqrt() + bias
# --8<-- [end:layer_norm]


# --8<-- [start:mlp]
def mlp(
    X: Float[Tensor, "*batch d_model"],
    W_1: Float[Tensor, "d_model d_hidden"],
    b_1: Float[Tensor, "d_hidden"],
    W_2: Float[Tensor, "d_hidden d_model"],
    b_2: Float[Tensor, "d_model"],
) -> Float[Tensor, "*batch d_model"]:
    """Two linear maps with a non-linearity between, on each token alone.

    ``GELU(X W_1 + b_1) W_2 + b_2``

    Args:
        X: One token a row, (*batch, d_model).
        W_1: Widens, (d_model, d_hidden); d_hidden is 4 · d_model in a GPT.
        b_1: (d_hidden,).
        W_2: Narrows again, (d_hidden, d_model).
        b_2: (d_model,).

    Returns:
        The same shape as X, (*batch, d_model).

    Examples:
        >>> X, b = torch.tensor([[100.0], [-100.0]]), torch.zeros(1)
        >>> Y = mlp(X, torch.ones(1, 1), b, torch.ones(1, 1), b)
        >>> Y.flatten().abs().tolist()
        [100.0, 0.0]

    Source:
        Vaswani et al. 2017, section 3.3.

    Differs from the paper:
        GELU in place of ReLU, as in GPT-2.
    """
    return F.gelu(X @ W_1 + b_1) @ W_2 + b_2
# --8<-- [end:mlp]


# --8<-- [start:block]
class Block(nn.Module):
    """One pre-norm Transformer block.

    ``X ← X + MHA(norm(X))``, then ``X ← X + MLP(norm(X))``

    Args:
        d_model: Numbers in a token.
        n_heads: Heads; each has d_model / n_heads numbers.
        n_layers: Blocks of the model, which the initial scale depends on.
        generator: Draws the matrices.

    Raises:
        ValueError: If n_heads does not divide d_model.
    """

    def __init__(
        self, d_model: int, n_heads: int, n_layers: int,
        *, generator: Generator,
    ) -> None:
        super().__init__()
        if n_heads < 1 or d_model % n_heads:
            raise ValueError(
                f"n_heads = {n_heads} does not divide d_model = {d_model}: "
                f"choose n_heads that divides {d_model}"
            )
        d_k, d_hidden = d_model // n_heads, 4 * d_model
        small = 1 / math.sqrt(2 * n_layers)

        def draw(*shape: int, scale: float = 1.0) -> nn.Parameter:
            W = torch.randn(shape, generator=generator)
            return nn.Parameter(W * scale / math.sqrt(shape[-2]))

        def constant(value: float, n: int = d_model) -> nn.Parameter:
            return nn.Parameter(torch.full((n,), value))

        self.gain_1, self.bias_1 = constant(1.0), constant(0.0)
        self.W_Q = draw(n_heads, d_model, d_k)
        self.W_K = draw(n_heads, d_model, d_k)
        self.W_V = draw(n_heads, d_model, d_k)
        self.W_O = draw(d_model, d_model, scale=small)
        self.gain_2, self.bias_2 = constant(1.0), constant(0.0)
        self.W_1, self.b_1 = draw(d_model, d_hidden), constant(0.0, d_hidden)
        self.W_2, self.b_2 = (
            draw(d_hidden, d_model, scale=small), constant(0.0))

    def forward(
        self,
        X: Float[Tensor, "*batch n d_model"],
        past: Past | None = None,
    ) -> Float[Tensor, "*batch n d_model"]:
        """Add what attention brings, then what the MLP makes of it.

        Args:
            X: One token a row, (*batch, n, d_model).
            past: Keys and values of the tokens before X; none if left out.

        Returns:
            The residual stream after the block, (*batch, n, d_model).
        """
        N = layer_norm(X, self.gain_1, self.bias_1)  # (*batch, n, d_model)
        Q = project_heads(N, self.W_Q)  # (*batch, n_heads, n, d_k)
        K = project_heads(N, self.W_K)
        V = project_heads(N, self.W_V)
        if past is not None:
            K, V = past.append(K, V)  # (*batch, n_heads, n_k, d_k)
        n_q, n_k = Q.shape[-2], K.shape[-2]
        causal = torch.ones(n_q, n_k).tril(n_k - n_q).bool()  # (n_q, n_k)
        heads, _ = scaled_dot_product_attention(Q, K, V, causal)
        X = X + merge_heads(heads) @ self.W_O

        N = layer_norm(X, self.gain_2, self.bias_2)
        return X + mlp(N, self.W_1, self.b_1, self.W_2, self.b_2)
# --8<-- [end:block]


# --8<-- [start:gpt]
class GPT(nn.Module):
    """Embedding, blocks, a last norm, and logits from the embedding table.

    Args:
        n_vocab: Different tokens.
        n_context: The longest text, in tokens.
        d_model: Numbers in a token.
        n_heads: Heads of each block.
        n_layers: Blocks.
        generator: Draws all parameters.

    Raises:
        ValueError: If n_heads does not divide d_model.

    Source:
        Radford et al. 2019, section 2.3.

    Differs from the paper:
        The matrices W have no biases in attention, and start at
        N(0, 1 / rows); GPT-2 starts at 0.02.
    """

    def __init__(
        self, n_vocab: int, n_context: int, d_model: int, n_heads: int,
        n_layers: int, *, generator: Generator,
    ) -> None:
        super().__init__()

        def table(rows: int) -> nn.Parameter:
            E = torch.randn(rows, d_model, generator=generator)
            return nn.Parameter(0.02 * E)

        self.tokens, self.places = table(n_vocab), table(n_context)
        self.blocks = nn.ModuleList(
            Block(d_model, n_heads, n_layers, generator=generator)
            for _ in range(n_layers)
        )
        self.gain = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(
        self,
        ids: Int[Tensor, "*batch n"],
        past: list[Past] | None = None,
        start: int = 0,
    ) -> Float[Tensor, "*batch n n_vocab"]:
        """Logits for the token after each token.

        Args:
            ids: Token numbers, (*batch, n).
            past: For each block, keys and values of the tokens before.
            start: How many tokens came before; the place of the first.

        Returns:
            Row i predicts token i + 1, (*batch, n, n_vocab), in logits.

        Raises:
            ValueError: If the text is longer than n_context.
        """
        end = start + ids.shape[-1]
        if end > len(self.places):
            raise ValueError(
                f"ids end at place {end}, but the model has n_context = "
                f"{len(self.places)} places: give it the last "
                f"{len(self.places)} tokens, and start anew at place 0"
            )
        X = self.tokens[ids] + self.places[start:end]  # (*batch, n, d_model)
        for layer, block in enumerate(self.blocks):
            X = block(X, None if past is None else past[layer])
        X = layer_norm(X, self.gain, self.bias)
        return X @ self.tokens.mT  # (*batch, n, n_vocab)
# --8<-- [end:gpt]
