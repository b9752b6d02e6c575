"""Environments made from wheels that the tests make themselves: no network, no TensorFlow."""

import json
import os
import re
import select
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from geodl_plugin.environment import build, build_environment, folder, lock, probe, python_of, requirements
from geodl_plugin.environment import requirements as pins_for  # the function; the module of this name is hidden
from geodl_plugin.environment.command import Commands, Failed
from geodl_plugin.environment.explain import explain
from geodl_plugin.environment.probe import Probe
from geodl_plugin.environment.progress import Installation, package_of
from geodl_plugin.errors import Cancelled, EnvironmentProblem, InputError
