"""The base class of all algorithms: how they appear in the toolbox and how their job is run."""

import dataclasses
import re
import tempfile
import time
import traceback
import weakref
from contextlib import contextmanager, suppress
from pathlib import Path

import qgis.utils
from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QIcon

from ..geodl_plugin.errors import GeodlError
from ..geodl_plugin.language import mark
from ..geodl_plugin.runtime.companions import discard
from .declaring import assisted
from .feedback import FeedbackReporter
from .job_file import NAME as JOB_FILE
from .job_file import check_named, elsewhere, job_file, job_file_path, write_job_file
from .layers import Features
from .project import warn_of_temporary
from .translation import tr
from .values import invalid_parameter
from .worker import run_in_worker

ROOT = Path(__file__).resolve().parent.parent
_ICONS = ROOT / "resources" / "icons"
ICON = str(_ICONS / "geodl.svg")
GROUPS = {  # the toolbox sorts them by their names, which have numbers to be in the order of the work
    "sampling": mark("2 Sampling"),
    "datasets": mark("3 Datasets"),
    "models": mark("4 Models"),
    "inference": mark("5 Maps"),
    "environment": mark("6 Environment"),
}
CHAINS = mark("1 All steps in one")  # the group of the models that ship with the plugin


class GeodlAlgorithm(QgsProcessingAlgorithm):
    """An algorithm that translates its parameters into a job.

    A subclass defines the constants below, declares its parameters in `declare`, builds the job in `job` and
    translates the results in `results`.  It imports the job's module in `job` only: QGIS loads all algorithms when it
    starts, which must not wait for numpy and GDAL.

    Attributes:
        NAME: id, without the provider's.
        TITLE: name in the toolbox.
        GROUP: a key of `GROUPS`.
        STEP: name of its icon; empty: that of its group.
        TAGS: further words that the algorithm is found by, with commas between.
        HELP: what it does, for its dialog.
        HAS_JOB_FILE: whether its job may be written to a file instead (JOB_FILE), since another computer can run it.
    """

    NAME = ""
    TITLE = ""
    GROUP = ""
    STEP = ""
    TAGS = ""
    HELP = ""
    HAS_JOB_FILE = True

    def name(self):
        return self.NAME

    def displayName(self):
        return tr(self.TITLE)

    def group(self):
        return tr(GROUPS[self.GROUP])

    def groupId(self):
        return self.GROUP

    def tags(self):
        # The English ones as well, which tutorials name.
        return list(dict.fromkeys([*tr(self.TAGS).split(","), *self.TAGS.split(",")]))

    def shortHelpString(self):
        if qgis.utils.iface is None:
            return tr(self.HELP)
        from .desktop.help_panel import parameters_as_html

        return f"{tr(self.HELP)}\n{parameters_as_html(self)}"

    def shortDescription(self):
        if qgis.utils.iface is None:  # qgis_process prints it before the help, whose first sentence it is
            return ""
        return re.split(r"(?<=\.)\s", re.sub(r"<.*?>", "", tr(self.HELP)))[0]

    def helpUrl(self):
        return QUrl.fromLocalFile(str(ROOT / "README.md")).toString()

    def icon(self):
        return QIcon(self.svgIconPath())

    def svgIconPath(self):
        return str(_ICONS / f"{self.STEP or self.GROUP}.svg")

    def createInstance(self):
        return type(self)()

    def initAlgorithm(self, configuration=None):
        self.declare()
        if self.HAS_JOB_FILE:
            self.addParameter(job_file())
        assisted(self.parameterDefinitions()[0])

    def checkParameterValues(self, parameters, context):
        problem = invalid_parameter(self, parameters, context)
        return (False, problem) if problem else super().checkParameterValues(parameters, context)

    def prepareAlgorithm(self, parameters, context, feedback):
        # In the main thread, where layers may be touched; features are saved later, in the worker thread.
        self._scratch = Path(tempfile.mkdtemp(prefix="geodl_"))
        self._discard_scratch = weakref.finalize(self, discard, self._scratch)  # if it never runs
        self._inputs = []
        with processing_errors():
            self._job = self.job(parameters, context)
        return True

    def processAlgorithm(self, parameters, context, feedback):
        try:
            with processing_errors():
                file = job_file_path(self, parameters, context)
                if file is not None:
                    job = self._ready_job(parameters, elsewhere(context), feedback, file)
                    write_job_file(job, file, self._scratch, feedback)
                    return {JOB_FILE: str(file)}
                begun = time.monotonic()
                results = self.results(self._found(parameters, context, feedback), feedback)
                self.style(results, context)
                warn_of_temporary(self.destinationParameterDefinitions(), results, feedback)
                if qgis.utils.iface is not None:
                    from .desktop.memory import remember

                    with suppress(GeodlError, OSError):  # what was made is worth more
                        remember(self.NAME, self._job, results, time.monotonic() - begun)
                return results
        finally:
            self._discard_scratch()

    def _found(self, parameters, context, feedback):
        """Run the job and return its results."""
        job = self._ready_job(parameters, context, feedback)
        return run_in_worker(job, feedback) if job.NEEDS_TENSORFLOW else job.run(FeedbackReporter(feedback))

    def _ready_job(self, parameters, context, feedback, job_file=None):
        """The job with its outputs, which need names if it is written to a file; its features are saved."""
        from ..geodl_plugin.operations.inputs import check_outputs

        job = dataclasses.replace(self._job, **self._outputs(parameters, context))
        if job_file:
            check_named([job_file, *job.outputs()])
        # The job itself knows only copies of the layers.
        origins = [features.origin for features in self._inputs if features.origin]
        check_outputs([*job.outputs(), *([job_file] if job_file else [])], origins)
        for features in self._inputs:
            features.save(context, feedback)
        return job

    def _outputs(self, parameters, context):
        """The job's outputs: each destination parameter is the field of its name in lower case.

        Called while the algorithm runs: a layer that is registered for loading while it is prepared is lost if it runs
        in another thread.
        """
        outputs = {}
        for destination in self.destinationParameterDefinitions():
            name = destination.name()
            if name == JOB_FILE:
                continue
            if isinstance(
                destination, (QgsProcessingParameterRasterDestination, QgsProcessingParameterVectorDestination)
            ):
                outputs[name.lower()] = self.parameterAsOutputLayer(parameters, name, context) or ""
            elif isinstance(destination, QgsProcessingParameterFileDestination):
                outputs[name.lower()] = self.parameterAsFileOutput(parameters, name, context)
            else:
                outputs[name.lower()] = self.parameterAsString(parameters, name, context)
        return outputs

    def features(self, parameters, name, context):
        """The features of a vector parameter, as a file that exists when the job runs.

        Args:
            parameters: what Processing passed.
            name: of the parameter.
            context: of Processing.

        Returns:
            The `Features`; their path is empty if no layer is chosen.
        """
        features = Features(self, parameters, name, context, self._scratch / f"{name}.gpkg")
        self._inputs.append(features)
        return features

    def declare(self):
        """Add the parameters and outputs, but for JOB_FILE."""
        raise NotImplementedError

    def add_parameters(self, *parameters):
        """Add parameters, in this order."""
        for parameter in parameters:
            self.addParameter(parameter)

    def add_numbers(self, **descriptions):
        """Add outputs that are numbers: their descriptions by name."""
        for name, description in descriptions.items():
            self.addOutput(QgsProcessingOutputNumber(name, description))

    def job(self, parameters, context):
        """Build the job, with empty outputs: these are filled in when it runs.

        Args:
            parameters: what Processing passed.
            context: of Processing.
        """
        raise NotImplementedError

    def results(self, found, feedback):
        """Translate the job's results into the algorithm's outputs.

        Args:
            found: the job's results.
            feedback: of Processing.

        Returns:
            Values by the names of the outputs.
        """
        raise NotImplementedError

    def style(self, results, context):
        """Style result layers; nothing by default.

        Args:
            results: the algorithm's outputs.
            context: of Processing.
        """


@contextmanager
def processing_errors():
    """Turn errors of the library into those of Processing, so that the run fails with their text.

    Files that the interrupted functions have open are closed, since Windows removes none that is open.

    Raises:
        QgsProcessingException: with the text of a `GeodlError`.
    """
    try:
        yield
    except GeodlError as error:
        traceback.clear_frames(error.__traceback__)
        raise QgsProcessingException(str(error)) from error
