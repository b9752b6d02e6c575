"""Draw an image beside its class map, with a legend: quicklook.py IMAGE MAP PICTURE"""

import sys
from pathlib import Path

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from osgeo import gdal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from geodl_plugin.labels.class_raster import read_classes

RED_GREEN_BLUE = (5, 4, 3)  # bands: short-wave infrared, near infrared, red

gdal.UseExceptions()
image_path, map_path, picture = sys.argv[1:]
classes = read_classes(map_path)
image = gdal.Open(image_path).ReadAsArray(band_list=list(RED_GREEN_BLUE), interleave="pixel").astype(float)
low, high = np.percentile(image, (2, 98), axis=(0, 1))
values = gdal.Open(map_path).ReadAsArray()
index = np.ma.masked_equal(np.searchsorted(classes.values, values), len(classes))

figure = Figure(figsize=(13, 5.6), layout="constrained")
left, right = figure.subplots(1, 2)
left.imshow(((image - low) / (high - low)).clip(0, 1))
left.set_title("Landsat 7: swir1, nir, red", loc="left")
right.imshow(
    np.ma.masked_array(index, values == classes.nodata),
    cmap=ListedColormap([one.color for one in classes.classes]),
    interpolation="nearest",
    vmin=-0.5,
    vmax=len(classes) - 0.5,
)
right.set_title("Map", loc="left")
for axes in (left, right):
    axes.set_axis_off()
legend = [Patch(facecolor=one.color, label=one.name, edgecolor="#555555", linewidth=0.5) for one in classes.classes]
figure.legend(handles=legend, loc="outside lower center", ncols=len(legend), frameon=False)
figure.savefig(picture, dpi=110)
