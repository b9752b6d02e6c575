"""The drawing of networks."""

from xml.etree import ElementTree

import keras
import pytest

from geodl_plugin.reports.layer_blocks import layer_blocks
from geodl_plugin.reports.layer_drawing import draw_layers

layers = keras.layers


def described(model, **sizes):
    """(kind, pixels, title, numbers of the sources) of each block."""
    blocks = layer_blocks(model, sizes or {tensor.name: 32 for tensor in model.inputs})
    return [(block.kind, block.size, block.title, sorted(block.sources)) for block in blocks]


def image(name="source1", bands=4):
    """An input."""
    return keras.Input((None, None, bands), name=name)


def conv(tensor, filters, stride=1, **options):
    """A convolution of 3 × 3."""
    return layers.Conv2D(filters, 3, stride, padding="same", **options)(tensor)


def head(tensor, classes=3):
    """Class probabilities."""
    return {"predictions": layers.Softmax(name="predictions")(layers.Conv2D(classes, 1)(tensor))}


def test_a_unet_is_a_u(untrained):
    _, network = untrained("unet")
    assert described(network.model) == [
        ("input", 32, "source1", []),
        ("encoder", 32, "4 channels", [0]),
        ("encoder", 16, "8 channels", [1]),
        ("encoder", 8, "16 channels", [2]),
        ("encoder", 4, "32 channels", [3]),
        ("decoder", 8, "16 channels", [3, 4]),
        ("decoder", 16, "8 channels", [2, 5]),
        ("decoder", 32, "4 channels", [1, 6]),
        ("output", 32, "predictions", [7]),
    ]


def test_an_fcnn_has_its_sums(untrained):
    _, network = untrained("fcnn")
    blocks = layer_blocks(network.model, {"source1": 32})
    assert [(block.kind, block.size) for block in blocks[:5]] == [
        ("input", 32), ("encoder", 16), ("encoder", 8), ("encoder", 4), ("encoder", 2),
    ]  # fmt: skip
    assert "sum" in blocks[5].layers
    assert blocks[-1].kind == "output"
    assert blocks[-1].lines[0] == "3 channels"


def test_layers_are_counted():
    source = image()
    tensor = layers.ReLU()(layers.BatchNormalization()(conv(conv(source, 8), 8)))
    (_, block, _) = layer_blocks(keras.Model({"source1": source}, head(tensor)), {"source1": 32})
    assert block.lines == ["2 × conv 3×3"]


def test_many_kinds_of_layers_are_cut_short():
    source = tensor = image()
    for size in (1, 2, 3, 4, 5, 6):
        tensor = layers.Conv2D(4, size, padding="same")(tensor)
    (_, block, _) = layer_blocks(keras.Model({"source1": source}, head(tensor)), {"source1": 32})
    assert block.lines == ["conv 1×1", "conv 2×2", "conv 3×3", "+ 3 more"]


def test_branches_on_the_same_pixels_are_one_block():
    source = image()
    main, short = conv(source, 8, 2), layers.Conv2D(8, 1, 2)(source)
    assert described(keras.Model({"source1": source}, head(layers.add([main, short])))) == [
        ("input", 32, "source1", []),
        ("encoder", 16, "8 channels", [0]),
        ("output", 16, "predictions", [1]),
    ]


def test_padding_and_global_pooling_stay_with_their_pixels():
    source = image()
    tensor = layers.Conv2D(8, 3, 2)(layers.ZeroPadding2D(((0, 1), (0, 1)))(conv(source, 8)))
    weight = layers.Dense(8)(layers.GlobalAveragePooling2D(keepdims=True)(tensor))
    tensor = layers.multiply([tensor, weight])
    assert [size for _, size, _, _ in described(keras.Model({"source1": source}, head(tensor)))] == [32, 32, 16, 16]


