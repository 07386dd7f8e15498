#!/bin/sh
# Makes TARGET/train and TARGET/val of a folder with a folder of images for each class; the last N of each class, by name, are
# held out as val. Files are linked, not copied:
#
#   docs/experiments/hold-out.sh cifar10/train 500 cifar10-split
set -eu

[ $# -eq 3 ] || { echo "usage: $0 FOLDER N TARGET" >&2; exit 2; }
[ ! -e "$3" ] || { echo "$0: $3 exists already; give a new folder" >&2; exit 1; }
for class in "$1"/*/; do
  name=$(basename "$class")
  mkdir -p "$3/train/$name" "$3/val/$name"
  count=$(ls "$class" | wc -l)
  ls "$class" | sort | head -n "$((count - $2))" | while read -r file; do ln "$class$file" "$3/train/$name/$file"; done
  ls "$class" | sort | tail -n "$2" | while read -r file; do ln "$class$file" "$3/val/$name/$file"; done
done
