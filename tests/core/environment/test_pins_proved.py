"""What ``make pins`` does, but for asking the index."""

import json
import struct
import zipfile
from dataclasses import replace

import pytest

pytest.importorskip("tomllib", reason="make pins runs on Python 3.11 and newer")

from scripts.pins import __main__ as command
from scripts.pins import libraries, resolving
from scripts.pins.clashes import Clash, Theirs, clashes
from scripts.pins.libraries import Library, exports_of, libraries_of, plain, read_exports, read_imports
from scripts.pins.resolving import Resolution, Wheel, resolve, wheels_of
from scripts.pins.sets import SYSTEMS, WINDOWS, Set, all_sets
from scripts.pins.tables import BEGIN, END, clashes_table, packages_table, rewritten

LINUX = next(system for system in SYSTEMS if system.name == "Linux x86_64")
MAC = next(system for system in SYSTEMS if system.name == "macOS arm64")
ON_WINDOWS = Set(WINDOWS, (3, 12), "processor", 2)
ON_LINUX = Set(LINUX, (3, 12), "processor", 2)
CLASH = Clash("hdf5.dll", "QGIS 1.14.3", ("h5py",), (14, 41), 504, ())


def lock(*files):
    """A ``pylock.toml`` of one package with these wheels, of 1, 2, … bytes."""
    name, version = files[0].split("-")[:2]
    wheels = "\n".join(
        f'  {{ url = "https://index.invalid/{file}", size = {size} }},' for size, file in enumerate(files, 1)
    )
    return f'[[packages]]\nname = "{name}"\nversion = "{version}"\nwheels = [\n{wheels}\n]\n'


def dll(exports=(), imports=None):
    """The smallest 64-bit DLL with these symbols."""
    start, head = 0x1000, 0x200
    content = bytearray()

    def place(data):
        content.extend(data)
        return start + len(content) - len(data)

    def numbers(form, values):
        return struct.pack(f"<{len(values)}{form}", *values)

    names = [place(name.encode() + b"\0") for name in ("tiny.dll", *exports)]
    count = len(exports)
    tables = numbers("I", [start] * count), numbers("I", names[1:]), numbers("H", range(count))
    exported = place(struct.pack("<12xIIIIIII", names[0], 1, count, count, *map(place, tables)))
    entries = b""
    for library, symbols in (imports or {}).items():
        thunks = numbers("Q", [*(place(b"\0\0" + symbol.encode() + b"\0") for symbol in symbols), 0])
        entries += struct.pack("<I8xII", place(thunks), place(library.encode() + b"\0"), place(thunks))
    imported = place(entries + bytes(20))

    size = len(content)
    dos = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 41, 0, size, 0, 0, start)
    optional += struct.pack("<QIIHHHHHHIIIIHH", 0x180000000, 0x1000, head, 6, 0, 0, 0, 6, 0, 0, 0x3000, head, 0, 3, 0)
    optional += struct.pack("<32xII", 0, 16) + struct.pack("<IIII", exported, 40, imported, size) + bytes(8 * 14)
    section = b".rdata\0\0" + struct.pack("<IIIIIIHHI", size, start, size, head, 0, 0, 0, 0, 0x40000040)
    return (dos + coff + optional + section).ljust(head, b"\0") + bytes(content)


def test_each_system_has_its_sets():
    names = [one.name for one in all_sets()]
    assert len(names) == len(set(names)) == 44 + 9  # with the build for GPUs
    assert "macOS x86_64, Python 3.13, numpy 2, processor" not in names  # TensorFlow has none
    assert "Windows, Python 3.13, numpy 1, processor" not in names  # numpy has none
    assert {one.system.name for one in all_sets() if one.build == "gpu"} == {"Linux x86_64"}


def test_the_best_wheel_for_the_system_is_taken():
    files = (
        "thing-1.0-py3-none-any.whl",
        "thing-1.0-cp310-abi3-manylinux_2_28_x86_64.whl",
        "thing-1.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "thing-1.0-cp312-cp312-manylinux_2_28_x86_64.whl",
    )
    newest, oldest = LINUX.platforms[1], LINUX.platforms[0]
    assert wheels_of(lock(*files), (3, 12), newest)["thing"].file == files[3]
    assert wheels_of(lock(*files), (3, 12), oldest)["thing"].file == files[2]
    assert wheels_of(lock(*files), (3, 13), newest)["thing"].file == files[1]
    assert wheels_of(lock(*files), (3, 9), newest)["thing"] == Wheel(
        "thing", "1.0", f"https://index.invalid/{files[0]}", 1
    )


