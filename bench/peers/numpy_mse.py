"""The mean squared error of two arrays in .npy files."""

import sys
import time

import numpy as np

started = time.perf_counter()
target, pred = (np.load(path) for path in sys.argv[1:])
print("mse", repr(float(np.mean((pred - target) ** 2))))
print("seconds", time.perf_counter() - started, file=sys.stderr)
