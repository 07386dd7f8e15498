#!/bin/sh
# Pre-trains on Fashion-MNIST and measures what was learnt, once for each seed, then prints means and deviations:
#
#   docs/experiments/fashion-mnist.sh [--out DIR] [--short] SEED...
#
# --out    where the runs go; runs/fashion-mnist unless given
# --short  a few images and steps only, to see that everything works
#
# Needs the four files of Fashion-MNIST, for example Debian's package dataset-fashion-mnist. What is finished is kept: run it
# again after an interruption and it goes on.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd -P)
mae=${MAE:-$root/mae}
out=runs/fashion-mnist
few=
few_epochs=
batch=64
while [ $# -gt 0 ]; do
  case $1 in
    --out) out=$2; shift 2 ;;
    --short) few="--limit 2000 --steps 4"; few_epochs=1; batch=16; shift ;;
    -*) echo "usage: $0 [--out DIR] [--short] SEED..." >&2; exit 2 ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "usage: $0 [--out DIR] [--short] SEED..." >&2; exit 2; }

# What all trainings with labels have in common: grey centred clothes need no strong augmentation.
tuning="--crop-scale 0.8 --mixup 0.2 --cutmix 0 --reprob 0 --aa= --layer-decay 0.75 --batch-size $batch --blr 4e-3"

# run FOLDER COMMAND...: goes on with what is there, and does nothing where it is finished.
run() {
  folder=$1
  shift
  [ ! -f "$folder/results.json" ] || return 0
  if [ -f "$folder/checkpoint.safetensors" ]; then
    "$mae" $resume --resume "$folder" >/dev/null
  else
    "$mae" "$@" $few --out "$folder" >/dev/null
  fi
}

finetune() {
  resume="evaluate finetune"
  # shellcheck disable=SC2086
  run "$1" evaluate finetune "$pretrained" --seed "$seed" $tuning --label-fraction "$2" --epochs "${few_epochs:-$3}" \
    --eval-every "${few_epochs:-$4}" $5
}

for seed in "$@"; do
  here=$out/seed-$seed
  pretrained=$here/pretrained
  mkdir -p "$here"
  resume=pretrain
  run "$pretrained" pretrain --config "$root/docs/experiments/fashion-mnist.yaml" --seed "$seed"

  [ -f "$pretrained/evaluation-linear.json" ] ||
    "$mae" evaluate linear "$pretrained" --cached ${few:+--limit 2000} >/dev/null
  [ -f "$pretrained/evaluation-knn.json" ] ||
    "$mae" evaluate knn "$pretrained" ${few:+--limit 2000} >/dev/null

  finetune "$here/labels-1%" 0.01 60 20 ""
  finetune "$here/labels-1%-scratch" 0.01 60 20 --from-scratch
  finetune "$here/labels-1%-scratch-longer" 0.01 120 40 --from-scratch
  finetune "$here/labels-10%" 0.1 12 6 ""
  finetune "$here/labels-10%-scratch" 0.1 12 6 --from-scratch

  resume="evaluate partial"
  # shellcheck disable=SC2086
  run "$here/last-block" evaluate partial "$pretrained" --blocks 1 --seed "$seed" $tuning --epochs "${few_epochs:-3}" \
    --eval-every "${few_epochs:-3}"
done

# accuracy FILE PLACE: the PLACE-th number after the key "accuracy" or "top1" of a result.
accuracy() {
  sed -nE 's/^ *"(accuracy|top1)" : ([0-9.E-]+).*/\2/p' "$1" | sed -n "$2p"
}

# row NAME FILE PLACE: the mean and the deviation over the seeds.
row() {
  for seed in $seeds; do
    accuracy "$out/seed-$seed/$2" "$3"
  done | awk -v name="$1" '
    { sum += $1; square += $1 * $1; all = all sprintf(" %.2f", $1) }
    END {
      mean = sum / NR
      sd = NR > 1 ? sqrt((square - NR * mean * mean > 0 ? square - NR * mean * mean : 0) / (NR - 1)) : 0
      printf "| %-42s | %6.2f ± %.2f |%s |\n", name, mean, sd, all
    }'
}

seeds=$*
echo "| top-1 accuracy in percent, 10,000 test images | mean ± sd | seeds $seeds |"
echo "|---|---|---|"
row "linear probe, cached" pretrained/evaluation-linear.json 1
row "linear probe, cached, untrained encoder" pretrained/evaluation-linear.json 2
row "logistic regression on raw pixels" pretrained/evaluation-linear.json 3
row "20 nearest neighbours" pretrained/evaluation-knn.json 1
row "last block tuned" last-block/results.json 1
row "fine-tuned with 1% of the labels" "labels-1%/results.json" 1
row "from scratch with 1% of the labels" "labels-1%-scratch/results.json" 1
row "from scratch with 1%, twice as long" "labels-1%-scratch-longer/results.json" 1
row "fine-tuned with 10% of the labels" "labels-10%/results.json" 1
row "from scratch with 10% of the labels" "labels-10%-scratch/results.json" 1
