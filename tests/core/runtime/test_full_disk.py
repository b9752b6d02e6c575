"""What happens when the disk is full: a limit on the size of files stands for it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import resource, sys
from pathlib import Path
import numpy as np
from geodl_plugin.errors import InputError
from geodl_plugin.rasters.grid import Grid, Window
from geodl_plugin.inference.raster_format import RasterFormat
from geodl_plugin.inference.raster_writer import raster_writers
from geodl_plugin.inference.output_rasters import OutputRaster
from geodl_plugin.rasters.raster import gdal_exceptions

limit, cog, overviews = map(int, sys.argv[2:])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
noise = np.random.default_rng(0).integers(1, 255, (256, 256)).astype(np.uint8)
grid = Grid(2048, 2048, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0))
raster_format = RasterFormat({}, cog=bool(cog), overviews=bool(overviews))
try:
    raster = OutputRaster(noise.dtype, ("noise",), 0)
    with gdal_exceptions(), raster_writers([Path(sys.argv[1])], grid, [raster], raster_format) as (writer,):
        for row in range(0, 2048, 256):
            for col in range(0, 2048, 256):
                writer.write(Window(col, row, 256, 256), noise)
except InputError as error:
    sys.exit("as expected: " + str(error))
"""
NOISE = 2048**2  # bytes of the map


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
@pytest.mark.parametrize("limit", [0, 100, 100_000, NOISE - 300_000, NOISE + 100_000])
@pytest.mark.parametrize("form", [(0, 0), (1, 0), (1, 1), (0, 1)])
def test_a_map_that_finds_no_room_is_one_error_and_leaves_nothing(tmp_path, form, limit):
    if limit > NOISE and form != (0, 1):
        pytest.skip("there is room but for overviews")
    output = tmp_path / "map.tif"
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(output), str(limit), *map(str, form)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "as expected: The map " in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
