#!/usr/bin/env bash
set -euo pipefail
# The engine's container on this node.

RESTARTS_ALLOWED=2

remove_container() {
  docker container inspect "$CONTAINER" >/dev/null 2>&1 || return 0
  note "replacing the container $CONTAINER"
  docker rm --force "$CONTAINER" >/dev/null
}

check_container() { # ends the command when the container has died or restarts again and again
  local state restarts
  read -r state restarts < <(docker container inspect --format '{{.State.Status}} {{.RestartCount}}' "$CONTAINER") ||
    fail "there is no container $CONTAINER" 'run the command of this node again'
  ((restarts <= RESTARTS_ALLOWED)) ||
    fail "the engine ended and was restarted $restarts times" "read the engine's log: docker logs $CONTAINER"
  [[ $state != exited && $state != dead ]] ||
    fail "the container $CONTAINER is $state" "read the engine's log: docker logs $CONTAINER"
}

engine_tail() {
  local line
  note "the last lines of the engine's log:"
  while IFS= read -r line; do note "| $line"; done < <(docker logs --tail 40 "$CONTAINER" 2>&1)
}

log_says() { # TEXT: whether the engine's log holds it; reads all of it, so that docker is not cut off
  docker logs "$CONTAINER" 2>&1 | grep -cF -- "$1" >/dev/null
}

wait_for() { # SECONDS WHAT COMMAND...: until the command succeeds, as long as the container lives
  local begin=$SECONDS limit=$1 what=$2 said=0
  shift 2
  ENGINE_STARTED=yes # from here on, a failure shows what the engine said
  until "$@"; do
    check_container
    ((SECONDS - begin < limit)) ||
      fail "$what did not come within $limit s" "read the engine's log: docker logs $CONTAINER"
    if ((SECONDS - begin >= said)); then
      note "waiting for $what: $((SECONDS - begin)) s of $limit s"
      ((said += 60))
    fi
    sleep "${POLL_SECONDS:-5}"
  done
  note "$what: after $((SECONDS - begin)) s"
}

stay_up() { # the container still runs after a few looks
  local look
  # shellcheck disable=SC2034 # of `fail`
  ENGINE_STARTED=yes
  for look in 1 2 3 4 5 6; do
    sleep "${POLL_SECONDS:-5}"
    check_container
  done
  note "the container $CONTAINER stays up after $look looks"
}
