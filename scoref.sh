cd /tmp/blind; a=""; for f in f/*; do n=$(basename $f); n=${n%%.*}; a="$a f_gold/$n.json=$f"; done
/work/main/.venv/bin/python /work/shared/tools/score.py out_f $a --misses
