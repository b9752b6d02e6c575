"""The means of the disturbances: damaged files, small disks, the past."""

import contextlib
import functools
import os
import random
import shutil
import subprocess
import tempfile
import time

from .scenarios import BLOCK


def spoil(file, how, seed):
    """Damage a file; gives what was done."""
    chance = random.Random(seed)
    data = bytearray(file.read_bytes())
    if how == "gone":
        file.unlink()
        return how
    if how == "emptied" or not data:
        file.write_bytes(b"")
        return how
    at = chance.randrange(len(data))
    if how == "cut":
        with file.open("r+b") as opened:
            opened.truncate(at)
        return f"cut after {at} of {len(data)} bytes"
    if how == "zeros":
        length = min(chance.randrange(1, 4096), len(data) - at)
        data[at : at + length] = bytes(length)
        what = f"{length} zeros at {at}"
    else:
        places = [chance.randrange(len(data)) for _ in range(chance.choice((1, 4, 64)))]
        for place in places:
            data[place] = chance.randrange(256)
        what = f"bytes changed at {places[:4]}"
    with file.open("r+b") as opened:
        opened.write(data)
    return what


def clear(folder):
    """Remove what a killed process left in its temporary folder."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


@functools.cache
def may_mount():
    """Whether this process may mount a disk in memory."""
    with tempfile.TemporaryDirectory() as folder:
        mounted = _does("mount", "-t", "tmpfs", "-o", "size=4096", "tmpfs", folder)
        return mounted and _does("umount", folder)


@contextlib.contextmanager
def disk(case, room):
    """The folder of outputs is a disk of so many bytes meanwhile."""
    _does("mount", "-t", "tmpfs", "-o", f"size={max(room, BLOCK)}", "tmpfs", str(case.out))
    if case.old:
        case.put_old()
        case.before = case.files()
    try:
        yield
    finally:
        _does("umount", "--lazy", str(case.out))


def remount(case, mode):
    """Make the mounted disk read-only or not; False if a file is open for writing."""
    return _does("mount", "-o", f"remount,{mode}", str(case.out))


def _does(*command):
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def age(folder, seconds):
    """Say that all in a folder was changed so many seconds from now."""
    then = time.time() + seconds
    for path in folder.rglob("*"):
        os.utime(path, (then, then), follow_symlinks=False)
