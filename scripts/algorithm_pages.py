#!/usr/bin/env python3
"""Write docs/algorithms anew: a page for each algorithm, from what the algorithms say of themselves.

Run it after a change of an algorithm's texts or parameters; a test fails until then.  It needs QGIS's Python, such as
build/environment/bin/python, and `make docs` makes the site of the pages.
"""

import os
import re
import shlex
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "algorithms"
PICTURES = ROOT / "docs" / "images" / "dialogs"

# What each kind of parameter and output of Processing is, in words.
_KINDS = {
    "boolean": "true or false",
    "enum": "one of the words below",
    "extent": "extent",
    "field": "field",
    "file": "file",
    "fileDestination": "file to write",
    "folderDestination": "folder to write",
    "multilayer": "one raster, or several",
    "number": "number",
    "raster": "raster",
    "rasterDestination": "raster to write",
    "sink": "vector layer to write",
    "source": "vector layer",
    "string": "text",
    "vectorDestination": "vector layer to write",
    "outputBoolean": "true or false",
    "outputFile": "file",
    "outputFolder": "folder",
    "outputHtml": "page",
    "outputNumber": "number",
    "outputRaster": "raster",
    "outputString": "text",
    "outputVector": "vector layer",
}
# What examples say for parameters and, by the algorithm, which optional ones they have.
_VALUES = {
    "SOURCE": "image.tif",
    "SOURCE1": "image.tif",
    "INPUT": "polygons.gpkg",
    "POSITIONS": "positions.gpkg",
    "LABELS_VECTOR": "polygons.gpkg",
    "CLASS_FIELD": "class",
    "DATASET": "dataset",
    "MODEL": "model",
    "MAP": "map.tif",
    "CONFIDENCE": "confidence.tif",
    "REFERENCE": "reference.gpkg",
    "EXCLUDE": "polygons.gpkg",
    "REPORT": "report.html",
    "image": "image.tif",
    "polygons": "polygons.gpkg",
    "values": "tree_cover.tif",
    "model": "model",
}
_BY_KIND = {
    "fileDestination": "report.html",
    "multilayer": "{}.tif",
    "raster": "{}.tif",
    "rasterDestination": "{}.tif",
    "source": "{}.gpkg",
    "sink": "{}.gpkg",
    "vectorDestination": "{}.gpkg",
}
_OUTPUTS = {
    "applymodel": "map.tif",
    "exporttfrecords": "dataset",
    "extractpatches": "patches.tif",
    "mergedatasets": "merged",
    "patchestotfrecords": "dataset",
    "samplemap": "sample.gpkg",
    "suggestpositions": "places.gpkg",
    "trainmodel": "model",
}
_ALSO = {
    "applymodel": ("CONFIDENCE",),
    "checkenvironment": ("REPORT",),
    "classstatistics": ("INPUT", "CLASS_FIELD", "REPORT"),
    "evaluatemap": ("REFERENCE", "CLASS_FIELD", "EXCLUDE", "REPORT"),
    "evaluatemodel": ("REPORT",),
    "exporttfrecords": ("LABELS_VECTOR", "CLASS_FIELD"),
    "samplevector": ("CLASS_FIELD",),
    "trainmodel": ("REPORT",),
}
_OTHERS = {
    "map_land_cover_polygons": {"fieldcalculator:Polygons": "land_cover.gpkg"},
    "mergedatasets": {"DATASETS": ("datasets/north", "datasets/south")},
    "patchestotfrecords": {"SOURCE1": "patches.tif", "LABELS": "labels.tif"},
}
_running = []  # the application and the plugin, which end with their Python objects
_WIDEST = 74  # characters of a line that a page shows whole
_LARGEST = 1_000_000_000  # what is above is no limit that matters


def pages(algorithms):
    """The pages by the names of their files.

    Args:
        algorithms: all of the provider.
    """
    ordered = sorted(algorithms, key=lambda one: (one.group(), one.displayName()))
    made = {f"{one.name()}.md": _page(one) for one in ordered}
    made["index.md"] = _index(ordered)
    return made


