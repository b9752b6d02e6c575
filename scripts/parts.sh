#!/usr/bin/env bash
# Run commands one after another, all of them though one fails; the exit status is 1 if one did.
# What pytest says in the end of each is said again in the end of all.
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for part in "$@"; do
    bash -c "$part" 2>&1 | tee -a "$log"
    [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
done
echo
grep --extended-regexp '^(FAILED|ERROR) |^=+ .* in [0-9.]+' "$log" | awk '!seen[$0]++'
exit $status
