"""What the benchmarks of training share: the bundled scene, and a reporter that says little."""

from pathlib import Path

from geodl_plugin.runtime.reporter import ConsoleReporter

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
SCENE = str(DEMO / "gewata_l7_6band_uint16.tif")
IMAGE = [SCENE]
POLYGONS = str(DEMO / "gewata_training_polygons.gpkg")
REFERENCE = str(DEMO / "gewata_lulc_polygons.gpkg")
LABELS, TREE_COVER = DEMO / "gewata_lulc_label.tif", DEMO / "gewata_vcf_treecover.tif"


class Quiet(ConsoleReporter):
    """Says nothing but warnings."""

    def info(self, message):
        pass

    def show(self, fraction, message, remaining):
        pass
