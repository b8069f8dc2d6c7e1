#!/usr/bin/env bash
set -euo pipefail
# The head of the Ray cluster. Returns when it answers: the worker joins afterwards.
prepare_node
docker run --detach --name "$CONTAINER" --entrypoint "$ENTRYPOINT" \
  "${CONTAINER_ARGUMENTS[@]}" "${CONTAINER_ENVIRONMENT[@]}" "$IMAGE" \
  -c 'exec ray start "$@"' ray "${HEAD_ARGUMENTS[@]}" >/dev/null
wait_for "$START_TIMEOUT" 'the Ray head' ray_answers "$NODE_IP:$RAY_GCS_PORT"
stay_up
