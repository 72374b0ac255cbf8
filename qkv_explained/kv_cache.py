"""The KV cache: keys and values of earlier tokens, kept and not remade."""

# --8<-- [start:imports]
import torch
from jaxtyping import Float, Int
from torch import Tensor

from qkv_explained.gpt import GPT

# --8<-- [end:imports]


# --8<-- [start:cache]
class LayerCache:
    """Keys and values of one layer, for all tokens so far.

    Args:
        window: How many of the last tokens are kept; all if left out.

    Raises:
        ValueError: If the window is not positive.
    """

    def __init__(self, window: int | None = None) -> None:
        if window is not None and window < 1:
            raise ValueError(
                f"window = {window} keeps no token: give at least 1, or None "
                "to keep all"
            )
        self.window = window
        self.K: Tensor | None = None
        self.V: Tensor | None = None

    def append(
        self,
        K: Float[Tensor, "*batch n_new d_k"],
        V: Float[Tensor, "*batch n_new d_v"],
    ) -> tuple[
        Float[Tensor, "*batch n_k d_k"], Float[Tensor, "*batch n_k d_v"]
    ]:
        """Add new keys and values, and give back all that there are.

        Args:
            K: Keys of the new tokens, (*batch, n_new, d_k).
            V: Values of the new tokens, (*batch, n_new, d_v).

        Returns:
            Keys and values of all n_k tokens that are kept, the new ones
            last, (*batch, n_k, d_k) and (*batch, n_k, d_v).

        Raises:
            ValueError: If several tokens come at once into a window: each
                query would need a window of its own.

        Examples:
            >>> cache = LayerCache()
            >>> _ = cache.append(torch.zeros(2, 4), torch.zeros(2, 6))
            >>> K, V = cache.append(torch.ones(1, 4), torch.ones(1, 6))
            >>> K.shape, V.shape
            (torch.Size([3, 4]), torch.Size([3, 6]))
        """
        if self.window is not None and K.shape[-2] > 1:
            raise ValueError(
                f"K of shape {tuple(K.shape)} brings {K.shape[-2]} tokens, "
                f"but window = {self.window} works one token at a time: "
                "append them singly, or leave out the window"
            )
        if self.K is not None and self.V is not None:
            K = torch.cat((self.K, K), dim=-2)
            V = torch.cat((self.V, V), dim=-2)
        if self.window is not None:
            K, V = K[..., -self.window:, :], V[..., -self.window:, :]
        self.K, self.V = K, V
        return K, V
# --8<-- [end:cache]


# --8<-- [start:decode]
class Decoder:
    """A model and its cache: reads a text in chunks of any length.

    Args:
        model: The model; its parameters are only read.
    """

    def __init__(self, model: GPT) -> None:
        self.model = model
        self.layers = [LayerCache() for _ in model.blocks]
        self.length = 0

    @torch.no_grad()
    def read(
        self, ids: Int[Tensor, "*batch n"]
    ) -> Float[Tensor, "*batch n n_vocab"]:
        """Read the next tokens; the ones before them are in the cache.

        Args:
            ids: The new tokens only, (*batch, n).

        Returns:
            What the full run gives for these places, (*batch, n, n_vocab),
            in logits.

        Examples:
            >>> rng = torch.Generator().manual_seed(0)
            >>> decoder = Decoder(GPT(5, 8, 8, 2, 1, generator=rng))
            >>> decoder.read(torch.tensor([3, 1, 4])).shape
            torch.Size([3, 5])
            >>> decoder.read(torch.tensor([1])).shape
            torch.Size([1, 5])
        """
        past = list(self.layers)
        logits: Tensor = self.model(ids, past, start=self.length)
        self.length += ids.shape[-1]
        return logits
# --8<-- [end:decode]


# --8<-- [start:share_heads]
def share_heads(
    K: Float[Tensor, "*batch n_kv_heads n d"], n_heads: int
) -> Float[Tensor, "*batch {n_heads} n d"]:
    """Give each group of query heads the same keys, or values.

    ``out[a] = K[a // (n_heads / n_kv_heads)]``: neighbours share a head.

    Args:
        K: Keys or values, (*batch, n_kv_heads, n, d).
        n_heads: Heads of queries.

    Returns:
        One for each query head, (*batch, n_heads, n, d).

    Raises:
        ValueError: If n_kv_heads does not divide n_heads.

    Examples:
        >>> K = torch.tensor([[[0.0]], [[1.0]]])
        >>> share_heads(K, 4).flatten().tolist()
        [0.0, 0.0, 1.0, 1.0]

    Source:
        Shazeer 2019 (n_kv_heads = 1); Ainslie et al. 2023, section 2.2.
    """
    n_kv_heads = K.shape[-3]
    if n_heads < 1 or n_heads % n_kv_heads:
        raise ValueError(
            f"K of shape {tuple(K.shape)} has n_kv_heads = {n_kv_heads}, "
            f"which does not divide n_heads = {n_heads}: every head of keys "
            "must serve equally many heads of queries"
        )
    return K.repeat_interleave(n_heads // n_kv_heads, dim=-3)
# --8<-- [end:share_heads]


# --8<-- [start:cache_bytes]
def cache_bytes(
    n_layers: int, n_kv_heads: int, d_k: int, n_tokens: int,
    *, d_v: int | None = None, bytes_per_number: int = 2,
) -> int:
    """How much memory the keys and values of a text take.

    ``n_layers · n_tokens · n_kv_heads · (d_k + d_v) · bytes_per_number``

    Args:
        n_layers: Layers of the model.
        n_kv_heads: Heads of keys and values in a layer.
        d_k: Numbers in a key.
        n_tokens: Tokens that are kept, of all texts of a batch together.
        d_v: Numbers in a value; d_k if left out.
        bytes_per_number: 2 for float16 and bfloat16.

    Returns:
        Bytes.

    Examples:
        >>> cache_bytes(12, 12, 64, 1024)
        37748736
    """
    per_head = d_k + (d_k if d_v is None else d_v)
    return n_layers * n_tokens * n_kv_heads * per_head * bytes_per_number
# --8<-- [end:cache_bytes]