def _index(algorithms):
    """The list of all pages."""
    lines = ["# Algorithms", "", "In the order of the toolbox. Each page is made from the algorithm itself.", ""]
    for group, members in groupby(algorithms, key=lambda one: one.group()):
        lines += [f"## {group.lstrip('0123456789 ')}", ""]
        for one in members:
            first = re.split(r"(?<=\.)\s", _help(one))[0]
            lines.append(f"- [{one.displayName()}]({one.name()}.md) `{one.id()}`: {_lower(first)}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _lower(sentence):
    """A sentence that follows a colon."""
    return sentence if sentence[:2].isupper() else sentence[0].lower() + sentence[1:]


def _page(algorithm):
    """The page of one algorithm."""
    title = algorithm.displayName()
    lines = [f"# {title}", "", f"`{algorithm.id()}`", "", _help(algorithm), ""]
    lines += [f"![The dialog of {title}](../images/dialogs/{algorithm.name()}.png)", ""]
    basic, advanced = [], []
    for one in algorithm.parameterDefinitions():
        (advanced if one.flags() & one.Flag.FlagAdvanced else basic).append(one)
    for heading, members in (("Parameters", basic), ("Advanced parameters", advanced)):
        if members:
            lines += [f"## {heading}", ""]
        for one in members:
            lines += _parameter(algorithm, one)
    outputs = [one for one in algorithm.outputDefinitions() if one.name() != "JOB_FILE"]
    if outputs:
        lines += ["## Outputs", "", "| name | what it is | kind |", "|---|---|---|"]
        lines += [f"| `{one.name()}` | {_plain(one.description())} | {_KINDS[one.type()]} |" for one in outputs]
        lines.append("")
    lines += ["## In a shell", "", "```sh", *_example(algorithm), "```", ""]
    return "\n".join(lines)


def _help(algorithm):
    """What an algorithm or a graphical model does, in Markdown."""
    text = algorithm.helpContent()["ALG_DESC"] if hasattr(algorithm, "helpContent") else algorithm.HELP
    return _plain(text).replace("\n", "\n\n")


def _plain(text):
    """A text of QGIS in Markdown."""
    text = re.sub(r"</?i>", "*", re.sub(r"</?b>", "**", text))
    return text.replace("|", r"\|")


def _parameter(algorithm, parameter):
    """The section of a parameter."""
    words = parameter.options() if parameter.type() == "enum" else []
    lines = [f"### {parameter.description()}", "", f"`{parameter.name()}` · {_kind(parameter)}", ""]
    help_text = parameter.help()
    if hasattr(algorithm, "helpContent"):
        help_text = algorithm.helpContent().get(parameter.name(), help_text)
    # The folder is another on each computer.
    help_text = re.sub(
        r"If left empty: /.*?\. Any", "If left empty: one beside the data of your programs. Any", help_text
    )
    help_text = re.sub(r" Values: '.*$", "", help_text)
    lead, items, rest = _choices(help_text, words)
    if lead:
        lines += [_plain(lead), ""]
    if items:
        lines += [f"- `{word}`: {_plain(text)}" for word, text in items] + [""]
    elif words:
        lines += ["- " + ", ".join(f"`{word}`" for word in words), ""]
    return lines + ([_plain(rest), ""] if rest else [])


def _choices(text, words):
    """Cut a help text at the words that it explains.

    Returns:
        What comes before them, pairs of words and their sentences, and what comes after the sentence of the last.
    """
    found = [match for match in re.finditer(r"'([^']+)': ", text) if match[1] in words]
    if not found:
        return text, [], ""
    ends = [match.start() for match in found[1:]] + [len(text)]
    items = [(match[1], text[match.end() : end].strip().rstrip(";")) for match, end in zip(found, ends)]
    last, *rest = re.split(r"(?<=[a-z)°]\.) (?=[A-Z])", items[-1][1], maxsplit=1)
    items[-1] = (items[-1][0], last)
    return text[: found[0].start()].strip(), items, "".join(rest)


def _kind(parameter):
    """Kind, range and default of a parameter, and whether it may be left out."""
    kind = _KINDS[parameter.type()]
    if parameter.type() == "number":
        kind = _number(parameter)
    elif parameter.type() == "file" and parameter.behavior() == parameter.Behavior.Folder:
        kind = "folder"
    elif parameter.type() == "multilayer" and parameter.name() in ("DATASET", "DATASETS", "FURTHER_MODELS"):
        kind = "one file or folder, or several"
    elif parameter.type() == "enum" and parameter.allowMultiple():
        kind = "any of the words below"
    elif parameter.type() == "field":
        kind = f"field of `{parameter.parentLayerParameterName()}`"
    parts = [kind]
    default = parameter.defaultValue()
    if default not in (None, ""):
        parts.append(f"default `{_value(default)}`")
    elif parameter.flags() & parameter.Flag.FlagOptional:
        parts.append("optional")
    return ", ".join(parts)


def _number(parameter):
    """The kind and the range of a number."""
    whole = parameter.dataType() == type(parameter).Type.Integer
    lowest, highest = parameter.minimum(), parameter.maximum()
    limits = [f"from {_value(lowest)}"] if abs(lowest) < _LARGEST else []
    limits += [f"to {_value(highest)}"] if abs(highest) < _LARGEST else []
    return " ".join(["integer" if whole else "number", *limits])


def _value(value):
    """A value as qgis_process takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _example(algorithm):
    """The lines of a command with the parameters that are needed, and some that are usual."""
    words = [f"qgis_process run {algorithm.id()}"]
    for one in algorithm.parameterDefinitions():
        optional = one.flags() & one.Flag.FlagOptional or one.defaultValue() is not None
        if not optional or one.name() in _ALSO.get(algorithm.name(), ()):
            values = _example_value(algorithm, one)
            values = [values] if isinstance(values, str) else values
            words += [shlex.quote(f"{one.name()}={value}") for value in values]
    if len(words) == 1:
        return words
    lines = [words[0] + " --"]
    for word in words[1:]:
        if len(lines[-1]) + len(word) > _WIDEST:
            lines[-1] += " \\"
            lines.append("   ")
        lines[-1] += " " + word
    return lines


def _example_value(algorithm, parameter):
    """What the example of an algorithm says for a parameter."""
    name = parameter.name()
    others = _OTHERS.get(algorithm.name(), {})
    if name in others:
        return others[name]
    if name == "OUTPUT":
        return _OUTPUTS.get(algorithm.name(), "positions.gpkg")
    if name == "INPUT" and parameter.type() == "raster":
        return "labels.tif"
    if name in _VALUES:
        return _VALUES[name]
    return _BY_KIND.get(parameter.type(), "{}").format(parameter.description().lower().replace(" ", "_"))


def start_qgis(with_windows):
    """Start QGIS with the checkout as its plugin ``geodl``.

    Args:
        with_windows: whether dialogs are opened.
    """
    links = ROOT / "build" / "plugins"
    links.mkdir(parents=True, exist_ok=True)
    if not (links / "geodl").exists():
        (links / "geodl").symlink_to(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.update(QGIS_CUSTOM_CONFIG_PATH=str(ROOT / "build" / "docs_profile"), LC_ALL="C.UTF-8")
    from qgis.core import QgsApplication

    application = QgsApplication([], with_windows)
    application.initQgis()
    sys.path[:0] = [str(links), os.path.join(QgsApplication.pkgDataPath(), "python", "plugins")]
    _running.append(application)


def load_plugin():
    """Load Processing and the plugin, once QGIS has started."""
    from processing.core.Processing import Processing

    Processing.initialize()
    from geodl import classFactory

    plugin = classFactory(None)
    plugin.initProcessing()
    _running.append(plugin)
    return plugin


def main():
    """Write the pages, and remove those of algorithms that are no more."""
    start_qgis(with_windows=False)
    plugin = load_plugin()
    made = pages(plugin.provider.algorithms())
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(made)} pages in {FOLDER}")
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash when a script tears it down


if __name__ == "__main__":
    main()
