"""The zip file that `make package` makes, and what its check finds in others."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from geodl_plugin import __version__
from scripts.check_package import placeholders, problems

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no repository")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The package of what is committed, by the attributes that lie here."""
    path = tmp_path_factory.mktemp("package") / "geodl.zip"
    options = ["--format=zip", "--prefix=geodl/", "--worktree-attributes", f"--output={path}"]
    subprocess.run(["git", "-C", str(ROOT), "archive", *options, "HEAD"], check=True)
    return path


@pytest.fixture
def changed(package, tmp_path):
    """Make a small package with other files: bytes by name, None for those that it shall not have."""
    kept = ("__init__.py", "metadata.txt", "LICENSE", "resources/icons/geodl.svg")

    def change(files, mode=0o644):
        path = tmp_path / "changed.zip"
        with zipfile.ZipFile(package) as before, zipfile.ZipFile(path, "w") as after:
            for name in (f"geodl/{one}" for one in kept):
                if name not in files:
                    after.writestr(before.getinfo(name), before.read(name))
            for name, content in files.items():
                if content is not None:
                    entry = zipfile.ZipInfo(name)
                    entry.external_attr = mode << 16
                    after.writestr(entry, content)
        return path

    return change


def test_the_site_takes_the_package(package, changed):
    assert problems(package) == problems(changed({})) == []


def test_placeholders_are_told(package):
    metadata = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    wanted = [
        name for name in ("homepage", "tracker", "repository", "email") if re.search(f"{name}=.*example", metadata)
    ]
    assert placeholders(package) == wanted


def test_what_it_needs_is_in_it(package):
    with zipfile.ZipFile(package) as found:
        names = {name.removeprefix("geodl/") for name in found.namelist()}
    tracked = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=True)
    code = [
        name
        for name in tracked.stdout.splitlines()
        if re.match(r"(algorithms|geodl_plugin|resources/models|resources/i18n)/", name)
    ]
    assert {*code, "README.md", "LICENSE", "CHANGELOG.md", "resources/examples/my_network.py"} <= names
    assert names.isdisjoint({"Makefile", "pyproject.toml", "CONTRIBUTING.md", "resources/images/architecture.svg"})


def test_its_version_is_that_of_the_library(package):
    with zipfile.ZipFile(package) as found:
        assert f"\nversion={__version__}\n" in found.read("geodl/metadata.txt").decode()
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation
    newest = re.search(r"^## .*", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    released = re.search(r"^date-released: (.*)", citation, re.MULTILINE)
    assert newest and released and newest[0] == f"## [{__version__}] – {released[1]}"


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("other/a.py", b"", "other/a.py is not in the folder geodl."),
        ("geodl/../a.py", b"", "geodl/../a.py is not in the folder geodl."),
        ("geodl/a.pyc", b"", "geodl/a.pyc is of a kind that the site refuses."),
        ("geodl/run.sh", b"", "geodl/run.sh is of a kind that the site refuses."),
        ("geodl/.git/config", b"", "geodl/.git/config is of a kind that the site refuses."),
        ("geodl/.hidden", b"", "geodl/.hidden is hidden."),
        ("geodl/tests/test_a.py", b"", "geodl/tests/test_a.py is not needed."),
        ("geodl/resources/demo/a.tif", b"", "geodl/resources/demo/a.tif is not needed."),
        ("geodl/LICENSE", None, "There is no LICENSE."),
    ],
)
def test_files_that_the_site_refuses(name, content, problem, changed):
    assert problem in problems(changed({name: content}))


def test_large_packages(changed):
    assert problems(changed({"geodl/large": bytes(5_000_001)})) == ["The package has more than 5000000 bytes."]


def test_executable_files(changed):
    assert problems(changed({"geodl/a.py": b""}, mode=0o755)) == ["geodl/a.py is executable."]


@pytest.mark.parametrize(
    ("pattern", "line", "problem"),
    [
        ("about=.*", "about=", "about is missing or empty."),
        ("author=.*", "", "author is missing or empty."),
        ("author=.*", "author=a/b", "author has a slash."),
        ("version=.*", "version=v1", "version is no version such as 1.2 or 1.2.3: v1"),
        ("tracker=.*", "tracker=http://bugs", "tracker is no address of the web: http://bugs"),
        ("repository=.*", "repository=", "repository is no address of the web: "),
        ("email=.*", "email=somebody", "email is no address: somebody"),
        ("experimental=.*", "experimental=maybe", "experimental is neither yes nor no: maybe"),
        ("icon=.*", "icon=no.svg", "There is no icon no.svg."),
        ("category=.*", "catagory=Raster", "catagory is no field of the metadata."),
        (r"about\[fr\]=.*", "about[french]=oui", "about[french] is no field of the metadata."),
        ("about=", "about=100 % ", "metadata.txt cannot be read: '%' must be followed by '%' or '('"),
        (r"\[general\]", "[other]", "metadata.txt cannot be read: No section: 'general'"),
    ],
)
def test_metadata_that_the_site_refuses(pattern, line, problem, changed):
    before = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    text, count = re.subn(f"^{pattern}", line, before, count=1, flags=re.MULTILINE)
    assert count == 1
    assert any(one.startswith(problem) for one in problems(changed({"geodl/metadata.txt": text.encode()})))


def test_what_is_no_zip_file(tmp_path):
    (tmp_path / "geodl.zip").write_bytes(b"no")
    assert problems(tmp_path / "geodl.zip") == ["It is no zip file."]
