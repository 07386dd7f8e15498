#!/bin/bash
# Kills trainings at random places and goes on with them: the end must be the same bytes as if nothing had happened.
#
#   docs/experiments/interruptions.sh [KILLS [FOLDER [ENGINE...]]]
#
# KILLS of each of five commands on each engine (default 6: 60 in all on djl and nd4j), every third while a file is being written; ONLY=ablate
# takes one of pretrain, linear, finetune, partial and ablate alone.
# After every other kill the run goes on with other settings that must not matter: threads that prepare images, when it saves and logs.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd -P)
kills=${1:-6}
work=${2:-$(mktemp -d)}
[ $# -gt 2 ] && engines=("${@:3}") || engines=(djl nd4j)
mae=$root/mae
RANDOM=7
small=(--encoder-width=64 --encoder-depth=2 --encoder-heads=4 --decoder-width=64 --decoder-depth=1 --decoder-heads=4)
failures=0
count=0

log() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*"; }

# Waits until a pattern of files is there, or the process has ended.
await() {
  while kill -0 "$1" 2>/dev/null; do
    compgen -G "$2" >/dev/null && return 0
    sleep 0.005
  done
  return 1
}

# Starts a command, kills it in the middle, and tells where.
start_and_kill() { # folder, kind of kill, seconds of the whole, command ...
  local folder=$1 kind=$2 seconds=$3 pid
  shift 3
  "$mae" "$@" >"$folder.out" 2>&1 &
  pid=$!
  # shellcheck disable=SC2086
  await $pid "$folder/**/config.yaml" || true
  if [ "$kind" = writing ]; then
    sleep "$(awk -v r=$RANDOM -v s="$seconds" 'BEGIN { print r / 32768 * s * 0.5 }')"
    # shellcheck disable=SC2086
    await $pid "$folder/**/*.partial" || true
  else
    sleep "$(awk -v r=$RANDOM -v s="$seconds" 'BEGIN { print r / 32768 * s }')"
  fi
  if kill -9 $pid 2>/dev/null; then
    wait $pid 2>/dev/null || true
  else
    wait $pid 2>/dev/null || true
    return 1
  fi
}

same() { # whole, killed
  local file name
  while read -r file; do
    name=${file#"$1"/}
    cmp -s "$file" "$2/$name" || {
      log "  DIFFERENT: $name"
      return 1
    }
  done < <(find "$1" -name checkpoint.safetensors -o -name best.safetensors -o -name scores.jsonl)
}

cell() { # name, how to go on (the command, or "same"), command without --out ...
  local name=$1 resume=$2 began seconds kind changed written
  shift 2
  case $name in "${ONLY:-}"*) ;; *) return ;; esac
  shopt -s globstar nullglob
  rm -rf "${work:?}/$name"
  mkdir -p "$work/$name"
  local whole=$work/$name/whole killed=$work/$name/killed
  began=$(date +%s.%N)
  "$mae" "$@" --out "$whole" >"$whole.out" 2>&1 || { tail -5 "$whole.out"; failures=$((failures + 1)); return; }
  seconds=$(awk -v b="$began" -v e="$(date +%s.%N)" 'BEGIN { s = e - b - 3; print s < 1 ? 1 : s }')
  for ((k = 1; k <= kills; k++)); do
    kind=anywhere
    [ $((k % 3)) -eq 0 ] && kind=writing
    until rm -rf "$killed" && start_and_kill "$killed" $kind "$seconds" "$@" --out "$killed" && [ -n "$(ls "$killed" 2>/dev/null)" ]; do :; done
    count=$((count + 1))
    written=$(compgen -G "$killed/**/*.partial" >/dev/null && echo ", a file half written" || true)
    changed=()
    [ $((k % 2)) -eq 0 ] && [ "$resume" != same ] && changed=(--num-workers=1 --save-every=7 --log-every=3)
    if [ "$resume" = same ]; then
      "$mae" "$@" --out "$killed" >"$killed.out" 2>&1 || tail -3 "$killed.out"
    elif [ ! -f "$killed/checkpoint.safetensors" ] && [ "$resume" != pretrain ]; then
      log "$name $k: killed before its first checkpoint, nothing to go on with"
      continue
    else
      # shellcheck disable=SC2086
      "$mae" $resume --resume "$killed" "${changed[@]}" >"$killed.out" 2>&1 || tail -3 "$killed.out"
    fi
    if same "$whole" "$killed"; then
      log "$name $k: same bytes ($(grep -oh 'goes on after step [0-9]*' "$killed.out" | tail -1)$written${changed:+, other settings})"
    else
      log "$name $k: FAILED"
      failures=$((failures + 1))
      cp -r "$killed" "$killed-$k"
    fi
  done
}

mkdir -p "$work"
"$mae" info >/dev/null
for engine in "${engines[@]}"; do
  base=(--data sample --limit 512 --backend "$engine" --batch-size 32)
  model=$work/model-$engine
  rm -rf "$model"
  "$mae" pretrain "${base[@]}" "${small[@]}" --epochs 1 --crop fixed --checkpoint-activations --out "$model" >"$model.out" 2>&1
  cell "pretrain-$engine" pretrain pretrain "${base[@]}" "${small[@]}" --epochs 20 --accum-iter 2 --save-every 2
  cell "linear-$engine" "evaluate linear" evaluate linear "$model" --epochs 12 --batch-size 32 --save-every 3
  cell "finetune-$engine" "evaluate finetune" evaluate finetune "$model" --epochs 12 --batch-size 32 --save-every 3
  cell "partial-$engine" "evaluate partial" evaluate partial "$model" --epochs 12 --batch-size 32 --save-every 3
  cell "ablate-$engine" same ablate "${base[@]}" "${small[@]}" --epochs 6 --save-every 2 --axis mask-ratio=0.5,0.75 --evaluate knn
done
log "$count kills, $failures failures"
[ "$failures" -eq 0 ]
