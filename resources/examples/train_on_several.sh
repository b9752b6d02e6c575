#!/usr/bin/env bash
# Train one network in several processes, here two on this computer:   train_on_several.sh job.json
#
# On several computers, start the same command on each, with the same list of addresses and a number of its own, from 0.
# Each computer needs GeoDL in the same version, the job file, the dataset, and the folder of the model under the same
# names, and its port open for the others.  Number 0 writes the model.
# If a process ends early, all do; start all again, and with "resume": true in the job file the training goes on.
set -u
job=$1
addresses='"127.0.0.1:12345", "127.0.0.1:12346"'  # host:port of each process

start() {  # number
    TF_CONFIG="{\"cluster\": {\"worker\": [$addresses]}, \"task\": {\"type\": \"worker\", \"index\": $1}}" \
        geodl run "$job" --log "process_$1.log"
}

start 1 --progress none >process_1.json &
start 0
status=$?
wait $! || status=$?
exit "$status"
