"""How good a network is, in words: what it confuses, how sure that is, and what to do.  Pure arithmetic.

The limits are rules of thumb for maps of land cover; what is good enough depends on the use of the map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..datasets.description import DatasetDescription
from ..datasets.thin_ground import thin_ground
from ..language import joined, tr
from .comparison import mean_difference
from .confusion import ConfusionMatrix
from .results import ClassEvaluation, Evaluation, RegressionEvaluation

GOOD, FAIR, POOR = "good", "fair", "poor"
_GOOD_F1, _FAIR_F1 = 0.8, 0.5  # of the weakest class
_GOOD_ACCURACY, _FAIR_ACCURACY = 0.85, 0.65
_GOOD_R2, _FAIR_R2 = 0.8, 0.5
_CONFUSED = 0.1  # share of a class's pixels
_MOST_CONFUSIONS = 3
_PLACES = 5  # that an uncertainty needs
_GAP = 0.1  # between the accuracy of two splits
_BIASED = 0.25  # of the root mean square error
_STILL_FALLING = 0.05  # share of the validation loss, in the last epoch


@dataclass(frozen=True)
class Verdict:
    """How good a network is.

    Args:
        level: `GOOD`, `FAIR` or `POOR`.
        headline: a sentence.
        sentences: what is weak, how sure that is, and what to do.
    """

    level: str
    headline: str
    sentences: list[str]


def verdict_on(
    evaluation: Evaluation,
    dataset: DatasetDescription,
    others: Sequence[Evaluation] = (),
    history: Mapping[str, Sequence[float]] | None = None,
    best_epoch: int = 0,
) -> Verdict:
    """Judge a network by its most telling evaluation.

    Args:
        evaluation: of the split that it is judged by.
        dataset: that the split belongs to.
        others: evaluations on further splits.
        history: figures by epoch as Keras names them; None: unknown.
        best_epoch: number, from 1, of the epoch whose weights the network has.
    """
    thin = thin_ground(dataset, [evaluation.split])
    if isinstance(evaluation, ClassEvaluation):
        level, headline, sentences = _of_classes(evaluation, is_thin=bool(thin))
        sentences += [_gap(evaluation, other) for other in others if isinstance(other, ClassEvaluation)]
    else:
        level, headline, sentences = _of_values(evaluation, is_thin=bool(thin))
    sentences += [*thin, _uncertainty(evaluation), *_of_course(history or {}, best_epoch)]
    return Verdict(level, headline, [sentence for sentence in sentences if sentence])


def _of_classes(evaluation: ClassEvaluation, *, is_thin: bool) -> tuple[str, str, list[str]]:
    """Level, headline and sentences for classes; if the figures rest on few places, nothing is good."""
    confusion = evaluation.confusion
    labelled = confusion.matrix.sum(axis=1) > 0
    if not labelled.any():
        nothing = tr("The split {split} has no labels: nothing is known of the network.")
        return POOR, nothing.format(split=evaluation.split), []
    weakest = int(np.where(labelled, confusion.f1, np.inf).argmin())
    f1, accuracy = float(confusion.f1[weakest]), confusion.overall_accuracy
    if f1 >= _GOOD_F1 and accuracy >= _GOOD_ACCURACY and not is_thin:
        level = GOOD
        headline = tr(
            "Good: {accuracy:.1f} % of the labelled pixels of the split {split} are right, and every class is found; "
            "the weakest is {weak} (F1 {f1:.2f})."
        )
    elif f1 >= _GOOD_F1 and accuracy >= _GOOD_ACCURACY:
        level = FAIR
        headline = tr(
            "It looks good, but rests on few places: take the figures for a first impression. {accuracy:.1f} % of the "
            "labelled pixels of the split {split} are right, and every class is found; the weakest is {weak} "
            "(F1 {f1:.2f})."
        )
    elif f1 >= _FAIR_F1 and accuracy >= _FAIR_ACCURACY:
        level = FAIR
        headline = tr(
            "Usable, but {weak} is weak (F1 {f1:.2f}): {accuracy:.1f} % of the labelled pixels of the split {split} "
            "are right."
        )
    else:
        level = POOR
        headline = tr(
            "Not yet good enough for a map: {weak} is poor (F1 {f1:.2f}); {accuracy:.1f} % of the labelled pixels of "
            "the split {split} are right."
        )
    headline = headline.format(weak=confusion.names[weakest], f1=f1, accuracy=100 * accuracy, split=evaluation.split)
    sentences = _confusions(confusion)
    unknown = [name for name, is_labelled in zip(confusion.names, labelled) if not is_labelled]
    if unknown:
        sentences.append(
            tr(
                "Nothing is known of {classes}: the split {split} has no labels of it. Draw more of it, in several "
                "places."
            ).format(classes=joined(unknown), split=evaluation.split)
        )
    return level, headline, sentences


def _confusions(confusion: ConfusionMatrix) -> list[str]:
    """What is taken for what, the most frequent first."""
    shares = confusion.matrix / np.maximum(1, confusion.matrix.sum(axis=1, keepdims=True))
    np.fill_diagonal(shares, 0)
    found = []
    for place in np.argsort(shares, axis=None)[::-1][:_MOST_CONFUSIONS].tolist():
        true, taken = divmod(place, len(shares))
        share = float(shares[true, taken])
        if share >= _CONFUSED:
            one, other = confusion.names[true], confusion.names[taken]
            text = tr(
                "{capitalised} is taken for {other} ({share:.0f} % of its pixels): draw more {one} where it looks like "
                "{other}, and more {other} where it looks like {one}."
            )
            found.append(
                text.format(capitalised=f"{one[:1].upper()}{one[1:]}", one=one, other=other, share=100 * share)
            )
    return found


def _gap(evaluation: ClassEvaluation, other: ClassEvaluation) -> str:
    """What a large difference of two splits means; empty: there is none."""
    gap = other.confusion.mean_f1 - evaluation.confusion.mean_f1
    if abs(gap) < _GAP:
        return ""
    if gap > 0:
        text = tr(
            "On the split {split} the network does much better (mean F1 {f1:.2f} against {other_f1:.2f}): it depends "
            "on the place. Labels in more places make it surer."
        )
    else:
        text = tr(
            "On the split {split} the network does much worse (mean F1 {f1:.2f} against {other_f1:.2f}): it depends on "
            "the place. Labels in more places make it surer."
        )
    return text.format(split=other.split, f1=other.confusion.mean_f1, other_f1=evaluation.confusion.mean_f1)


def _of_values(evaluation: RegressionEvaluation, *, is_thin: bool) -> tuple[str, str, list[str]]:
    """Level, headline and sentences for continuous values; if the figures rest on few places, nothing is good."""
    errors = evaluation.errors
    if errors.r2 >= _GOOD_R2 and not is_thin:
        level = GOOD
        headline = tr("Good: R² {r2:.2f} on the split {split}; a pixel is wrong by {mae:.3g} on average.")
    elif errors.r2 >= _GOOD_R2:
        level = FAIR
        headline = tr(
            "It looks good, but rests on few places: take the figures for a first impression. R² {r2:.2f} on the split "
            "{split}; a pixel is wrong by {mae:.3g} on average."
        )
    elif errors.r2 >= _FAIR_R2:
        level = FAIR
        headline = tr(
            "Usable for rough values: R² {r2:.2f} on the split {split}; a pixel is wrong by {mae:.3g} on average."
        )
    else:
        level = POOR
        headline = tr(
            "Not yet good enough for a map: R² {r2:.2f} on the split {split}; a pixel is wrong by {mae:.3g} on average."
        )
    sentences = []
    if abs(errors.bias) > _BIASED * errors.rmse:
        if errors.bias > 0:
            text = tr(
                "The values are too high by {bias:.3g} on average: the split differs from the training labels. Add "
                "training labels like those of this split."
            )
        else:
            text = tr(
                "The values are too low by {bias:.3g} on average: the split differs from the training labels. Add "
                "training labels like those of this split."
            )
        sentences.append(text.format(bias=abs(errors.bias)))
    return level, headline.format(r2=errors.r2, mae=errors.mae, split=evaluation.split), sentences


def _uncertainty(evaluation: Evaluation) -> str:
    """How far the figures would differ in other places; empty: nothing is known."""
    errors, pixels = evaluation.patch_errors.sums.T
    if not pixels.sum():
        return ""
    places = evaluation.patch_errors.places()
    by_place = np.bincount(places, pixels)
    count = int(np.count_nonzero(by_place))
    if count < _PLACES:
        if count > 1:
            text = tr(
                "The labels of the split {split} lie in {count} separate places only: that is too few to say how far "
                "the figures would differ elsewhere."
            )
        else:
            text = tr(
                "The labels of the split {split} lie in {count} separate place only: that is too few to say how far "
                "the figures would differ elsewhere."
            )
        return text.format(split=evaluation.split, count=count)
    if not isinstance(evaluation, ClassEvaluation):
        return ""
    _, error = mean_difference(np.bincount(places, errors), by_place)
    return tr(
        "By chance of the {count} places that were labelled, the accuracy may be {reach:.1f} percentage points higher "
        "or lower, or more where the image is unlike them."
    ).format(count=count, reach=200 * error)


def _of_course(history: Mapping[str, Sequence[float]], best_epoch: int) -> list[str]:
    """What the course of the training tells, as sentences."""
    found = []
    epoch = best_epoch - 1
    train, valid = history.get("accuracy", ()), history.get("val_accuracy", ())
    if 0 <= epoch < min(len(train), len(valid)) and train[epoch] - valid[epoch] > _GAP:
        found.append(
            tr(
                "The network is overfitted: it gets {train:.0f} % of its training pixels right, but only {valid:.0f} % "
                "of those of the split valid. It has learnt its training places by heart: label more places, or train "
                "a smaller network (WIDTH, DEPTH)."
            ).format(train=100 * train[epoch], valid=100 * valid[epoch])
        )
    loss = history.get("val_loss", ())
    if len(loss) > 1 and best_epoch == len(loss) and loss[-2] - loss[-1] > _STILL_FALLING * abs(loss[-2]):
        found.append(
            tr("The network was still getting better in the last epoch: more epochs may help (EPOCHS, EFFORT).")
        )
    return found
