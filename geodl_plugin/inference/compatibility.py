"""Whether a model can be applied to sources: their bands and types, the ground, the outputs, the patch size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from ..models.familiarity import UNFAMILIARITY
from ..models.folder import ModelInput
from ..models.loading import ModelTensor, OpenModel
from ..rasters.raster import Source
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from .compatible_dates import check_dates, describe_dates
from .request import MapRequest


def check_model(model: OpenModel, sources: Sources, request: MapRequest, reporter: Reporter) -> None:
    """Check that a model can be applied to the images, and gives what is wanted.

    Args:
        model: any.
        sources: the images, in the order of the model's inputs.
        request: tells what is wanted.
        reporter: receives what the model maps, and warnings of what may be a mistake.

    Raises:
        InputError: it cannot.
    """
    _check_output_type(model, request.output_type, bool(request.confidence), reporter)
    if request.unfamiliarity:
        _check_familiarity(model)
    _check_sources(model, sources, reporter)


def _check_sources(model: OpenModel, sources: Sources, reporter: Reporter) -> None:
    """Raise `InputError` if their number, bands or types are not those of the model; warn of bands of other names."""
    if len(sources) != len(model.images):
        raise InputError(
            tr("The number of sources is not that of the model's inputs."),
            expected=f"{len(model.images)}: {', '.join(f'{image.name} {image.shape_text}' for image in model.images)}",
            received=str(len(sources)),
            remedy=tr("Choose one source for each input, in this order (SOURCE1, SOURCE2, …)."),
        )
    for tensor, source in zip(model.images, sources):
        _check_dtype(tensor, source)
        if model.description:
            inputs = {trained.name: trained for trained in model.description.inputs}
            _check_bands(tensor, source, inputs[tensor.name], reporter)
        elif tensor.bands not in (None, source.bands):
            raise InputError(
                tr("The source {name} does not have the bands that the model takes.").format(name=source.name),
                expected=tr("{bands} bands ({name} {shape_text})").format(
                    bands=tensor.bands, name=tensor.name, shape_text=tensor.shape_text
                ),
                received=tr("{bands} bands ({band_names})").format(
                    bands=source.bands, band_names=", ".join(source.band_names)
                ),
                remedy=tr("Choose the rasters with these bands, in the order that the model was trained with."),
            )


def check_overlap(sources: Sources, reporter: Reporter) -> None:
    """Check that the sources overlap.

    Args:
        sources: the images.
        reporter: receives a warning if they do not cover the whole of the first one.

    Raises:
        InputError: they do not.
    """
    common, whole = sources.common, sources.reference.grid.window
    if min(common.shape) == 0:
        raise InputError(
            tr("The sources do not overlap."),
            expected=tr("images of the same ground"),
            received=", ".join(path for paths in sources.files for path in paths),
        )
    if common != whole:
        share = 100 * (1 - common.width * common.height / (whole.width * whole.height))
        reporter.warning(
            tr(
                "The sources do not cover {share:.2g} % of the first one: the map has no data there. They all cover "
                "columns {first_col} to {last_col}, rows {first_row} to {last_row}."
            ).format(
                share=share,
                first_col=common.col,
                last_col=common.col + common.width - 1,
                first_row=common.row,
                last_row=common.row + common.height - 1,
            )
        )


def _check_output_type(model: OpenModel, output_type: str, confidence: bool, reporter: Reporter) -> None:
    """Raise `InputError` if a model of continuous values is asked for probabilities or confidence."""
    target = model.description.values if model.description else None
    if not target:
        return
    is_probability = output_type.startswith("probabilities")
    missing = tr("probabilities") if is_probability else tr("confidence") if confidence else ""
    if missing:
        text = (
            tr("This model gives no probabilities: it maps continuous values, {name}, not classes.")
            if is_probability
            else tr("This model gives no confidence: it maps continuous values, {name}, not classes.")
        )
        raise InputError(
            text.format(name=target.name),
            expected=tr("the output 'classes', which gives the values, without confidence"),
            received=missing,
            remedy=tr("Choose the output 'classes', and leave the confidence empty."),
        )
    reporter.info(
        tr("This model maps continuous values, not classes: {name}, no data is NaN.").format(name=target.name)
    )


def _check_familiarity(model: OpenModel) -> None:
    """Raise `InputError` if a model does not have the output `UNFAMILIARITY`."""
    names = [output.name for output in model.outputs if not output.crop]
    if UNFAMILIARITY not in names:
        raise InputError(
            tr("This model does not know what it was trained on, so it cannot tell where it has never been."),
            expected=tr("a model made by this version of Train a network, with the output {unfamiliarity}").format(
                unfamiliarity=UNFAMILIARITY
            ),
            received=tr("the outputs {names}").format(names=", ".join(names)),
            remedy=tr("Leave UNFAMILIARITY empty, or train the network again."),
        )


def _check_dtype(tensor: ModelTensor, source: Source) -> None:
    if np.dtype(tensor.dtype).kind in "iu" and not np.can_cast(source.dtype, tensor.dtype):
        raise InputError(
            tr("The input {input} of the model cannot hold the values of the source {source}.").format(
                input=tensor.name, source=source.name
            ),
            expected=tr("values of type {dtype}, or of a smaller one").format(dtype=tensor.dtype),
            received=source.dtype.name,
            remedy=tr("Convert the raster first, with Translate (convert format)."),
        )


def _check_bands(tensor: ModelTensor, source: Source, described: ModelInput, reporter: Reporter) -> None:
    trained, is_first = described.bands, tensor.name == "source1"
    if described.dates:
        if source.bands == len(trained):
            check_dates(source, described, reporter)
            return
        image = (
            tr("The image does not have the bands of the time series that the network was trained on.")
            if is_first
            else tr("The source {name} does not have the bands of the time series that the network was trained on.")
        )
        found = tr("{bands} bands of {dates} dates") if source.dates else tr("{bands} bands")
        raise InputError(
            image.format(name=source.name),
            expected=describe_dates(described),
            received=found.format(bands=source.bands, dates=len(source.dates)),
            remedy=tr("Choose rasters of as many dates, in the order of time; dates without any image may be no data."),
        )
    if source.bands != len(trained):
        image = (
            tr("The image does not have the bands that the network was trained on.")
            if is_first
            else tr("The source {name} does not have the bands that the network was trained on.")
        )
        raise InputError(
            image.format(name=source.name),
            expected=tr("{count} bands ({trained})").format(count=len(trained), trained=", ".join(trained)),
            received=tr("{bands} bands ({band_names})").format(
                bands=source.bands, band_names=", ".join(source.band_names)
            ),
            remedy=tr("Choose the rasters with these bands, in this order."),
        )
    if source.band_names != trained:
        if sorted(source.band_names) == sorted(trained):
            image = (
                tr("The bands of the image are in another order than those that the network was trained on.")
                if is_first
                else tr(
                    "The bands of the source {name} are in another order than those that the network was trained on."
                )
            )
            raise InputError(
                image.format(name=source.name),
                expected=", ".join(trained),
                received=", ".join(source.band_names),
                remedy=tr("Rearrange them, or choose the rasters in the right order."),
            )
        image = (
            tr(
                "The network was trained on the bands {trained}; the image calls them {bands}. Make sure that they "
                "mean the same."
            )
            if is_first
            else tr(
                "The network was trained on the bands {trained}; the source {name} calls them {bands}. Make sure that "
                "they mean the same."
            )
        )
        bands = ", ".join(source.band_names)
        reporter.warning(image.format(trained=", ".join(trained), name=source.name, bands=bands))


def select_outputs(model: OpenModel, names: Sequence[str]) -> tuple[str, ...]:
    """The names of the outputs to compute.

    Where the model has an output whole and cropped, the whole one is taken: it is cropped as the fields require.

    Args:
        model: any.
        names: what the user gave; empty: the output that maps are made of.

    Raises:
        InputError: there is no such output.
    """
    available = {output.name for output in model.outputs}
    found = [model.output(name) for name in names or [""]]
    return tuple(output.whole_name if output.whole_name in available else output.name for output in found)


def is_patch_based(model: OpenModel, outputs: Sequence[str], mode: str) -> bool:
    """Whether a network gives one pixel for each patch.

    Args:
        model: any.
        outputs: names of those that are computed.
        mode: one of `options.MODES`; ``automatic``: what the shapes of the outputs say.
    """
    if mode != "automatic":
        return mode == "patch-based"
    return all(_is_answer(model.output(name)) for name in outputs)


def _is_answer(tensor: ModelTensor) -> bool:
    return (tensor.rank or 3) < 3 or tensor.image_size == (1, 1)


def patch_size(model: OpenModel, sources: Sources, rfield: int) -> int:
    """Side of the patches that a network takes, in pixels of the first source.

    Args:
        model: gives one answer for each patch.
        sources: the images.
        rfield: what the user gave; 0: that of the model.

    Raises:
        InputError: it is unknown, or another one than the network takes.
    """
    size = rfield or model.images[0].image_size[0]
    if size is None:
        raise InputError(
            tr("The size of the patches is unknown: the network takes any."),
            expected=tr("the receptive field, RFIELD: the size that it was trained with"),
            received="RFIELD = 0",
        )
    for index, tensor in enumerate(model.images):
        source_size = sources.patch_size(index, size)
        if any(side not in (None, source_size) for side in tensor.image_size):
            raise InputError(
                tr("The patches do not have the size that the network takes."),
                expected=f"{tensor.name} {tensor.shape_text}",
                received=tr("{source_size} × {source_size} pixels of {name}, RFIELD = {rfield}").format(
                    source_size=source_size, name=sources[index].name, rfield=rfield or size
                ),
                remedy=tr("Leave RFIELD at 0, or choose sources of the resolution that the network was trained on."),
            )
    return size


def trained_nodata(models: Sequence[OpenModel], sources: Sources) -> list[NDArray | None]:
    """The no-data values that networks were trained with, where the rasters have others.

    Networks of ours fill in missing values themselves, if these are NaN or the no-data value of the training.

    Returns:
        For each source the value of each band, NaN where the networks were trained with different ones; None: its
        rasters have the same, or those of the training are unknown.
    """
    found: list[NDArray | None] = []
    for index, source in enumerate(sources):
        trained = [model.description.inputs[index].nodata for model in models if model.description]
        differs = source.may_have_missing_values and any(source.nodata != nodata for nodata in trained)
        same = [values[0] if len({*values}) == 1 else None for values in zip(*trained)]
        values = [np.nan if value is None else value for value in same]
        found.append(np.array(values, np.float64) if differs else None)
    return found


def known_nodata(models: Sequence[OpenModel]) -> list[list[float | None]]:
    """The no-data values of each source's bands that all networks take for missing.

    Args:
        models: those that are applied.

    Returns:
        [source][band], None for a band without; empty where they are unknown, or differ from network to network.
    """
    known = [[trained.nodata for trained in model.description.inputs] if model.description else [] for model in models]
    return known[0] if all(one == known[0] for one in known) else []
