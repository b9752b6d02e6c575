"""Texts without what tells who somebody is: the user's name, the home folder, the computer's name, passwords."""

from __future__ import annotations

import getpass
import os
import platform
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

HOME, CLOUD, USER, HOST, HIDDEN = "~", "~OneDrive", "USER", "HOST", "***"
_LEAST = 3  # letters of a name from which on it is looked for outside paths, too
# Names of users that are words of ours, or of the system's: hidden as parts of a home folder only.
_WORDS = {
    "admin", "administrator", "bin", "build", "conda", "data", "default", "desktop", "dev", "etc", "gdal",
    "geo", "geodl", "gis", "gpu", "guest", "home", "host", "include", "intel", "lib", "linux", "local",
    "localhost", "mac", "macos", "nvidia", "opt", "osgeo", "owner", "plugin", "plugins", "processor", "program",
    "programs", "proj", "public", "python", "qgis", "root", "run", "runner", "server", "share", "shared",
    "site", "src", "start", "system", "temp", "tensorflow", "test", "tests", "tmp", "tools", "train",
    "training", "user", "users", "usr", "var", "windows", "work", "worker",
}  # fmt: skip
_SECRETS = re.compile(r"PASS|PWD|SECRET|TOKEN|KEY|AUTH|BEARER|HEADER|COOKIE|CREDENTIAL|SIGNATURE", re.IGNORECASE)
_URL_USER = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/]*@", re.IGNORECASE)
_PROXY_USER = re.compile(r"^[^\s/@]+:[^\s/]*@")  # of a proxy that is written without http://
_SOMEBODYS = re.compile(  # the folder of anybody, also of another user, and short as Windows writes it: ANNLEE~1
    r"([\\/](?:users|home|homes|documents and settings)(?:\\\\|[\\/]))(?!(?:public|shared|default|all users)\b)"
    r"(?:[^\\/:*?\"<>|\r\n]+?(?=[\\/])|[^\s\\/:*?\"<>|,;']+)",
    re.IGNORECASE,
)


class Privacy:
    """Hides names.

    Args:
        homes: the user's home folders, however they are written.
        clouds: folders that a cloud service keeps, whose names often hold that of an organisation.
        users: the user's names.
        hosts: the computer's names.
    """

    def __init__(self, homes: Iterable[str], clouds: Iterable[str], users: Iterable[str], hosts: Iterable[str]) -> None:
        folders = [(path, CLOUD) for path in clouds] + [(path, HOME) for path in homes]
        self._rules: list[tuple[re.Pattern[str], str]] = [
            (_folder(path), shown)
            for path, shown in sorted(folders, key=lambda folder: -len(folder[0]))
            if len(path.strip("\\/")) > 1 and not re.fullmatch(r"[a-z]:[\\/]*", path, re.IGNORECASE)
        ]
        for names, shown in ((users, USER), (hosts, HOST)):
            for name in sorted({name.strip() for name in names if name.strip()}, key=lambda name: -len(name)):
                self._rules += [(pattern, shown) for pattern in _name(name)]

    @classmethod
    def of_this_computer(cls) -> Privacy:
        """For the user and the computer that this runs on."""
        get = os.environ.get
        homes = {str(Path.home()), get("HOME", ""), get("USERPROFILE", ""), get("HOMEDRIVE", "") + get("HOMEPATH", "")}
        users = {get(name, "") for name in ("USERNAME", "USER", "LOGNAME")} | {Path.home().name}
        with suppress(KeyError, OSError, ImportError):  # a user without a name, as in containers
            users.add(getpass.getuser())
        hosts = {get(name, "") for name in ("COMPUTERNAME", "USERDOMAIN", "USERDNSDOMAIN", "HOSTNAME")}
        hosts |= {platform.node()}
        clouds = {get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")}
        return cls(homes, clouds, users, hosts | {name.split(".")[0] for name in hosts})

    def text(self, text: str) -> str:
        """A text without names."""
        text = _URL_USER.sub(rf"\g<1>{HIDDEN}@", text)
        for pattern, shown in self._rules:
            text = pattern.sub(shown, text)
        return _SOMEBODYS.sub(rf"\g<1>{USER}", text)

    def value(self, value: Any) -> Any:
        """A value of JSON, in whose texts and keys there are no names."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.value(content) for key, content in value.items()}
        return [self.value(item) for item in value] if isinstance(value, (list, tuple)) else value


def without_secrets(name: str, value: str) -> str:
    """The value of a variable; hidden if its name says that it is a secret, or in part if it names a user."""
    return HIDDEN if _SECRETS.search(name) and value else _PROXY_USER.sub(f"{HIDDEN}@", value)


def _folder(path: str) -> re.Pattern[str]:
    """The folder at the begin of paths, with slashes of either kind, single or doubled as in Python's texts."""
    parts = [re.escape(part) for part in re.split(r"[\\/]+", path.rstrip("\\/"))]
    return re.compile(r"(?<![\w.~-])" + r"[\\/]{1,2}".join(parts) + r"(?![\w.-])", re.IGNORECASE)


def _name(name: str) -> list[re.Pattern[str]]:
    """A name as a part of a path, and, if it is none of our words, wherever no letter touches it."""
    if name.lower() in _WORDS:
        return []
    escaped = re.escape(name)
    patterns = [rf"(?<=[\\/]){escaped}(?=[\\/\s\"']|$)"]
    if len(name) >= _LEAST:
        patterns.append(rf"(?<![^\W\d_]){escaped}(?![^\W\d_])")
        short = re.sub(r"[\s.]", "", name)[:6]
        if len(short) == 6:
            patterns.append(rf"(?<=[\\/]){re.escape(short)}~\d")  # its short form on Windows
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
