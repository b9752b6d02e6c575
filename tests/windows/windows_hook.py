"""Files as Windows has them in this process: what `install` begins; see ``tests/windows_files.py``."""

import os
import re
import sys
import traceback
from contextlib import suppress
from pathlib import Path

_IN_USE = 32  # Windows' number of the error
_WRONG_NAME = 123
_EXISTS = 183
_OURS = re.compile(r"/pytest-of-[^/]+/|/geodl_[a-z0-9_]{8}(/|$)")
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ROOT = Path(__file__).resolve().parents[2]
LOG = "GEODL_WINDOWS_FILES_LOG"  # variable: the file in which processes that tests start tell of refusals
OTHERS = "GEODL_WINDOWS_FILES_OTHERS"  # variable: numbers of more processes that may have files open

refused = []  # what was refused, and where
_real_rename = os.rename


def install():
    """Have files so in this process, from now on: there is no way back."""
    if os.rename is not _rename:
        sys.addaudithook(_hook)
        os.rename = _rename


def _hook(event, arguments):
    if event == "os.rename":
        source, target, *folders = arguments
        source, target = _absolute(source, folders[0]), _absolute(target, folders[1])
        _refuse_held("rename", source)
        if target != source:
            _refuse_held("replace", target)
            _refuse_name(target)
    elif event in {"os.remove", "os.rmdir"}:
        _refuse_held("remove", _absolute(*arguments))
    elif event == "os.mkdir":
        _refuse_name(_absolute(arguments[0], arguments[2]))
    elif event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)) and arguments[2] & os.O_CREAT:
        _refuse_name(_absolute(arguments[0]))


def _rename(source, target, **folders):
    """As `os.rename`, which replaces files on Linux only."""
    if not folders and os.path.lexists(target) and not os.path.samefile(source, target) and _is_ours(str(target)):
        raise _error(_EXISTS, FileExistsError(17, "[WinError 183] the file exists already", str(target)))
    return _real_rename(source, target, **folders)


def _absolute(path, folder=-1):
    """A path in full; symbolic links of its folders are followed, its own is not."""
    path = os.fsdecode(path)
    start = os.readlink(f"/proc/self/fd/{folder}") if isinstance(folder, int) and folder >= 0 else ""
    parent, name = os.path.split(os.path.abspath(os.path.join(start, path)))
    return os.path.join(os.path.realpath(parent), name)


def _is_ours(path):
    return _OURS.search(path) is not None


def _refuse_held(what, path):
    if not _is_ours(path) or not os.path.lexists(path):
        return
    below = path + os.sep
    for held in _held():
        if held == path or held.startswith(below):
            _note(f"{what} {path}" + (f", which holds {held}" if held != path else ""))
            raise _error(_IN_USE, PermissionError(13, "[WinError 32] used by another process", path))


def _refuse_name(path):
    name = os.path.basename(path)
    if _is_ours(path) and not os.path.lexists(path) and (_FORBIDDEN.search(name) or _RESERVED.fullmatch(name)):
        _note(f"make {path}")
        raise _error(_WRONG_NAME, OSError(22, "[WinError 123] the name is not allowed", path))


def _error(number, error):
    error.winerror = number
    return error


def _held():
    """The files that this process and its children have open or mapped, and the folders that they are in."""
    others = os.environ.get(OTHERS, "").split()
    for process in (*_family(os.getpid()), *map(int, others)):
        for link in ("cwd", *(f"fd/{one}" for one in _entries(f"/proc/{process}/fd"))):
            with suppress(OSError):
                yield os.readlink(f"/proc/{process}/{link}")
        with suppress(OSError), Path(f"/proc/{process}/maps").open(encoding="utf-8", errors="replace") as maps:
            for line in maps:
                _, slash, path = line.rstrip("\n").partition("/")
                if slash:
                    yield slash + path


def _family(process):
    yield process
    for task in _entries(f"/proc/{process}/task"):
        with suppress(OSError):
            for child in Path(f"/proc/{process}/task/{task}/children").read_text().split():
                yield from _family(int(child))


def _entries(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _note(what):
    """Remember a refusal, and which lines of GeoDL it met."""
    stack = [(os.path.realpath(one.filename), one.lineno) for one in traceback.extract_stack()]
    rooms = (f"{_ROOT}/geodl_plugin/", f"{_ROOT}/algorithms/")
    frames = [f"{os.path.relpath(name, _ROOT)}:{line}" for name, line in stack if name.startswith(rooms)]
    text = f"{what} at {' < '.join(reversed(frames[-4:])) or 'no line of GeoDL'}"
    refused.append(text)
    if LOG in os.environ and "pytest" not in sys.modules:  # else pytest tells of it
        with Path(os.environ[LOG]).open("a", encoding="utf-8") as log:
            log.write(text + "\n")
