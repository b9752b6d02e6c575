"""Configure pip in another root folder as it is configured here: pip_as_here.py FOLDER.

Prints the folders with packages that the configuration names: the caller has to mount them there.
"""

import ast
import configparser
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit


def main(root):
    """Write ``etc/pip.conf`` and copy certificates."""
    if importlib.util.find_spec("pip") is None:  # then nobody configured it
        return
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True)
    settings = [line.split("=", 1) for line in listed.stdout.splitlines()]
    values = {name: ast.literal_eval(text) for name, text in settings}
    configuration = configparser.RawConfigParser()
    for name, value in values.items():
        section, option = name.rsplit(".", 1)
        if section != ":env:":  # the variables themselves are seen there too
            configuration.read_dict({section: {option: value}})
    with open(root / "etc" / "pip.conf", "w", encoding="utf-8") as file:
        configuration.write(file)
    words = [*" ".join(values.values()).split(), os.environ.get("SSL_CERT_FILE", "")]
    for place in dict.fromkeys(_place(word) for word in words):
        if place.is_absolute() and place.is_dir():
            print(place)
        elif place.is_absolute() and place.is_file():
            there = root / place.relative_to("/")
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(place, there)


def _place(word):
    if not word.startswith("file:"):
        return Path(word)
    place = Path(unquote(urlsplit(word).path))
    return place.parent  # the pages of an index may name files that lie beside it


if __name__ == "__main__":
    main(Path(sys.argv[1]))
