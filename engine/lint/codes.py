"""The pages of the warnings, L001 and up: each is its lint's own (`mayuse explain L001`)."""

from __future__ import annotations

from ..language.codes import CodePage
from .registry import lints

CODES: dict[str, CodePage] = {one.code: one.page for one in lints()}