def test_the_oldest_system_that_a_set_resolves_for_is_reported(monkeypatch):
    asked = []

    def ask(wanted, python, platform):
        asked.append(platform.name)
        found = platform.name == "macOS 12"
        answer = lock("thing-1.0-py3-none-any.whl") if found else ""
        return resolving.CompletedProcess([], not found, answer, "no wheels\n")

    monkeypatch.setattr(resolving, "_ask", ask)
    assert resolve(Set(MAC, (3, 12), "processor", 2)).platform == "macOS 12"
    assert asked == ["macOS 11", "macOS 12"]
    assert resolve(ON_LINUX) == Resolution(problem="no wheels")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("HDF5.dll", "hdf5.dll"),
        ("hdf5-d3596c0b920225000bae6f3526f9c4fe.dll", "hdf5.dll"),
        ("libcrypto-3-x64.dll", "libcrypto-3-x64.dll"),
    ],
)
def test_a_hash_is_no_part_of_a_name(name, expected):
    assert plain(name) == expected


def test_imports_and_exports_are_read():
    data = dll(["H5close", "H5open"], {"ZLIB.dll": ["inflate", "deflate"], "KERNEL32.dll": ["ExitProcess"]})
    imports = {"zlib.dll": ["inflate", "deflate"], "kernel32.dll": ["ExitProcess"]}
    assert read_imports(data) == (imports, (14, 41))
    assert read_exports(data) == ["H5close", "H5open"]
    assert read_exports(dll()) == []


def test_a_wheel_is_read_once(monkeypatch, tmp_path):
    path = tmp_path / "h5py-3.12.1-cp312-cp312-win_amd64.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("h5py/h5.cp312-win_amd64.pyd", dll(imports={"hdf5.dll": ["H5open"]}))
        archive.writestr("h5py.libs/hdf5-0123456789ab.dll", dll(["H5open"]))
        archive.writestr("h5py/__init__.py", "")
    wheel = Wheel("h5py", "3.12.1", path.as_uri(), path.stat().st_size)
    found = libraries_of(wheel, tmp_path / "kept")
    assert [one.name for one in found] == ["h5.cp312-win_amd64.pyd", "hdf5-0123456789ab.dll"]
    assert found[0].imports == {"hdf5.dll": ["H5open"]}
    assert exports_of(wheel, "hdf5.dll", tmp_path / "kept") == {"H5open"}
    with pytest.raises(LookupError, match=r"no zlib\.dll"):
        exports_of(wheel, "zlib.dll", tmp_path / "kept")
    monkeypatch.setattr(libraries, "_members", lambda *_: pytest.fail("read again"))
    assert libraries_of(wheel, tmp_path / "kept") == found
    assert exports_of(wheel, "hdf5.dll", tmp_path / "kept") == {"H5open"}


def test_qgis_must_have_each_symbol_of_a_library_with_the_same_name():
    pyd = Library(
        "h5py", "3.14.0", "h5t.pyd", {"hdf5.dll": ["H5open", "H5T_IEEE_F16BE_g"], "other.dll": ["f"]}, (14, 43)
    )
    theirs = {
        "hdf5.dll": [
            Theirs("1.10.7", frozenset(), "update"),
            Theirs("1.14.3", frozenset({"H5open"})),
            Theirs("1.14.6", frozenset({"H5open", "H5T_IEEE_F16BE_g"})),
            Theirs("2.0.0", None),
        ],
        "zstd.dll": [Theirs("1.5", None)],
    }
    old, lacking, enough, unknown = clashes([pyd], theirs, lambda _: pytest.fail("not the runtime"))
    assert (old.missing, old.given_up, old.failed) == (("H5T_IEEE_F16BE_g", "H5open"), "update", False)
    assert (lacking.first, lacking.missing, lacking.failed) == ("QGIS 1.14.3", ("H5T_IEEE_F16BE_g",), True)
    assert (enough.users, enough.linker, enough.symbols) == (("h5py",), (14, 43), 2)
    assert (enough.missing, enough.failed) == ((), False)
    assert (unknown.missing, unknown.failed) == (None, True)


