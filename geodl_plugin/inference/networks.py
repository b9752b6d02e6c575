"""What several maps of one request share: models that are opened once, and functions that are compiled once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..models.loading import OpenModel
    from .pipeline import Compute


class Networks:
    """The models of one map, or of several whose requests differ only in their images and outputs."""

    def __init__(self) -> None:
        self._models: dict[str, OpenModel] = {}
        self._functions: dict[Hashable, Compute] = {}

    def model(self, path: str) -> OpenModel:
        """An open model.

        Args:
            path: as for `models.loading.open_model`.

        Raises:
            InputError: it cannot be opened.
        """
        from ..models.loading import open_model

        if path not in self._models:
            self._models[path] = open_model(path)
        return self._models[path]

    def function(self, layout: Hashable, make: Callable[[], Compute]) -> Compute:
        """The models as a function of a block.

        Args:
            layout: all that the function depends on beside the request.
            make: gives the function; called if there is none for this layout.
        """
        if layout not in self._functions:
            self._functions[layout] = make()
        return self._functions[layout]
