#!/usr/bin/env bash
# From 16 polygons on a Landsat scene to a scored map, step by step through the real qgis_process.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
data=$root/resources/demo
out=$root/build/demo
image=$data/gewata_l7_6band_uint16.tif
polygons=$data/gewata_training_polygons.gpkg
reference=$data/gewata_lulc_polygons.gpkg
noise='XDG_RUNTIME_DIR|setapi|This version of GeoPackage'
mkdir -p "$out"

geodl() {
    echo
    echo "── geodl:$1"
    "$root/scripts/qgis_process.sh" run "geodl:$1" -- "${@:2}" 2>&1 \
        | grep --line-buffered --invert-match --extended-regexp "$noise" | tee "$out/$1.log"
}

geodl samplevector SOURCE1="$image" INPUT="$polygons" CLASS_FIELD=class_name OUTPUT="$out/positions.gpkg"
geodl exporttfrecords SOURCE1="$image" POSITIONS="$out/positions.gpkg" LABELS_VECTOR="$polygons" \
    CLASS_FIELD=class_name OUTPUT="$out/dataset"
geodl trainmodel DATASET="$out/dataset" OUTPUT="$out/model" REPORT="$out/training.html"
geodl applymodel MODEL="$out/model" SOURCE1="$image" OUTPUT="$out/map.tif" CONFIDENCE="$out/confidence.tif"
geodl evaluatemap MAP="$out/map.tif" REFERENCE="$reference" CLASS_FIELD=class_name EXCLUDE="$polygons" \
    REPORT="$out/accuracy.html" MATRIX="$out/confusion.csv"

"$root/build/environment/bin/python" -W ignore "$root/scripts/quicklook.py" "$image" "$out/map.tif" "$out/quicklook.png"
cat <<EOT

The map:              $out/map.tif
A picture of it:      $out/quicklook.png
How sure it is:       $out/confidence.tif
How good it is:       $out/accuracy.html
How it was trained:   $out/training.html
The model:            $out/model
EOT