@pytest.mark.parametrize(("exported", "missing"), [({"mtx_init"}, ()), (set(), ("mtx_init",))])
def test_the_runtime_comes_before_qgis(exported, missing):
    wheels = [
        Library(
            "tensorflow", "2.21.0", "common.dll", {"msvcp140.dll": ["mtx_init"], "vcruntime140.dll": ["f"]}, (14, 0)
        ),
        Library("msvc-runtime", "14.42.34433", "msvcp140.dll", {"concrt140.dll": ["g"]}, (14, 42)),
        Library("msvc-runtime", "14.42.34433", "concrt140.dll", {}, (14, 42)),
        Library("msvc-runtime", "14.42.34433", "vcruntime140.dll", {}, (14, 42)),
    ]
    theirs = {"msvcp140.dll": [Theirs("14.39", None)], "vcruntime140.dll": [Theirs("14.29", frozenset({"f"}))]}
    ours, pythons = clashes(wheels, theirs, lambda _: frozenset(exported))
    assert (ours.library, ours.first, ours.missing) == ("msvcp140.dll", "msvc-runtime 14.42.34433", missing)
    assert (pythons.library, pythons.first, pythons.missing) == ("vcruntime140.dll", "QGIS 14.29", ())


def test_the_tables_are_short():
    def resolution(numpy):
        wheels = (Wheel("tensorflow-cpu", "2.21.0", "", 3 * 10**8), Wheel("numpy", numpy, "", 2 * 10**8))
        return Resolution({wheel.package: wheel for wheel in wheels}, "glibc 2.28")

    resolutions = {ON_LINUX: resolution("2.5.5"), replace(ON_LINUX, numpy_major=1): resolution("1.26.4")}
    rows = packages_table({**resolutions, ON_WINDOWS: Resolution(problem="no")}).splitlines()
    assert rows[2] == "| Linux x86_64 | 3.12 | 2.21.0 | – | 2.5.5 / 1.26.4 | – | – | – | – | 2 | 0.50 | glibc 2.28 |"
    assert "does not resolve" in rows[3]
    lacking = replace(CLASH, first="QGIS 1.10.7", missing=("a", "b", "c"), given_up="update QGIS")
    found = {ON_WINDOWS: [CLASH, lacking], replace(ON_WINDOWS, numpy_major=1): [replace(CLASH, linker=(14, 44))]}
    assert clashes_table(found).splitlines()[2:] == [
        "| `hdf5.dll` | QGIS 1.10.7 | h5py | 14.41 | 504 | **`a`, `b` and 1 more**: update QGIS |",
        "| `hdf5.dll` | QGIS 1.14.3 | h5py | 14.44 | 504 | none |",
    ]


def test_only_what_is_between_the_marks_is_rewritten():
    assert rewritten(f"before\n{BEGIN}\nold\n{END}\nafter\n", "new") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    with pytest.raises(ValueError, match="needs the lines"):
        rewritten("no marks", "new")


@pytest.mark.parametrize(
    ("problem", "clash", "message"),
    [
        ("", CLASH, None),
        ("no wheels", CLASH, "Windows, Python 3.12, numpy 2, processor: no wheels"),
        ("", replace(CLASH, missing=("H5T_IEEE_F16BE_g",)), "hdf5.dll of QGIS 1.14.3 lacks H5T_IEEE_F16BE_g"),
        ("", replace(CLASH, missing=None), "lacks what is not known"),
        ("", replace(CLASH, missing=("H5open",), given_up="update QGIS"), None),
    ],
)
def test_what_would_fail_at_a_users_fails_here(monkeypatch, tmp_path, capsys, problem, clash, message):
    document = tmp_path / "SYSTEMS.md"
    document.write_text(f"# Systems\n{BEGIN}\n{END}\n", encoding="utf-8")
    monkeypatch.setattr(command, "all_sets", lambda: [ON_WINDOWS])
    monkeypatch.setattr(command, "resolve", lambda _: Resolution({}, "Windows 10", problem))
    monkeypatch.setattr(command, "_on_windows", lambda *_: {ON_WINDOWS: [clash]})
    status = command.main(["--document", str(document), "--folder", str(tmp_path)])
    assert status == (message is not None)
    assert (message or "") in capsys.readouterr().err
    assert "| Windows | 3.12 |" in document.read_text(encoding="utf-8")


def test_qgis_libraries_are_told_with_their_source():
    data = json.loads(command.OSGEO4W.read_text(encoding="utf-8"))
    assert "OSGeo4W" in data["source"]
    assert [one["version"].split()[0] for one in data["libraries"]["hdf5.dll"]] == [
        "1.10.7",
        "1.14.0",
        "1.14.3",
        "1.14.6",
    ]
    assert all(name == name.lower() for name in data["libraries"])
