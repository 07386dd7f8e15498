#!/bin/sh
# Pre-trains and measures what was learnt, once for each seed, then prints means and deviations:
#
#   docs/experiments/measure.sh fashion-mnist SEED...
#   docs/experiments/measure.sh cifar10 --data FOLDER SEED...
#
# The first word names the recipes beside this file: fashion-mnist.yaml and fashion-mnist-tuning.yaml.
#
# --data   the images, where the recipe does not name them: a folder with train and val (hold-out.sh makes one)
# --out    where the runs go; runs/NAME unless given
# --short  a few images and steps only, to see that everything works
#
# Fashion-MNIST are its four files, for example of Debian's package dataset-fashion-mnist. What is finished is kept: run it again
# after an interruption and it goes on.
set -eu

usage() {
  echo "usage: $0 NAME [--data FOLDER] [--out DIR] [--short] SEED..." >&2
  exit 2
}

root=$(cd "$(dirname "$0")/../.." && pwd -P)
mae=${MAE:-$root/mae}
recipes=$root/docs/experiments
[ $# -gt 0 ] && [ -f "$recipes/$1.yaml" ] || usage
name=$1
shift
out=runs/$name
data=
few=
few_epochs=
batch=64
while [ $# -gt 0 ]; do
  case $1 in
    --out) out=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    --short) few="--limit 2000 --steps 4"; few_epochs=1; batch=16; shift ;;
    -*) usage ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || usage

tuning="--config $recipes/$name-tuning.yaml --batch-size $batch"

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
  run "$pretrained" pretrain --config "$recipes/$name.yaml" --seed "$seed" ${data:+--data "$data"}

  [ -f "$pretrained/evaluation-linear.json" ] ||
    "$mae" evaluate linear "$pretrained" --cached ${few:+--limit 2000} >/dev/null
  [ -f "$pretrained/evaluation-knn.json" ] ||
    "$mae" evaluate knn "$pretrained" ${few:+--limit 2000} >/dev/null

  finetune "$here/labels-1%" 0.01 60 20 ""
  finetune "$here/labels-1%-scratch" 0.01 60 20 --from-scratch
  finetune "$here/labels-1%-scratch-longer" 0.01 120 40 --from-scratch
  finetune "$here/labels-10%" 0.1 12 6 ""
  finetune "$here/labels-10%-scratch" 0.1 12 6 --from-scratch

  # One block has little to spoil: without regularisation it learns faster.
  resume="evaluate partial"
  # shellcheck disable=SC2086
  run "$here/last-block" evaluate partial "$pretrained" --blocks 1 --seed "$seed" $tuning --mixup 0 --smoothing 0 --drop-path 0 \
    --blr 8e-3 --epochs "${few_epochs:-4}" --eval-every "${few_epochs:-2}"
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
echo "| top-1 accuracy in percent, test images | mean ± sd | seeds $seeds |"
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
