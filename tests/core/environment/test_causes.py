"""Known causes, told from what programs really said."""

import pytest

from geodl_plugin.environment import causes
from geodl_plugin.environment.causes import cause_in

# What was said, in the words of reports to TensorFlow, h5py, QGIS, GDAL and others; part of the problem; of the remedy.
SAID = [
    (
        "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: The specified module could not be "
        "found.",
        "Visual C++",
        "Redistributable",
    ),
    (
        "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: A dynamic link library (DLL) "
        "initialization routine failed.",
        "Visual C++",
        "Redistributable",
    ),
    ("ImportError: DLL load failed while importing _ccallback_c: [WinError 126]", "Visual C++", "Redistributable"),
    (
        "ImportError: DLL load failed while importing h5t: The specified procedure could not be found",
        "HDF5",
        "Set up the environment",
    ),
    ("ImportError: DLL load failed while importing _errors: 找不到指定的程序。", "HDF5", "Set up the environment"),
    (
        "ImportError: DLL load failed while importing _gdal: The specified module could not be found.",
        "GDAL",
        "shortcut",
    ),
    ("OSError: [WinError 4551] An application control policy has blocked this file.", "policy", "looks after"),
    (
        "FileLoadException: Eine Anwendungssteuerungsrichtlinie hat diese Datei blockiert. (0x800711C7)",
        "policy",
        "looks after",
    ),
    (
        "OSError: [WinError 1260] This program is blocked by group policy. For more information, contact your system "
        "administrator",
        "policy",
        "looks after",
    ),
    (
        "ImportError: DLL load failed while importing _bz2: An Application Control policy has blocked this file.",
        "policy",
        "looks after",
    ),
    (
        "2023-10-04 18:53:33.551479: F tensorflow/core/platform/cpu_feature_guard.cc:37] The TensorFlow library was "
        "compiled to use AVX instructions, but these aren't available on your machine.",
        "AVX",
        "virtual machine",
    ),
    (
        "ImportError: dlopen(/Users/nn/.local/lib/python3.11/site-packages/PIL/_imaging.so, 0x0002): "
        "tried: '…' (code signature in <832B7F73-E854-33E1-9F65-EAF5250700D9> '…' not valid for use in process: "
        "mapping process and mapped file (non-platform) have different Team IDs)",
        "library validation",
        "conda-forge",
    ),
    (
        "ImportError: dlopen(x.so, 0x0002): tried: 'x.so' (mach-o file, but is an incompatible architecture (have "
        "'arm64', need 'x86_64'))",
        "another kind of processor",
        "Delete",
    ),
    ("OSError: [Errno 28] No space left on device", "disk is full", "room"),
    ("OSError: [WinError 112] There is not enough space on the disk", "disk is full", "room"),
    (
        "pip._vendor.urllib3.exceptions.ProxyError: ('Cannot connect to proxy.', OSError('Tunnel connection failed: "
        "407 Proxy Authentication Required'))",
        "proxy",
        "QGIS's options",
    ),
    (
        "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed "
        "certificate in certificate chain (_ssl.c:1129)'))",
        "certificate",
        "PIP_CERT",
    ),
    (
        "Failed to establish a new connection: [Errno 11001] getaddrinfo failed",
        "cannot be reached",
        "folder of wheels",
    ),
    (
        "HINT: This error might have occurred since this system does not have Windows Long Path support enabled.",
        "too long",
        "short",
    ),
    ("OSError: [WinError 206] The filename or extension is too long", "too long", "short"),
    (
        "PermissionError: [WinError 32] The process cannot access the file because it is being used by another process",
        "virus scanner",
        "Close",
    ),
    ("A module that was compiled using NumPy 1.x cannot be run in", "numpy", "Set up the environment"),
    ("AttributeError: _ARRAY_API not found", "numpy", "Set up the environment"),
    (
        "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 "
        "from PyObject",
        "numpy",
        "Set up the environment",
    ),
    ("TypeError: Descriptors cannot not be created directly.", "protobuf", "PYTHONPATH"),
    ("TypeError: Descriptors cannot be created directly.", "protobuf", "PYTHONPATH"),
    (
        "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode/Runtime versions when "
        "loading tensorflow/core/framework/attr_value.proto: gencode 6.31.1 runtime 5.29.4.",
        "protobuf",
        "PYTHONPATH",
    ),
    (
        "ImportError: /lib64/libm.so.6: version `GLIBC_2.23' not found (required by /python3.7/site-packages/"
        "tensorflow/python/_pywrap_tensorflow_internal.so)",
        "too old",
        "newer release",
    ),
    (
        "ImportError: /lib/libstdc++.so.6: version `GLIBCXX_3.4.29' not found (required by x.so)",
        "too old",
        "newer release",
    ),
    (
        "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: The paging file is too small for "
        "this operation to complete.",
        "paging file",
        "paging file",
    ),
    ("OSError: [WinError 1455] 页面文件太小，无法完成操作。", "paging file", "paging file"),
    ("RuntimeError: PROJ: proj_create_from_database: Cannot find proj.db", "proj.db", "PROJ_LIB"),
    (
        "ERROR 1: PROJ: proj_create_from_database: C:\\x\\proj.db contains DATABASE.LAYOUT.VERSION.MINOR = 0 whereas a "
        "number >= 2 is expected. It comes from another PROJ installation.",
        "proj.db",
        "PROJ_LIB",
    ),
    ("ModuleNotFoundError: No module named 'tensorflow'", "missing", "Set up the environment"),
]


@pytest.mark.parametrize(("said", "problem", "remedy"), SAID)
def test_causes_are_known_by_what_was_said(said, problem, remedy):
    cause, line = cause_in(["Traceback (most recent call last):", said, "the end"])
    assert line == said
    assert problem in cause.problem
    assert remedy in cause.remedy


def test_each_known_cause_is_told_by_somebody():
    known = {cause for _, cause in causes._CAUSES}
    assert {cause_in([said])[0] for said, _, _ in SAID} == known


def test_what_is_said_plainly_wins_over_what_comes_later():
    lines = ["DLL load failed while importing _pywrap", "[WinError 1455]", "Permission denied"]
    assert "paging file" in cause_in(lines)[0].problem


def test_the_unknown_has_no_cause():
    assert cause_in(["ValueError: something new", "numpy is fine"]) is None
