"""Outputs that are whole or not there.

Every output is written under a temporary name beside its target and renamed at the end, so that an existing output
stays until its replacement is whole.  Only one run at a time makes a target: it claims the target by a lock file beside
it, whose lock ends with the process.  What a killed run leaves is removed by the next run that makes the same target,
or by the process that started it (`tidy`).
"""

from __future__ import annotations

import atexit
import errno
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ..errors import GeodlError, InputError
from ..language import joined, tr
from ..systems import storage
from ..systems.sharing import is_held
from . import locks
from .companions import SIDECAR, belongings, discard, left_parts, part_path, scratch_path
from .publishing import Unpublished, publish, restore

_NO_ROOM = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_LITTLE = 1 << 20  # bytes that a disk with room has
_DEEPEST = 96  # characters of the longest path in a folder: TensorFlow's temporary files of a model's variables

_unfinished: set[Path] = set()
_lock = threading.Lock()


@contextmanager
def unfinished(target: str | Path, marker: str = "") -> Iterator[Path]:
    """Yield the path to write ``target`` under; it becomes ``target`` if the block ends well.

    Args:
        target: the file or folder that the block makes.
        marker: for folders, the file by which a folder of this kind is known: a folder without it that
            holds anything is the user's own and is never replaced.

    Yields:
        A temporary path beside the target.

    Raises:
        InputError: the target cannot be written there, or the disk is full, or another program has opened the
            target meanwhile: then the message says where the output is kept.
    """
    with all_unfinished([target], marker) as (part,):
        yield part


@contextmanager
def all_unfinished(targets: Sequence[str | Path], marker: str = "") -> Iterator[list[Path]]:
    """Do what `unfinished` does for several outputs that are made together.

    Args:
        targets: the files or folders that the block makes.
        marker: as for `unfinished`; the same for all targets.

    Yields:
        A temporary path for each target, in their order.

    Raises:
        InputError: as for `unfinished`.
    """
    paths = [Path(target).absolute() for target in targets]
    with claimed([(path, marker) for path in paths]), ExitStack() as stack:
        parts = {part_path(path): path for path in paths}
        for part in parts:
            stack.enter_context(discarded_in_the_end(part))
        try:
            yield [*parts]
        except GeodlError:
            raise
        except Exception as error:  # libraries raise whatever they like when the disk is full
            for part, target in parts.items():
                shortage = _shortage(part, error)
                if shortage:
                    raise InputError(
                        tr("The output {target} cannot be written.").format(target=target),
                        received=shortage,
                        remedy=tr("Make room on the disk, or choose another output."),
                    ) from error
            raise
        _publish(parts)


def write_texts(texts: Mapping[str, str]) -> None:
    """Write text files that belong together, in UTF-8: all of them, or none.

    Args:
        texts: by the file to make; one whose name is empty is not made.

    Raises:
        InputError: as for `unfinished`.
    """
    wanted = {target: text for target, text in texts.items() if target}
    with all_unfinished(list(wanted)) as parts:
        for part, text in zip(parts, wanted.values()):
            part.write_bytes(text.encode("utf-8"))


def write_text(target: str | Path, text: str) -> None:
    """Write a text file that is whole or not there, in UTF-8.

    Args:
        target: the file to make.
        text: all that it holds.

    Raises:
        InputError: as for `unfinished`.
    """
    write_texts({str(target): text})


def reserve(path: Path, size: int) -> None:
    """Check that a file of a size could be written now, for libraries that break when it cannot.

    Args:
        path: a free name on the disk in question; nothing is left there.
        size: bytes.

    Raises:
        OSError: there is not enough space.
    """
    try:
        with path.open("wb") as file:
            storage.allocate(file, size)
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def claimed(targets: Sequence[tuple[Path, str]]) -> Iterator[None]:
    """Keep other runs from making the same targets while the block runs, and clear away what killed ones left.

    Args:
        targets: files and folders to make, each with its marker, as for `unfinished`.  What lies in a folder among
            them is claimed with that.

    Raises:
        InputError: another run makes a target, a target cannot be written, or two targets are the same.
    """
    folders = {target for target, marker in targets if marker}
    known = set()
    with ExitStack() as stack:
        for target, marker in targets:
            if folders & {*target.parents}:
                continue
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                lock = stack.enter_context(locks.held(_lock_path(target), again=True))
                if lock.identity in known:
                    raise InputError(tr("Two outputs have the same name."), received=str(target))
                known.add(lock.identity)
                _clear(target)
                _check_kind(target, marker)
                if not lock.again:  # later it is too late to refuse: what was made is kept
                    _check_closed(target)
                _check_room_for_names(target, marker)
            except locks.Held:
                raise InputError(
                    tr("Another run is writing {target}.").format(target=target),
                    remedy=tr("Wait until it has ended, or choose another output."),
                ) from None
            except OSError as error:
                raise InputError(
                    tr("Cannot write in the folder {parent}.").format(parent=target.parent),
                    received=error.strerror or str(error),
                    remedy=tr("Choose an output in a folder that you may write to."),
                ) from error
        yield


