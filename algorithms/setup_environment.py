"""geodl:setupenvironment"""

import os
from pathlib import Path
from urllib.parse import quote

import osgeo
from qgis.core import (
    Qgis,
    QgsNetworkAccessManager,
    QgsProcessingOutputFile,
    QgsProcessingOutputFolder,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsSettings,
)
from qgis.PyQt.QtNetwork import QNetworkProxy

from ..geodl_plugin.environment import BUILDS
from .base import GeodlAlgorithm
from .declaring import choice, described
from .interpreter import SETTING, VARIABLE, own_folder, own_python
from .translation import tr
from .worker import end_worker

_FOLDER = QgsProcessingParameterFile.Behavior.Folder


class SetupEnvironment(GeodlAlgorithm):
    """Set up the environment."""

    NAME = "setupenvironment"
    TITLE = "Set up the environment"
    GROUP = "environment"
    TAGS = "tensorflow,keras,install,pip,venv,python,GPU,CUDA,offline,proxy"
    HELP = (
        "Installs TensorFlow and what else GeoDL needs, once. It goes into an environment of its own outside QGIS, "
        "made from QGIS's own Python: QGIS and its plugins are left as they are.\n"
        "About 2 GB are installed (8 GB with the build for NVIDIA GPUs), which takes some minutes. You may cancel it: "
        "the next run goes on from there. Run it again after an update of GeoDL or QGIS, or when <i>Check the "
        "environment</i> finds something wrong: it installs only what is missing or damaged, and if nothing is, it "
        "says so.\n"
        "Each QGIS on a computer has an environment of its own. That of a QGIS which was removed or updated goes over "
        "to the next QGIS with the same version of Python, without a download.\n"
        "The proxy of QGIS's options and the configuration of pip are honoured."
    )
    HAS_JOB_FILE = False  # it is about this computer

    def declare(self):
        self.add_parameters(
            choice(
                "BUILD",
                tr("TensorFlow for"),
                BUILDS,
                "automatic",
                tr("Which TensorFlow is installed."),
                {
                    "automatic": tr("for the GPU on Linux with an NVIDIA driver, else for the processor."),
                    "processor": tr("small, runs everywhere."),
                    "gpu": tr("with NVIDIA's CUDA libraries, on Linux (x86-64) only."),
                },
            ),
            described(
                QgsProcessingParameterFile(
                    "FOLDER", tr("Folder of the environment (empty = automatic)"), _FOLDER, optional=True
                ),
                tr(
                    "Where the environment is kept: a new folder, an empty one, or one that this algorithm made. If "
                    "left empty: {folder}. Any other folder is remembered for all later runs."
                ).format(folder=own_folder()),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFile(
                    "WHEELS", tr("Folder of wheels (empty = from the network)"), _FOLDER, optional=True
                ),
                tr(
                    "Installs without network, from a folder with all packages as wheel files. If one is missing, the "
                    "message says by which command the folder is filled on another computer. If left empty: the "
                    "packages come from the network."
                ),
                advanced=True,
            ),
        )
        self.addOutput(QgsProcessingOutputFolder("FOLDER", tr("Folder of the environment")))
        self.addOutput(QgsProcessingOutputFile("PYTHON", tr("Python interpreter")))
        self.addOutput(QgsProcessingOutputFile("LOG", tr("Log")))
        self.addOutput(QgsProcessingOutputString("TEXT", tr("What was done")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.setup_environment import SetupEnvironment as Job

        folder = self.parameterAsFile(parameters, "FOLDER", context)
        return Job(
            folder=str(Path(folder).absolute() if folder else own_folder()),
            base_python=own_python(),
            build=self.parameterAsString(parameters, "BUILD", context),
            wheels=self.parameterAsFile(parameters, "WHEELS", context),
            proxy=_proxy(),
            gdal_of_qgis=osgeo.__file__,
            qgis=Qgis.QGIS_VERSION,
        )

    def processAlgorithm(self, parameters, context, feedback):
        end_worker()  # Windows replaces no library that is loaded
        return super().processAlgorithm(parameters, context, feedback)

    def results(self, found, feedback):
        _remember(found["folder"], found["python"], feedback)
        return {
            "FOLDER": found["folder"],
            "PYTHON": found["python"],
            "LOG": found["log"],
            "TEXT": found["text"],
        }


def _remember(folder, python, feedback):
    """Let later runs find the environment."""
    settings = QgsSettings()
    if folder != str(own_folder()):
        settings.setValue(SETTING, python)
    elif settings.contains(SETTING):
        text = tr("The setting {setting}, which named {python}, was removed.")
        feedback.pushInfo(text.format(setting=SETTING, python=settings.value(SETTING)))
        settings.remove(SETTING)
    if os.environ.get(VARIABLE):
        text = tr("The variable {variable} names {python}, which is used instead of the environment.")
        feedback.pushWarning(text.format(variable=VARIABLE, python=os.environ[VARIABLE]))


def _proxy():
    """The URL of QGIS's proxy; empty where QGIS leaves that to the system, as pip does then too."""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    schemes = {
        QNetworkProxy.ProxyType.HttpProxy: "http",
        QNetworkProxy.ProxyType.HttpCachingProxy: "http",
        QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
    }
    if proxy.type() not in schemes or not proxy.hostName():
        return ""
    user = quote(proxy.user(), safe="")
    password = f":{quote(proxy.password(), safe='')}" if proxy.password() else ""
    return f"{schemes[proxy.type()]}://{user}{password}{'@' if user else ''}{proxy.hostName()}:{proxy.port()}"
