"""What happens when the disk is full: a limit on the size of files stands for it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import resource, sys
from pathlib import Path
import numpy as np
from geodl_plugin.errors import InputError
from geodl_plugin.grid import Grid, Window
from geodl_plugin.inference.output import RasterWriter
from geodl_plugin.inference.products import Product
from geodl_plugin.raster import gdal_exceptions

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
noise = np.random.default_rng(0).integers(0, 255, (256, 256)).astype(np.uint8)
with gdal_exceptions():
    grid = Grid(2048, 2048, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0))
    writer = RasterWriter(Path(sys.argv[1]), grid, Product(noise.dtype, ("noise",), 0))
    try:
        for row in range(0, 2048, 256):
            for col in range(0, 2048, 256):
                writer.write(Window(col, row, 256, 256), noise)
        writer.close()
    except InputError as error:
        sys.exit("as expected: " + str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_map_that_finds_no_room_is_an_expected_error(tmp_path):
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(tmp_path / "map.tif")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "as expected: The map cannot be written" in done.stderr
