"""Rules from folders: read, parsed, resolved, proved sound, remembered. The one way to a `Rules`.

Every error of the whole load is raised together. A compiled copy is kept by the hash of all texts (`rulebook.cache`),
so that nothing is parsed or proved again while nothing changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from .__about__ import __version__
from .language.diagnostics import Diagnostic, RulesError, with_lines
from .language.tree import Span
from .rulebook.model import Rules

MOST_BYTES = 8 * 1024 * 1024
"""A rules file larger than this is refused unread."""
RECORD = "verified.json"


def shipped_folder() -> Path:
    """Where the shipped rules are."""
    return Path(str(files("mayuse.rules")))


def load_rules(*folders: str | Path, shipped: bool = True) -> Rules:
    """The shipped rules and those of `folders` beside them; with `shipped=False` those of `folders` alone.

    Raises RulesError with every error found.
    """
    places = _places(folders, shipped)
    found: list[Diagnostic] = []
    records: dict[str, dict[str, str]] = {}
    for folder in places:
        _read_record(folder / RECORD, records, found)
    texts = _read_folders(places, found)
    return load_texts(texts, folders=tuple(str(p) for p in places), verified=records)


def read_folders(*folders: str | Path, shipped: bool = True) -> dict[str, str]:
    """The texts that `load_rules` reads, by file name. Raises RulesError where one cannot be read."""
    return _read_folders(_places(folders, shipped), [])


def _places(folders: tuple[str | Path, ...], shipped: bool) -> list[Path]:
    return [*([shipped_folder()] if shipped else []), *(Path(f) for f in folders)]


def _read_folders(places: list[Path], found: list[Diagnostic]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for folder in places:
        _read_folder(folder, texts, found)
    if found:
        raise RulesError(with_lines(found, texts))
    return texts


def load_files(contents: Mapping[str, bytes], *folders: str | Path, shipped: bool = False) -> Rules:
    """The rules of files that are at hand as bytes, by name, as `load_rules` makes them; those of `folders` beside them.

    Raises RulesError with every error found.
    """
    places = [*([shipped_folder()] if shipped else []), *(Path(f) for f in folders)]
    texts: dict[str, str] = {}
    found: list[Diagnostic] = []
    for folder in places:
        _read_folder(folder, texts, found)
    for name in sorted(contents):
        _decode(name, contents[name], texts, found)
    if found:
        raise RulesError(with_lines(found, texts))
    return load_texts(texts, folders=tuple(str(p) for p in places))


def _read_folder(folder: Path, texts: dict[str, str], found: list[Diagnostic]) -> None:
    if not folder.is_dir():
        found.append(Diagnostic("M130", f"no folder '{folder}'", Span(str(folder), 1, 1, 1, 1)))
        return
    paths = sorted(folder.rglob("*.rules"))
    if not paths:
        found.append(
            Diagnostic(
                "M130",
                f"no rules in '{folder}'",
                Span(str(folder), 1, 1, 1, 1),
                "a rule set is one or more files that end in '.rules'",
            )
        )
    for path in paths:
        name = path.as_posix()
        at = Span(name, 1, 1, 1, 1)
        try:
            if path.stat().st_size > MOST_BYTES:
                found.append(_too_large(at))
                continue
            content = path.read_bytes()
        except OSError as error:
            found.append(Diagnostic("M131", f"cannot be read: {error.strerror}", at))
            continue
        _decode(name, content, texts, found)


def _too_large(at: Span) -> Diagnostic:
    return Diagnostic("M131", f"the file is larger than {MOST_BYTES // 1024 // 1024} MiB", at)


def _decode(name: str, content: bytes, texts: dict[str, str], found: list[Diagnostic]) -> None:
    if len(content) > MOST_BYTES:
        found.append(_too_large(Span(name, 1, 1, 1, 1)))
        return
    try:
        texts[name] = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        found.append(
            Diagnostic("M131", "not UTF-8 text", Span(name, line, column, line, column + 1), "save the file as UTF-8")
        )


def _read_record(path: Path, records: dict[str, dict[str, str]], found: list[Diagnostic]) -> None:
    if not path.is_file():
        return
    try:
        record = json.loads(path.read_text("utf-8"))
        records.update({str(k): {str(a): str(b) for a, b in v.items()} for k, v in record["provisions"].items()})
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        found.append(
            Diagnostic(
                "M132",
                "not a record of 'mayuse verify'",
                Span(path.as_posix(), 1, 1, 1, 1),
                "write it anew with 'mayuse verify --record'",
            )
        )


def load_texts(
    texts: Mapping[str, str], *, folders: tuple[str, ...] = (), verified: dict[str, dict[str, str]] | None = None
) -> Rules:
    """The rules of texts by file name (`platform/document.rules`), as `load_rules` makes them of folders.

    Raises RulesError with every error found.
    """
    from .rulebook.cache import recall, remember

    digest = hashlib.sha256(f"mayuse {__version__} {_engine_stamp()}\n".encode())
    for name in sorted(texts):
        for part in (name.encode(), texts[name].encode()):
            digest.update(hashlib.sha256(part).digest())
    key = digest.hexdigest()
    cached = recall(key)
    rules = cached if cached is not None else _build(texts)
    if cached is None:
        remember(key, rules)
    from dataclasses import replace

    meaning = hashlib.sha256()
    for text in sorted(texts.values()):
        meaning.update(hashlib.sha256(text.encode()).digest())
    return replace(rules, sha256=meaning.hexdigest(), folders=folders, verified=verified)


def _engine_stamp() -> int:
    """When the code that builds rules last changed: a compiled copy made by other code is none of ours."""
    here = Path(__file__).parent
    return max(
        p.stat().st_mtime_ns for part in ("language", "rulebook", "logic", "judge") for p in (here / part).glob("*.py")
    )


def _build(texts: Mapping[str, str]) -> Rules:
    from .judge.soundness import soundness_errors
    from .language import parse
    from .rulebook.resolve import resolve

    found: list[Diagnostic] = []
    parsed = []
    for name in sorted(texts):
        file, errors = parse(texts[name], name)
        parsed.append(file)
        found += errors
    rules, errors = resolve(parsed)
    if any(d.severity == "error" for d in found):
        # What a broken block would have declared is missing, so only errors that do not come of that are told.
        unknown = ("M110", "M114", "M115", "M117", "M119")
        errors = [d for d in errors if d.code not in unknown]
    found += errors
    if rules is not None and not found:
        found += soundness_errors(rules)
    if rules is None or found:
        raise RulesError(with_lines(found, texts))
    return rules
