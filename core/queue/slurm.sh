#!/bin/sh
# Workers of a sweep as a job array, from the folder of the checkout:
#
#   npm start -- --executor bullmq --detach     # on the login node
#   sbatch --array=1-8 core/queue/slurm.sh
#
# REDIS_URL, VAE_PRIORS_STORE and the store's credentials come along from the
# environment of sbatch. A minute before the time is up, Slurm says so, and the
# worker saves its checkpoints and gives its work back.
#SBATCH --job-name=vae-priors
#SBATCH --cpus-per-task=1
#SBATCH --time=08:00:00
#SBATCH --signal=B:TERM@60
#SBATCH --output=outputs/worker-%A-%a.log

exec node core/cli/bin.mjs worker --drain \
  --concurrency "${SLURM_CPUS_PER_TASK:-1}" "$@"
