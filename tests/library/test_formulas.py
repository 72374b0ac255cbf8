"""What each formula of docs/formulas.toml says is true.

A world is numbers for a formula's letters, made without looking at the
formula: by the package, by torch's own attention, by autograd, or by the
snippet beside which the formula stands. tools/pages/tex.py reads the formula
and
works it out in that world; every relation in it must hold.
"""

import contextlib
import functools
import io
import math
import re
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from qkv_explained import (
    masks,
    multi_head,
    positions,
    projection,
    rope,
    shapes,
)
from qkv_explained.attention import attention_scores, attention_weights
from qkv_explained.gpt import Block, layer_norm, mlp
from tests.drawn import draw
from tools.pages import formulas, tex

World = dict[str, Any]
PACKAGE = Path(shapes.__file__).parent
WORLDS: dict[str, list[Callable[[], Iterator[World]]]] = {}


def asserts(*names: str) -> Callable[[Any], Any]:
    """Say which formulas a function makes worlds for."""

    def enter(function: Callable[[], Iterator[World]]) -> Any:
        for name in names:
            WORLDS.setdefault(name, []).append(function)
        return function

    return enter


def numbers(**letters: Any) -> World:
    """Tensors as arrays, with the letters that an argument cannot have."""
    return {
        name: one.detach().numpy() if isinstance(one, torch.Tensor) else one
        for name, one in letters.items()
    }


def snippet(name: str) -> World:
    """All that a snippet, or a notebook's cells, leave behind."""
    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path(str(PACKAGE / name))


def sizes() -> World:
    """Sizes that all differ."""
    return {"n_q": 5, "n_k": 7, "n": 7, "d_model": 9, "d_k": 4, "d_v": 6}


@asserts("attention")
def attention() -> Iterator[World]:
    Q, K, V = draw(5, 4, seed=1), draw(7, 4, seed=2), draw(7, 6, seed=3)
    output = F.scaled_dot_product_attention(Q, K, V)
    yield numbers(Q=Q, K=K, V=V, output=output, d_k=4)


@asserts("projection", "queries", "keys", "values", "weight-shapes")
def projections() -> Iterator[World]:
    X = draw(7, 9, seed=4)
    W = [draw(9, d, seed=5 + d) for d in (4, 4, 6)]
    W[1] = draw(9, 4, seed=6)
    made = [F.linear(X, w.mT) for w in W]
    world = numbers(X=X, **dict(zip(("W_Q", "W_K", "W_V"), W, strict=True)))
    yield sizes() | world | numbers(
        **dict(zip(("Q", "K", "V"), made, strict=True)))


@asserts("query", "key", "value")
def rows() -> Iterator[World]:
    (world,) = projections()
    for i, j in ((1, 7), (3, 2)):
        yield {**world, "i": i, "j": j, "x": world["X"], "q": world["Q"],
               "k": world["K"], "v": world["V"]}


@asserts("query-number", "query-of-four")
def one_query() -> Iterator[World]:
    x, w = draw(4, seed=8), draw(4, 2, seed=9)
    q = projection.project(x, w)
    for j in (1, 2):
        yield numbers(x=x, w=w, q=q, j=j, **{r"\sum_i": 4})


@asserts("dot-product", "dot-product-turned")
def one_product() -> Iterator[World]:
    q, k = draw(4, seed=10), draw(4, seed=11)
    yield numbers(q=q, k=k, **{r"\sum_c": 4})


@asserts("score", "scores", "weights", "product", "scores-by-product")
def scores() -> Iterator[World]:
    X, W_Q, W_K = draw(7, 9, seed=12), draw(9, 4, seed=13), draw(9, 4, seed=14)
    Q, K = X @ W_Q, X @ W_K
    S = attention_scores(Q, K)
    M = torch.einsum("ac,bc->ab", W_Q, W_K)
    A = F.scaled_dot_product_attention(Q, K, torch.eye(7).double())
    world = numbers(X=X, W_Q=W_Q, W_K=W_K, M=M, Q=Q, K=K, S=S, A=A, d_k=4)
    for i, j in ((1, 7), (3, 2)):
        yield {**world, "q": world["Q"], "k": world["K"], "s": world["S"],
               "i": i, "j": j}


@asserts("dot-by-angle")
def angle() -> Iterator[World]:
    q, k = draw(4, seed=40), draw(4, seed=41)
    yield numbers(q=q, k=k, theta=F.cosine_similarity(q, k, dim=0).acos())


