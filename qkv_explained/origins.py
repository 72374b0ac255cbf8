"""Where W_Q, W_K and W_V come from: a model that is trained in a second.

The task is a look-up. A board of facts says which item lies on which
shelf, a question names an item, the answer is its shelf. Tokens are
one-hot, item numbers first and shelf numbers after them, so that
d_model = n_items + n_shelves and a row of W_Q belongs to an item or a shelf.
"""

# --8<-- [start:imports]
import math
from typing import Literal, NamedTuple

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int
from torch import Generator, Tensor

from qkv_explained.attention import attention_scores

Switch = Literal["swap", "tie", "no_W_V", "no_softmax", "no_scale"]
"""What can be done to the head: see `answer`."""
# --8<-- [end:imports]


# --8<-- [start:Weights]
class Weights(NamedTuple):
    """All that the model learns: four matrices, applied as X @ W."""

    W_Q: Float[Tensor, "d_model d_k"]
    W_K: Float[Tensor, "d_model d_k"]
    W_V: Float[Tensor, "d_model d_v"]
    W_O: Float[Tensor, "d_v n_shelves"]


# --8<-- [end:Weights]


class Boards(NamedTuple):
    """Questions, the facts that answer them, and the answers."""

    questions: Float[Tensor, "batch n_q d_model"]
    facts: Float[Tensor, "batch n_k d_model"]
    answers: Int[Tensor, "batch n_q"]  # the shelf
    asked: Int[Tensor, "batch n_q"]  # the place j of the fact that tells it


def draw_weights(
    d_model: int, d_k: int, d_v: int, n_shelves: int, *, generator: Generator
) -> Weights:
    """Draw the four matrices from N(0, 1 / rows), as they are at step 0.

    Args:
        d_model: Numbers in a token.
        d_k: Numbers in a query and in a key.
        d_v: Numbers in a value.
        n_shelves: Possible answers.
        generator: The only source of chance.

    Returns:
        float64 matrices, independent of each other.

    Raises:
        ValueError: If a size is not positive.

    Examples:
        >>> rng = torch.Generator().manual_seed(0)
        >>> draw_weights(10, 4, 3, 4, generator=rng).W_V.shape
        torch.Size([10, 3])

    Source:
        Vaswani et al. 2017, section 3.2.2: the shapes of W_Q, W_K, W_V.

    Differs from the paper:
        It does not say how its matrices are drawn, and its W_O leads back
        to d_model; here W_O leads to the answers.
    """
    sizes = (d_model, d_k, d_v, n_shelves)
    if min(sizes) < 1:
        raise ValueError(
            f"(d_model, d_k, d_v, n_shelves) = {sizes}: make each at least 1"
        )

    def normal(rows: int, columns: int) -> Tensor:
        drawn = torch.randn(
            rows, columns, generator=generator, dtype=torch.float64
        )
        return drawn / math.sqrt(rows)

    return Weights(
        normal(d_model, d_k),
        normal(d_model, d_k),
        normal(d_model, d_v),
        normal(d_v, n_shelves),
    )


def draw_boards(
    batch: int,
    *,
    generator: Generator,
    n_items: int = 6,
    n_shelves: int = 4,
    n_facts: int = 5,
    n_questions: int = 2,
    shift: int = 0,
) -> Boards:
    """Draw boards of facts, and questions that they answer.

    Args:
        batch: How many boards.
        generator: The only source of chance.
        n_items: Items that exist; each is on a board at most once.
        n_shelves: Shelves that exist; several items may lie on one.
        n_facts: Facts on a board (n_k).
        n_questions: Questions to a board (n_q).
        shift: How far the item sought comes after the item named, in a
            ring of all items; 0 seeks the item itself.

    Returns:
        The boards. A question has zeros where a fact has its shelf.

    Raises:
        ValueError: If a board would need more items than there are.

    Examples:
        >>> rng = torch.Generator().manual_seed(0)
        >>> draw_boards(8, generator=rng).facts.shape
        torch.Size([8, 5, 10])
    """
    if n_facts > n_items:
        raise ValueError(
            f"n_facts = {n_facts} is more than n_items = {n_items}: an item "
            f"is on a board once, so lower n_facts or raise n_items"
        )
    order = torch.rand(batch, n_items, generator=generator).argsort(dim=-1)
    items = order[:, :n_facts]
    shelves = torch.randint(n_shelves, items.shape, generator=generator)
    asked = torch.randint(n_facts, (batch, n_questions), generator=generator)
    item_part = F.one_hot(items, n_items)
    facts = torch.cat([item_part, F.one_hot(shelves, n_shelves)], dim=-1)
    sought = items.gather(1, asked)
    named = F.one_hot((sought - shift) % n_items, n_items)
    questions = F.pad(named, (0, n_shelves))
    return Boards(
        questions.double(), facts.double(), shelves.gather(1, asked), asked
    )


