"""Three losses of a CSV by pandas and numpy; with a second argument, for each group of this column."""

import sys
import time

import numpy as np
import pandas as pd

started = time.perf_counter()


def losses(d):
    a = d.abs()
    return {"mse": (d * d).mean(), "mae": a.mean(), "huber": np.where(a <= 1, d * d / 2, a - 0.5).mean()}


path, *by = sys.argv[1:]
frame = pd.read_csv(path, usecols=["target", "pred", *by])
d = frame["pred"] - frame["target"]
groups = {f"{{{by[0]}={name}}}": part for name, part in d.groupby(frame[by[0]])} if by else {"": d}
for group, part in groups.items():
    for name, value in losses(part).items():
        print(f"{name}{group} {float(value)!r}")
print("seconds", time.perf_counter() - started, file=sys.stderr)
