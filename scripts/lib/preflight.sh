#!/usr/bin/env bash
set -euo pipefail
# What must be true of a node before its engine is started.

IMAGE_FACTS=${LLM_ETC:-/etc/llm}/image.json
MODEL_MANIFEST=${LLM_ETC:-/etc/llm}/model.manifest
MINIMUM_FREE_GIB=10
GPU_MEMORY_PERCENT=95 # drivers report slightly different totals of the same card

check_gpus() {
  local found=0 memory driver cards last
  cards=$(nvidia-smi --query-gpu=memory.total,driver_version --format=csv,noheader,nounits) ||
    fail 'nvidia-smi does not answer' 'look at: dmesg | grep -i nvrm'
  while IFS=', ' read -r memory driver; do
    ((found += 1))
    ((memory * 100 >= GPU_MEMORY_MIB * GPU_MEMORY_PERCENT)) ||
      fail "GPU $((found - 1)) has $memory MiB, expected $GPU_MEMORY_MIB" 'choose one of the instance types offered'
    at_least "$driver" "$MINIMUM_DRIVER" ||
      fail "the driver is $driver, the containers need $MINIMUM_DRIVER" 'build the ECS image on a newer driver'
    last=$driver # the read that ends the loop empties its variables
  done <<<"$cards"
  ((found == GPUS_PER_NODE)) ||
    fail "$found GPUs, expected $GPUS_PER_NODE" 'look at nvidia-smi; restart the instance if a card is missing'
  note "$found GPUs, driver ${last:-none}"
}

at_least() { # VERSION MINIMUM
  [[ $(printf '%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]
}

image_fact() { # JQ-FILTER: what the ECS image records about itself
  jq -r --arg engine "$ENGINE" "$1 // empty" "$IMAGE_FACTS"
}

check_image() { # sets IMAGE_ID
  local build of_model id
  [[ -r $IMAGE_FACTS ]] || fail "$IMAGE_FACTS is missing: this is not the ECS image of the service" 'deploy again'
  build=$(image_fact .image_build) of_model=$(image_fact .model)
  # shellcheck disable=SC2016 # jq's variable
  IMAGE_ID=$(image_fact '.engines[$engine].image_id')
  [[ $of_model == "$MODEL" ]] || fail "the ECS image holds '$of_model', not $MODEL" 'publish with the ECS image of this model'
  [[ $build == "$IMAGE_BUILD" ]] ||
    fail "the ECS image is of build '${build:0:12}', the template of ${IMAGE_BUILD:0:12}" 'build the ECS image again'
  [[ -n $IMAGE_ID ]] || fail "the ECS image has no engine $ENGINE" 'build the ECS image again'
  id=$(docker image inspect --format '{{.Id}}' "$IMAGE") ||
    fail "the container image $IMAGE is missing" 'build the ECS image again'
  [[ $id == "$IMAGE_ID" ]] || fail "$IMAGE is not the container image that was built" 'build the ECS image again'
  note "$IMAGE, $id"
}

check_model() { # sizes only: the checksums were compared when the image was built
  local size checksum path files=0
  while read -r size checksum path; do
    [[ $(stat -c %s "$MODEL_DIR/$path" 2>/dev/null) == "$size" ]] ||
      fail "$MODEL_DIR/$path is missing or not of $size bytes (sha256 $checksum)" 'replace the node: its disk differs from the image'
    ((files += 1))
  done <"$MODEL_MANIFEST"
  ((files > 0)) || fail "$MODEL_MANIFEST names no file" 'build the ECS image again'
  note "$files files of $MODEL"
}

check_values() { # of the form, which cannot ask for whole numbers
  MAX_MODEL_LEN=${MAX_MODEL_LEN%.0}
  [[ $MAX_MODEL_LEN =~ ^[1-9][0-9]*$ ]] ||
    fail "MaxModelLen is $MAX_MODEL_LEN, not a whole number of tokens" 'deploy again with a whole number'
}

check_disk() {
  local free
  free=$(df --output=avail -BG / | tail -n 1)
  free=${free//[^0-9]/}
  ((free >= MINIMUM_FREE_GIB)) || fail "$free GiB are free on /" "free $MINIMUM_FREE_GIB GiB, or choose a larger disk"
}

check_fabric() { # sets FABRIC. Without an active device, the nodes talk over TCP: slower, but they talk
  local index kept=()
  if grep -qs ACTIVE "${LLM_SYS:-/sys}/class/infiniband/$FABRIC_DEVICE"*/ports/*/state; then
    FABRIC=$FABRIC_DEVICE
    note "eRDMA: the device $FABRIC_DEVICE is active"
    return
  fi
  # shellcheck disable=SC2034 # peer.sh compares it
  FABRIC=tcp
  note "no active device $FABRIC_DEVICE: the nodes use TCP, which is slower; attach an eRDMA interface to both and run this again"
  for ((index = 0; index < ${#CONTAINER_ARGUMENTS[@]}; index++)); do
    if [[ ${CONTAINER_ARGUMENTS[index]} == --device && ${CONTAINER_ARGUMENTS[index + 1]} == /dev/infiniband ]]; then
      ((index += 1))
    else
      kept+=("${CONTAINER_ARGUMENTS[index]}")
    fi
  done
  CONTAINER_ARGUMENTS=("${kept[@]}")
  CONTAINER_ENVIRONMENT=("${CONTAINER_ENVIRONMENT[@]/#NCCL_IB_DISABLE=*/NCCL_IB_DISABLE=1}")
}

check_ports() { # every port that the header and the engine's settings name
  local name holder
  for name in $(compgen -v | grep '_PORT$'); do
    holder=$(ss -Hltnp "sport = :${!name}")
    if [[ -n $holder && $holder != *'"nginx"'* ]]; then
      fail "port ${!name} ($name) is taken: $holder" 'stop that program; nothing else may run on this node'
    fi
  done
}

check_peer_host() {
  local look
  for look in 1 2 3 4 5 6 7 8 9 10 11 12; do
    peer_answers && return
    note "the other node, $PEER_IP, does not answer yet (look $look of 12)"
    sleep "${POLL_SECONDS:-5}"
  done
  fail "the other node, $PEER_IP, does not answer" 'both nodes must be in one security group that admits its members'
}
