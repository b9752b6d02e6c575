"""What the sampling algorithms share: parameters with their help, and outputs."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterVectorDestination,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm, tr
from .layers import source_paths
from .parameters import choice, described, further_source, integer, resample, seed, shares
from .values import field_values

_SPLIT_HELP = {
    "spatial blocks": "whole blocks of the image go to train, valid or test.",
    "none": "all to train.",
    "random": "each position by itself; those too near another split are left out.",
    "chessboard": "black squares to train, white ones to valid and, by their shares, to test.",
    "by field": "the field below says it.",
}
_STRATEGY_HELP = (
    "'balanced': the number below, shared equally among the classes. 'per class': that number for each "
    "class. 'proportional': that number, shared by the classes' areas. 'all': every labelled pixel. 'grid': patches "
    "side by side."
)


class SampleAlgorithm(GeodlAlgorithm):
    """An algorithm that makes positions in several splits."""

    def add_strategy(self):
        """How many positions there will be."""
        self.addParameter(
            choice(
                "STRATEGY",
                tr("How many positions per class"),
                options.STRATEGIES,
                options.STRATEGIES[0],
                _STRATEGY_HELP,
            )
        )
        self.addParameter(
            integer(
                "COUNT",
                tr("Number of positions"),
                options.COUNT,
                1,
                "In all, or per class, as chosen above; 'all' and 'grid' take as many as there are.",
            )
        )

    def add_split(self, ways):
        """Which split each position belongs to."""
        self.addParameter(
            choice(
                "SPLIT",
                tr("How positions are split"),
                ways,
                "spatial blocks",
                " ".join(f"'{way}': {_SPLIT_HELP[way]}" for way in ways),
            )
        )

    def add_shares(self):
        """How much of the positions valid and test get."""
        for parameter in shares("positions"):
            self.addParameter(parameter)

    def add_block_size(self, help_text):
        """The side of blocks and squares."""
        self.addParameter(
            integer("BLOCK_SIZE", tr("Block size (pixels, 0 = automatic)"), 0, 0, help_text, advanced=True)
        )

    def add_buffer(self):
        """How far splits are apart."""
        self.addParameter(
            integer(
                "SPLIT_BUFFER",
                tr("Buffer between splits (pixels, 0 = automatic)"),
                0,
                0,
                "Positions closer than this to one of another split are left out, by the larger of the differences in "
                "columns and rows. Automatic: the patch size, so that no two splits share a pixel.",
                advanced=True,
            )
        )

    def add_min_distance(self):
        """How far positions are apart."""
        self.addParameter(
            integer(
                "MIN_DISTANCE",
                tr("Least distance of positions (pixels, 0 = none)"),
                0,
                0,
                "No two positions are closer than this, by the larger of the differences in columns and rows: with the "
                "patch size, no two patches overlap.",
                advanced=True,
            )
        )

    def add_further_sources(self):
        """Sources that the patches must lie in, too."""
        for number in (2, 3, 4):
            self.addParameter(further_source(number))
        self.addParameter(resample())

    def add_reject_nodata(self):
        """Whether no-data keeps positions away."""
        self.addParameter(
            described(
                QgsProcessingParameterBoolean("REJECT_NODATA", tr("Leave out patches with no-data"), False),
                "No position is taken whose patch holds a no-data value in any band of any source; others are taken "
                "instead as far as there are. How many pixels were rejected is told by source.",
                advanced=True,
            )
        )

    def add_outputs(self):
        """Seed, points and numbers."""
        self.addParameter(seed())
        self.addParameter(QgsProcessingParameterVectorDestination("OUTPUT", tr("Patch positions")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_TRAIN", tr("Positions to train with")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_VALID", tr("Positions to validate with")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_TEST", tr("Positions to test with")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_REJECTED", tr("Positions that found no room beside others")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_NODATA", tr("Pixels rejected for no-data, in all sources")))
        self.addOutput(QgsProcessingOutputString("NODATA_BY_SOURCE", tr("Pixels rejected for no-data by source")))

    def rules(self, parameters, context):
        """The parameters that this class declared, as the job names them."""
        chosen = field_values(self, parameters, context)
        return {**chosen, **source_paths(self, parameters, context), "output": ""}

    def results(self, found, feedback):
        return {
            "OUTPUT": found["output"],
            "COUNT_TRAIN": found["counts"]["train"],
            "COUNT_VALID": found["counts"]["valid"],
            "COUNT_TEST": found["counts"]["test"],
            "COUNT_REJECTED": found["count_rejected"],
            "COUNT_NODATA": sum(found["count_nodata"].values()),
            "NODATA_BY_SOURCE": ", ".join(f"{name}: {count}" for name, count in found["count_nodata"].items()),
        }
