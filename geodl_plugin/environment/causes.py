"""Known causes of what goes wrong with an environment, each with its one remedy.

The patterns are what Windows, macOS, pip, TensorFlow and the others say; where Windows speaks the user's language,
`systems.libraries.numbered` adds the number of its error.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..language import mark, tr


class Cause(NamedTuple):
    """Why something failed.

    Args:
        problem: what is wrong, one sentence.
        remedy: what to do about it.
    """

    problem: str
    remedy: str

    def translated(self) -> Cause:
        """The same in the language of the user."""
        return Cause(tr(self.problem), tr(self.remedy))


_RUNTIME = Cause(
    mark("A native library cannot be loaded: the Microsoft Visual C++ runtime is missing or too old."),
    mark(
        "Install the newest Microsoft Visual C++ Redistributable (x64) from Microsoft's website, restart the "
        "computer, then run Set up the environment again."
    ),
)
_HDF5 = Cause(
    mark("h5py cannot be loaded: the HDF5 library of this QGIS, which stands in for its own, does not suit it."),
    mark(
        "Run Set up the environment again, which installs an h5py for it; if this QGIS is from before May 2023, "
        "install a newer one."
    ),
)
_POLICY = Cause(
    mark("A policy of this computer (Smart App Control, AppLocker or an application control policy) blocks the file."),
    mark("Ask whoever looks after this computer to allow the folder of the environment."),
)
AVX = Cause(
    mark("This processor has no AVX instructions, which TensorFlow needs."),
    mark(
        "Use a computer whose processor has them: most from 2013 on do. In a virtual machine let it pass on the "
        "processor of its host."
    ),
)
ROSETTA = Cause(
    mark(
        "This QGIS is made for Intel processors and runs on an Apple processor by Rosetta, which has no AVX "
        "instructions before macOS 15; TensorFlow needs them."
    ),
    mark("Install the QGIS for Apple silicon, then run Set up the environment again."),
)
_LIBRARY_VALIDATION = Cause(
    mark("macOS does not let this QGIS load libraries that others have signed (library validation)."),
    mark(
        "Install QGIS, TensorFlow and Keras from conda-forge, and name the Python of that environment in the "
        "variable GEODL_PYTHON."
    ),
)
_DISK = Cause(mark("The disk is full."), mark("Make room, then run this again."))
_PROXY = Cause(
    mark("The proxy does not let pip through."),
    mark(
        "Check the proxy in QGIS's options, tab Network (pip needs an HTTP proxy), or ask for a folder of "
        "wheels and name it in the parameter WHEELS."
    ),
)
_CERTIFICATE = Cause(
    mark("The certificate of the package index is not trusted."),
    mark("If your organisation inspects its network traffic, name its certificate file in the variable PIP_CERT."),
)
_NETWORK = Cause(
    mark("The package index cannot be reached."),
    mark(
        "Check the network and the proxy in QGIS's options, then run this again, or ask for a folder of wheels "
        "and name it in the parameter WHEELS."
    ),
)
_LONG_PATHS = Cause(
    mark("The paths are too long for this Windows."),
    mark("Run Set up the environment with a FOLDER whose path is short, such as C:\\geodl."),
)
_LOCKED = Cause(
    mark(
        "A file of the environment cannot be written: another program, such as a virus scanner, holds it open, "
        "or you may not write there."
    ),
    mark("Close all other programs that use the environment, then run this again."),
)
_NUMPY = Cause(
    mark("Two packages of the environment need different versions of numpy."),
    mark("Run Set up the environment again, which installs the numpy that QGIS's GDAL was compiled for."),
)
_PROTOBUF = Cause(
    mark("The package protobuf does not suit TensorFlow."),
    mark("Run Set up the environment again; if a variable PYTHONPATH names a folder with another protobuf, remove it."),
)
_GLIBC = Cause(
    mark("This Linux is too old for TensorFlow: its C library (glibc) lacks what TensorFlow needs."),
    mark("Use a newer release of the distribution, or QGIS and TensorFlow from conda-forge."),
)
_PAGING = Cause(
    mark("Windows has too little memory: its paging file is too small."),
    mark(
        "Close other programs, or let Windows manage the size of the paging file (System, Advanced system "
        "settings, Performance)."
    ),
)
_GDAL = Cause(
    mark("The environment's Python cannot load QGIS's GDAL."),
    mark(
        "Start QGIS by its own shortcut, which says where GDAL's libraries are, then run Set up the environment again."
    ),
)
_PROJ = Cause(
    mark("GDAL does not find proj.db, the database of coordinate systems."),
    mark("Remove the variables PROJ_DATA and PROJ_LIB from the system's settings, and start QGIS anew."),
)
_BITS = Cause(
    mark("A library is made for another kind of processor than this Python."),
    mark("Delete the folder of the environment, then run Set up the environment again."),
)
_MISSING = Cause(
    mark("A package that GeoDL needs is missing."),
    mark("Run Set up the environment again, which installs what is missing."),
)

# The first that fits counts: what is said plainly comes before what is said of many things.
_CAUSES = (
    (r"\[Errno 28\]|\[WinError 112\]|No space left|not enough space on the disk", _DISK),
    (r"\[WinError 1455\]|os error 1455|paging file is too small", _PAGING),
    (r"\[WinError (4551|1260)\]|0x800711C7|Application Control policy has blocked|blocked by group policy", _POLICY),
    (r"Library Validation|different Team IDs|mapping process and mapped file", _LIBRARY_VALIDATION),
    (r"compiled to use (AVX|AVX2|FMA|SSE4\.\d)\b.* instructions", AVX),
    (r"version .GLIBC(XX)?_[\d.]+. not found", _GLIBC),
    (r"compiled using NumPy 1\.x cannot be run|_ARRAY_API not found|numpy\.dtype size changed", _NUMPY),
    (
        r"Descriptors cannot (not )?be created directly|incompatible Protobuf|libprotobuf (FATAL|ERROR)"
        r"|from 'google\.protobuf",
        _PROTOBUF,
    ),
    (r"[Cc]annot find proj\.db|proj_create.*: (no database|SQLite error)|PROJ: .*DATABASE\.LAYOUT", _PROJ),
    (r"DLL load failed while importing (h5\w*|_errors|_conv|_objects|_proxy|_selector|_npystrings|defs)\b", _HDF5),
    (r"DLL load failed while importing _(gdal|gdal_array|gdalconst|osr|ogr|gnm)\b", _GDAL),
    (r"incompatible architecture|not a valid Win32 application|\[WinError 193\]|wrong ELF class", _BITS),
    (r"DLL load failed|\[WinError (126|127|1114|14001)\]", _RUNTIME),
    (r"ProxyError|407 Proxy|Tunnel connection failed|SOCKS", _PROXY),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError", _CERTIFICATE),
    (
        r"[Nn]ame resolution|getaddrinfo|NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|unreachable"
        r"|Connection (refused|reset|aborted|broken)",
        _NETWORK,
    ),
    (r"Long Path|\[WinError 206\]|\[Errno 36\]|[Ff]ile ?name too long", _LONG_PATHS),
    (r"\[Errno 13\]|\[WinError (5|32)\]|Permission denied", _LOCKED),
    (r"No module named ['\"]?(tensorflow|keras|h5py|numpy|osgeo|pystac|matplotlib|jinja2)\b", _MISSING),
)


def cause_in(lines: list[str]) -> tuple[Cause, str] | None:
    """The first known cause by rank that any of the lines tells of, with the last line that does."""
    for pattern, cause in _CAUSES:
        telling = [line for line in lines if re.search(pattern, line)]
        if telling:
            return cause.translated(), telling[-1].strip()
    return None
