"""What comparisons of networks mean, in sentences for people who do not know networks."""

from __future__ import annotations

from ..accuracy.comparison import Comparison
from ..accuracy.results import ClassEvaluation, Evaluation
from ..language import mark, tr

NO_LABELS = mark(
    "The network was not compared with one that sees single pixels, since the dataset has no labels in "
    "the split valid: whether it is any better cannot be judged."
)
SEVERAL_PROCESSES = mark(
    "The network was not compared with one that sees single pixels, since several processes trained it."
)
WHOLE_PATCHES = mark(
    "The network gives one label for a whole patch: it was not compared with one that sees single pixels."
)
NO_COMMON_GRID = mark(
    "The network was not compared with one that sees single pixels, since the pixel sizes of the "
    "sources are not multiples of each other."
)
TAUGHT = mark("Where there are no labels, the network learned what single pixels tell.")
FEW_PLACES = mark("There are labels in few separate places of the split valid: label more areas for a surer answer.")
KEPT = mark("It is kept all the same, as it was asked for; the architecture 'pixel' gives the better one.")
PIXELS_KEPT = mark(
    "The result is the network of single pixels (architecture 'pixel'). More labelled areas, or areas "
    "that differ more from each other, may help a network that looks at the surroundings."
)

_MISSED = 0.02  # share of a class's pixels below which it is not found


def of_pixels(network: Evaluation, pixels: Evaluation, comparison: Comparison, *, is_undecided: bool = False) -> str:
    """What a comparison with single pixels means.

    Args:
        network: how well the network does on the split valid.
        pixels: how well single pixels do there.
        comparison: of both.
        is_undecided: whether the network is kept even if it is worse, since it rests on few places.
    """
    figures = tr("{network} against {pixels} by single pixels, on the split valid").format(
        network=figure_text(network), pixels=figure_text(pixels, short=True)
    )
    is_of_classes = isinstance(network, ClassEvaluation)
    if is_of_classes:
        figures = f"{figures}, {comparison.gain:+.3f} ± {comparison.standard_error:.3f}"
    lost = ", ".join(comparison.lost)
    if lost and is_undecided:
        return tr(
            "On the split valid the network does not find {lost}, which single pixels find ({figures}). It is kept, "
            "since few places of a class cannot decide, and it has learned from single pixels as well."
        ).format(lost=lost, figures=figures)
    if lost:
        return tr("The network is worse than single pixels ({figures}): it does not find {lost}.").format(
            figures=figures, lost=lost
        )
    if comparison.is_worse and is_undecided:
        return tr(
            "The network does worse than single pixels in the few places of the split valid ({figures}), which "
            "cannot decide. It is kept, since it has learned from single pixels as well."
        ).format(figures=figures)
    if comparison.is_worse:
        return tr(
            "The network is worse than single pixels ({figures}): it learned its training patches by heart."
        ).format(figures=figures)
    if comparison.is_better:
        text = (
            tr(
                "The network is better than single pixels ({figures}): these classes show in the surroundings of a "
                "pixel, such as texture and shape, and not in its colour alone."
            )
            if is_of_classes
            else tr(
                "The network is better than single pixels ({figures}): these values show in the surroundings of a "
                "pixel, such as texture and shape, and not in its colour alone."
            )
        )
        return text.format(figures=figures)
    text = (
        tr(
            "The network is as good as single pixels ({figures}; the difference may be chance): as far as these labels "
            "tell, these classes show in the colour of each pixel. The architecture 'pixel' is trained and mapped many "
            "times faster."
        )
        if is_of_classes
        else tr(
            "The network is as good as single pixels ({figures}; the difference may be chance): as far as these labels "
            "tell, these values show in the colour of each pixel. The architecture 'pixel' is trained and mapped many "
            "times faster."
        )
    )
    return text.format(figures=figures)


def of_missed(evaluation: Evaluation | None) -> str:
    """Which classes a network does not find, a sentence; empty: it finds all of them.

    Args:
        evaluation: on the split valid; None: there is none.
    """
    if not isinstance(evaluation, ClassEvaluation):
        return ""
    recall = evaluation.confusion.recall
    missed = [name for name, found in zip(evaluation.classes.names, recall) if found < _MISSED]
    if not missed:
        return ""
    return tr(
        "On the split valid the network hardly finds {missed}: the map may lack it. Draw more of it, in other "
        "places, or try larger patches."
    ).format(missed=", ".join(missed))


def of_larger(network: Evaluation, larger: Evaluation, *, is_kept: bool) -> str:
    """What a comparison with a larger network means.

    Args:
        network: how well the usual network does on the split valid.
        larger: how well the larger one does there.
        is_kept: whether the larger one is kept.
    """
    figures = tr("{larger} against {usual}, on the split valid").format(
        larger=figure_text(larger), usual=figure_text(network, short=True)
    )
    if is_kept:
        return tr("A larger network, trained for longer, is better than the usual one and is kept ({figures}).").format(
            figures=figures
        )
    return tr(
        "A larger network, trained for longer, is not better than the usual one, which is kept ({figures})."
    ).format(figures=figures)


def of_smaller(smaller: Evaluation, *, is_kept: bool) -> str:
    """What became of a smaller network.

    Args:
        smaller: how well it does on the split valid.
        is_kept: whether it is the result.
    """
    if is_kept:
        return tr("The result is a smaller network with stronger weight decay, which is not worse ({figure}).").format(
            figure=figure_text(smaller)
        )
    return tr("A smaller network with stronger weight decay is worse, too ({figure}).").format(
        figure=figure_text(smaller)
    )


def figure_text(evaluation: Evaluation, *, short: bool = False) -> str:
    """The figure that an evaluation is compared by, with its name unless it is short."""
    name, figure = (tr("accuracy"), "accuracy") if isinstance(evaluation, ClassEvaluation) else ("RMSE", "rmse")
    value = f"{evaluation.figures[figure]:.3g}"
    return value if short else f"{name} {value}"
