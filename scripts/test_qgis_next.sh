#!/usr/bin/env bash
# The tests in another Debian with its own QGIS, Python, GDAL and numpy, in a chroot under build/ that is kept.
# SUITE=trixie (QGIS 3.40, the default), trixie-backports (newer), sid (the newest), or another; WITH_CORE=1: with the
# tests of the core. A command as arguments is run there instead, in the chroot's copy of this checkout.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
suite=${SUITE:-trixie}
chroot=$root/build/debian/$suite

if [ "$(id -u)" -ne 0 ]; then
    echo "A chroot is made and entered by root only: run this as root." >&2
    exit 1
fi
for program in debootstrap unshare; do
    if ! command -v "$program" >/dev/null; then
        echo "There is no $program: install it (apt-get install debootstrap util-linux)." >&2
        exit 1
    fi
done
# Mounts and processes of this run are in namespaces of its own: they end with it, however it ends.
if [ -z "${GEODL_NAMESPACE:-}" ]; then
    set -m # or bash would let what runs beside it ignore Ctrl+C, which the tests send
    GEODL_NAMESPACE=1 unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@" </dev/null &
    trap 'kill -KILL $!' INT TERM HUP # unshare is deaf to these
    wait $!
    exit
fi

if [ ! -d "$chroot" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | sed --quiet 1p)
    rm -rf "$chroot.part"
    mkdir -p "$(dirname "$chroot")"
    echo "Making a chroot of Debian $suite in $chroot…"
    debootstrap --variant=minbase "${suite%-backports}" "$chroot.part" "${mirror:?apt has no mirror of Debian}" \
        >"$chroot.log" || { tail "$chroot.log" >&2; exit 1; }
    apt=$chroot.part/etc/apt
    # Some mirrors stand still for weeks; sid's lists say that they are valid for one.
    echo 'Acquire::Check-Valid-Until "false";' >"$apt/apt.conf.d/90mirror"
    if [ "$suite" != "${suite%-backports}" ]; then
        echo "deb $mirror $suite main" >"$apt/sources.list.d/backports.list"
        printf 'Package: *\nPin: release n=%s\nPin-Priority: 500\n' "$suite" >"$apt/preferences.d/backports"
    fi
    mv "$chroot.part" "$chroot"
fi
exec 9<"$chroot"
flock 9 # a second run there waits
mount --bind "$chroot" "$chroot" # some tests ask what is mounted where
mount -t proc proc "$chroot/proc"
mount --rbind /dev "$chroot/dev"
cp /etc/resolv.conf /etc/hosts "$chroot/etc/"

# The files of this checkout that git knows; what they are now, not what was committed.
mkdir -p "$chroot/geodl"
find "$chroot/geodl" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git -c safe.directory="$root" -C "$root" ls-files -z | tar --directory="$root" --null --files-from=- --create \
    | tar --directory="$chroot/geodl" --extract --no-same-owner

inside=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
PATH=$inside chroot "$chroot" /geodl/scripts/install_system.sh

# Last, since packages bring certificates of their own. Read only: what is done there must not change what is here.
python3 "$root/scripts/pip_as_here.py" "$chroot" | while read -r folder; do
    mkdir -p "$chroot$folder"
    mount --bind --options ro "$folder" "$chroot$folder"
done

unset "${!GEODL_@}" "${!QGIS_@}" "${!PYTHON@}" "${!GDAL_@}" "${!PROJ_@}" "${!XDG_@}" VIRTUAL_ENV LD_LIBRARY_PATH
export PATH=$inside HOME=/root LC_ALL=C.UTF-8 TMPDIR=/tmp
[ $# -gt 0 ] || set -- scripts/test_installation.sh
exec chroot "$chroot" /bin/bash -c 'cd /geodl && exec "$@"' bash "$@"
