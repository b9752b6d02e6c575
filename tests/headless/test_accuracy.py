"""Scoring a map, as people see it who run qgis_process without --json."""


def test_every_output_is_printed(qgis, session_scene):
    done = qgis(
        "run", "geodl:evaluatemap", "--", f"MAP={session_scene['truth']}", f"REFERENCE_RASTER={session_scene['truth']}"
    )
    assert done.returncode == 0, done.stderr
    results = dict(line.split(":\t", 1) for line in done.stdout.partition("Results")[2].splitlines() if ":\t" in line)
    assert results["CLASS_F1"] == '{"1": 1.0, "2": 1.0, "3": 1.0}'
    assert results["OVERALL_ACCURACY"] == results["OVERALL_ACCURACY_OF_KNOWN_CLASSES"] == "1"
    assert results["PIXELS_OF_UNKNOWN_CLASSES"] == "0"
    assert all(results.values())
