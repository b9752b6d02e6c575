#!/usr/bin/env bash
# The real qgis_process with this checkout as the plugin "geodl", in a profile of its own under build/.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

export QT_QPA_PLATFORM=offscreen
export QGIS_PLUGINPATH=$root/build/plugins
export QGIS_CUSTOM_CONFIG_PATH=${QGIS_CUSTOM_CONFIG_PATH:-$root/build/profile}
mkdir -p "$QGIS_PLUGINPATH" "$QGIS_CUSTOM_CONFIG_PATH"
ln -sfn "$root" "$QGIS_PLUGINPATH/geodl"

# Debian 12 has a wrapper named qgis_process that always fails, and the binary as qgis_process.bin.
for candidate in "${QGIS_PROCESS:-}" qgis_process.bin qgis_process; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null; then
        binary=$candidate
        break
    fi
done
if [ -z "${binary:-}" ]; then
    echo "There is no qgis_process: install QGIS, or name the program in QGIS_PROCESS." >&2
    exit 1
fi

if [ ! -e "$QGIS_CUSTOM_CONFIG_PATH/geodl_enabled" ]; then
    "$binary" plugins enable geodl >/dev/null 2>&1
    touch "$QGIS_CUSTOM_CONFIG_PATH/geodl_enabled"
fi
exec "$binary" "$@"