@contextmanager
def discarded_in_the_end(path: Path) -> Iterator[None]:
    """Remove a file or folder when the block ends, or when `discard_unfinished` is called.

    Args:
        path: the file or folder.
    """
    with _lock:
        _unfinished.add(path)
    try:
        yield
    finally:
        discard(path)
        with _lock:
            _unfinished.discard(path)


def discard_at_exit(path: Path) -> None:
    """Remove a file or folder when this process ends, or when `discard_unfinished` is called.

    Several are removed in the reverse order of the calls.

    Args:
        path: the file or folder.
    """
    with _lock:
        _unfinished.add(path)
    atexit.register(discard, path)


def tidy(target: Path) -> None:
    """Remove what a killed run left of an output, unless another run is making it now.

    Args:
        target: the output.
    """
    target = target.absolute()
    with suppress(locks.Held, OSError):
        # A process that had to end at once may have let go of its lock before its last thread stopped writing.
        if _lock_path(target).exists() or left_parts(target):
            with locks.held(_lock_path(target)):
                _clear(target)


def is_claimed(target: Path) -> bool:
    """Whether another run is making an output now.

    Args:
        target: the output.
    """
    lock = _lock_path(target.absolute())
    try:
        if lock.exists():
            with locks.held(lock):
                pass
    except locks.Held:
        return True
    except OSError:
        pass
    return False


def discard_unfinished() -> None:
    """Remove all outputs that this process has begun and not finished; for a process that must end now."""
    with _lock:
        for part in _unfinished:
            discard(part)
    locks.let_go()


def _shortage(part: Path, error: Exception) -> str:
    """The system's message if the disk is full, or the user's quota of it; empty if there is space."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return error.strerror or ""
    try:
        reserve(part_path(part), _LITTLE)
    except OSError as shortage:
        return (shortage.strerror or "") if shortage.errno in _NO_ROOM else ""
    return ""


def _check_kind(target: Path, marker: str) -> None:
    """Raise `InputError` if ``target`` is of the other kind, or a folder without ``marker`` that holds anything."""
    if marker and target.is_dir() and any(target.iterdir()) and not (target / marker).is_file():
        raise InputError(
            tr("The folder {target} cannot be replaced.").format(target=target),
            expected=tr("a new folder, an empty one, or one made by GeoDL (it holds {marker})").format(marker=marker),
            received=tr("a folder with other files in it"),
            remedy=tr("Choose another output folder."),
        )
    if target.exists() and target.is_dir() != bool(marker):
        problem = (
            tr("The file {target} cannot be replaced by a folder.")
            if marker
            else tr("The folder {target} cannot be replaced by a file.")
        )
        raise InputError(
            problem.format(target=target),
            remedy=tr("Choose another output."),
        )


def _check_closed(target: Path) -> None:
    """Raise `InputError` if ``target`` is there and cannot be replaced since a program has it open."""
    for path in target.rglob("*") if target.is_dir() else belongings(target):
        if path.is_file() and is_held(path):
            raise InputError(
                tr("The output {target} is open in another program, most likely as a layer in QGIS.").format(
                    target=target
                ),
                received=tr("the file {path} cannot be replaced").format(path=path),
                remedy=tr("Remove the layer or close the program, or choose another output."),
            )


def _check_room_for_names(target: Path, marker: str) -> None:
    """Raise `InputError` if the longest path that a run makes cannot be made, `OSError` if none can."""
    part = part_path(target)
    if marker:
        longest = part / ("x" * _DEEPEST)
    else:
        longest = scratch_path(part)
        longest = longest.with_name(longest.name + SIDECAR)
    try:
        if marker:
            part.mkdir()
        longest.touch()
    except OSError as error:
        if storage.may_be_too_long(longest):
            raise InputError(
                tr("The path of the output {target} is too long for Windows.").format(target=target),
                expected=tr("at most {longest} characters").format(
                    longest=storage.LONGEST - len(str(longest)) + len(str(target))
                ),
                received=str(len(str(target))),
                remedy=tr("Choose a folder with a shorter path, or turn on long paths in Windows (LongPathsEnabled)."),
            ) from error
        raise
    finally:
        discard(part)


def _publish(parts: dict[Path, Path]) -> None:
    """Give outputs their names.

    Raises:
        InputError: some cannot have theirs; the message says where they are kept.
    """
    refused: dict[Path, Unpublished] = {}
    for part, target in parts.items():
        try:
            publish(part, target)
        except Unpublished as error:
            refused[target] = error
    if refused:
        kept = [str(error.kept) for error in refused.values() if error.kept]
        raise InputError(
            tr("The output {listed} cannot be written.").format(listed=_listed(refused)),
            received=_listed({error.reason: None for error in refused.values()}),
            remedy=tr("What was made is kept as {listed}.").format(listed=_listed(kept))
            if kept
            else tr("Close the programs that have it open, and run again."),
        )


def _listed(names: Iterable[object]) -> str:
    return joined([*map(str, names)])


def _clear(target: Path) -> None:
    """Remove what killed runs left of a target that nobody makes now, and put an output that was set aside back."""
    restore(target)
    for part in left_parts(target):
        discard(part)


def _lock_path(target: Path) -> Path:
    return target.with_name(f".{target.name}.lock")
