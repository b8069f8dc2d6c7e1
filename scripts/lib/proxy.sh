#!/usr/bin/env bash
set -euo pipefail
# nginx: the only thing on this node that others reach. It shows the node's facts to the other node, and on
# the node that serves it checks the key and passes the API. The engine itself listens on loopback.

NGINX_CONF=${LLM_NGINX:-/etc/nginx}/nginx.conf
NGINX_LOGS=${LLM_NGINX_LOGS:-/var/log/nginx} # logrotate knows this folder
NGINX_PID=${LLM_RUN:-/run}/nginx.pid
KEY_FILE=${LLM_ETC:-/etc/llm}/api-key.conf

install_proxy() {
  local fresh=$NGINX_CONF.new
  mkdir -p "$NGINX_LOGS"
  [[ $NODE_ROLE != "$SERVING_ROLE" ]] || write_key
  nginx_conf >"$fresh"
  nginx -t -q -c "$fresh" || fail 'nginx refuses its configuration' "look at: nginx -t -c $fresh"
  mv "$fresh" "$NGINX_CONF"
  systemctl enable --quiet nginx
  systemctl reload-or-restart nginx || fail 'nginx does not start' 'look at: systemctl status nginx'
  note 'nginx is set up'
}

write_key() { # as a regex: nginx compares plain strings of a map without regard to case
  local LC_ALL=C index sign pattern=
  [[ $API_KEY =~ ^[!-~]+$ ]] || fail 'the API key is empty or has signs beyond ASCII' 'choose another key'
  for ((index = 0; index < ${#API_KEY}; index++)); do
    sign=${API_KEY:index:1}
    [[ $sign == [A-Za-z0-9_-] ]] || printf -v sign '\\x%02x' "'$sign"
    pattern+=$sign
  done
  mkdir -p "${KEY_FILE%/*}"
  (
    umask 077
    printf '"~^Bearer %s$" 1;\n' "$pattern" >"$KEY_FILE.new"
  )
  mv "$KEY_FILE.new" "$KEY_FILE"
}

nginx_user() {
  local user
  for user in nginx www-data nobody; do
    id -u "$user" >/dev/null 2>&1 && echo "$user $(id -gn "$user")" && return
  done
  echo root
}

nginx_conf() {
  cat <<CONF
user $(nginx_user);
worker_processes auto;
pid $NGINX_PID;
error_log $NGINX_LOGS/error.log crit;
events { worker_connections 4096; }
http {
  server_tokens off;
  default_type application/json;
  log_format plain '\$time_iso8601 \$remote_addr \$request_method \$uri \$status \$body_bytes_sent \$request_time';
  access_log $NGINX_LOGS/access.log plain;
  geo \$from_peer { default 0; $PEER_IP 1; }
  server {
    listen $NODE_IP:$PEER_PORT;
    if (\$from_peer = 0) { return 403; }
    location = /facts { return 200 '$(facts_json)'; }
    location / { return 404; }
  }
$([[ $NODE_ROLE != "$SERVING_ROLE" ]] || api_conf)
}
CONF
}

# The location has a path after the upstream's address: nginx then passes the path as it understood it,
# and not the one that was sent, which another reader might resolve elsewhere.
api_conf() {
  cat <<CONF
  map \$http_authorization \$has_key {
    default 0;
    include $KEY_FILE;
  }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host \$host;
  proxy_set_header Authorization "";
  proxy_buffering off;
  proxy_request_buffering off;
  proxy_connect_timeout 10s;
  proxy_read_timeout 3600s;
  proxy_send_timeout 3600s;
  send_timeout 3600s;
  client_max_body_size 32m;
  server {
    listen $API_PORT;
    location = /health {
      if (\$request_method != GET) { return 404 '$(error_json 'Not found.' not_found)'; }
      proxy_pass http://127.0.0.1:$ENGINE_PORT$HEALTH_PATH;
    }
    location /v1/ {
      if (\$has_key = 0) { return 401 '$(error_json 'Incorrect API key provided.' invalid_api_key)'; }
      proxy_pass http://127.0.0.1:$ENGINE_PORT/v1/;
    }
    location = /v1 { return 404 '$(error_json 'Not found.' not_found)'; } # else nginx redirects to /v1/
    location / { return 404 '$(error_json 'Not found.' not_found)'; }
  }
CONF
}

error_json() { # MESSAGE CODE: an error as OpenAI's clients read it
  printf '{"error":{"message":"%s","type":"invalid_request_error","param":null,"code":"%s"}}' "$1" "$2"
}
