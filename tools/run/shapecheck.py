"""The run-time check of types and shapes that the tests switch on.

beartype as it is, except that an int may stand for a float, as in any type
checker (PEP 484).
"""

from beartype import BeartypeConf, beartype
from jaxtyping import install_import_hook

check = beartype(conf=BeartypeConf(is_pep484_tower=True))


def install() -> None:
    """Check every call of the package's functions from here on."""
    install_import_hook("qkv_explained", f"{__name__}.check")
