"""GeoDL's settings, in QGIS's Options under Processing, Providers, GeoDL."""

from contextlib import suppress

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication

NAME = "GeoDL"
KEEP_WORKER = "GEODL_KEEP_WORKER"
_MINUTES = 5


def minutes_kept():
    """Minutes that the worker is kept after a job, so that the next one need not load TensorFlow; 0: it is not kept.

    Read from where Processing stores its settings, since qgis_process may run without its Python part.
    """
    value = QgsSettings().value(f"Processing/Configuration/{KEEP_WORKER}", _MINUTES)
    try:
        return max(0.0, float(value))
    except (TypeError, ValueError):
        return float(_MINUTES)


def add_settings(icon):
    """Show the settings in the Options, where there are any.

    Args:
        icon: of the group.
    """
    with suppress(ImportError):
        from processing.core.ProcessingConfig import ProcessingConfig, Setting

        description = QCoreApplication.translate(
            "GeoDL",
            "Minutes that the worker process is kept after a job, so that the next one starts at once "
            "(it takes about 1 GB of memory meanwhile; 0 = it ends at once)",
        )
        ProcessingConfig.settingIcons[NAME] = icon
        ProcessingConfig.addSetting(Setting(NAME, KEEP_WORKER, description, _MINUTES, valuetype=Setting.INT))
        ProcessingConfig.readSettings()


def remove_settings():
    """Remove what `add_settings` has added."""
    with suppress(ImportError, KeyError):
        from processing.core.ProcessingConfig import ProcessingConfig

        ProcessingConfig.settingIcons.pop(NAME, None)
        ProcessingConfig.removeSetting(KEEP_WORKER)
