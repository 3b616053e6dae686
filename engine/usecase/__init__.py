"""What a person or a system says about a plan, read into answers with states: YAML text in, `UseCase` out.

Nothing here decides anything; what is missing stays unknown, and every error is reported with its place.
"""

from ..language.diagnostics import UseCaseError
from .model import Answer, Contract, FlagValue, RangeValue, Settlement, TermsValue, UseCase, Value
from .read import load_use_case, read_use_case
from .settlements import load_settlements, read_settlements

__all__ = [
    "Answer",
    "Contract",
    "FlagValue",
    "RangeValue",
    "Settlement",
    "TermsValue",
    "UseCase",
    "UseCaseError",
    "Value",
    "load_settlements",
    "load_use_case",
    "read_settlements",
    "read_use_case",
]
