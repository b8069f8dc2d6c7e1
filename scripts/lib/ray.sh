#!/usr/bin/env bash
set -euo pipefail
# Questions to Ray in this node's container.

ray_answers() { # HOST:PORT of the head
  docker exec "$CONTAINER" ray status --address "$1" >/dev/null 2>&1
}

ray_gpus() { # how many GPUs the whole cluster has
  docker exec "$CONTAINER" ray status 2>/dev/null | sed -n 's|^ *[0-9.]*/\([0-9]*\)\.[0-9]* GPU.*|\1|p'
}
