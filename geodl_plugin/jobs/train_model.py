"""Train a network on a dataset folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ..runtime.reporter import Reporter
from ..systems.processor import onednn_is_left_off
from ..training.cluster import processes
from ..training.request import TrainRequest
from ..training.train import train
from . import Job

_SAVING_SECONDS = 60.0  # far more than it takes


@dataclass
class TrainModel(TrainRequest, Job):
    """Train a network and save it as a model folder; see `TrainRequest` for the fields."""

    NAME: ClassVar = "trainmodel"
    NEEDS_TENSORFLOW: ClassVar = True

    def grace(self) -> float:
        return _SAVING_SECONDS if self.keep_best else super().grace()

    def spoils_process(self) -> bool:
        """Whether it runs a program of the user's, or joins a cluster, which TensorFlow cannot leave."""
        return bool(self.model_file) or processes() > 1

    def variables(self) -> dict[str, str]:
        """The operations of oneDNN halve the time of a training on most processors; maps are no faster with them."""
        return {"TF_ENABLE_ONEDNN_OPTS": "1"} if onednn_is_left_off() else {}

    def run(self, reporter: Reporter) -> dict[str, Any]:
        result = train(self, reporter)
        if result.written_by:
            return {"output": "", "written_by": result.written_by}
        best = {} if result.best_epoch is None else {"best_epoch": result.best_epoch}
        return {
            "output": result.output,
            "report": result.report,
            "verdict": result.verdict,
            **best,
            **result.figures,
        }
