#!/usr/bin/env bash
set -euo pipefail
# The node's own address and interface, found by the route to the other node and never assumed.

find_network() { # sets NODE_IP, PEER_IP and NIC
  local own route
  case $NODE_ROLE in
    master) own=$MASTER_IP PEER_IP=$WORKER_IP ;;
    worker) own=$WORKER_IP PEER_IP=$MASTER_IP ;;
    *) fail "the role '$NODE_ROLE' is neither master nor worker" 'publish the template again' ;;
  esac
  route=$(ip -o route get "$PEER_IP") || fail "no route to the other node, $PEER_IP" 'put both nodes in one VPC'
  [[ $route =~ \ dev\ ([^ ]+) ]] || fail "the route to $PEER_IP names no interface" 'look at: ip route'
  NIC=${BASH_REMATCH[1]}
  [[ $route =~ \ src\ ([^ ]+) ]] || fail "the route to $PEER_IP names no source address" 'look at: ip route'
  NODE_IP=${BASH_REMATCH[1]}
  [[ $NODE_IP == "$own" ]] ||
    fail "this node talks to $PEER_IP from $NODE_IP, but the stack knows it as $own" 'remove the extra interface or route'
  note "$NODE_IP on $NIC, the other node is $PEER_IP"
}

peer_answers() { # a refused connection is an answer: the host is up and nothing in between drops packets
  local said
  said=$(LC_ALL=C timeout 5 bash -c ": </dev/tcp/$PEER_IP/$PEER_PORT" 2>&1) || [[ $said == *refused* ]]
}

check_head() { # PORT: what the master started waits for this node there
  timeout 5 bash -c ": </dev/tcp/$MASTER_IP/$1" 2>/dev/null ||
    fail "nothing answers on the master's port $1" 'run the command of the master first; it ends when that port answers'
}

listening() { # PORT
  [[ -n $(ss -Hltn "sport = :$1") ]]
}
