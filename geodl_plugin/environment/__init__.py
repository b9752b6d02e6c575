"""The Python environment that has TensorFlow.

It is a venv made from QGIS's own Python with a view of QGIS's packages, so that GDAL is the same in both; TensorFlow
and what else the library needs is installed into it by pip.  Modules by concept:

=================  ================================================================
``pins``           which packages, and why these versions
``folder``         where the environment is, and what is in its folder
``owner``          which QGIS it belongs to
``variables``      environment variables that suit another interpreter, and pip
``interpreter``    what is known of an interpreter
``probing``        how that is found out, without importing TensorFlow
``command``        a program that is run, logged and stopped
``progress``       how far pip has come
``lock``           one builder at a time
``explain``        why it failed, in words that help
``build``          making, repairing and re-using
=================  ================================================================
"""

from ..systems.folders import python_of
from .build import Environment, build_environment
from .folder import default_folder
from .interpreter import Probe
from .owner import usual_folder
from .pins import BUILDS, chosen_build, nvidia_gpus, requirements
from .probing import probe

__all__ = [
    "BUILDS",
    "Environment",
    "Probe",
    "build_environment",
    "chosen_build",
    "default_folder",
    "nvidia_gpus",
    "probe",
    "python_of",
    "requirements",
    "usual_folder",
]
