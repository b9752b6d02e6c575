"""How the end of a pipe is noticed, on Windows, too."""

import ctypes
import os
import select
import sys
import threading
import time
import types

import pytest

from geodl_plugin.systems import pipes

PATIENCE = 20  # seconds, for a busy machine


@pytest.fixture
def pipe():
    """Both ends of a pipe; the end for writing is a file."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb", buffering=0) as stream:
        yield reading, stream
    os.close(reading)


class Kernel32:
    """Windows' function, for pipes of this system; it refuses what is none."""

    def __init__(self, name):
        assert name == "kernel32"

    def PeekNamedPipe(self, handle, buffer, size, read, available, left):
        assert (buffer, size, read, left) == (None, 0, None, None)
        if not os.path.realpath(f"/proc/self/fd/{handle.value}").rpartition("/")[2].startswith("pipe:"):
            return 0  # ERROR_INVALID_FUNCTION
        watch = select.poll()
        watch.register(handle.value, select.POLLIN)
        found = dict(watch.poll(0)).get(handle.value, 0)
        if found & select.POLLHUP and not found & select.POLLIN:
            return 0  # ERROR_BROKEN_PIPE
        available._obj.value = bool(found & select.POLLIN)
        return 1


@pytest.fixture(params=["linux", "win32"])
def system(request, monkeypatch):
    """Play Linux, and Windows, where a read that has to wait fails the test."""
    if request.param == "win32":
        real = os.read

        def read(descriptor, size):
            assert select.select([descriptor], [], [], 0)[0], "the read would wait"
            return real(descriptor, size)

        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(os, "read", read)
        monkeypatch.setattr(ctypes, "WinDLL", Kernel32, raising=False)
        monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(get_osfhandle=lambda descriptor: descriptor))
    return request.param


def waiting(descriptor):
    """A thread that waits for the end of a pipe, and what it raised."""
    raised = []

    def wait():
        try:
            pipes.wait_for_end(descriptor)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread, raised


def test_the_end_of_a_pipe_is_noticed(system, pipe):
    reading, stream = pipe
    thread, raised = waiting(reading)
    thread.join(0.3)
    assert thread.is_alive()
    stream.write(b"what nobody asked for")
    thread.join(0.3)
    assert thread.is_alive()
    begun = time.monotonic()
    stream.close()
    thread.join(PATIENCE)
    assert not thread.is_alive() and raised == []
    assert time.monotonic() - begun < 1


@pytest.mark.usefixtures("system")
def test_what_came_before_the_end_does_not_hide_it(pipe):
    reading, stream = pipe
    stream.write(bytes(10_000))
    stream.close()
    thread, raised = waiting(reading)
    thread.join(PATIENCE)
    assert not thread.is_alive() and raised == []


@pytest.mark.usefixtures("system")
def test_a_file_has_an_end(tmp_path):
    (tmp_path / "job.json").write_bytes(bytes(10_000))
    with (tmp_path / "job.json").open("rb") as file:
        pipes.wait_for_end(file.fileno())


@pytest.mark.parametrize(
    ("written", "line"),
    [(b"one\ntwo\n", "one\n"), ("影像\n".encode(), "影像\n"), (b"\xff\n", "\ufffd\n"), (b"half", "half"), (b"", "")],
)
def test_the_first_line_is_text(pipe, written, line):
    reading, stream = pipe
    stream.write(written)
    stream.close()
    assert pipes.first_line(reading) == line
    assert os.fstat(reading)


@pytest.mark.usefixtures("system")
def test_whole_lines_are_passed_on_until_the_end(pipe):
    reading, stream = pipe
    lines = []
    thread = threading.Thread(target=pipes.wait_for_end, args=(reading, lines.append), daemon=True)
    thread.start()
    for piece in (b"one\ntw", b"o\n", "影\n".encode()[:2], "影\n".encode()[2:], b"half"):
        stream.write(piece)
        time.sleep(0.02)
    stream.close()
    thread.join(PATIENCE)
    assert lines == ["one", "two", "影"]
