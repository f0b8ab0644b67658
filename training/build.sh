#!/usr/bin/env bash
# Rebuild the shipped relation model: three rounds of training, export in 8 bits, weights of patterns against model.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python}
first="en_conflict en_cooperation en_status ru_general tr_general tr_conflict"
$python training/train.py --files $first --epochs 5 --rate 1e-4 --embedding-rate 4e-4 --out build/relations-1
second="$first en_wires tr_carried ru_carried"
$python training/train.py --start build/relations-1 --files $second --epochs 4 --rate 1e-4 --embedding-rate 3e-4 --out build/relations-2
$python training/train.py --start build/relations-2 --epochs 2 --rate 8e-5 --embedding-rate 2e-4 --out build/relations-3
$python training/export.py build/relations-3 src/detente/coding/model
$python training/fit_judge.py
