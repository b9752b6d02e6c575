#!/usr/bin/env bash
# Fill the tables of BENCHMARKS.md on this machine: each benchmark with its command before it.
# benchmarks/all.sh [--before FOLDER]: compare whole processes with another checkout, too.  Takes about two hours.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
python=(build/environment/bin/python -W ignore)
before=("$@")

run() {
    printf '\n    %s\n\n' "$*"
    "$@" 2>>build/benchmarks.log || echo "failed: build/benchmarks.log tells why"
}

make --silent tools >/dev/null || exit 1
run "${python[@]}" benchmarks/mapping.py --maps fcnn:12000 unet:12000 "${before[@]}"
run "${python[@]}" benchmarks/mapping.py --maps fcnn:6000 unet:6000 --compressions NONE "${before[@]}"
run "${python[@]}" benchmarks/blocks.py
run "${python[@]}" benchmarks/layers.py
run "${python[@]}" benchmarks/choices.py
run "${python[@]}" benchmarks/formats.py
for onednn in 0 1; do
    run env TF_ENABLE_ONEDNN_OPTS=$onednn "${python[@]}" benchmarks/exactness.py
done
run "${python[@]}" benchmarks/memory.py
run make --silent demo
run "${python[@]}" benchmarks/precision.py
run "${python[@]}" benchmarks/many_images.py
run "${python[@]}" benchmarks/start_up.py map
run "${python[@]}" benchmarks/start_up.py chain
run /usr/bin/python3 benchmarks/plugin_start.py
run "${python[@]}" benchmarks/extraction.py
run "${python[@]}" benchmarks/reading.py
run "${python[@]}" benchmarks/training.py
run "${python[@]}" benchmarks/long_runs.py
run "${python[@]}" benchmarks/sampling.py
run "${python[@]}" benchmarks/halves.py --architectures unet resunet fcnn
run "${python[@]}" benchmarks/halves.py --values --architectures unet
run "${python[@]}" benchmarks/demo_accuracy.py
run "${python[@]}" benchmarks/trust.py
run "${python[@]}" benchmarks/suggestions_quick.py --begin 5
run "${python[@]}" benchmarks/suggestions_quick.py --begin 25
run "${python[@]}" benchmarks/suggestions.py
