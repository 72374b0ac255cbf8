"""The map: which code, page, figure and source belongs to each concept.

Everything else reads this map: the command line, the concept cards, the
picture of the course and the checks that no page, snippet or public name
is left over. It imports nothing heavy, so that the site builds without
torch.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en", "ru"]

LANGUAGES: tuple[Lang, ...] = ("zh", "en", "ru")


class UnknownName(LookupError):
    """A name that the map does not hold, with the nearest ones it does.

    Attributes:
        name: What was asked for.
        known: Every name that would have been found.
        nearest: The known names most like it, best first; may be empty.
    """

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        self.nearest = nearest(name, self.known)
        hint = self.nearest or self.known
        super().__init__(f"no {name!r} here; nearest: {', '.join(hint)}")


@dataclass(frozen=True)
class Source:
    """One place in the literature.

    Attributes:
        key: An anchor of the bibliography, such as ``"vaswani2017"``.
        where: The section or equation, such as ``"§3.2.2"``.
    """

    key: str
    where: str


@dataclass(frozen=True)
class Concept:
    """One idea and all that shows it.

    Attributes:
        id: The name in addresses and on the command line.
        titles: The page's title in each language.
        ideas: The idea in one sentence in each language.
        formula: The formula in plain characters, with its shapes.
        tex: The same formula for typesetting.
        module: The module that defines it.
        snippets: Names of its snippets, in the order of the page.
        page: Its page, relative to a language's folder.
        figures: Names of its figures.
        widgets: Names of its widgets.
        notebooks: Paths of its notebooks, relative to a language's folder.
        prerequisites: Ids of what should be read before it.
        tests: Paths of the tests that guard it.
        sources: Where the idea is stated.
    """

    id: str
    titles: Mapping[Lang, str]
    ideas: Mapping[Lang, str]
    formula: str
    tex: str
    module: str
    snippets: tuple[str, ...]
    page: str
    figures: tuple[str, ...]
    widgets: tuple[str, ...]
    notebooks: tuple[str, ...]
    prerequisites: tuple[str, ...]
    tests: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def snippet_dir(self) -> str:
        """The folder of its snippets below ``qkv_explained/snippets``."""
        return self.id.replace("-", "_")


@dataclass(frozen=True)
class Myth(Concept):
    """A popular claim, and the experiment that settles it.

    Attributes:
        claims: Numbers of the claims in the ledger that it settles.
        result: Name of its result file in ``docs/assets/data``.
    """

    claims: tuple[int, ...]
    result: str


CONCEPTS: tuple[Concept, ...] = (
    Concept(
        id="origins",
        titles={
            "zh": "权重矩阵从哪里来",
            "en": "Where the matrices come from",
            "ru": "Откуда берутся матрицы весов",
        },
        ideas={
            "zh": (
                "W_Q、W_K、W_V 只随机抽取一次，训练的每一步都会改动它们，"
                "推理时则固定不变；随输入变化的是 Q、K、V。"
            ),
            "en": (
                "W_Q, W_K and W_V are drawn at random once, changed by "
                "every training step and then frozen; what changes with "
                "the input is Q, K and V."
            ),
            "ru": (
                "W_Q, W_K и W_V один раз заполняют случайными числами, "
                "каждый шаг обучения их меняет, а при инференсе они "
                "неизменны: от входа зависят только Q, K и V."
            ),
        },
        formula="W_Q ← W_Q − η · ∂L/∂W_Q    (d_model, d_k)",
        tex=r"W_Q \leftarrow W_Q - \eta\,\frac{\partial L}{\partial W_Q}",
        module="qkv_explained.origins",
        snippets=(
            "by_hand",
            "train",
            "gradient",
            "two_seeds",
            "frozen",
            "context",
            "real_size",
            "copies",
            "zeros",
            "two_meanings",
            "bad_shapes",
        ),
        page="concepts/origins.md",
        figures=(
            "origins-training",
            "origins-curves",
            "origins-two-seeds",
        ),
        widgets=(),
        notebooks=(),
        prerequisites=(),
        tests=("tests/test_origins.py",),
        sources=(
            Source("vaswani2017", "§3.2.2"),
            Source("note-004", ""),
        ),
    ),
    Concept(
        id="weight-dimensions",
        titles={
            "zh": "权重矩阵的形状",
            "en": "The shapes of the weight matrices",
            "ru": "Размеры матриц весов",
        },
        ideas={
            "zh": (
                "W_Q 和 W_K 的形状是 (d_model, d_k)，W_V 的形状是 "
                "(d_model, d_v)：一行对应输入的一个数，一列对应输出的一个数。"
            ),
            "en": (
                "W_Q and W_K have shape (d_model, d_k), W_V has shape "
                "(d_model, d_v): one row for each number of the input, "
                "one column for each number of the output."
            ),
            "ru": (
                "W_Q и W_K имеют размер (d_model, d_k), W_V — размер "
                "(d_model, d_v): строка на каждое число входа, столбец "
                "на каждое число выхода."
            ),
        },
        formula="W_Q, W_K: (d_model, d_k)    W_V: (d_model, d_v)",
        tex=(
            r"W_Q, W_K \in \mathbb{R}^{d_\text{model} \times d_k},\quad"
            r" W_V \in \mathbb{R}^{d_\text{model} \times d_v}"
        ),
        module="qkv_explained.weight_dimensions",
        snippets=(
            "by_hand",
            "real_size",
            "count",
            "which_must_agree",
            "fewer_kv_heads",
            "same_shape",
            "positions_and_layers",
            "linear",
            "conventions",
            "fused",
            "silent",
            "bad_shapes",
        ),
        page="concepts/weight-dimensions.md",
        figures=(
            "weight-dimensions-shapes",
            "weight-dimensions-rows-columns",
            "weight-dimensions-conventions",
            "weight-dimensions-fused",
        ),
        widgets=("shapes",),
        notebooks=(),
        prerequisites=("origins",),
        tests=("tests/test_weight_dimensions.py",),
        sources=(
            Source("vaswani2017", "§3.2.2"),
            Source("note-003", "part 2"),
        ),
    ),
    Concept(
        id="projection",
        titles={
            "zh": "投影：从 d_model 到 d_k",
            "en": "The projection from d_model to d_k",
            "ru": "Проекция из d_model в d_k",
        },
        ideas={
            "zh": (
                "查询的每个数都是输入所有数的加权和，"
                "系数就是 W_Q 中对应的那一列。"
            ),
            "en": (
                "Each number of a query is a weighted sum of all the "
                "numbers of the input; the weights are one column of W_Q."
            ),
            "ru": (
                "Каждое число запроса — взвешенная сумма всех чисел "
                "входа, а коэффициенты этой суммы стоят в одном столбце "
                "матрицы W_Q."
            ),
        },
        formula="Q = X W_Q    (n_q, d_k) = (n_q, d_model) (d_model, d_k)",
        tex=r"Q = X W_Q",
        module="qkv_explained.projection",
        snippets=(
            "by_hand",
            "real_size",
            "twins",
            "lost",
            "rank",
            "not_lost",
            "cost",
            "without",
            "projector",
            "bias",
            "bad_shapes",
        ),
        page="concepts/projection.md",
        figures=(
            "projection-by-hand",
            "projection-lost",
        ),
        widgets=("project",),
        notebooks=(),
        prerequisites=("weight-dimensions",),
        tests=("tests/test_projection.py",),
        sources=(
            Source("vaswani2017", "§3.2.2"),
            Source("bhojanapalli2020", "Theorem 1"),
            Source("note-003", "part 2"),
        ),
    ),
    Concept(
        id="multi-head",
        titles={
            "zh": "拆成多个头",
            "en": "Splitting into heads",
            "ru": "Разбиение на головы",
        },
        ideas={
            "zh": (
                "把 W_Q、W_K、W_V 的列分成 h 组，每组各算各的 softmax，"
                "再把结果拼接起来，经 W_O 混合。"
            ),
            "en": (
                "The columns of W_Q, W_K and W_V are dealt out to h heads; "
                "each takes its own softmax, and W_O mixes what they "
                "bring back."
            ),
            "ru": (
                "Столбцы W_Q, W_K и W_V делят между h головами; каждая "
                "берёт свой softmax, а W_O смешивает то, что они принесли."
            ),
        },
        formula=(
            "MultiHead(X) = concat(head_1, …, head_h) W_O    "
            "(n_q, d_model) = (n_q, h·d_v) (h·d_v, d_model)"
        ),
        tex=(
            r"\text{MultiHead}(X) = "
            r"[\text{head}_1; \dots; \text{head}_h]\, W_O"
        ),
        module="qkv_explained.multi_head",
        snippets=(
            "by_hand",
            "real_size",
            "small_or_big",
            "torch_module",
            "wide_by_hand",
            "product",
            "sum_over_heads",
            "parameters",
            "two_designs",
            "strides",
            "wrong_reshape",
            "scrambled",
            "bad_shapes",
        ),
        page="concepts/multi-head.md",
        figures=(
            "multi-head-way",
            "multi-head-maps",
            "multi-head-scramble",
        ),
        widgets=("heads",),
        notebooks=("notebooks/multi-head.ipynb",),
        prerequisites=("projection",),
        tests=("tests/test_multi_head.py",),
        sources=(
            Source("vaswani2017", "§3.2.2"),
            Source("note-003", "part 3"),
        ),
    ),
)

MYTHS: tuple[Myth, ...] = (
    Myth(
        id="shared-qk",
        titles={
            "zh": "“Q = K，模型照样能用”",
            "en": "“The model works with Q = K”",
            "ru": "«Модель работает и при Q = K»",
        },
        ideas={
            "zh": (
                "令 Q = K，注意力就分不清方向：s_ij = s_ji，"
                "任何两个 token 都不可能互相把对方看得比自己重。"
            ),
            "en": (
                "With Q = K attention loses its direction: s_ij = s_ji, "
                "and no two tokens can prefer each other to themselves."
            ),
            "ru": (
                "При Q = K внимание теряет направление: s_ij = s_ji, и "
                "никакие два токена не могут предпочесть друг друга "
                "самим себе."
            ),
        },
        formula="W_K = W_Q  ⇒  S = Q Qᵀ / √d_k = Sᵀ    (n, n)",
        tex=(
            r"W_K = W_Q \;\Rightarrow\; "
            r"S = \frac{Q Q^\top}{\sqrt{d_k}} = S^\top"
        ),
        module="qkv_explained.course.myths.shared_qk.experiment",
        snippets=(
            "by_hand",
            "separate_by_hand",
            "no_mutual",
            "six_of_seven",
            "train_cycle",
            "swap",
            "gives_and_takes",
            "bad_shapes",
        ),
        page="myths/shared-qk.md",
        figures=(
            "shared-qk-cycle",
            "shared-qk-accuracy",
            "shared-qk-swap",
        ),
        widgets=(),
        notebooks=(),
        prerequisites=("multi-head", "origins"),
        tests=(
            "tests/course/test_shared_qk.py",
            "tests/lab/test_verdicts.py",
        ),
        sources=(
            Source("note-000", ""),
            Source("kitaev2020", "§2"),
            Source("courtois2024", ""),
            Source("kayyam2026", ""),
            Source("saponati2025", ""),
            Source("elhage2021", ""),
        ),
        claims=(4, 5, 6),
        result="shared-qk",
    ),
)


def everything() -> tuple[Concept, ...]:
    """All concepts and myths, in reading order."""
    return (*CONCEPTS, *MYTHS)


def ids() -> tuple[str, ...]:
    """The ids of all concepts and myths, in reading order."""
    return tuple(entry.id for entry in everything())


def get(name: str) -> Concept:
    """Find a concept or a myth by its id.

    Underscores count as hyphens, and case does not matter, so that a
    module's name is found as well.

    Args:
        name: An id such as ``"weight-dimensions"``.

    Returns:
        The entry of the map.

    Raises:
        UnknownName: If there is none; it names the nearest ids.

    Examples:
        >>> get("multi_head").module
        'qkv_explained.multi_head'
    """
    wanted = name.strip().lower().replace("_", "-")
    for entry in everything():
        if entry.id == wanted:
            return entry
    raise UnknownName(name, ids())


def get_myth(name: str) -> Myth:
    """Find a myth by its id; raises UnknownName like `get`."""
    wanted = name.strip().lower().replace("_", "-")
    for myth in MYTHS:
        if myth.id == wanted:
            return myth
    raise UnknownName(name, (myth.id for myth in MYTHS))


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names most like a name, best first, at most three.

    Args:
        name: What was typed.
        known: The names that exist.

    Returns:
        Up to three of them; empty when none is like it.

    Examples:
        >>> nearest("projektion", ["origins", "projection"])
        ('projection',)
    """
    lowered = name.strip().lower().replace("_", "-")
    choices = list(known)
    close = difflib.get_close_matches(lowered, choices, n=3, cutoff=0.55)
    parts = [
        choice
        for choice in choices
        if choice not in close and lowered and lowered in choice
    ]
    return tuple([*close, *parts][:3])
