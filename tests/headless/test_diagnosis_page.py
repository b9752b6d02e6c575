"""A check that fails: one explained error, exit status 1, and a diagnosis."""

import os

from real_qgis import Qgis


def test_a_failed_check_leaves_its_page(profile, tmp_path):
    (tmp_path / "python").write_text(
        f'#!/bin/sh\nPROJ_DATA="{tmp_path}" PROJ_LIB="{tmp_path}" exec "{os.environ["GEODL_PYTHON"]}" "$@"\n'
    )
    (tmp_path / "python").chmod(0o755)
    page = tmp_path / "diagnosis.html"
    said = Qgis(profile, GEODL_PYTHON=str(tmp_path / "python")).fail("geodl:checkenvironment", REPORT=page)
    assert "GDAL does not find proj.db" in said
    assert str(page) in said
    assert "Remove the variables PROJ_DATA and PROJ_LIB" in page.read_text(encoding="utf-8")


def test_without_an_interpreter_there_is_a_page_too(profile, tmp_path):
    without = Qgis(profile, GEODL_PYTHON="/usr/bin/python3", XDG_DATA_HOME=str(tmp_path))
    said = without.fail("geodl:checkenvironment")
    assert "No Python with TensorFlow was found." in said
    assert "geodl:setupenvironment" in said
    assert (tmp_path / "geodl" / "geodl-diagnosis.html").is_file()
