"""What TensorFlow says of damaged records, as an error that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tensorflow as tf

from ..errors import InputError
from ..language import tr


@contextmanager
def explained_damage(folder: Path, *errors: type[tf.errors.OpError]) -> Iterator[None]:
    """Turn errors of TensorFlow that mean damaged records into `InputError`.

    Args:
        folder: the dataset, for the message.
        *errors: those errors: ``DataLossError`` in any case; ``InvalidArgumentError`` where nothing but records is
            read, since a network raises it for reasons of its own.
    """
    try:
        yield
    except errors as error:
        # Of a network that trains, the message begins with where: all but the last line that is not indented.
        lines = [line for line in error.message.splitlines() if line[:1].strip()]
        raise InputError(
            tr("The dataset {folder} is damaged.").format(folder=folder),
            expected=tr("records as output_types.json and output_shapes.json describe them"),
            received=lines[-1] if lines else tr("others"),
            remedy=tr("Export it again."),
        ) from error
