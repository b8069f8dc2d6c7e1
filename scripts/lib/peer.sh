#!/usr/bin/env bash
set -euo pipefail
# The facts that both nodes must agree on: each shows its own to the other (proxy.sh) and compares.

facts_json() {
  jq --null-input --compact-output \
    --arg role "$NODE_ROLE" --arg image_build "$IMAGE_BUILD" --arg model "$MODEL" --arg engine "$ENGINE" \
    --arg engine_version "$ENGINE_VERSION" --arg image_id "$IMAGE_ID" --arg fabric "$FABRIC" '$ARGS.named'
}

compare_with_peer() { # needs IMAGE_ID and FABRIC: check_image and check_fabric have run
  local mine theirs name
  mine=$(facts_json)
  theirs=$(peer_facts) ||
    fail "the other node, $PEER_IP, does not show its facts" 'run its command first, and look at: systemctl status nginx'
  for name in image_build model engine engine_version image_id fabric; do
    [[ $(fact "$name" "$mine") == "$(fact "$name" "$theirs")" ]] ||
      fail "the nodes differ in $name: $(fact "$name" "$mine") here, $(fact "$name" "$theirs") on $PEER_IP" \
        'both nodes need the same ECS image, engine and eRDMA interfaces: deploy again'
  done
  note "the other node has the same image, model, engine and fabric"
}

peer_facts() { # curl itself tries again after few of the errors of a link that is down for some seconds
  local look
  for look in 1 2 3 4 5 6; do
    ((look == 1)) || sleep "${POLL_SECONDS:-5}"
    curl -fsS --noproxy '*' --connect-timeout 5 --max-time 20 "http://$PEER_IP:$PEER_PORT/facts" && return
  done
  return 1
}

fact() { # NAME JSON
  jq -r --arg name "$1" '.[$name] // "nothing"' <<<"$2"
}
