#!/usr/bin/env bash
# Train one network on several nodes under Slurm:   sbatch train_on_slurm.sh job.json
#
# The dataset and the folder of the model lie on a disk that all nodes reach, and so does the environment that geodl is
# installed in.  GeoDL reads the variables that srun sets for each task (SLURM_PROCID, SLURM_STEP_NUM_TASKS,
# SLURM_STEP_NODELIST, SLURM_STEP_TASKS_PER_NODE); task 0 writes the model.  Tasks listen on port 8888 of their node, and
# the ports after it.  Nodes must be numbered with equal digits (node01, not node1): TensorFlow sorts them as text.
# If the time is over or a node fails, submit it again: with "resume": true in the job file the training goes on.
#
#SBATCH --job-name=geodl
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --mem-per-cpu=2G
#SBATCH --time=04:00:00
# With GPUs, all of a node for its task:
##SBATCH --gpus-per-node=4
set -u
srun --cpus-per-task="$SLURM_CPUS_PER_TASK" --distribution=block --kill-on-bad-exit=1 geodl run "$1" --progress none