# --8<-- [start:answer]
def answer(
    questions: Float[Tensor, "*batch n_q d_model"],
    facts: Float[Tensor, "*batch n_k d_model"],
    W: Weights,
    switch: Switch | None = None,
) -> tuple[
    Float[Tensor, "*batch n_q n_shelves"], Float[Tensor, "*batch n_q n_k"]
]:
    """Answer questions by one head: attention(Q, K, V) @ W_O.

    Args:
        questions: One token a question, (*batch, n_q, d_model).
        facts: One token a fact, (*batch, n_k, d_model).
        W: The four matrices; they are read and left as they are.
        switch: "swap" makes queries by W_K and keys by W_Q; "tie" makes
            keys by W_Q too; "no_W_V" adds up the facts' own shelf numbers
            in place of V W_O; "no_softmax" takes the scores as weights;
            "no_scale" leaves out √d_k. None: the head as it is.

    Returns:
        Logits of the shelves, (*batch, n_q, n_shelves), and the attention
        weights, (*batch, n_q, n_k): probabilities over the facts, but with
        "no_softmax" any numbers.

    Raises:
        ValueError: If a token does not have as many numbers as W_Q rows.

    Examples:
        >>> rng = torch.Generator().manual_seed(0)
        >>> boards = draw_boards(8, generator=rng)
        >>> W = draw_weights(10, 4, 3, 4, generator=rng)
        >>> logits, weights = answer(boards.questions, boards.facts, W)
        >>> logits.shape, weights.shape
        (torch.Size([8, 2, 4]), torch.Size([8, 2, 5]))

    Source:
        Vaswani et al. 2017, section 3.2.1, equation 1.
    """
    for name, X in (("questions", questions), ("facts", facts)):
        if X.shape[-1] != W.W_Q.shape[0]:
            raise ValueError(
                f"{name} has shape {tuple(X.shape)}, but W_Q has shape "
                f"{tuple(W.W_Q.shape)}: the last axis of {name} must be "
                f"d_model = {W.W_Q.shape[0]}, one number for each row"
            )
    W_Q = W.W_K if switch == "swap" else W.W_Q
    W_K = W.W_Q if switch in ("swap", "tie") else W.W_K
    Q, K = questions @ W_Q, facts @ W_K
    scores = attention_scores(Q, K)  # (*batch, n_q, n_k)
    if switch == "no_scale":
        scores = scores * math.sqrt(Q.shape[-1])
    weights = scores if switch == "no_softmax" else scores.softmax(dim=-1)
    V_W_O = facts @ W.W_V @ W.W_O  # (*batch, n_k, n_shelves)
    if switch == "no_W_V":
        V_W_O = facts[..., -W.W_O.shape[-1] :]
    return weights @ V_W_O, weights
# --8<-- [end:answer]


# --8<-- [start:product]
def product(
    W: Weights, n_items: int = 6
) -> Float[Tensor, "n_items n_items"]:
    """All that softmax sees of W_Q and W_K: M = W_Q W_Kᵀ, item by item.

    Every row less its mean, since softmax does not see what is added to a
    whole row.

    Args:
        W: The four matrices.
        n_items: Rows that belong to items.

    Returns:
        Item asked × item found, (n_items, n_items).

    Examples:
        >>> product(written()).argmax(dim=1).tolist()
        [0, 1, 2, 3, 4, 5]

    Source:
        Elhage et al. 2021, on the QK circuit.
    """
    M = W.W_Q[:n_items] @ W.W_K[:n_items].mT
    return M - M.mean(dim=1, keepdim=True)
