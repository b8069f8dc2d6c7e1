#!/usr/bin/env bash
set -euo pipefail
# Joins the Ray cluster and serves. The container's main process does all of it, so that a restart does it again.
main=$(
  cat <<'MAIN'
set -euo pipefail
model=$1 gpus=$2 limit=$3 joins=$4 pause=$5
shift 5
ray start "${@:1:joins}"
shift "$joins"
gpus_there() { ray status | sed -n "s|^ *[0-9.]*/\([0-9]*\)\.[0-9]* GPU.*|\1|p"; }
until [[ $(gpus_there) == "$gpus" ]]; do
  if ((SECONDS >= limit)); then
    echo "the cluster has not reached $gpus GPUs within $limit s" >&2
    exit 1
  fi
  sleep "$pause"
done
exec vllm serve "$model" "$@"
MAIN
)
prepare_node
check_head "$RAY_GCS_PORT"
docker run --detach --name "$CONTAINER" --entrypoint "$ENTRYPOINT" \
  "${CONTAINER_ARGUMENTS[@]}" "${CONTAINER_ENVIRONMENT[@]}" "$IMAGE" \
  -c "$main" worker "$MODEL_DIR" "$((NODE_COUNT * GPUS_PER_NODE))" "$START_TIMEOUT" \
  "${#JOIN_ARGUMENTS[@]}" "${POLL_SECONDS:-5}" "${JOIN_ARGUMENTS[@]}" "${SERVE_ARGUMENTS[@]}" >/dev/null
stay_up
