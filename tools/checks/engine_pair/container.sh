#!/usr/bin/env bash
set -euo pipefail
# Turns into a container: BINDS has lines of SOURCE:TARGET, RUN is the host's own /run, CONTAINER_PATH its PATH.
if [[ -z ${INSIDE:-} ]]; then
  INSIDE=yes exec unshare --pid --fork --kill-child=KILL --mount --mount-proc --ipc "$0" "$@"
fi
mount --make-rprivate /
stage=$(mktemp -d)
mount -t tmpfs stage "$stage"
number=0
while IFS=: read -r source _; do
  mkdir "$stage/$((++number))"
  mount --bind "$source" "$stage/$number"
  mount -o remount,bind,ro "$stage/$number"
done <<<"$BINDS"
mkdir "$stage/run" "$stage/ray"
mount --bind "$RUN" "$stage/run"
for folder in /opt /root /dev/shm; do mount -t tmpfs own "$folder"; done
number=0
while IFS=: read -r _ target; do
  mkdir -p "$target"
  mount --bind "$stage/$((++number))" "$target"
done <<<"$BINDS"
mount --bind "$stage/run" /run
mkdir -p /tmp/ray
mount --bind "$stage/ray" /tmp/ray
cd /
exec env -u BINDS -u RUN -u INSIDE PATH="$CONTAINER_PATH" HOME=/root "$@"
