#!/usr/bin/env bash
set -euo pipefail
# What a node says: on standard output, and in one file a step, with UTC times.

LOG_FOLDER=${LLM_LOG:-/var/log/llm}
STEP_LOG=/dev/null

step() { # NAME: what is said from now on belongs to this step
  mkdir -p "$LOG_FOLDER"
  chmod 750 "$LOG_FOLDER"
  STEP_LOG=$LOG_FOLDER/$1.log
  note "$1 on the $NODE_ROLE"
}

note() { # TEXT
  local text=${1//"$API_KEY"/***}
  TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T %s\n' -1 "$text" | tee -a "$STEP_LOG"
}

fail() { # MESSAGE HINT: ends the command; call it in no subshell, the cause would stay there
  # shellcheck disable=SC2034 # bootstrap.sh signals it
  REASON="$1; $2"
  note "failed: $1"
  [[ -z ${ENGINE_STARTED:-} ]] || engine_tail
  note "what to do: $2"
  exit 1
}
