"""A diagnosis as text, for issues and logs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PureWindowsPath
from typing import Any

from ..language import tr

_MATTER = re.compile(  # libraries that several programs bring, each its own
    r"hdf5|gdal|(^|lib)proj[\W_\d]|tensorflow_(cc|framework|common|internal)|msvcp|vcruntime|concrt|ucrtbase|stdc\+\+"
    r"|libc\.so|libSystem|protobuf|sqlite|libssl|libcrypto|geos|netcdf|openblas|gfortran|mkl_|lib[gi]?omp|vcomp"
    r"|cudart|cudnn|libcuda|python3\d*\.dll|libpython",
    re.IGNORECASE,
)
_KNOWN = ("python", "tensorflow", "keras", "numpy", "gdal")  # the versions that people ask for
MARKS = {"done": "done", "failed": "FAILED", "not reached": "not reached"}


def as_text(content: Mapping[str, Any]) -> str:
    """All of a diagnosis but the libraries that are like everywhere."""
    return "\n".join(_lines(content))


def as_summary(content: Mapping[str, Any]) -> str:
    """What most people want to know of a diagnosis, in a few lines."""
    steps = content["steps"]
    done = [step for step in steps if step["state"] == "done"]
    seconds = sum(step["seconds"] or 0 for step in steps)
    versions = [f"{name} {content['versions'][name]}" for name in _KNOWN if name in content["versions"]]
    result = tr("Everything works") if content["works"] else f"{content['problem']} {content['remedy']}".strip()
    lines = [
        f"{result.rstrip('.')}.",
        tr("{done} of {count} steps done in {seconds:.0f} s").format(done=len(done), count=len(steps), seconds=seconds),
        ", ".join(versions),
    ]
    return "\n".join([line for line in lines if line] + [device_text(device) for device in content["devices"]])


def libraries_that_matter(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The step that loaded it, and the path."""
    return [
        (step, path)
        for step, paths in content["libraries"].items()
        for path in paths
        if _MATTER.search(PureWindowsPath(path).name)
    ]


def device_text(device: Mapping[str, Any]) -> str:
    """A device in one line."""
    if device["device"] == "CPU":
        details = tr("{threads} threads, {instructions}").format(
            threads=device["threads"], instructions=", ".join(device["instructions"]) or tr("instruction sets unknown")
        )
    else:
        details = device["memory"]
    return tr("{device}: {name} ({details}); trial {seconds:.0f} ms").format(
        device=device["device"], name=device["name"], details=details, seconds=1000 * device["seconds"]
    )


def computer_facts(content: Mapping[str, Any]) -> dict[str, str]:
    """The computer as names and values for people."""
    computer = content["computer"]
    instructions = ", ".join(computer["instructions"]) or tr("unknown")
    system = f"{computer['system']}, {computer['machine']}"
    facts = {
        tr("System"): tr("{system}, translated by Rosetta").format(system=system) if computer["rosetta"] else system,
        tr("Processor"): tr("{processor}, {threads} threads; instructions: {instructions}").format(
            processor=computer["processor"], threads=computer["threads"], instructions=instructions
        ),
        tr("Memory"): tr("{memory_gb} GB; free on the disk of the environment: {free_disk_gb} GB").format(
            memory_gb=computer["memory_gb"], free_disk_gb=computer["free_disk_gb"]
        ),
        tr("NVIDIA GPUs"): "; ".join(computer["gpus"]) or tr("none"),
        tr("Interpreter"): content["interpreter"] or tr("none"),
        "osgeo": content["osgeo"],
    }
    return {name: value for name, value in facts.items() if value}


def _lines(content: Mapping[str, Any]) -> Iterator[str]:
    qgis = f", QGIS {content['qgis']}" if content["qgis"] else ""
    yield f"GeoDL {content['geodl']}{qgis}, {content['date']}"
    yield "Result: everything works" if content["works"] else f"Result: {content['problem']}"
    if content["remedy"]:
        yield f"What to do: {content['remedy']}"
    yield "\nTrial"
    for step in content["steps"]:
        seconds = "" if step["seconds"] is None else f"{step['seconds']:.2f} s"
        yield f"  {MARKS[step['state']]:<11} {seconds:>9}  {step['title']}" + (step["text"] and f": {step['text']}")
        yield from (f"      {line}" for line in step["error"].splitlines())
    yield "\nVersions"
    yield "  " + ", ".join(f"{name} {version}" for name, version in content["versions"].items())
    yield "\nComputer"
    yield from (f"  {name}: {value}" for name, value in computer_facts(content).items())
    yield from (f"  {device_text(device)}" for device in content["devices"])
    if content["gpu_note"]:
        yield f"  {content['gpu_note']}"
    yield "\nVariables"
    yield from (f"  {name}={value}" for name, value in content["variables"].items())
    yield from (f"  PATH: {entry}" for entry in content["path"])
    libraries = libraries_that_matter(content)
    if libraries:
        yield "\nLibraries, with the step that loaded them"
        yield from (f"  {step}: {path}" for step, path in libraries)
