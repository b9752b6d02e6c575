"""Parameters and outputs that the sampling algorithms share."""

from pathlib import Path

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterVectorDestination,
)

from ..geodl_plugin import options
from ..geodl_plugin.language import mark
from .base import GeodlAlgorithm
from .declaring import choice, described, integer, sentences_of
from .layers import source_paths
from .parameters import further_source, patch_edges, resample, seed, shares
from .translation import tr
from .values import counted, field_values

_SPLIT_SENTENCES = {
    "automatic": mark(
        "spatial blocks where every class keeps enough labels in train and valid; else whole features, "
        "or, for a label raster, smaller blocks. The log says what was done and why."
    ),
    "features": mark(
        "whole polygons, lines or points go to train, valid or test; a large polygon that is the only one "
        "of its class is cut."
    ),
    "spatial blocks": mark("whole square blocks of the image go to train, valid or test."),
    "none": mark("all positions go to train."),
    "random": mark("each position goes to a split at random; positions too close to another split are left out."),
    "chessboard": mark("the black squares go to train, the white ones to valid and test."),
    "by field": mark("a field of the layer names the split of each feature."),
}


class SampleAlgorithm(GeodlAlgorithm):
    """An algorithm that makes positions in several splits."""

    def add_strategy(self):
        """How many positions there are."""
        self.add_parameters(
            choice(
                "STRATEGY",
                tr("Sampling strategy"),
                options.STRATEGIES,
                options.STRATEGIES[0],
                tr("How many positions are taken from each class."),
                sentences_of("sampling.strategies"),
            ),
            integer(
                "COUNT",
                tr("Number of positions"),
                options.COUNT,
                1,
                tr(
                    "In all or for each class, depending on the strategy. Fewer are taken where there is not enough "
                    "room."
                ),
            ),
        )

    def add_split(self, ways):
        """Which split each position belongs to, and how far splits are apart."""
        self.addParameter(
            choice(
                "SPLIT",
                tr("How to split the positions"),
                ways,
                ways[0],
                tr(
                    "Which labels train the network (train), choose its best state (valid) and judge it (test). No "
                    "label is in two splits."
                ),
                {way: tr(_SPLIT_SENTENCES[way]) for way in ways},
            )
        )
        self.add_shares()
        self.add_block_size(
            tr(
                "Side of the spatial blocks and of the chessboard's squares. Automatic: three times the patch size, or "
                "three times the buffer if that is set, and larger on very large images."
            )
        )
        self.add_buffer()

    def add_shares(self):
        """The fractions of the positions for validation and test."""
        self.add_parameters(
            *shares(
                tr("Fraction of the positions that the best state of the network is chosen with: the split valid."),
                tr("Fraction of the positions that the trained network is evaluated with: the split test."),
            )
        )

    def add_block_size(self, help_text):
        """The side of blocks and squares, in pixels."""
        self.addParameter(
            integer("BLOCK_SIZE", tr("Block size (pixels, 0 = automatic)"), 0, 0, help_text, advanced=True)
        )

    def add_buffer(self):
        """The minimum distance of positions of different splits."""
        self.addParameter(
            integer(
                "SPLIT_BUFFER",
                tr("Buffer between splits (pixels, 0 = automatic)"),
                0,
                0,
                tr(
                    "Positions closer than this to a position of another split are left out. The distance is the "
                    "larger of the differences in columns and rows. Automatic: the patch size, so that patches of "
                    "different splits share no pixel; between whole features none, since patches share no label; a "
                    "buffer that you set is kept there only if SPLIT is 'features' or 'by field'."
                ),
                advanced=True,
            )
        )

    def add_min_distance(self):
        """The minimum distance of any two positions."""
        self.addParameter(
            integer(
                "MIN_DISTANCE",
                tr("Minimum distance between positions (pixels, 0 = none)"),
                0,
                0,
                tr(
                    "No two positions are closer than this. The distance is the larger of the differences in columns "
                    "and rows: with the patch size, no two patches overlap."
                ),
                advanced=True,
            )
        )

    def add_further_sources(self):
        """Further sources, which patches must lie in as well."""
        for number in (2, 3, 4):
            self.addParameter(further_source(number))
        self.addParameter(resample())

    def add_reject_nodata(self):
        """Whether patches with no-data are left out."""
        self.addParameter(
            described(
                QgsProcessingParameterBoolean("REJECT_NODATA", tr("Leave out patches with no-data"), False),
                tr(
                    "Leaves out positions whose patch contains a no-data value in any band of any source, and takes "
                    "others instead where possible. The outputs say how many pixels were rejected in each source. "
                    "Rarely needed: pixels without data are never positions, and the network fills a few in a patch."
                ),
                advanced=True,
            )
        )

    def add_edges(self):
        """Whether patches may reach beyond the images."""
        self.addParameter(patch_edges())

    def add_outputs(self):
        """The random seed, the points and their numbers."""
        self.add_parameters(
            seed(),
            described(
                QgsProcessingParameterVectorDestination("OUTPUT", tr("Patch positions")),
                tr(
                    "Points with the fields class and split, to look at in the map, and for Export patches and labels "
                    "as TFRecords."
                ),
            ),
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT_TRAIN", tr("Training positions")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_VALID", tr("Validation positions")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_TEST", tr("Test positions")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_REJECTED", tr("Positions left out for lack of room")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_NODATA", tr("Pixels rejected because of no-data, all sources")))
        self.addOutput(
            QgsProcessingOutputString("NODATA_BY_SOURCE", tr("Pixels rejected because of no-data, by source"))
        )

    def fields(self, parameters, context):
        """The values of the parameters that this class declares, by the names of the job's fields."""
        chosen = field_values(self, parameters, context)
        return {**chosen, **source_paths(self, parameters, context), "output": ""}

    def style(self, results, context):
        from .loading import name_layers, titled
        from .styling import style_positions

        style_positions(results["OUTPUT"], context)
        job = vars(self._job)
        labels = job.get("input_name") or Path(job.get("input", "")).stem
        name_layers(self, results, {"OUTPUT": titled(tr("Patch positions"), labels)}, "", context)

    def results(self, found, feedback):
        return {
            "OUTPUT": found["output"],
            "COUNT_TRAIN": found["counts"]["train"],
            "COUNT_VALID": found["counts"]["valid"],
            "COUNT_TEST": found["counts"]["test"],
            "COUNT_REJECTED": found["count_rejected"],
            "COUNT_NODATA": sum(found["count_nodata"].values()),
            "NODATA_BY_SOURCE": counted(found["count_nodata"]),
        }
