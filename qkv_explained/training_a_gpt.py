"""From a text to a trained GPT: batches, the loss, samples."""

# --8<-- [start:imports]
import torch
import torch.nn.functional as F
from jaxtyping import Float, Int
from torch import Generator, Tensor

from qkv_explained.gpt import GPT

# --8<-- [end:imports]


# --8<-- [start:draw_batch]
def draw_batch(
    ids: Int[Tensor, "length"],
    batch: int,
    n_context: int,
    *,
    generator: Generator,
) -> tuple[Int[Tensor, "{batch} {n_context}"],
           Int[Tensor, "{batch} {n_context}"]]:
    """Cut windows out of a text; the targets are one token further on.

    ``targets[:, i] = inputs[:, i + 1]``: here they are shifted, once.

    Args:
        ids: The whole text, (length,).
        batch: How many windows.
        n_context: Tokens in a window.
        generator: Draws where they begin.

    Returns:
        Inputs and targets, each (batch, n_context).

    Raises:
        ValueError: If the text has no window and a token after it.

    Examples:
        >>> rng = torch.Generator().manual_seed(0)
        >>> draw_batch(torch.tensor([5, 6, 7]), 1, 2, generator=rng)
        (tensor([[5, 6]]), tensor([[6, 7]]))
    """
    starts = len(ids) - n_context
    if starts < 1:
        raise ValueError(
            f"ids has {len(ids)} tokens, but a window of n_context = "
            f"{n_context} and its targets need {n_context + 1}: give a "
            "longer text or a shorter n_context"
        )
    at = torch.randint(starts, (batch, 1), generator=generator)
    windows = ids[at + torch.arange(n_context + 1)]  # (batch, n_context + 1)
    return windows[:, :-1], windows[:, 1:]
# --8<-- [end:draw_batch]


# --8<-- [start:next_token_loss]
def next_token_loss(
    logits: Float[Tensor, "batch n n_vocab"], targets: Int[Tensor, "batch n"]
) -> Float[Tensor, ""]:
    """How surprised the model is, per token.

    ``−log softmax(logits)[target]``, in the mean. Nothing is shifted here.

    Args:
        logits: Row i is about token i + 1, (batch, n, n_vocab).
        targets: These tokens, (batch, n).

    Returns:
        The mean cross-entropy in nats, ().

    Examples:
        >>> next_token_loss(torch.zeros(1, 2, 10), torch.tensor([[3, 4]]))
        tensor(2.3026)
    """
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())
# --8<-- [end:next_token_loss]


# --8<-- [start:sample]
@torch.no_grad()
def sample(
    model: GPT,
    ids: Int[Tensor, "length"],
    count: int,
    *,
    generator: Generator,
) -> Int[Tensor, "length+{count}"]:
    """Go on with a text: predict, draw a token, append it, again.

    Args:
        model: The model; it reads at most its last n_context tokens.
        ids: How the text begins, (length,), at least one token.
        count: Tokens to add.
        generator: Draws them from the model's probabilities.

    Returns:
        The text with what was added, (length + count,).

    Examples:
        >>> rng = torch.Generator().manual_seed(0)
        >>> model = GPT(5, 4, 8, 2, 1, generator=rng)
        >>> sample(model, torch.tensor([0, 1]), 3, generator=rng).shape
        torch.Size([5])
    """
    for _ in range(count):
        logits = model(ids[-len(model.places):])[-1]  # (n_vocab,)
        following = torch.multinomial(
            logits.softmax(dim=-1), 1, generator=generator)
        ids = torch.cat((ids, following))
    return ids
# --8<-- [end:sample]
