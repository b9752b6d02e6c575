"""Check a zip file of the plugin: `python3 -m scripts.check_package geodl.zip`.

By the rules of plugins.qgis.org as its source has them (github.com/qgis/QGIS-Plugins-Website: the validator of uploads
and the analysis of files), and some of our own: what is not needed to run stays out, and the metadata are whole.
"""

import re
import stat
import sys
from configparser import ConfigParser, Error
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

MAXIMUM_SIZE = 5_000_000  # bytes; the site takes 25 MB
FILES = ("__init__.py", "metadata.txt", "LICENSE")
FORBIDDEN_FOLDERS = {"__MACOSX", ".git", "__pycache__"}
FORBIDDEN_KINDS = {".pyc", ".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd"}
NOT_NEEDED = ("tests", "scripts", "benchmarks", "build", "docs", "resources/demo")
REQUIRED = (
    "name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker", "repository",
)  # fmt: skip
ADDRESSES = ("homepage", "tracker", "repository")
TRUTHS = ("hasProcessingProvider", "experimental", "deprecated", "server")
OPTIONAL = ("homepage", "changelog", "qgisMaximumVersion", "tags", "category", "icon", *TRUTHS)
TRANSLATED = re.compile(r"(description|about)\[[a-z]{2}\]")  # QGIS's list of plugins shows those of its language
VERSION = re.compile(r"\d+(\.\d+){1,2}")
RESERVED_HOSTS = ("example.org", "example.com", "example.net")  # RFC 2606: nobody has them


def problems(path: Path) -> list[str]:
    """What is wrong with a package, as sentences; none if the site would take it, but for placeholders."""
    found = [] if path.stat().st_size <= MAXIMUM_SIZE else [f"The package has more than {MAXIMUM_SIZE} bytes."]
    try:
        with ZipFile(path) as package:
            if package.testzip():
                return [*found, f"{package.testzip()} is damaged."]
            return found + _problems_of_files(package) + _problems_of_metadata(package)
    except BadZipFile:
        return [*found, "It is no zip file."]


def placeholders(path: Path) -> list[str]:
    """The fields of the metadata that name a reserved host: to be filled in before an upload."""
    with ZipFile(path) as package:
        metadata = _metadata(package)
    hosts = {name: urlsplit(metadata.get(name, "")).hostname or "" for name in ADDRESSES}
    hosts["email"] = metadata.get("email", "").rpartition("@")[2]
    return [name for name, host in hosts.items() if host.endswith(RESERVED_HOSTS)]


def _top(package: ZipFile) -> str:
    return package.namelist()[0].partition("/")[0]


def _problems_of_files(package: ZipFile) -> list[str]:
    names, top = package.namelist(), _top(package)
    found = [] if top.isidentifier() and top.isascii() else [f"The folder {top} has no name that Python can import."]
    found += [f"There is no {name}." for name in FILES if f"{top}/{name}" not in names]
    for entry in package.infolist():
        name, parts = entry.filename, PurePosixPath(entry.filename).parts
        if name.startswith("/") or ".." in name or parts[0] != top:
            found.append(f"{name} is not in the folder {top}.")
        if FORBIDDEN_FOLDERS & {*parts} or PurePosixPath(name).suffix.lower() in FORBIDDEN_KINDS:
            found.append(f"{name} is of a kind that the site refuses.")
        if parts[-1].startswith("."):
            found.append(f"{name} is hidden.")
        if not entry.is_dir() and entry.external_attr >> 16 & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH):
            found.append(f"{name} is executable.")
        if any(f"{name}/".startswith(f"{top}/{folder}/") for folder in NOT_NEEDED):
            found.append(f"{name} is not needed.")
    return found


def _metadata(package: ZipFile) -> dict[str, str]:
    parser = ConfigParser()  # as the site reads it: % has a meaning
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(package.read(f"{_top(package)}/metadata.txt").decode("utf-8"))
    return dict(parser.items("general"))


def _problems_of_metadata(package: ZipFile) -> list[str]:
    try:
        metadata = _metadata(package)
    except (Error, KeyError, UnicodeDecodeError) as error:
        return [f"metadata.txt cannot be read: {error}"]
    found = [f"{name} is missing or empty." for name in REQUIRED if not metadata.get(name, "").strip()]
    known = (*REQUIRED, *OPTIONAL)
    others = [name for name in metadata if name not in known and not TRANSLATED.fullmatch(name)]
    found += [f"{name} is no field of the metadata." for name in others]
    for name in ("version", "qgisMinimumVersion", "qgisMaximumVersion"):
        if name in metadata and not VERSION.fullmatch(metadata[name]):
            found.append(f"{name} is no version such as 1.2 or 1.2.3: {metadata[name]}")
    for name in ADDRESSES:
        address = urlsplit(metadata.get(name, ""))
        if address.scheme not in ("http", "https") or "." not in (address.hostname or ""):
            found.append(f"{name} is no address of the web: {metadata.get(name, '')}")
    for name in TRUTHS:
        if metadata.get(name, "False") not in ("True", "False", "yes", "no"):
            found.append(f"{name} is neither yes nor no: {metadata[name]}")
    if "/" in metadata.get("author", ""):
        found.append("author has a slash.")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", metadata.get("email", "")):
        found.append(f"email is no address: {metadata.get('email', '')}")
    if f"{_top(package)}/{metadata.get('icon')}" not in package.namelist():
        found.append(f"There is no icon {metadata.get('icon')}.")
    return found


def main() -> None:
    """Print what is wrong, and end with 1 if something is."""
    path = Path(sys.argv[1])
    found = problems(path)
    print(*found, sep="\n", end="\n" if found else "")
    if not found:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
        if names := placeholders(path):
            print(f"Before an upload, fill in {', '.join(names)} in metadata.txt: these are placeholders.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