@asserts("scores-transposed", "additive-score")
def ways_to_compare() -> Iterator[World]:
    Q, K, u = draw(5, 4, seed=40), draw(7, 4, seed=41), draw(4, seed=43)
    s = torch.einsum("ijc,c->ij", (Q[:, None] + K[None]).tanh(), u)
    yield numbers(Q=Q, K=K, q=Q, k=K, u=u, s=s, i=2, j=5, **{r"\sum_c": 4})


@asserts("score-by-product")
def ways_to_score() -> Iterator[World]:
    X, W_Q, W_K = draw(7, 9, seed=12), draw(9, 4, seed=13), draw(9, 4, seed=14)
    Q, K = X @ W_Q, X @ W_K
    M = torch.einsum("ac,bc->ab", W_Q, W_K)
    yield numbers(x=X, W_Q=W_Q, W_K=W_K, M=M, s=attention_scores(Q, K),
                  i=6, j=2, d_k=4)


@asserts("rotated-product")
def turned_scores() -> Iterator[World]:
    """Positions turn queries and keys before they meet."""
    X, W_Q, W_K = draw(7, 9, seed=12), draw(9, 4, seed=13), draw(9, 4, seed=14)
    i, j = 6, 2
    turn = torch.linalg.matrix_exp(torch.block_diag(*(
        torch.tensor([[0.0, t], [-t, 0.0]]).double() for t in (0.3, 0.7))))
    power = torch.linalg.matrix_power
    turned = [torch.stack([row @ power(turn, place)
                           for place, row in enumerate(each, 1)])
              for each in (X @ W_Q, X @ W_K)]
    yield numbers(x=X, W_Q=W_Q, W_K=W_K, s=attention_scores(*turned),
                  i=i, j=j, d_k=4, **{"R_i-j": power(turn, i - j)})


@asserts("softmax", "softmax-shift")
def shares() -> Iterator[World]:
    s = draw(5, 7, seed=44)
    for i, j in ((1, 7), (3, 2)):
        yield numbers(s=s, a=s.softmax(dim=-1), e=math.e, i=i, j=j, c=3.7,
                      **{r"\sum_l": 7})


@asserts("softmax-squared")
def squared_shares() -> Iterator[World]:
    s = draw(7, seed=45)
    yield numbers(s=s, p=s.softmax(dim=-1), e=math.e, j=3, **{r"\sum_l": 7})


@asserts("output-row", "output-mixed")
def sums_of_values() -> Iterator[World]:
    X, W_V, W_O = draw(7, 9, seed=46), draw(9, 6, seed=47), draw(6, 9, seed=48)
    Q, K = draw(5, 4, seed=49), draw(7, 4, seed=50)
    a = attention_weights(Q, K)
    o = F.scaled_dot_product_attention(Q, K, X @ W_V)
    yield numbers(x=X, W_V=W_V, W_O=W_O, a=a, o=o, v=X @ W_V, i=4,
                  **{r"\sum_j": 7})


