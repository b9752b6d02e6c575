"""The job `applymodel` on a cluster."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..errors import InputError
from ..jobs import Job
from ..jobs.apply_model import ApplyModel
from ..runtime.reporter import Reporter
from .map_on_cluster import map_on_cluster
from .request import ClusterRequest

_GRACE = 20.0  # seconds in which workers hear that they are to stop, and those on this computer end


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
        return _GRACE


def on_cluster(job: Job, **cluster: Any) -> ApplyModelOnCluster:
    """A job as it runs on a cluster.

    Args:
        job: the job.
        cluster: the fields that `ClusterRequest` has beyond those of a map.

    Raises:
        InputError: jobs of this kind do not run on a cluster.
    """
    if not isinstance(job, ApplyModel):
        raise InputError(
            "This job does not run on a cluster.",
            expected=f"the job {ApplyModel.NAME}",
            received=job.NAME,
            remedy="Run it without --scheduler.",
        )
    return ApplyModelOnCluster(**dataclasses.asdict(job), **cluster)
