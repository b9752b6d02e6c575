"""The job `applymodel` on a cluster."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..jobs import Job
from ..jobs.apply_model import ApplyModel
from ..runtime.reporter import Reporter
from .map_on_cluster import map_on_cluster
from .request import ClusterRequest

GRACE = 20.0  # seconds in which workers hear that they are to stop, and those on this computer end


@dataclass
class ApplyModelOnCluster(ClusterRequest, Job):
    """Map a raster with the workers of a cluster: `map_on_cluster` as a job.

    It is made from a job `ApplyModel` and from what the command line says; it stands in no job file.
    """

    NAME: ClassVar = ApplyModel.NAME
    NEEDS_TENSORFLOW: ClassVar = True

    def run(self, reporter: Reporter) -> dict[str, Any]:
        """Map the raster; the results are the fields of `MapResult`."""
        return dataclasses.asdict(map_on_cluster(self, reporter))

    def grace(self) -> float:
        return GRACE


def on_cluster(job: ApplyModel, **cluster: Any) -> ApplyModelOnCluster:
    """A map as it is made on a cluster.

    Args:
        job: the job.
        cluster: the fields that `ClusterRequest` has beyond those of a map.
    """
    return ApplyModelOnCluster(**dataclasses.asdict(job), **cluster)
