#!/usr/bin/env bash
set -euo pipefail
# Runs a start script of the service with everything around the engine taken away: `docker run` becomes the container.
prepare_node() { engine_settings; }
check_head() { :; }
wait_for() { :; }
stay_up() { :; }
docker() {
  local entrypoint=
  shift # run
  while [[ $1 == -* ]]; do
    case $1 in
      --env) export "${2?}" ;;
      --entrypoint) entrypoint=$2 ;;
      --detach) set -- first "$@" ;;
    esac
    shift 2
  done
  shift # the image
  exec "$CONTAINER_OF_PAIR" "$entrypoint" "$@" >&3
}
export POLL_SECONDS=1
exec 3>&1
