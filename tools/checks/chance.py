"""Code that prints something else another day, elsewhere or by chance."""

from __future__ import annotations

import ast
from collections.abc import Iterator

MACHINE = {
    "time", "datetime", "timeit", "calendar", "os", "platform", "socket",
    "getpass", "uuid", "secrets", "tempfile", "locale", "shutil", "glob",
    "subprocess", "resource", "threading", "multiprocessing",
}  # fmt: skip
ATTRIBUTES = {
    "sys.version", "sys.version_info", "sys.platform", "sys.path",
    "sys.executable", "sys.argv", "torch.__version__", "torch.get_num_threads",
    "torch.cuda", "torch.backends", "torch.initial_seed", "torch.utils",
}  # fmt: skip
DRAWS = {
    "rand", "randn", "randint", "randperm", "normal", "bernoulli",
    "multinomial", "poisson", "rand_like", "randn_like", "randint_like",
    "normal_", "uniform_", "exponential_", "bernoulli_", "random_",
    "dropout", "xavier_uniform_", "xavier_normal_", "kaiming_uniform_",
}  # fmt: skip
_ORDERED = {"print", "list", "tuple", "enumerate", "iter", "str", "repr"}


def problems(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a program that make its output differ, and why."""
    tree = ast.parse(text)
    seeded = min((node.lineno for node in ast.walk(tree)
                  if isinstance(node, ast.Call) and _seeds(node)),
                 default=len(text))
    for node in ast.walk(tree):
        for said in (*_machine(node), *_drawn(node, seeded), *_order(node)):
            yield node.lineno, said  # type: ignore[attr-defined]


def _name(node: ast.AST) -> str:
    return ast.unparse(node) if isinstance(node, ast.expr) else ""


def imported(tree: ast.AST, deep: bool = True) -> Iterator[tuple[int, str]]:
    """The modules that a program, or one statement of it, imports."""
    for node in ast.walk(tree) if deep else [tree]:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def _seeds(node: ast.Call) -> bool:
    """Whether this sets the one seed of torch, numpy or random."""
    seeds = ("torch.manual_seed", "random.seed", "np.random.seed")
    return bool(node.args) and _name(node.func) in seeds


def _machine(node: ast.AST) -> Iterator[str]:
    for _, module in imported(node, deep=False):
        if module.split(".")[0] in MACHINE:
            yield (
                f"imports {module}, which tells of the clock or the machine: "
                "a reader's output would differ. Do without it"
            )
    name = _name(node) if isinstance(node, ast.Attribute) else ""
    if name in ATTRIBUTES or (
        isinstance(node, ast.Name) and node.id == "__file__"
    ):
        yield f"{name or '__file__'} depends on the machine. Do without it"
    if isinstance(node, ast.Call) and _name(node.func) in ("id", "hash"):
        yield f"{_name(node.func)}() differs from run to run. Do without it"


def _drawn(node: ast.AST, seeded: int) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    name = _name(node.func)
    given = {keyword.arg for keyword in node.keywords}
    last = name.rpartition(".")[2]
    draws = last in DRAWS or name.startswith(("random.", "np.random."))
    draws = draws and "default_rng(" not in name  # its own seed is judged
    if name.endswith("default_rng") or name == "random.Random":
        draws = not node.args and "seed" not in given
    if name.endswith(".seed") and not node.args:
        yield "seed() draws a seed by chance. Use manual_seed(0)"
    elif draws and "generator" not in given and node.lineno < seeded and (
        not _seeds(node)
    ):
        yield (
            f"{name}() draws without a seed. Pass generator=torch.Generator()"
            ".manual_seed(0), or call torch.manual_seed(0) before it"
        )


def _order(node: ast.AST) -> Iterator[str]:
    """Sets of which the order is seen."""
    seen: list[ast.expr] = []
    if isinstance(node, ast.For):
        seen = [node.iter]
    elif isinstance(node, ast.ListComp | ast.GeneratorExp | ast.DictComp):
        # What only counts or sorts does not see an order; a list does.
        seen = [] if isinstance(node, ast.GeneratorExp) else [
            one.iter for one in node.generators]
    elif isinstance(node, ast.Call):
        name = _name(node.func)
        if name in _ORDERED or name.endswith(".join"):
            seen = [one.value if isinstance(one, ast.Starred) else one
                    for one in node.args]  # fmt: skip
    for one in seen:
        if isinstance(one, ast.Set | ast.SetComp) or (
            isinstance(one, ast.Call) and _name(one.func) in (
                "set", "frozenset")
        ):
            yield (
                f"shows the order of the set {ast.unparse(one)}, which "
                "differs from run to run. Sort it"
            )
