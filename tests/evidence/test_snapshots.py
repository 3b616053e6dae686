"""Finding the texts: clones, bundles, licence files, own files, and what is refused."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from mayuse.evidence import git as engine_git
from mayuse.evidence.snapshots import Archives, Missing, Snapshot, checked, snapshot_of
from mayuse.rulebook.model import Own

from .made import FILLER, TEXT, archived, document, git, listing, repository, rules

PATH = "Acme/Terms of Service.md"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def read(folders: list[Path], **changes: object) -> Snapshot | Missing:
    one = document(evidence=archived(TEXT, **changes))
    with Archives(folders) as archives:
        return snapshot_of(rules(one), one, archives)


@needs_git
@pytest.mark.parametrize("shape", ["clone", "bare", "bundle", "folder of bundles", "folder of clones"])
def test_a_text_is_found_by_commit_and_path_whatever_the_folder(tmp_path: Path, shape: str) -> None:
    clone = tmp_path / "some" / "name"
    commit = repository(clone, {PATH: TEXT, "other.md": "x"})
    git(clone, "bundle", "create", "--quiet", "../all.bundle", "HEAD")
    git(tmp_path, "clone", "--quiet", "--bare", "some/name", "bare.git")
    place = {"clone": clone, "bare": tmp_path / "bare.git", "bundle": tmp_path / "some" / "all.bundle"}
    if shape == "folder of bundles":
        (tmp_path / "bundles").mkdir()
        shutil.copy(tmp_path / "some" / "all.bundle", tmp_path / "bundles")
        place[shape] = tmp_path / "bundles"
    folder = place.get(shape, tmp_path / "some")
    found = read([folder], commit=commit, path=PATH)
    assert isinstance(found, Snapshot)
    assert found.text == TEXT
    assert found.words == len(" ".join(p.normal for p in found.paragraphs).split())
    assert found.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@needs_git
def test_a_bundles_clone_lives_as_long_as_the_run(tmp_path: Path) -> None:
    commit = repository(tmp_path / "clone", {PATH: TEXT})
    git(tmp_path / "clone", "bundle", "create", "--quiet", "../all.bundle", "HEAD")
    with Archives([tmp_path / "all.bundle"]) as archives:
        assert archives.read(archived(TEXT, commit=commit, path=PATH)) is not None
        temporary = Path(str(archives._temporary))
        assert temporary.is_dir()
        assert archives.read(archived(TEXT, commit="b" * 40, path=PATH)) is None
    assert not temporary.exists()


@needs_git
@pytest.mark.parametrize("path", ["Acme/None.md", "Acme", "../Acme", "./Acme/x", "/etc/passwd", "a\nb", "", "-x"])
def test_what_is_no_file_of_the_commit_is_absent(tmp_path: Path, path: str) -> None:
    commit = repository(tmp_path / "clone", {PATH: TEXT})
    found = read([tmp_path / "clone"], commit=commit, path=path)
    assert isinstance(found, Missing)
    assert found.state == "absent"


@needs_git
@pytest.mark.parametrize("commit", ["HEAD", "b" * 40, "--help", "main"])
def test_only_a_full_commit_is_asked_for(tmp_path: Path, commit: str) -> None:
    repository(tmp_path / "clone", {PATH: TEXT})
    found = read([tmp_path / "clone"], commit=commit, path=PATH)
    assert isinstance(found, Missing)


@needs_git
def test_git_does_not_look_above_the_folder(tmp_path: Path) -> None:
    repository(tmp_path / "clone", {PATH: TEXT, "inner/x.txt": "x"})
    with Archives([tmp_path / "clone" / "inner"]) as archives:
        assert len(archives.unknown) == 1


@needs_git
def test_the_environment_does_not_reach_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = repository(tmp_path / "clone", {PATH: TEXT})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "nowhere"))
    assert isinstance(read([tmp_path / "clone"], commit=commit, path=PATH), Snapshot)


@needs_git
def test_a_broken_bundle_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.bundle").write_bytes(b"no bundle")
    found = read([tmp_path])
    assert isinstance(found, Missing)
    assert found.state == "unreadable"
    good = listing(tmp_path / "licences", TEXT, archived(TEXT))
    assert isinstance(read([tmp_path, good]), Snapshot)


def test_without_git_a_clone_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(engine_git.GitError, match="not installed"):
        engine_git.read_blob(tmp_path / ".git", "a" * 40, PATH)


def test_a_listing_gives_licence_files(tmp_path: Path) -> None:
    one = archived(TEXT, collection="github", repository="acme/Model", path="LICENSE")
    folder = listing(tmp_path / "below" / "licences", TEXT, one)
    for place in (folder, folder.parent):
        with Archives([place]) as archives:
            found = archives.read(one)
            assert found is not None
            assert found[0] == TEXT.encode()
            assert archives.read(archived(TEXT, collection="github", repository="acme/other", path="LICENSE")) is None


def test_a_listing_does_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    one = archived(TEXT)
    folder = listing(tmp_path / "licences", TEXT, one)
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    rows = (folder / "SOURCES.tsv").read_text(encoding="utf-8").replace("acme.txt", "../secret.txt")
    (folder / "SOURCES.tsv").write_text(rows, encoding="utf-8")
    with Archives([folder]) as archives:
        assert archives.read(one) is None


@pytest.mark.parametrize("content", ["", "x", "file\tsource\n\n\x00\t\n", "a\tb\tc\td\n1\t2\n" * 3, '"unclosed\n'])
def test_any_listing_can_be_read(tmp_path: Path, content: str) -> None:
    (tmp_path / "SOURCES.tsv").write_text(content, encoding="utf-8")
    with Archives([tmp_path]) as archives:
        assert archives.read(archived(TEXT)) is None


def test_the_text_with_the_right_hash_is_preferred(tmp_path: Path) -> None:
    one = archived(TEXT)
    wrong, right = listing(tmp_path / "a", TEXT + "x", one), listing(tmp_path / "b", TEXT, one)
    assert isinstance(read([wrong, right]), Snapshot)
    found = read([wrong])
    assert isinstance(found, Missing)
    assert found.state == "mismatch"
    assert hashlib.sha256((TEXT + "x").encode()).hexdigest() in str(found.help)


def test_folders_without_an_archive_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with Archives([tmp_path / "empty", tmp_path / "none"]) as archives:
        assert [one.rpartition("'")[2] for one in archives.unknown] == [
            " holds no clone, bundle or SOURCES.tsv",
            " does not exist",
        ]


@pytest.mark.parametrize(
    "text",
    [
        "Too short to be terms.",
        f"Please verify you are human. {FILLER}",
        f"Enable JavaScript to view this app. {FILLER}",
    ],
)
def test_what_is_no_terms_text_is_refused(text: str) -> None:
    found = checked(text.encode(), None, None, "here", "acme/terms")
    assert isinstance(found, Missing)
    assert found.state == "unfit"
    assert isinstance(checked(text.encode(), None, None, "here", "acme/terms", own=True), Snapshot)


def test_terms_that_speak_of_captchas_are_terms() -> None:
    text = f"You may not complete the CAPTCHA by machine. {FILLER} {FILLER} {FILLER}"
    assert isinstance(checked(text.encode(), None, None, "here", "acme/terms"), Snapshot)


def test_the_floor_is_for_the_file_and_not_for_its_part() -> None:
    found = checked(TEXT.encode(), None, "Exceptions", "here", "acme/terms")
    assert isinstance(found, Snapshot)
    assert [p.number for p in found.paragraphs] == [11, 12]


@pytest.mark.parametrize(
    ("part", "help"), [("Exemptions", "did you mean 'Exceptions'?"), ("Zzz", "the part is named by a heading's text")]
)
def test_a_part_must_be_there(part: str, help: str) -> None:
    found = checked(TEXT.encode(), None, part, "here", "acme/terms")
    assert isinstance(found, Missing)
    assert (found.state, found.help) == ("no part", help)


def test_a_part_must_be_one() -> None:
    found = checked((TEXT + "\n\n## Money\n\nmore").encode(), None, "Money", "here", "acme/terms")
    assert isinstance(found, Missing)
    assert "2 headings" in found.message


def test_an_own_text_lies_beside_the_rules(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    file = tmp_path / "acme" / "terms.rules"
    file.write_text("", encoding="utf-8")
    (tmp_path / "acme" / "policy.md").write_text("No dogs.", encoding="utf-8")
    (tmp_path / "secret.md").write_text("No dogs.", encoding="utf-8")
    right = hashlib.sha256(b"No dogs.").hexdigest()

    def own(name: str, sha256: str | None = None) -> str:
        one = document(file=str(file), evidence=Own(name, sha256))
        with Archives() as archives:
            found = snapshot_of(rules(one), one, archives)
        return found.state if isinstance(found, Missing) else "found"

    assert own("policy.md") == own("policy.md", right) == "found"
    assert own("policy.md", "0" * 64) == "mismatch"
    assert own("none.md") == "absent"
    assert own("../secret.md") == own(str(tmp_path / "secret.md")) == "unreadable"


def test_a_rules_file_is_found_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "policy.md").write_text("No dogs.", encoding="utf-8")
    (tmp_path / "acme" / "terms.rules").write_text("", encoding="utf-8")
    one = document(file="acme/terms.rules", evidence=Own("policy.md", None))
    with Archives() as archives:
        assert isinstance(snapshot_of(rules(one, folders=(str(tmp_path),)), one, archives), Snapshot)
