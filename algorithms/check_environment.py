"""geodl:checkenvironment"""

import dataclasses
import json

import osgeo
import qgis.utils
from qgis.core import (
    Qgis,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputString,
)

from ..geodl_plugin.errors import EnvironmentProblem
from .base import GeodlAlgorithm
from .declaring import report
from .interpreter import find_interpreter
from .translation import tr


class CheckEnvironment(GeodlAlgorithm):
    """Check the environment."""

    NAME = "checkenvironment"
    TITLE = "Check the environment"
    GROUP = "environment"
    TAGS = "tensorflow,keras,python,interpreter,version,GPU,CUDA,device,diagnosis,error,issue,report"
    HELP = (
        "Tries whether GeoDL's jobs can run: rasters are written and read, TensorFlow is loaded, each device computes, "
        "and a tiny network is trained, saved, loaded and applied. It takes about half a minute. If something does not "
        "work, it says why and what to do.\n"
        "It makes a <b>diagnosis</b>: the steps with their times, the versions of TensorFlow and all else that "
        "matters, the processor and the GPUs, the libraries. The report has a button that copies it, to be sent with "
        "an issue; your name, your home folder and the computer's name are left out.\n"
        "The Python is the first that has all that is needed of: the variable GEODL_PYTHON; the options "
        "(Processing, Providers, GeoDL); the setting geodl/python; "
        "the environment made by <i>Set up the environment</i>; QGIS's own Python."
    )
    HAS_JOB_FILE = False  # it is about this computer

    def declare(self):
        self.addParameter(
            report(
                tr("Diagnosis"),
                tr(
                    "A page with the diagnosis. In qgis_process, the run fails if something does not work; the page is "
                    "written in that case, too, and the message says where it is."
                ),
            )
        )
        self.addOutput(QgsProcessingOutputBoolean("WORKS", tr("Whether everything works")))
        self.addOutput(QgsProcessingOutputString("PROBLEM", tr("What to do, and what does not work")))
        self.addOutput(QgsProcessingOutputString("INTERPRETER", tr("Python interpreter")))
        self.addOutput(QgsProcessingOutputString("TENSORFLOW", tr("Version of TensorFlow")))
        self.addOutput(QgsProcessingOutputString("DEVICES", tr("Devices")))
        self.addOutput(QgsProcessingOutputString("TEXT", tr("All of it as text")))
        self.addOutput(QgsProcessingOutputString("JSON", tr("All of it as JSON")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.check_environment import CheckEnvironment as Job

        # At the desktop a check that finds something wrong has done its work; scripts need an exit status.
        return Job(gdal_of_qgis=osgeo.__file__, qgis=Qgis.QGIS_VERSION, must_work=qgis.utils.iface is None)

    def processAlgorithm(self, parameters, context, feedback):
        try:
            self._job = dataclasses.replace(self._job, python=find_interpreter(feedback))
        except EnvironmentProblem as error:
            self._job = dataclasses.replace(self._job, problem=error.problem)
        return super().processAlgorithm(parameters, context, feedback)

    def results(self, found, feedback):
        from ..geodl_plugin.diagnosis.text import device_text

        content = {name: value for name, value in found.items() if name not in ("python", "text", "report")}
        problem = f"{found['remedy']} {found['problem']}".strip()
        if problem:
            feedback.reportError(problem)
        return {
            "REPORT": found["report"],
            "WORKS": found["works"],
            "PROBLEM": problem,
            "INTERPRETER": found["python"],
            "TENSORFLOW": found["versions"].get("tensorflow", ""),
            "DEVICES": "; ".join(device_text(device) for device in found["devices"]),
            "TEXT": found["text"],
            "JSON": json.dumps(content),
        }
