#!/usr/bin/env bash
# Rebuild the shipped relation model: two rounds of training, export in 8 bits, weights of patterns against model.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python}
first="en_conflict en_cooperation en_status ru_general tr_general tr_conflict"
$python training/train.py --files $first --epochs 5 --rate 1e-4 --embedding-rate 4e-4 --out build/relations-1
$python training/train.py --start build/relations-1 --epochs 4 --rate 1e-4 --embedding-rate 3e-4 --out build/relations-2
$python training/export.py build/relations-2 src/detente/coding/model
$python training/fit_judge.py
