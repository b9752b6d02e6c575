"""Why pip or TensorFlow failed, in words that help."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import EnvironmentProblem
from .command import Failed
from .pins import PIP

_OFFLINE = "or ask for a folder of wheels and name it in the parameter WHEELS."
_CAUSES = (  # what a program says, what that means, what to do; the first that fits counts
    (r"\[Errno 28\]|\[WinError 112\]|No space left", "The disk is full.", "Make room, then run this again."),
    (
        r"ProxyError|407 Proxy|Tunnel connection failed|SOCKS",
        "The proxy does not let pip through.",
        "Check the proxy in QGIS's options, tab Network (pip needs an HTTP proxy), " + _OFFLINE,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "The certificate of the package index is not trusted.",
        "If your organisation inspects its network traffic, name its certificate file in the variable PIP_CERT.",
    ),
    (
        r"[Nn]ame resolution|getaddrinfo|NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|unreachable"
        r"|Connection (refused|reset|aborted|broken)",
        "The package index cannot be reached.",
        "Check the network and the proxy in QGIS's options, then run this again, " + _OFFLINE,
    ),
    (
        r"Long Path",
        "The paths are too long for this Windows.",
        "Choose a folder with a short name, or allow long paths in Windows.",
    ),
    (
        r"\[Errno 13\]|\[WinError (5|32)\]|Permission denied",
        "A file of the environment cannot be written.",
        "Close all other programs that use the environment, then run this again.",
    ),
    (
        r"DLL load failed",
        "TensorFlow cannot be loaded.",
        "Install the Microsoft Visual C++ Redistributable for Visual Studio (x64), then run this again.",
    ),
)
_NOT_FOUND = re.compile(r"No matching distribution found for (.+)")
_ILLEGAL_INSTRUCTION = (-4, 0xC000001D)  # the signal SIGILL; its status on Windows


def explain(failure: Failed, log: Path, pins: list[str], wheels: str) -> EnvironmentProblem:
    """What to tell the user.

    Args:
        failure: of a program that was run to make the environment.
        log: where all of its output is.
        pins: what pip was asked for.
        wheels: the folder of wheels, empty if the network was used.
    """
    where = f"The whole log is {log}."
    if failure.status in _ILLEGAL_INSTRUCTION:
        return EnvironmentProblem(
            "TensorFlow does not run on this processor.", expected="a processor with AVX instructions"
        )
    for pattern, problem, remedy in _CAUSES:
        telling = [line for line in failure.lines if re.search(pattern, line)]
        if telling:
            received = telling[-1].strip().rstrip(".")
            return EnvironmentProblem(problem, received=received, remedy=f"{remedy} {where}")
    missing = _NOT_FOUND.search(failure.text)
    if missing and wheels:
        return EnvironmentProblem(
            f"The folder {wheels} lacks a package.",
            expected=missing.group(1),
            remedy="Fill it on a computer with network, the same system and the same Python version: "
            f"python -m pip download --only-binary :all: -d FOLDER {PIP} {' '.join(pins)}. {where}",
        )
    if missing:
        return EnvironmentProblem(
            "The package index does not offer what is needed.",
            expected=missing.group(1),
            remedy=f"Check which index pip is configured to use (pip config list). {where}",
        )
    return EnvironmentProblem(
        f"The environment could not be made (status {failure.status}). {where} Its last lines:\n" + failure.text
    )
