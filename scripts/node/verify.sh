#!/usr/bin/env bash
set -euo pipefail
# The final check, on the node that serves. Nothing is reported as ready before the model has answered.
step verify
describe_node
check_image
check_fabric
proxy=http://127.0.0.1:$API_PORT
with_key() { # the header comes from a pipe: an argument would show in `ps`
  curl -sS --noproxy '*' --max-time 200 -H @<(printf 'Authorization: Bearer %s\n' "$API_KEY") "$@"
}
healthy() {
  head_lives
  curl -fs --noproxy '*' --max-time 10 -o /dev/null "$proxy/health"
}
HEAD_MISSES=0
HEAD_MISSES_ALLOWED=6 # a link that is down for some seconds is nothing; without the head there is no cluster
head_lives() {
  [[ -n ${RAY_GCS_PORT:-} ]] || return 0
  if timeout 5 bash -c ": </dev/tcp/$MASTER_IP/$RAY_GCS_PORT" 2>/dev/null; then
    HEAD_MISSES=0
  elif ((++HEAD_MISSES > HEAD_MISSES_ALLOWED)); then
    fail "the Ray head has gone: the master's port $RAY_GCS_PORT has stopped answering" "look at the master: docker logs $CONTAINER; then run the commands of both nodes again"
  fi
}
expect() { # STATUS WHAT COMMAND...
  local status=$1 what=$2 got
  shift 2
  got=$("$@" -o /dev/null -w '%{http_code}') || true
  [[ $got == "$status" ]] || fail "$what got ${got:-no answer}, expected $status" "look at $NGINX_CONF"
  note "$what: $got"
}

wait_for "$READY_TIMEOUT" 'the engine' healthy
check_container
compare_with_peer
if [[ -n ${RAY_GCS_PORT:-} ]]; then
  gpus=$(ray_gpus) || fail 'the Ray head has gone: ray status does not answer' "look at the master: docker logs $CONTAINER"
  ((${gpus:-0} == NODE_COUNT * GPUS_PER_NODE)) ||
    fail "${gpus:-0} GPUs in the cluster, expected $((NODE_COUNT * GPUS_PER_NODE))" 'look at: ray status, in the container'
fi

names=$(with_key "$proxy/v1/models" | jq -r '.data[].id') || fail 'the list of models cannot be read' 'look at the log of the engine'
grep -qxF -- "$MODEL" <<<"$names" || fail "the engine serves '$names', not $MODEL" 'run the commands of both nodes again'
expect 401 'a request without the key' curl -s --noproxy '*' --max-time 30 "$proxy/v1/models"
expect 404 'a path that is not passed' with_key "$proxy/metrics"

question=$(jq -n --arg model "$MODEL" \
  '{model: $model, max_tokens: 16, messages: [{role: "user", content: "Say hello."}] }')
answer=$(with_key "$proxy/v1/chat/completions" -H 'Content-Type: application/json' -d "$question") || answer=
tokens=$(jq -r '.usage.completion_tokens // 0' <<<"$answer" 2>/dev/null) || tokens=0
((${tokens:-0} >= 1)) ||
  fail "the model did not answer: ${answer:0:120}" "read the engine's log: docker logs $CONTAINER"
note "the model answered with $tokens tokens"

slow=
if log_says 'Falling back to V0'; then note 'the engine fell back to V0'; fi
if log_says 'NET/Socket'; then slow=' over TCP: the eRDMA device is not used'; fi
signal SUCCESS "$MODEL answers$slow" || fail 'the stack could not be told' 'look at the network'
note "ready: $MODEL answers$slow"
