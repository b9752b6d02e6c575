"""What identifies the inputs of a map."""

from geodl_plugin.inference.fingerprint import content_hash, file_states, geometry_hash


def test_the_geometries_count_and_not_the_file(make_vector, box):
    one, same, other = (
        geometry_hash(make_vector([(box(10, 20, 5, size), "a")], name=name))
        for name, size in (("a.gpkg", 4), ("b.gpkg", 4), ("c.gpkg", 5))
    )
    assert one == same != other


def test_the_content_of_a_model_counts_and_not_its_place(tmp_path):
    one, other = tmp_path / "model", tmp_path / "the same model"
    for folder in (one, other):
        folder.mkdir()
        (folder / "weights").write_text("1")
    assert content_hash([one]) == content_hash([other])
    (other / "weights").write_text("2")
    assert content_hash([one]) != content_hash([other])


def test_a_changed_archive_is_seen(tmp_path):
    archive = tmp_path / "images.zip"
    archive.write_text("1")
    name = f"/vsizip/{archive}/image.tif"
    before = file_states([name])
    assert before == file_states([name])
    archive.write_text("12")
    assert file_states([name]) != before


def test_names_that_no_disk_has_are_kept_as_they_are():
    names = ["WMS:x", "<VRTDataset>" + "x" * 5000, "/vsicurl/https://host/a.tif"]
    assert file_states(names) == [[name] for name in names]


def test_a_changed_image_is_seen(tmp_path):
    path = tmp_path / "image.tif"
    path.write_text("1")
    before = file_states([str(path), "WMS:x"])
    path.write_text("12")
    assert file_states([str(path), "WMS:x"]) != before
    assert before[1] == ["WMS:x"]
    assert file_states(["/vsimem/of this process.vrt"]) == []
