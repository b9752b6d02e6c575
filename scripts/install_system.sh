#!/usr/bin/env bash
# Install QGIS and what Debian has of the rest; does nothing where all is there already.
set -euo pipefail

packages=(qgis python3-qgis python3-gdal python3-venv fonts-dejavu-core)
missing=()
for package in "${packages[@]}"; do
    dpkg-query --show --showformat='${Status}\n' "$package" 2>/dev/null | grep --quiet '^install ok installed$' \
        || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "Install these first, this system has no apt-get: ${missing[*]}" >&2
    exit 1
fi
run=()
[ "$(id -u)" -eq 0 ] || run=(sudo)
echo "Installing ${missing[*]} (a few minutes)…"
"${run[@]}" apt-get update --quiet=2
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install --quiet=2 --yes --no-install-recommends "${missing[@]}" >/dev/null
