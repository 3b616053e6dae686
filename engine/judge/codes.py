"""The page of the one diagnostic that judging a plan can give (`mayuse explain M280`)."""

from __future__ import annotations

from ..language.codes import CodePage

CODES: dict[str, CodePage] = {
    "M280": CodePage(
        "answers that cannot be true together",
        "No plan could give all the answers named. The smallest set that clashes is shown.",
        "From a contradiction everything follows, a permission too.",
        "improves-model: no\nlearns-from: [platform-output]     # asked only when improves-model",
        "improves-model: yes\nlearns-from: [platform-output]",
    ),
}
