"""What people write today: the same three losses by pandas and PyTorch in float64."""

import sys

import pandas as pd
import torch
import torch.nn.functional as F

frame = pd.read_csv(sys.argv[1])
target = torch.tensor(frame[sys.argv[2]].to_numpy(dtype="float64"))
pred = torch.tensor(frame[sys.argv[3]].to_numpy(dtype="float64"))
print("mse", F.mse_loss(pred, target).item())
print("mae", F.l1_loss(pred, target).item())
print("huber", F.huber_loss(pred, target, delta=1.0).item())
