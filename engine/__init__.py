"""mayuse: may we use this AI platform for that?

The whole job in four names: `load_rules`, `UseCase`, `check` and `Report`. Each is imported when first used, so that
importing the package costs next to nothing.
"""

from typing import TYPE_CHECKING

from .__about__ import __version__

if TYPE_CHECKING:
    from .judge import Report, check
    from .load import load_rules
    from .usecase import UseCase

__all__ = ["Report", "UseCase", "__version__", "check", "load_rules"]


def __getattr__(name: str) -> object:
    match name:
        case "check" | "Report":
            from . import judge as module
        case "load_rules":
            from . import load as module  # type: ignore[no-redef]
        case "UseCase":
            from . import usecase as module  # type: ignore[no-redef]
        case _:
            raise AttributeError(f"module 'mayuse' has no attribute {name!r}")
    return getattr(module, name)
