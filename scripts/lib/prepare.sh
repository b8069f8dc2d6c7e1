#!/usr/bin/env bash
set -euo pipefail
# What both roles of both engines do before they start a container.

describe_node() { # sets what the engine's settings need, then the settings
  find_network
  check_values
  # shellcheck disable=SC2034 # the settings and the scripts of the engines use it
  MODEL_DIR=$MODEL_ROOT/$MODEL
  engine_settings
}

prepare_node() { # leaves the node checked, its facts on show, and no container: ready for `docker run`
  step start
  describe_node
  check_gpus
  check_disk
  check_image
  check_model
  check_fabric
  check_peer_host
  remove_container
  check_ports
  install_proxy
  [[ $NODE_ROLE == master ]] || compare_with_peer # the master is prepared first
}