@asserts("token-vector", "sinusoid", "position-shift", "position-norm")
def places() -> Iterator[World]:
    """A sentence of 9 tokens, its positions written out one by one."""
    d, k, e = 6, 3, draw(9, 6, seed=42)
    P = torch.tensor([[
        (math.cos if c % 2 else math.sin)(p / 10_000 ** (c // 2 * 2 / d))
        for c in range(d)] for p in range(9)], dtype=torch.float64)
    torch.testing.assert_close(positions.sinusoidal_positions(9, d), P)
    turns = [k / 10_000 ** (2 * i / d) for i in range(3)]
    R = torch.block_diag(*(torch.tensor(
        [[math.cos(t), -math.sin(t)], [math.sin(t), math.cos(t)]],
        dtype=torch.float64) for t in turns))
    for p, i in ((1, 0), (5, 1), (4, 2)):
        yield numbers(p_i=P[p], R_k=R, x_i=e[p] + P[p], e_i=e[p], d_model=d,
                      p=p, i=i, **{"p_i+k": P[p + k],
                      "PE_p,2i": float(P[p, 2 * i]),
                      "PE_p,2i+1": float(P[p, 2 * i + 1])})


@asserts("score-variance")
def variance() -> Iterator[World]:
    """All pairs of rows of signs: independent, mean 0, variance 1."""
    for d_k in (2, 4):
        sign = torch.tensor([-1.0, 1.0], dtype=torch.float64)
        signs = torch.cartesian_prod(*[sign] * d_k)
        yield numbers(q=signs, k=signs.mT, d_k=d_k)


@asserts("stand-in")
def stand_in() -> Iterator[World]:
    """The factor on W_Q and W_K that makes up for the division."""
    Q, K = draw(5, 4, seed=35), draw(7, 4, seed=36)
    ratio = attention_scores(Q, K) / (Q @ K.mT)
    yield {"c": float(ratio.mean().sqrt()), "d_k": 4}


@asserts("key-bias")
def bias() -> Iterator[World]:
    q, k, b_K = draw(5, 4, seed=15), draw(7, 4, seed=16), draw(4, seed=17)
    yield numbers(q=q, k=k, b_K=b_K, i=2, j=6)


@asserts("linear")
def linear() -> Iterator[World]:
    linear = torch.nn.Linear(9, 4, dtype=torch.float64)
    x = draw(7, 9, seed=18)
    yield numbers(x=x, A=linear.weight, b=linear.bias, y=linear(x))


@asserts("multi-head")
def heads() -> Iterator[World]:
    X, W_O = draw(7, 9, seed=19), draw(18, 5, seed=20)
    W_Q, W_K = draw(3, 9, 4, seed=21), draw(3, 9, 4, seed=22)
    W_V = draw(3, 9, 6, seed=23)
    output, _ = multi_head.multi_head_attention(X, X, W_Q, W_K, W_V, W_O)
    head = F.scaled_dot_product_attention(X @ W_Q, X @ W_K, X @ W_V)
    for a in (1, 2, 3):
        yield numbers(X=X, W_Q=W_Q, W_K=W_K, W_V=W_V, W_O=W_O, d_k=4, h=3,
                      a=a, head_a=head[a - 1], head=head, output=output)


@asserts("heads-summed")
def summed() -> Iterator[World]:
    head, W_O = draw(3, 7, 6, seed=36), draw(18, 5, seed=37)
    output = multi_head.merge_heads(head) @ W_O
    yield numbers(head=head, W_O=W_O.reshape(3, 6, 5), output=output) | {
        r"\sum_a": 3}


@asserts("masked")
def masked() -> Iterator[World]:
    Q, K = draw(5, 4, seed=38), draw(7, 4, seed=39)
    mask = masks.causal_mask(5, 7)
    B = torch.zeros(5, 7).double().masked_fill(~mask, -torch.inf)
    yield numbers(S=attention_scores(Q, K), B=B,
                  A=attention_weights(Q, K, mask))


@asserts("rope-relative")
def turned() -> Iterator[World]:
    eye = torch.eye(6, dtype=torch.float64)[:, None]
    R = {name: rope.rotate_neighbours(eye, torch.tensor([place]))[:, 0].mT
         for name, place in (("R_m", 9), ("R_n", 4), ("R_n-m", -5))}
    yield numbers(q=draw(6, seed=40), k=draw(6, seed=41), **R)


@asserts("rope-speed")
def speeds() -> Iterator[World]:
    found = rope.rotation_angles(torch.tensor([1]), 6)[0]
    for i in (1, 2):
        yield {"theta_i": found[i].item(), "i": i, "d_k": 6}


@asserts("multi-head-shapes")
def shapes_of_heads() -> Iterator[World]:
    layer = shapes.attention_shapes(20, 3, d_k=4, d_v=6, n_q=7)
    real = {step.name: step.shape for step in layer.steps()}
    names = ("X", "Q", "scores", "heads", "concat", "output")
    yield sizes() | {"h": 3, "d_model": 20} | {
        r"\to": [real[name] for name in names]}


@asserts("width", "heads-fill-model", "heads-fill-model-short")
def width() -> Iterator[World]:
    layer = shapes.attention_shapes(512, 8, d_v=48)
    yield {"d_k": layer.d_k, "d_v": layer.d_v, "h": 8, "d_model": 512}


@asserts("widths", "widths-64", "widths-512-8")
def widths() -> Iterator[World]:
    paper = shapes.attention_shapes(512, 8)
    yield {"d_k": paper.d_k, "d_v": paper.d_v, "h": 8, "d_model": 512}


@asserts("lost")
def lost() -> Iterator[World]:
    W = draw(9, 4, seed=24)
    for v in projection.null_space(W):
        yield numbers(v=v, W_Q=W)


@asserts("lost-in-the-plane")
def plane() -> Iterator[World]:
    """On the line of the figure: q = 5 at (3, 1) and at (−1, 3)."""
    for x in ((3, 1), (-1, 3)):
        yield {"x": np.array(x), "q": 5}


@asserts("projector", "projector-twice")
def projector() -> Iterator[World]:
    W = draw(9, 4, seed=25)
    yield numbers(W=W, P=projection.visible_part(torch.eye(9).double(), W))


@asserts("gradient", "gradient-inline", "gradient-step")
def gradient() -> Iterator[World]:
    """The loss is any function of the weights that attention gives."""
    X, K = draw(5, 9, seed=26), draw(7, 4, seed=27)
    W = draw(9, 4, seed=28).requires_grad_()
    Q = X @ W
    Q.retain_grad()
    loss = (F.softmax(Q @ K.mT / 2, dim=-1) * draw(5, 7, seed=29)).sum()
    old = W.detach().clone()
    step = torch.optim.SGD([W], lr=0.3)
    loss.backward()
    of = {"∂L/∂W_Q": W.grad, "∂L/∂Q": Q.grad}
    step.step()
    yield sizes() | numbers(X=X, W_Q=old, eta=0.3, **of, **{
        r"\leftarrow": W})


def one_step(x: Any, k: Any, v: Any, w: Any) -> World:
    """One query, two facts, d_k = 1, the answer 1; by autograd."""
    w.requires_grad_()
    q = x @ w
    s = q * k
    alpha = s.softmax(0)
    o = alpha @ v
    L = F.mse_loss(o, torch.tensor(1.0).double()) / 2

    def of(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        return torch.autograd.grad(y, z, retain_graph=True)[0]

    return numbers(
        x=x, k=k, v=v, w=w, q=q, s=s, alpha=alpha, o=o, L=L,
        **{"∂L/∂o": of(L, o), "∂o/∂s_1": of(o, s)[0], "∂L/∂q": of(L, q),
           "∂L/∂w_1": of(L, w)[0], "∂L/∂w_2": of(L, w)[1]})


@asserts("by-hand-output", "by-hand-loss", "by-hand-dL-do", "by-hand-do-ds",
         "by-hand-s1", "by-hand-s2", "by-hand-dL-dq", "by-hand-q",
         "by-hand-dL-dw1", "by-hand-dL-dw2")
def by_hand() -> Iterator[World]:
    start = snippet("course/concepts/origins/snippets/by_hand.py")
    x, k = start["x"][0], (start["Y"] @ start["W_K"])[:, 0]
    v = (start["Y"] @ start["W_V"])[:, 0]
    yield one_step(x.double(), k.double(), v.double(), torch.zeros(2).double())


@asserts("by-hand-loss", "by-hand-dL-do", "by-hand-do-ds", "by-hand-s1",
         "by-hand-s2", "by-hand-q")
def not_only_by_hand() -> Iterator[World]:
    drawn = [draw(2, seed=34 + place) for place in range(4)]
    yield {**one_step(*drawn), "general": True}


@asserts("shared-matrix")
def shared() -> Iterator[World]:
    X, W = draw(7, 9, seed=30), draw(9, 4, seed=31)
    Q = X @ W
    yield sizes() | numbers(W_Q=W, W_K=W, Q=Q, S=attention_scores(Q, Q))


@asserts("cycle-vectors")
def cycle() -> Iterator[World]:
    made = snippet("course/myths/shared_qk/snippets/by_hand.py")
    yield numbers(q=made["Q"], k=made["K"])


@asserts("no-mutual", "no-mutual-proof")
def mutual() -> Iterator[World]:
    q = draw(6, 4, seed=32)
    s = attention_scores(q, q)
    for i in range(1, 7):
        for j in range(1, 7):
            yield numbers(q=q, s=s, i=i, j=j)


@asserts("difference")
def difference() -> Iterator[World]:
    S = draw(7, 7, seed=33)
    D = torch.stack([torch.stack([(S[i, j] - S[j, i]) * 0.5
                                  for j in range(7)]) for i in range(7)])
    yield numbers(S=S, D=D)


def notebook() -> World:
    """The cells that make X, W_Q and W_K, in one namespace."""
    world: World = {}
    for cell in ("01_input", "02_query_weights", "03_key_weights"):
        path = PACKAGE / "course/concepts/multi_head/notebook" / f"{cell}.py"
        exec(path.read_text("utf-8"), world)
    return world


@asserts("one-before-query", "one-before-key", "one-before",
         "one-before-largest")
def one_before() -> Iterator[World]:
    cells = notebook()
    X, place = cells["X"], cells["p"]
    Q, K = X @ cells["W_Q"][0], X @ cells["W_K"][0]
    p = X[:, place]
    for i in range(1, len(p)):
        j = int((8 * (p[i] - 1) * p - 4 * p * p).argmax())
        yield numbers(q=Q[i], k=K[i], p=p[i], p_i=p[i], p_j=p[j])


@asserts("transformer-block", "layer-norm", "mlp", "mlp-without-bend")
def block() -> Iterator[World]:
    made = Block(12, 3, 1, generator=torch.Generator().manual_seed(40))
    made = made.double()
    X = draw(7, 12, seed=41)
    gelu, ones = F.gelu, torch.ones(12).double()
    made = made.requires_grad_(False)
    W = [made.W_1, made.W_2]
    b_1, b_2 = draw(48, seed=42), draw(12, seed=43)
    with torch.no_grad():
        made.b_1.copy_(b_1)
        made.b_2.copy_(b_2)

        def norm(X: Any) -> Any:
            return layer_norm(torch.tensor(X), ones, 0 * ones).numpy()

        def attend(X: Any) -> Any:
            mask = torch.ones(7, 7).tril().bool()
            return multi_head.multi_head_attention(
                torch.tensor(X), torch.tensor(X), made.W_Q, made.W_K,
                made.W_V, made.W_O, mask=mask)[0].numpy()

        def small(X: Any) -> Any:
            return mlp(torch.tensor(X), W[0], b_1, W[1], b_2).numpy()

        Y = X.numpy() + attend(norm(X.numpy()))
        x = X[0]
        yield numbers(
            X=X, Y=Y, Z=made(X), MHA=attend, norm=norm, MLP=small,
            W_1=W[0], W_2=W[1], b_1=b_1, b_2=b_2, x=x, mu=x.mean(),
            sigma=x.var(correction=0).sqrt(), varepsilon=1e-5,
            GELU=lambda A: gelu(torch.tensor(A)).numpy())


@asserts("post-norm")
def post_norm() -> Iterator[World]:
    layer = torch.nn.TransformerEncoderLayer(
        12, 3, 24, dropout=0.0, batch_first=True, dtype=torch.float64)
    layer.requires_grad_(False)
    X = draw(1, 7, 12, seed=44)
    seen: list[torch.Tensor] = []
    layer.norm1.register_forward_hook(lambda *given: seen.append(given[2]))
    layer(X)  # in training mode: the fast path calls no hooks
    yield numbers(
        X=X, Y=seen[0],
        MHA=lambda A: layer.self_attn(*[torch.tensor(A)] * 3)[0].numpy(),
        norm=lambda A: F.layer_norm(torch.tensor(A), (12,)).numpy())


@asserts("next-token-loss")
def mean_surprise() -> Iterator[World]:
    z, targets = draw(6, 5, seed=45), torch.tensor([4, 0, 2, 2, 1, 3])
    p = z.softmax(-1)[torch.arange(6), targets]
    yield numbers(L=F.cross_entropy(z, targets), p=p, n=6, log=np.log,
                  **{r"\sum_i": 6})


@asserts("loss-gradient")
def prediction_minus_truth() -> Iterator[World]:
    z, n = draw(6, 5, seed=45).requires_grad_(), 6
    targets = torch.tensor([4, 0, 2, 2, 1, 3])
    loss = F.cross_entropy(z, targets)
    (gradient,) = torch.autograd.grad(loss, z)
    for i, c in ((1, 5), (4, 3), (2, 2)):
        yield numbers(p=z.softmax(-1), y=F.one_hot(targets, 5), n=n, i=i, c=c,
                      **{"∂L/∂z_i_c": gradient[i - 1, c - 1]})


@asserts("update")
def update() -> Iterator[World]:
    W = draw(4, 3, seed=46).requires_grad_()
    optimiser, before = torch.optim.SGD([W], lr=0.3), W.detach().clone()
    W.square().sum().backward()
    gradient = W.grad
    optimiser.step()
    yield numbers(W=before, eta=0.3, **{"∂L/∂W": gradient,
                                        r"\leftarrow": W})


@asserts("entropy-rate")
def entropy() -> Iterator[World]:
    P = np.array([[0.25, 0.75], [0.4, 0.6]])
    pi = np.linalg.matrix_power(P, 60)[0]
    both = pi[:, None] * P  # of a letter and the next one
    H = -(both * np.log(both)).sum() + (pi * np.log(pi)).sum()
    yield {"P": P, "pi": pi, "H": H, "log": np.log,
           r"\sum_s": 2, r"\sum_x": 2}


@asserts("one-step")
def one_step_of_decoding() -> Iterator[World]:
    Q, K, V = draw(7, 4, seed=47), draw(7, 4, seed=48), draw(7, 6, seed=49)
    full = F.scaled_dot_product_attention(Q, K, V, is_causal=True)
    for t in (1, 4, 7):
        yield numbers(
            output=full[:, None], q=Q[:, None], t=t, d_k=4,
            K=[K[:s].numpy() for s in range(1, 8)],
            V=[V[:s].numpy() for s in range(1, 8)])


@asserts("cache-bytes")
def cache() -> Iterator[World]:
    K, V = draw(2, 5, 3, 4, seed=50).float(), draw(2, 5, 3, 4, seed=51).float()
    B = sum(X.numel() * X.element_size() for X in (K, V))
    yield {"B": B, "L": 2, "n": 5, "h_kv": 3, "d_k": 4, "b": 4}


@asserts("latent", "latent-folded")
def latent() -> Iterator[World]:
    x, W_D, U_K = draw(7, 9, seed=52), draw(9, 3, seed=53), draw(3, 4, seed=54)
    yield numbers(x=x, W_D=W_D, U_K=U_K, q=draw(1, 4, seed=55), i=2,
                  c=F.linear(x, W_D.T), C=x @ W_D)


# Each formula, in each of its worlds


@functools.cache
def worlds(name: str) -> list[World]:
    """All worlds in which a formula must be true."""
    return [one for make in WORLDS[name] for one in make()]


def untrue(text: str, name: str) -> list[str]:
    """The relations of a formula that do not hold in some world of it."""
    found = []
    for world in worlds(name):
        said = tex.statements(text, world)
        if not said:
            found.append(f"{name} states nothing that can be worked out")
        found += [f"{name}: {one.text}: {one.why}" for one in said
                  if not one.holds]
    return found


@pytest.mark.parametrize("name", formulas.names())
def test_the_formula_holds(name: str) -> None:
    found = untrue(formulas.tex(name), name)
    assert not found, "\n".join(found)


# Planted: every formula with one thing in it changed

SWAPS = (
    (r"W_Q", r"W_K"), (r"W_V", r"W_Q"), (r"W_K", r"W_V"), (r"^\top", ""),
    (r"+", "-"), (r" - ", " + "), (r"\sqrt", ""), ("d_k", "d_v"),
    (r"d_\text{model}", "d_k"), (r"\le ", r"\ge "), ("2", "3"), ("8", "7"),
    (r"\tfrac12", r"\tfrac13"), ("x_1", "x_2"), ("k_1", "k_2"),
    ("k_2", "k_1"), ("w_{21}", "w_{12}"), (r"\max", r"\min"), ("^2", ""),
    (r"\eta\,", ""), ("X ", ""), (r"^+", r"^\top"), ("_1", "_2"),
    ("i", "j"), ("K^", "V^"), (" V", " K"), ("S^", "Q^"), ("softmax", ""),
    (r"/\sqrt{d_k}", ""), (r"/ \sqrt{d_k}", ""), (", 3", ", 4"), ("h", "2"),
)  # fmt: skip
# Changed, and still true.
SAME = {
    ("weight-shapes", "W_Q", "W_K"),
    ("gradient-step", "2", "3"),
    ("projector-twice", "2", "3"),
    ("by-hand-output", "+", "-"),  # of a zero
    ("softmax-shift", "+", "-"),  # of any constant
}


def planted() -> Iterator[tuple[str, str, str]]:
    for name in formulas.names():
        text = formulas.tex(name)
        for old, new in SWAPS:
            bare = re.sub(r"\\[A-Za-z]+", lambda m: "\\" * len(m[0]), text)
            there = old in (bare if re.fullmatch(r"\w", old) else text)
            if there and (name, old, new) not in SAME:
                yield name, old, new


def changed(text: str, old: str, new: str) -> str:
    if re.fullmatch("[a-z]", old):
        return re.sub(rf"(?<![\\A-Za-z]){old}(?![A-Za-z])", new, text, count=1)
    return text.replace(old, new, 1)


def test_planted_formulas_are_untrue() -> None:
    believed = []
    count = 0
    for name, old, new in planted():
        text = formulas.tex(name)
        other = changed(text, old, new)
        if other == text:
            continue
        count += 1
        if not untrue(other, name):
            believed.append(f"{name}: {old} → {new}: {other}")
    assert count > 100
    assert not believed, "\n".join(believed)
