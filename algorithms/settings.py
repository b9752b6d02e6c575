"""GeoDL's settings, in QGIS's Options under Processing, Providers, GeoDL."""

from contextlib import suppress

from qgis.core import QgsSettings

from ..geodl_plugin.options import MAP_MEMORY
from .translation import tr

NAME = "GeoDL"
KEEP_WORKER = "GEODL_KEEP_WORKER"
INTERPRETER = "GEODL_INTERPRETER"
MEMORY = "GEODL_MEMORY"
_MINUTES = 5


def minutes_kept():
    """Minutes that the worker is kept after a job, so that the next one need not load TensorFlow; 0: it is not kept.

    Read from where Processing stores its settings, since qgis_process may run without its Python part.
    """
    return _number(KEEP_WORKER, 0, _MINUTES)


def chosen_interpreter():
    """The Python that the options name; empty if they name none."""
    return str(_value(INTERPRETER, "") or "").strip()


def map_memory():
    """Megabytes that maps may use unless a dialog says otherwise."""
    return int(_number(MEMORY, 1, MAP_MEMORY))


def _number(name, least, usual):
    try:
        return max(float(least), float(_value(name, usual)))
    except (TypeError, ValueError):
        return float(usual)


def _value(name, usual):
    return QgsSettings().value(f"Processing/Configuration/{name}", usual)


def add_settings(icon):
    """Show the settings in the Options, where there are any.

    Args:
        icon: of the group.
    """
    with suppress(ImportError):
        from processing.core.ProcessingConfig import ProcessingConfig, Setting

        ProcessingConfig.settingIcons[NAME] = icon
        for name, description, usual, kind in (
            (
                KEEP_WORKER,
                tr(
                    "Minutes that the worker process is kept after a job, so that the next one starts at once (it "
                    "takes about 1 GB of memory meanwhile; 0 = it ends at once)"
                ),
                _MINUTES,
                Setting.INT,
            ),
            (
                INTERPRETER,
                tr("Python with TensorFlow (empty = the environment of GeoDL)"),
                "",
                Setting.FILE,
            ),
            (
                MEMORY,
                tr("Memory that maps may use, in MB, unless their dialog says otherwise"),
                MAP_MEMORY,
                Setting.INT,
            ),
        ):
            ProcessingConfig.addSetting(Setting(NAME, name, description, usual, valuetype=kind))
        ProcessingConfig.readSettings()


def remove_settings():
    """Remove what `add_settings` has added."""
    with suppress(ImportError, KeyError):
        from processing.core.ProcessingConfig import ProcessingConfig

        ProcessingConfig.settingIcons.pop(NAME, None)
        for name in (KEEP_WORKER, INTERPRETER, MEMORY):
            ProcessingConfig.removeSetting(name)
