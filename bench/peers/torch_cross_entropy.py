"""Cross-entropy in float64 of logits and classes in .npy files. With `memory`: on one thread, and timed once the arrays are read."""

import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

started = time.perf_counter()
logits, classes, *memory = sys.argv[1:]
logits = torch.from_numpy(np.load(logits))
classes = torch.from_numpy(np.load(classes))
if memory:
    torch.set_num_threads(1)
    started = time.perf_counter()
print("cross-entropy", F.cross_entropy(logits.double(), classes).item())
print("seconds", time.perf_counter() - started, file=sys.stderr)
