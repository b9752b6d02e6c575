#!/usr/bin/env bash
# Install QGIS and what Debian has of the rest, and the packages that are named; does nothing where all is there already,
# or where there is no apt.
set -euo pipefail

command -v apt-get >/dev/null || exit 0

packages=(qgis python3-qgis python3-gdal python3-venv fonts-dejavu-core "$@")
missing=()
for package in "${packages[@]}"; do
    dpkg-query --show --showformat='${Status}\n' "$package" 2>/dev/null | grep --quiet '^install ok installed$' \
        || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

run=()
[ "$(id -u)" -eq 0 ] || run=(sudo)
echo "Installing ${missing[*]} (a few minutes)…"
"${run[@]}" apt-get update --quiet=2
"${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "${missing[@]}" >/dev/null
