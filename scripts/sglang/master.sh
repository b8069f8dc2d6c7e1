#!/usr/bin/env bash
set -euo pipefail
# Rank 0, which serves. Returns when it waits for the other rank.
prepare_node
docker run --detach --name "$CONTAINER" --entrypoint "$ENTRYPOINT" \
  "${CONTAINER_ARGUMENTS[@]}" "${CONTAINER_ENVIRONMENT[@]}" "$IMAGE" \
  -c 'exec python3 -m sglang.launch_server "$@"' sglang "${SERVE_ARGUMENTS[@]}" "${HEAD_ARGUMENTS[@]}" >/dev/null
wait_for "$START_TIMEOUT" 'the port for the other rank' listening "$DIST_INIT_PORT"
stay_up