# --8<-- [end:product]


def written(size: float = 3.0) -> Weights:
    """The head written by hand: six items in four dimensions.

    Two pairs of items have opposite queries, and the key of an item is its
    query. A value says which of three shelves it is; all minus one is the
    fourth.

    Args:
        size: The one number that is not zero in a query, and in a key.

    Returns:
        float64 matrices for six items and four shelves.

    Examples:
        >>> written().W_Q[0].tolist()
        [3.0, 0.0, 0.0, 0.0]
    """
    W_Q = torch.zeros(10, 4, dtype=torch.float64)
    for item, (place, sign) in enumerate(
        ((0, 1), (0, -1), (1, 1), (1, -1), (2, 1), (3, 1))
    ):
        W_Q[item, place] = sign * size
    W_V = torch.zeros(10, 3, dtype=torch.float64)
    W_V[6:9], W_V[9] = torch.eye(3), -1
    return Weights(W_Q, W_Q.clone(), W_V, W_V[6:].mT.contiguous())


# --8<-- [start:gradients]
def gradients(
    boards: Boards, W: Weights, switch: Switch | None = None
) -> tuple[float, Weights]:
    """The loss of the answers, and its gradient for every matrix.

    Args:
        boards: Questions, facts and answers; `asked` is not used.
        W: The four matrices; they are read and left as they are.
        switch: As in `answer`.

    Returns:
        The mean cross-entropy L in nats, and ∂L/∂W in the shapes of W.

    Examples:
        >>> rng = torch.Generator().manual_seed(0)
        >>> W = draw_weights(10, 4, 3, 4, generator=rng)
        >>> loss, grad = gradients(draw_boards(8, generator=rng), W)
        >>> grad.W_Q.shape
        torch.Size([10, 4])
    """
    leaves = Weights(*(w.detach().requires_grad_() for w in W))
    logits, _ = answer(boards.questions, boards.facts, leaves, switch)
    loss = F.cross_entropy(logits.flatten(0, 1), boards.answers.flatten())
    grads = torch.autograd.grad(loss, list(leaves), materialize_grads=True)
    return loss.item(), Weights(*grads)
# --8<-- [end:gradients]


# --8<-- [start:train]
def train(
    W: Weights,
    steps: int,
    *,
    generator: Generator,
    lr: float = 1.0,
    batch: int = 64,
    shift: int = 0,
    switch: Switch | None = None,
) -> list[Weights]:
    """Gradient descent: W ← W − lr · ∂L/∂W, with new boards every step.

    Args:
        W: The matrices to begin with; they are left as they are.
        steps: How many steps.
        generator: Draws the boards.
        lr: The learning rate.
        batch: Boards in a step.
        shift: As in `draw_boards`.
        switch: As in `answer`.

    Returns:
        The matrices before the first step and after each: steps + 1 entries.

    Raises:
        ValueError: If steps is negative or lr is not positive.

    Examples:
        >>> rng = torch.Generator().manual_seed(0)
        >>> W = draw_weights(10, 4, 3, 4, generator=rng)
        >>> len(train(W, 3, generator=rng))
        4

    Differs from the paper:
        Plain gradient descent; section 5.3 uses Adam.
    """
    if steps < 0 or lr <= 0:
        raise ValueError(
            f"steps = {steps} and lr = {lr}: give steps of at least 0 and "
            f"an lr above 0"
        )
    history = [W]
    for _ in range(steps):
        boards = draw_boards(batch, generator=generator, shift=shift)
        _, grad = gradients(boards, W, switch)
        W = Weights(*(w - lr * g for w, g in zip(W, grad, strict=True)))
        history.append(W)
    return history
# --8<-- [end:train]


def accuracy(
    boards: Boards, W: Weights, switch: Switch | None = None
) -> float:
    """The share of questions whose largest logit is the answer.

    Args:
        boards: Questions, facts and answers.
        W: The four matrices.
        switch: As in `answer`.

    Returns:
        A number from 0 to 1.
    """
    logits, _ = answer(boards.questions, boards.facts, W, switch)
    hits = logits.argmax(dim=-1) == boards.answers
    return hits.double().mean().item()
