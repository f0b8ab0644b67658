#!/usr/bin/env bash
# Rebuild the shipped relation model: ten rounds of training, the last with a teacher, averaged, export in 8 bits, weights of patterns against model, screen.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python}
first="en_conflict en_cooperation en_status ru_general tr_general tr_conflict"
$python training/train.py --files $first --epochs 5 --rate 1e-4 --embedding-rate 4e-4 --out build/relations-1
second="$first en_wires tr_carried ru_carried"
$python training/train.py --start build/relations-1 --files $second --epochs 4 --rate 1e-4 --embedding-rate 3e-4 --out build/relations-2
$python training/train.py --start build/relations-2 --epochs 2 --rate 8e-5 --embedding-rate 2e-4 --out build/relations-3
$python training/train.py --start build/relations-3 --epochs 4 --rate 1e-4 --embedding-rate 3e-4 --out build/relations-4
$python training/train.py --start build/relations-4 --epochs 3 --rate 9e-5 --embedding-rate 2.5e-4 --seed 3 --out build/relations-5
$python training/train.py --start build/relations-5 --epochs 2 --rate 8e-5 --embedding-rate 3e-4 --seed 5 --out build/relations-6
$python training/average.py build/averaged build/relations-3:2 build/relations-4 build/relations-5 build/relations-6:2
$python training/train.py --start build/averaged --epochs 3 --rate 8e-5 --embedding-rate 2.5e-4 --seed 7 --out build/relations-7
$python training/train.py --start build/relations-7 --epochs 2 --rate 7e-5 --embedding-rate 2e-4 --seed 9 --out build/relations-8
$python training/average.py build/averaged-8 build/relations-7 build/relations-8:2
$python training/train.py --start build/averaged-8 --epochs 2 --rate 7e-5 --embedding-rate 2e-4 --seed 11 --out build/relations-9
$python training/average.py build/averaged-9 build/averaged-8:2 build/relations-9
$python training/join_teacher.py build/mpnet
$python training/train.py --encoder build/mpnet --language en --epochs 1 --size 16 --rate 5e-5 --embedding-rate 5e-5 --frozen 3 --seed 21 --out build/teacher
$python training/soften.py build/teacher build/soft_en.npz
$python training/train.py --start build/averaged-9 --epochs 2 --rate 8e-5 --embedding-rate 2.5e-4 --seed 31 --soft build/soft_en.npz --out build/relations-10
$python training/average.py build/relations build/averaged-9:2 build/relations-10
$python training/export.py build/relations src/detente/coding/model
$python training/fit_judge.py
$python training/fit_screen.py
