"""The parameter JOB_FILE: an algorithm's job is written to a file, to be run elsewhere or later."""

from pathlib import Path

from qgis.core import QgsProcessingContext, QgsProcessingParameterFileDestination

from ..geodl_plugin.errors import InputError
from .declaring import described
from .project import is_temporary
from .translation import tr

NAME = "JOB_FILE"


def job_file():
    """The job file to write; empty: the algorithm does its work."""
    parameter = QgsProcessingParameterFileDestination(
        NAME, tr("Job file"), tr("Job files (*.json)"), optional=True, createByDefault=False
    )
    return described(
        parameter,
        tr(
            "Instead of running, the algorithm writes what it would do to this file, to be run later or on a server: "
            "geodl run job.json. Files in the folder of the job file are named relative to it, so that the folder can "
            "be moved as a whole. Outputs need names. If left empty: the algorithm runs."
        ),
        advanced=True,
    )


def job_file_path(algorithm, parameters, context):
    """The job file to write; None if the algorithm is to run.

    Args:
        algorithm: whose parameter it is.
        parameters: what Processing passed.
        context: of Processing.
    """
    if not parameters.get(NAME):
        return None
    return Path(algorithm.parameterAsFileOutput(parameters, NAME, context)).absolute()


def elsewhere(context):
    """A context for outputs that are not made here: QGIS does not load them.

    Args:
        context: of Processing.
    """
    other = QgsProcessingContext()
    other.setProject(context.project())
    other.setExpressionContext(context.expressionContext())
    return other


def check_named(outputs):
    """Raise `InputError` if an output lies where Processing keeps what is temporary.

    Args:
        outputs: files and folders.
    """
    temporary = [output for output in outputs if is_temporary(output)]
    if temporary:
        raise InputError(
            tr("Temporary outputs are gone when a job file runs ({parameter}).").format(parameter=NAME),
            expected=tr("a name for each output, or none where it may be skipped"),
            received=tr("temporary: {names}").format(names=", ".join(output.name for output in temporary)),
        )


def write_job_file(job, path, scratch, feedback):
    """Write a job instead of running it.

    Args:
        job: with its outputs.
        path: the file to make.
        scratch: the folder of its features, which are copied.
        feedback: is told how to run it.

    Raises:
        InputError: a file cannot be written, or the job file would replace an input or an output.
    """
    from ..geodl_plugin.jobs.job_file import write_job

    outside = write_job(job, path, scratch)
    feedback.pushInfo(tr('The job was written, not run: run it by geodl run "{path}".').format(path=path))
    if outside:
        text = tr("These lie outside the folder of the job file, which names their full paths: {names}.")
        feedback.pushInfo(text.format(names=", ".join(outside)))
    temporary = [name for name in outside if is_temporary(Path(name))]
    if temporary:
        text = tr("These inputs are gone when QGIS ends: {names}. Save them elsewhere.")
        feedback.pushWarning(text.format(names=", ".join(temporary)))
