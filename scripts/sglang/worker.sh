#!/usr/bin/env bash
set -euo pipefail
# Rank 1, which computes.
prepare_node
check_head "$DIST_INIT_PORT"
docker run --detach --name "$CONTAINER" --entrypoint "$ENTRYPOINT" \
  "${CONTAINER_ARGUMENTS[@]}" "${CONTAINER_ENVIRONMENT[@]}" "$IMAGE" \
  -c 'exec python3 -m sglang.launch_server "$@"' sglang "${SERVE_ARGUMENTS[@]}" "${JOIN_ARGUMENTS[@]}" >/dev/null
stay_up
