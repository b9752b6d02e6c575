"""What the requests for dataset folders have in common."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from ..errors import InputError
from ..language import tr
from ..operations import Request
from ..options import COMPRESSIONS
from ..runtime.checks import check_choice, check_minimum, check_seed
from .description import FILE_NAME, LABELS


class DatasetRequest(Request):
    """A request whose output is a dataset folder; subclasses are dataclasses that have these fields.

    Attributes:
        source1: rasters of the first source.
        source2: rasters of a second source; empty: none.
        source3: of a third.
        source4: of a fourth.
        names: of the sources; empty: ``source1``, ``source2``…
        samples_per_shard: number of samples in a file.
        compression: one of `COMPRESSIONS`.
        drop_remainder: files hold exactly ``samples_per_shard`` samples; the rest is dropped.
        seed: of all that is drawn.
    """

    FOLDER_MARKER: ClassVar = FILE_NAME

    source1: list[str]
    source2: list[str]
    source3: list[str]
    source4: list[str]
    names: list[str]
    samples_per_shard: int
    compression: str
    drop_remainder: bool
    seed: int

    def check(self) -> None:
        """Raise `InputError` if a parameter is invalid; no file is read."""
        check_choice(tr("compression"), self.compression, COMPRESSIONS)
        check_minimum(tr("number of samples in a file"), self.samples_per_shard, 1)
        check_seed(self.seed)

    def provenance(self) -> dict[str, Any]:
        """The parameters, as ``dataset.json`` keeps them."""
        return dataclasses.asdict(self)  # type: ignore[call-overload,no-any-return]

    def rasters_by_source(self) -> dict[str, list[str]]:
        """The rasters of each source that is given, by its name.

        Raises:
            InputError: too few or too many names, one twice, or one that records or networks cannot have.
        """
        rasters = [self.source1, *(paths for paths in (self.source2, self.source3, self.source4) if paths)]
        names = self.names or [f"source{number}" for number in range(1, len(rasters) + 1)]
        if len(names) != len(rasters) or len(set(names)) < len(names):
            raise InputError(
                tr("Invalid names of the sources."),
                expected=tr("{count} different names, one for each source").format(count=len(rasters)),
                received=", ".join(names),
            )
        for name in names:
            if not name.isidentifier() or name == LABELS:
                raise InputError(
                    tr("Invalid name of a source."),
                    expected=tr("letters, digits and underscores, other than {labels}").format(labels=LABELS),
                    received=name,
                )
        return dict(zip(names, rasters))
