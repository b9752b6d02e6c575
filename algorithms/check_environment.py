"""geodl:checkenvironment"""

import json

from qgis.core import QgsProcessingOutputString

from .base import GeodlAlgorithm, tr


class CheckEnvironment(GeodlAlgorithm):
    """Check the environment."""

    NAME = "checkenvironment"
    TITLE = "Check the environment"
    GROUP = "environment"
    TAGS = "tensorflow,keras,python,interpreter,version,GPU,CUDA,device,diagnosis"
    HELP = (
        "Tells which Python runs GeoDL's jobs, the versions of TensorFlow and all else that matters, which processor "
        "and GPUs it computes on and, where a GPU is not used, why not. Each device computes something small, so that "
        "you know that it works.\n"
        "The Python is the first that has all that is needed of: the variable GEODL_PYTHON; the setting geodl/python; "
        "the environment made by <i>Set up the environment</i>; QGIS's own Python."
    )

    def initAlgorithm(self, configuration=None):
        self.addOutput(QgsProcessingOutputString("INTERPRETER", tr("Python interpreter")))
        self.addOutput(QgsProcessingOutputString("TENSORFLOW", tr("Version of TensorFlow")))
        self.addOutput(QgsProcessingOutputString("DEVICES", tr("Devices")))
        self.addOutput(QgsProcessingOutputString("TEXT", tr("All of it as text")))
        self.addOutput(QgsProcessingOutputString("JSON", tr("All of it as JSON")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.check_environment import CheckEnvironment as Job

        return Job()

    def results(self, found, feedback):
        from ..geodl_plugin.jobs.check_environment import device_text

        feedback.pushInfo(found["text"])
        return {
            "INTERPRETER": found["interpreter"],
            "TENSORFLOW": found["versions"]["tensorflow"],
            "DEVICES": "; ".join(device_text(device) for device in found["devices"]),
            "TEXT": found["text"],
            "JSON": json.dumps({name: value for name, value in found.items() if name != "text"}),
        }