def test_a_network_for_whole_patches_can_be_drawn():
    source = image()
    tensor = layers.GlobalAveragePooling2D()(conv(source, 8, 2))
    output = layers.Dense(3, activation="softmax", name="predictions")(tensor)
    assert described(keras.Model({"source1": source}, {"predictions": output}))[-1] == (
        "output", 16, "predictions", [1]
    )  # fmt: skip


def test_sources_of_two_resolutions_meet():
    fine, coarse = image("fine"), image("coarse", 10)
    tensor = layers.concatenate([fine, layers.UpSampling2D(4)(coarse)])
    model = keras.Model({"fine": fine, "coarse": coarse}, head(conv(tensor, 8)))
    blocks = described(model, fine=32, coarse=8)
    assert {block[:3] for block in blocks[:2]} == {("input", 32, "fine"), ("input", 8, "coarse")}
    assert blocks[-2][:3] == ("encoder", 32, "8 channels")
    assert blocks[-2][3] == [0, 1]


def test_a_shared_layer_is_drawn_each_time():
    before, after = image("before"), image("after")
    shared = layers.Conv2D(8, 3, padding="same")
    model = keras.Model({"before": before, "after": after}, head(layers.subtract([shared(before), shared(after)])))
    assert [kind for kind, *_ in described(model)].count("encoder") == 2


def test_a_nested_model_is_one_block():
    inner_source = image("inner")
    inner = keras.Model(inner_source, conv(conv(inner_source, 8, 2), 16, 2), name="backbone")
    source = image()
    blocks = layer_blocks(keras.Model({"source1": source}, head(inner(source))), {"source1": 32})
    assert (blocks[1].size, blocks[1].layers) == (8, ["backbone"])


@pytest.mark.parametrize("architecture", ["unet", "fcnn"])
def test_the_drawing_is_well_formed(untrained, architecture):
    _, network = untrained(architecture)
    svg = ElementTree.fromstring(draw_layers(network.model, {"source1": 32}))
    names = [element.tag.rpartition("}")[2] for element in svg.iter()]
    blocks = layer_blocks(network.model, {"source1": 32})
    assert names.count("rect") == len(blocks)
    assert sum(element.get("marker-end") is not None for element in svg.iter()) == sum(
        len(block.sources) for block in blocks
    )
    width = float(svg.get("viewBox").split()[2])
    boxes = [element for element in svg.iter() if element.tag.endswith("rect")]
    assert all(float(box.get("x")) + float(box.get("width")) <= width for box in boxes)
    places = {(box.get("x"), box.get("y")) for box in boxes}
    assert len(places) == len(boxes)


def test_names_are_escaped():
    source = image("a&b")
    assert "a&amp;b" in draw_layers(keras.Model({"a&b": source}, head(conv(source, 4))), {"a&b": 32})


def test_a_branch_that_stays_fine_is_no_decoder():
    source = image()
    branch, deep = conv(source, 4), conv(source, 8, 2)
    back = layers.concatenate([branch, layers.UpSampling2D()(deep)])
    blocks = described(keras.Model({"source1": source}, head(conv(back, 4))))
    assert [kind for kind, *_ in blocks].count("decoder") == 1
    assert ("encoder", 32, "4 channels", [0]) in blocks


def test_an_arrow_goes_round_another_source():
    fine, coarse = image("fine"), image("coarse")
    model = keras.Model(
        {"coarse": coarse, "fine": fine},
        head(conv(layers.concatenate([coarse, layers.Conv2D(4, 2, 2)(fine)]), 8)),
    )
    svg = ElementTree.fromstring(draw_layers(model, {"fine": 32, "coarse": 16}))
    (box,) = [element for element in svg.iter("rect") if element.get("x") == "78" and float(element.get("y")) > 50]
    left, right = float(box.get("x")), float(box.get("x")) + float(box.get("width"))
    upright = [
        float(path.get("d").split("V")[0].split("H")[-1].split()[0])
        for path in svg.iter("path")
        if path.get("marker-end") and "V" in path.get("d") and path.get("d").startswith("M186")
    ]
    assert upright and all(not left <= x <= right for x in upright)
