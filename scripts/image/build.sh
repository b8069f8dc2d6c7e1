#!/usr/bin/env bash
set -euo pipefail
# Builds the ECS image of one model: container images, weights, and the record of both that each node compares.
# The header before this text sets MODEL, REVISION, MODEL_ROOT, WEIGHTS_GIB, MINIMUM_DRIVER, FABRIC_DEVICE,
# CONTAINER_GIB, UEFI_TYPES, IMAGE_BUILD and ENGINES. May be run again: what is complete stays.
MODEL_HUB=${MODEL_HUB:-https://www.modelscope.cn}
DOCKER_REPOSITORY=${DOCKER_REPOSITORY:-https://mirrors.aliyun.com/docker-ce/linux/centos/docker-ce.repo}
PYTHON_INDEX=${PYTHON_INDEX:-https://mirrors.aliyun.com/pypi/simple/}
ETC=${LLM_ETC:-/etc/llm}
MODEL_DIR=$MODEL_ROOT/$MODEL
PARALLEL=${PARALLEL:-4}
DOCKER_ROOT=${DOCKER_ROOT:-/var/lib/docker}
ESP=${ESP:-/boot/efi}
ESP_TYPE='c12a7328-f81f-11d2-ba4b-00c04fc93ec9|0xef' # UEFI specification 2.10, 5.2.2 and 5.3.3
export MODEL_HUB MODEL MODEL_DIR

note() { TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T %s\n' -1 "$1"; }

fail() { # MESSAGE HINT
  note "failed: $1"
  note "what to do: $2"
  exit 1
} >&2
export -f note fail

check_host() {
  local driver
  driver=$(nvidia-smi --query-gpu=driver_version --format=csv,noheader) ||
    fail 'this host has no working NVIDIA driver' 'build on a GPU instance with the driver (enable_gpu in service.yaml)'
  driver=${driver%%$'\n'*}
  [[ $(printf '%s\n' "$MINIMUM_DRIVER" "$driver" | sort -V | head -n 1) == "$MINIMUM_DRIVER" ]] ||
    fail "the driver is $driver, the containers need $MINIMUM_DRIVER" 'choose a newer source_image in service.yaml'
  modinfo "$FABRIC_DEVICE" >/dev/null 2>&1 ||
    fail "the kernel has no module $FABRIC_DEVICE" 'choose a source_image with the eRDMA driver in service.yaml'
  note "driver $driver, module $FABRIC_DEVICE"
}

check_boot() { # whether the instance types that boot in UEFI only can boot this system
  local loaders
  [[ -n $UEFI_TYPES ]] || return 0
  lsblk -rno PARTTYPE | grep -qixE "$ESP_TYPE" ||
    fail "no disk has an EFI system partition, and $UEFI_TYPES can boot from nothing else" \
      'choose a source_image that supports UEFI in service.yaml, or do not offer these types'
  loaders=$(find "$ESP/EFI" -iname '*.efi' 2>/dev/null | wc -l) || true
  ((loaders > 0)) ||
    fail "no boot loader is below $ESP/EFI, and $UEFI_TYPES need one" 'choose a source_image that supports UEFI in service.yaml'
  note "the system can boot in UEFI: $loaders files below $ESP/EFI"
}

check_room() {
  local free held need=$((WEIGHTS_GIB + CONTAINER_GIB * ${#ENGINES[@]}))
  mkdir -p "$MODEL_DIR" "$ETC" "$DOCKER_ROOT"
  free=$(df --output=avail -BG "$MODEL_DIR" | tail -n 1)
  free=${free//[^0-9]/}
  held=$(du -cs -BG "$MODEL_DIR" "$DOCKER_ROOT" | tail -n 1 | cut -dG -f1) # by a build before this one
  ((free + held >= need)) || fail "$free GiB are free, $((need - held)) are needed" 'raise system_disk_gib of the model'
}

install_packages() {
  local missing=()
  command -v nginx >/dev/null || missing+=(nginx)
  command -v jq >/dev/null || missing+=(jq)
  command -v nvidia-ctk >/dev/null || missing+=(nvidia-container-toolkit) # `docker run --gpus` needs it
  if ! command -v docker >/dev/null; then
    # Alibaba Cloud Linux: the adapter makes the repository's $releasever that of CentOS.
    dnf install -y dnf-plugins-core dnf-plugin-releasever-adapter
    dnf config-manager --add-repo "$DOCKER_REPOSITORY"
    missing+=(docker-ce)
  fi
  if ((${#missing[@]})); then
    note "installing ${missing[*]}"
    dnf install -y "${missing[@]}" || fail "dnf cannot install ${missing[*]}" 'look at the message above'
  fi
  systemctl enable docker
  systemctl restart docker # it looks for the toolkit only when it starts
}

build_engine() { # ENGINES-ENTRY: builds the image and prints what image.json keeps of it
  local release version import_name source image packages digest found id
  IFS='|' read -r release version import_name source image packages <<<"$1"
  note "$release: from $source" >&2
  docker pull --quiet "$source" >&2 || fail "$source cannot be pulled" 'look at the message above'
  digest=$(docker image inspect "$source" | jq -er '.[0].RepoDigests[0]') ||
    fail "$source has no digest" 'name an image of a registry as source_image'
  docker build --quiet --tag "$image" - >&2 <<DOCKERFILE || fail "$image cannot be built" 'look at the message above'
FROM $digest
RUN python3 -m pip install --no-cache-dir --index-url $PYTHON_INDEX $packages
DOCKERFILE
  found=$(docker run --rm --entrypoint python3 "$image" -c \
    'import importlib, importlib.metadata, sys; importlib.import_module(sys.argv[1]); print(importlib.metadata.version(sys.argv[1]))' \
    "$import_name" | tail -n 1) || fail "$import_name does not import in $image" 'look at the message above'
  [[ $found == "$version" ]] || fail "$image has $import_name $found, expected $version" "pin it in the engine's packages"
  id=$(docker image inspect "$image" | jq -er '.[0].Id') || fail "$image has no id" 'look at: docker image ls'
  jq -n --arg release "$release" --arg version "$version" --arg image "$image" --arg image_id "$id" \
    --arg source "$digest" '{($release): {$version, $image, $image_id, $source} }'
}

list_files() { # prints the manifest: size, sha256, path
  jq -er '.Data.Files[] | select(.Type != "tree") | "\(.Size) \(.Sha256) \(.Path)"' "$ETC/model.files" |
    LC_ALL=C sort -k 3
}

check_list() { # MANIFEST
  local size checksum path total=0 gib
  while read -r size checksum path; do
    [[ $size =~ ^[0-9]+$ && $checksum =~ ^[0-9a-f]{64}$ && -n $path && /$path/ != */../* && $path != /* ]] ||
      fail "the hub lists '$size $checksum $path'" 'a size, a sha256 and a path inside the model were expected'
    ((total += size)) || true
  done <"$1"
  gib=$(((total + (1 << 30) - 1) >> 30))
  ((gib * 100 <= WEIGHTS_GIB * 105 + 100 && gib * 100 >= WEIGHTS_GIB * 95 - 100)) ||
    fail "the hub lists $gib GiB, the catalog says $WEIGHTS_GIB" "correct weights_gib or revision of $MODEL"
}

fetch_file() { # MANIFEST-LINE: a file gets its name when it is whole and its checksum is right
  local size checksum path target part address have try
  read -r size checksum path <<<"$1"
  target=$MODEL_DIR/$path part=$MODEL_DIR/$path.part
  if [[ $(stat -c %s "$target" 2>/dev/null) == "$size" ]]; then
    sha256sum --check --status <<<"$checksum  $target" && return
    rm "$target" # of another commit: the branch has moved since
  fi
  mkdir -p "${target%/*}"
  address=$MODEL_HUB/models/$MODEL/resolve/$COMMIT/$(jq -rn --arg path "$path" '$path | split("/") | map(@uri) | join("/")')
  for try in 1 2 3 4 5 6 7 8; do
    have=$(stat -c %s "$part" 2>/dev/null || echo 0)
    ((have <= size)) || rm "$part"
    [[ $have == "$size" ]] && break
    curl -fsSL -C - --connect-timeout 20 --speed-limit 10000 --speed-time 60 -o "$part" "$address" && break
    note "$path: attempt $try of 8 ended early"
    sleep "${POLL_SECONDS:-5}"
  done
  [[ -e $part ]] || : >"$part"
  have=$(stat -c %s "$part")
  [[ $have == "$size" ]] || fail "$path has $have of $size bytes" 'start the build again: it goes on from there'
  if ! sha256sum --check --status <<<"$checksum  $part"; then
    rm "$part"
    fail "$path has another sha256 than the hub lists" 'start the build again: this file is fetched anew'
  fi
  mv "$part" "$target"
  note "$path"
}
export -f fetch_file

ask_hub() { # REVISION: leaves its list of files at $ETC/model.files
  curl -fsSL --retry 5 -o "$ETC/model.files" \
    "$MODEL_HUB/api/v1/models/$MODEL/repo/files?Revision=$1&Recursive=true" ||
    fail "$MODEL_HUB does not list the files of $MODEL at $1" 'look at the network, at MODEL_HUB and at the revision'
}

resolve_revision() { # sets COMMIT: a branch may move while its files are fetched. [assumed] The hub takes it as Revision
  COMMIT=$REVISION
  if [[ ! $REVISION =~ ^[0-9a-f]{40}$ ]]; then
    ask_hub "$REVISION"
    COMMIT=$(jq -r '.Data.LatestCommitter.Id // ""' "$ETC/model.files") || COMMIT=
    [[ $COMMIT =~ ^[0-9a-f]{40}$ ]] ||
      fail "the hub names no commit of $REVISION" "write a commit as the revision of $MODEL in its catalog file"
  fi
  export COMMIT
  note "$MODEL at $COMMIT"
}

fetch_model() { # leaves the manifest at $ETC/model.manifest.new
  ask_hub "$COMMIT"
  list_files >"$ETC/model.manifest.new" ||
    fail "the hub lists no file at $COMMIT, or its list has another shape" "look at $ETC/model.files"
  check_list "$ETC/model.manifest.new"
  note "fetching $(wc -l <"$ETC/model.manifest.new") files of $MODEL"
  # shellcheck disable=SC2016 # the inner shell's argument
  xargs -d '\n' -P "$PARALLEL" -n 1 bash -c 'set -euo pipefail; fetch_file "$1"' fetch <"$ETC/model.manifest.new" ||
    fail 'the model is not complete' 'see above'
}

note "image build $IMAGE_BUILD"
check_host
check_boot
install_packages
check_room
resolve_revision
built=
for entry in "${ENGINES[@]}"; do
  built+=$(build_engine "$entry")
done
fetch_model
jq -s --arg image_build "$IMAGE_BUILD" --arg model "$MODEL" --arg revision "$REVISION" --arg commit "$COMMIT" \
  --arg manifest_sha256 "$(sha256sum <"$ETC/model.manifest.new" | cut -d ' ' -f 1)" \
  '{$image_build, $model, $revision, $commit, $manifest_sha256, engines: add}' <<<"$built" >"$ETC/image.json.new"
chmod 644 "$ETC/image.json.new" "$ETC/model.manifest.new"
rm "$ETC/model.files"
mv "$ETC/model.manifest.new" "$ETC/model.manifest"
mv "$ETC/image.json.new" "$ETC/image.json" # last: it says that all the rest is there
note 'the image is complete'
[[ -z $UEFI_TYPES ]] || note "set its boot mode to UEFI-Preferred in every region: $UEFI_TYPES need UEFI"
