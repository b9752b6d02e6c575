"""Maps made of blocks against one pass over the whole image, for every network that ships and gives images.

    build/environment/bin/python -W ignore benchmarks/exactness.py [--efields 64 128 192 320 512]

Random weights, and batch normalisation that has seen the scene, as after a training; a part of the demo's scene of
997 × 811 pixels.  The whole image, with its margin, goes through the network at once, and then in blocks of several
sizes.  The table tells how far probabilities differ at most, how many pixels have another class, how far apart the two
best probabilities of such a pixel are at most, and whether a second run gives the same bytes.

Processors choose their kernels by the size of a block, and add in another order then; TF_ENABLE_ONEDNN_OPTS=0 and =1
choose between two sets of them.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

import keras
import numpy as np
from demo_data import SCENE, Quiet
from osgeo import gdal
from untrained import BANDS, model_folder

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.models.architectures import ARCHITECTURES
from geodl_plugin.runtime.devices import hardware

WIDTH, HEIGHT, MEMORY = 997, 811, 12000  # megabytes: the whole is one block
SEEN = 256  # pixels on each side


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--efields", type=int, nargs="+", default=[64, 128, 192, 320, 512])
    efields = parser.parse_args().efields
    print(f"{hardware()}; TF_ENABLE_ONEDNN_OPTS={os.environ.get('TF_ENABLE_ONEDNN_OPTS', 'not set')}\n")
    titles = ["network", "EFIELD", "largest difference", "pixels of another class", "their best two differ by"]
    print(f"| {' | '.join(titles)} | same bytes again |\n" + "|---" * 6 + "|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        image = str(folder / "image.tif")
        bands = list(range(1, len(BANDS) + 1))
        part = gdal.Translate(image, SCENE, srcWin=[0, 0, WIDTH, HEIGHT], bandList=bands)
        for number, band in enumerate(BANDS, start=1):
            part.GetRasterBand(number).SetDescription(band)
        scene = part.ReadAsArray(0, 0, SEEN, SEEN).transpose(1, 2, 0)[np.newaxis].astype(np.float32)
        del part
        for one in (name for name, kind in ARCHITECTURES.items() if kind.label_kind == "image"):
            keras.utils.set_random_seed(1)
            model_folder(folder / one, one, scene)

            def mapped(efield, file="map.tif", model=str(folder / one)):
                path = folder / file
                ApplyModel(model, [image], str(path), "probabilities", efield=efield, memory=MEMORY).run(Quiet())
                return path

            whole = gdal.Open(str(mapped(0, "whole.tif"))).ReadAsArray()
            for efield in efields:
                path = mapped(efield)
                found = gdal.Open(str(path)).ReadAsArray()
                difference, others = np.abs(found - whole).max(), found.argmax(0) != whole.argmax(0)
                best, second = np.sort(whole, axis=0)[:-3:-1]
                tie = f"{(best - second)[others].max():.1e}" if others.any() else ""
                again = "yes" if mapped(efield, "again.tif").read_bytes() == path.read_bytes() else "no"
                print(f"| {one} | {efield} | {difference:.1e} | {others.sum()} | {tie} | {again} |", flush=True)


main()
