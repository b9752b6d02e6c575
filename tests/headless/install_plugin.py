"""Install a zip file by QGIS's own plugin installer, as *Install from ZIP* does, and print what came of it as JSON.

The profile is that of ``QGIS_CUSTOM_CONFIG_PATH``.  Without a screen QGIS has no window: `Window` stands in for it.
"""

import json
import os
import sys

import qgis.utils
from qgis.core import QgsApplication


class Window:
    """Keeps what the installer says; menus and toolbars do nothing."""

    def __init__(self):
        self.messages = []

    def pluginManagerInterface(self):
        return self

    def pushMessage(self, text, level):
        self.messages.append(text)

    def __getattr__(self, name):
        return lambda *arguments: None


def install(path):
    """Install a zip file; gives what the installer said, the plugins that run, and the algorithms."""
    plugins = os.path.join(QgsApplication.qgisSettingsDirPath(), "python", "plugins")
    python = os.path.join(QgsApplication.pkgDataPath(), "python")
    sys.path[:0] = [plugins, python, os.path.join(python, "plugins")]
    qgis.utils.home_plugin_path = plugins
    qgis.utils.plugin_paths = [plugins]
    qgis.utils.iface = window = Window()
    import pyplugin_installer  # takes iface when it is imported

    pyplugin_installer.instance().installFromZipFile(path)
    QgsApplication.processEvents()  # QGIS goes on, and GeoDL loads its models
    provider = QgsApplication.processingRegistry().providerById("geodl")
    return {
        "messages": window.messages,
        "active": qgis.utils.active_plugins,
        "folder": os.path.dirname(sys.modules["geodl"].__file__) if "geodl" in sys.modules else None,
        "algorithms": [algorithm.id() for algorithm in provider.algorithms()] if provider else [],
    }


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    print(json.dumps(install(sys.argv[1])), flush=True)
    os._exit(0)  # without the window, QGIS may crash when it ends
