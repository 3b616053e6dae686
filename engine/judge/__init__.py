"""Facts and rules become verdicts. `check` is the whole job; `model` is what it answers with."""

from .check import check
from .model import Report, Verdict

__all__ = ["Report", "Verdict", "check"]
