"""Every shape and parameter count on the way from X to the output.

Only arithmetic: nothing here needs torch, so that the command line answers
at once and the calculator on the site can be compared with it.
"""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "the paper takes d_k = d_model / n_heads"


class ShapeError(ValueError):
    """Sizes that do not make an attention layer.

    Attributes:
        kind: Which rule they break: ``"positive"``, ``"heads"``,
            ``"kv_heads"`` or ``"uneven_kv"``.
        argument: The argument at fault.
        sizes: The numbers of the message, by name.
        choices: Values of the argument that do work; may be empty.
    """

    def __init__(
        self,
        message: str,
        kind: str,
        argument: str,
        sizes: dict[str, int],
        choices: tuple[int, ...] = (),
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.argument = argument
        self.sizes = sizes
        self.choices = choices


@dataclass(frozen=True)
class Step:
    """One tensor on the way from X to the output.

    Attributes:
        name: The tensor, such as ``"Q"`` or ``"W_Q"``.
        formula: What it is made from; empty for inputs and parameters.
        axes: The names of its axes, such as ``("n_heads", "n_q", "d_k")``.
        shape: Its sizes.
        weights: Parameters in it, 0 for a tensor that is computed.
        bias: Parameters that a bias adds to it.
    """

    name: str
    formula: str
    axes: tuple[str, ...]
    shape: tuple[int, ...]
    weights: int = 0
    bias: int = 0


@dataclass(frozen=True)
class AttentionShapes:
    """The sizes of one attention layer, and all that follows from them.

    Made by `attention_shapes`, which checks the sizes and fills in those
    that were left out.

    Attributes:
        d_model: Numbers per token, in and out.
        n_heads: Heads of queries, h in the paper.
        n_kv_heads: Heads of keys and values; equal to n_heads in the paper,
            fewer in grouped-query attention, 1 in multi-query attention.
        d_k: Numbers per query and per key, in one head.
        d_v: Numbers per value, in one head.
        n_q: Queries.
        n_k: Keys, and as many values.
        batch: Sequences at once, or None for one without a batch axis.
    """

    d_model: int
    n_heads: int
    n_kv_heads: int
    d_k: int
    d_v: int
    n_q: int
    n_k: int
    batch: int | None = None

    def steps(self) -> tuple[Step, ...]:
        """Every tensor from X to the output, in the order of the layer.

        Returns:
            The steps; parameters stand just before they are used.

        Examples:
            >>> first = attention_shapes(512, 8, n_q=3).steps()[0]
            >>> first.name, first.shape
            ('X', (3, 512))
        """
        sizes = {
            "batch": self.batch or 1,
            "n_q": self.n_q,
            "n_k": self.n_k,
            "n_heads": self.n_heads,
            "n_kv_heads": self.n_kv_heads,
            "d_model": self.d_model,
            "d_k": self.d_k,
            "d_v": self.d_v,
        }
        kv = "n_heads" if self.n_kv_heads == self.n_heads else "n_kv_heads"

        def size(axis: str) -> int:
            product = 1
            for factor in axis.split("·"):
                product *= sizes[factor]
            return product

        def tensor(name: str, formula: str, *axes: str) -> Step:
            full = axes if self.batch is None else ("batch", *axes)
            return Step(name, formula, full, tuple(map(size, full)))

        def matrix(name: str, rows: str, cols: str) -> Step:
            shape = (size(rows), size(cols))
            return Step(
                name, "", (rows, cols), shape, shape[0] * shape[1], shape[1]
            )

        return (
            tensor("X", "", "n_q", "d_model"),
            matrix("W_Q", "d_model", "n_heads·d_k"),
            matrix("W_K", "d_model", f"{kv}·d_k"),
            matrix("W_V", "d_model", f"{kv}·d_v"),
            tensor("Q", "X W_Q", "n_heads", "n_q", "d_k"),
            tensor("K", "X W_K", kv, "n_k", "d_k"),
            tensor("V", "X W_V", kv, "n_k", "d_v"),
            tensor("scores", "Q Kᵀ / √d_k", "n_heads", "n_q", "n_k"),
            tensor("weights", "softmax", "n_heads", "n_q", "n_k"),
            tensor("heads", "weights V", "n_heads", "n_q", "d_v"),
            tensor("concat", "", "n_q", "n_heads·d_v"),
            matrix("W_O", "n_heads·d_v", "d_model"),
            tensor("output", "concat W_O", "n_q", "d_model"),
        )

    @property
    def weights(self) -> int:
        """Parameters of W_Q, W_K, W_V and W_O together, without biases."""
        return sum(step.weights for step in self.steps())

    @property
    def biases(self) -> int:
        """Parameters that a bias in each of the four adds."""
        return sum(step.bias for step in self.steps())

    @property
    def cache_per_token(self) -> int:
        """Numbers of K and V that a decoder keeps for each token."""
        return self.n_kv_heads * (self.d_k + self.d_v)


def divisors(n: int) -> tuple[int, ...]:
    """Every whole number that divides n, in rising order.

    Args:
        n: A positive number.

    Returns:
        Its divisors: the head counts that d_model = n allows.

    Examples:
        >>> divisors(12)
        (1, 2, 3, 4, 6, 12)
    """
    small = [k for k in range(1, int(n**0.5) + 1) if n % k == 0]
    return tuple(sorted({*small, *(n // k for k in small)}))


def attention_shapes(
    d_model: int,
    n_heads: int,
    *,
    n_kv_heads: int | None = None,
    d_k: int | None = None,
    d_v: int | None = None,
    n_q: int = 10,
    n_k: int | None = None,
    batch: int | None = None,
) -> AttentionShapes:
    """Work out the shapes of an attention layer from its sizes.

    Args:
        d_model: Numbers per token.
        n_heads: Heads of queries.
        n_kv_heads: Heads of keys and values; n_heads if left out.
        d_k: Numbers per query and key in one head; d_model / n_heads if
            left out, as in the paper.
        d_v: Numbers per value in one head; d_k if left out.
        n_q: Queries.
        n_k: Keys; n_q if left out, as in self-attention.
        batch: Sequences at once; no batch axis if left out.

    Returns:
        The sizes, with those left out filled in.

    Raises:
        ShapeError: If a size is not positive, if d_model cannot be dealt
            out to n_heads, or if n_heads cannot share n_kv_heads evenly.

    Examples:
        >>> layer = attention_shapes(512, 8)
        >>> layer.d_k, layer.weights, layer.biases
        (64, 1048576, 2048)

    Source:
        Vaswani et al. 2017, section 3.2.2; Shazeer 2019 (n_kv_heads = 1);
        Ainslie et al. 2023 (n_kv_heads between 1 and n_heads).
    """
    given = {
        "d_model": d_model, "n_heads": n_heads, "n_kv_heads": n_kv_heads,
        "d_k": d_k, "d_v": d_v, "n_q": n_q, "n_k": n_k, "batch": batch,
    }
    for name, value in given.items():
        if value is not None and value < 1:
            raise ShapeError(
                f"{name}: got {value}; it must be at least 1",
                "positive", name, {name: value},
            )
    n_kv = n_heads if n_kv_heads is None else n_kv_heads
    if d_k is None:
        d_k = _per_head(d_model, n_heads)
    _check_groups(n_heads, n_kv)
    return AttentionShapes(
        d_model, n_heads, n_kv, d_k, d_k if d_v is None else d_v,
        n_q, n_q if n_k is None else n_k, batch,
    )


def _per_head(d_model: int, n_heads: int) -> int:
    """The paper's d_k = d_model / n_heads, where that is a whole number."""
    if d_model % n_heads:
        choices = divisors(d_model)
        raise ShapeError(
            f"n_heads: {PAPER}, and {d_model} / {n_heads} = "
            f"{d_model // n_heads} remainder {d_model % n_heads}, so "
            f"{n_heads} heads of one width cannot share out d_model = "
            f"{d_model}; take n_heads from "
            f"{', '.join(map(str, choices))}, or give d_k yourself",
            "heads", "n_heads",
            {"d_model": d_model, "n_heads": n_heads}, choices,
        )
    return d_model // n_heads


def _check_groups(n_heads: int, n_kv_heads: int) -> None:
    """Refuse groups of query heads that would not be equally large."""
    if n_heads % n_kv_heads:
        choices = divisors(n_heads)
        raise ShapeError(
            f"n_kv_heads: each key and value head serves equally many of "
            f"the {n_heads} query heads, and {n_heads} / {n_kv_heads} is "
            f"not whole; take n_kv_heads from "
            f"{', '.join(map(str, choices))}",
            "kv_heads", "n_kv_heads",
            {"n_heads": n_heads, "n_kv_heads": n_kv_heads}, choices,
        )


def table(layer: AttentionShapes) -> str:
    """The shapes as lines of text, in characters of code only.

    Args:
        layer: What to show.

    Returns:
        A table that reads the same in every language: a line of sizes, a
        row per tensor, and the sums.

    Examples:
        >>> print(table(attention_shapes(4, 2, n_q=3)).splitlines()[0])
        d_model=4  n_heads=2  n_kv_heads=2  d_k=2  d_v=2  n_q=3  n_k=3
    """
    sizes = {
        "d_model": layer.d_model, "n_heads": layer.n_heads,
        "n_kv_heads": layer.n_kv_heads, "d_k": layer.d_k,
        "d_v": layer.d_v, "n_q": layer.n_q, "n_k": layer.n_k,
    }
    if layer.batch is not None:
        sizes["batch"] = layer.batch
    rows = [("", "axes", "shape", "parameters", "bias")]
    for step in layer.steps():
        name = f"{step.name} = {step.formula}" if step.formula else step.name
        rows.append((
            name, _tuple(step.axes), _tuple(step.shape),
            f"{step.weights:,}" if step.weights else "",
            f"{step.bias:,}" if step.bias else "",
        ))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    lines = [_pairs(sizes), ""]
    for row in rows:
        cells = [row[i].ljust(widths[i]) for i in range(3)]
        cells += [row[i].rjust(widths[i]) for i in (3, 4)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, "", _pairs({
        "parameters": layer.weights,
        "bias": layer.biases,
        "both": layer.weights + layer.biases,
        "kv_cache_per_token": layer.cache_per_token,
    })])


def _pairs(numbers: dict[str, int]) -> str:
    return "  ".join(f"{name}={value:,}" for name, value in numbers.items())


def _tuple(items: tuple[object, ...]) -> str:
    return f"({', '.join(map(str, items))})"
