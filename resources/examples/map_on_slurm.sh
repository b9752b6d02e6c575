#!/usr/bin/env bash
# Map a raster with many workers under Slurm:   sbatch map_on_slurm.sh job.json
#
# The job file is one of applymodel; its output must lie on a disk that all nodes reach.  geodl and Dask are installed in
# an environment that all nodes reach, too (pip install "geodl[tensorflow,cluster]", in a Python with GDAL).
# If the time is over or a node fails, submit it again: finished sheets are kept.
# Several files are jobs of any kind, such as sampling, for one worker each:   sbatch map_on_slurm.sh sample_*.json
#
#SBATCH --job-name=geodl
#SBATCH --ntasks=16
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=1G
#SBATCH --time=04:00:00
#SBATCH --no-kill
set -u
: "${1:?the name of a job file is missing}"
scheduler=$PWD/scheduler-$SLURM_JOB_ID.json
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -f "$scheduler"' EXIT

# The scheduler and geodl itself run beside the first worker and need little.
dask scheduler --no-dashboard --scheduler-file "$scheduler" &
until [ -s "$scheduler" ]; do sleep 1; done

# One worker a task, without a limit by Dask, which does not see the process that maps: MEMORY of the job is the limit.
# A worker that ends does not end the others.
srun --cpus-per-task="$SLURM_CPUS_PER_TASK" --kill-on-bad-exit=0 \
    dask worker --no-dashboard --scheduler-file "$scheduler" --nworkers 1 --nthreads "$SLURM_CPUS_PER_TASK" \
    --memory-limit 0 --death-timeout 120 &

geodl run "$@" --scheduler "$scheduler" --sheet 4096
