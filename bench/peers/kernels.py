"""The formulas of losses as a user would write them with torch in float64, on one thread: prints JSON, { loss: seconds }.

argv: the folder of golden files, and a JSON file { loss: rows } with the number of rows each loss is run on. The rows are those of
kernels.entry.ts: the first golden case whose numbers are finite, repeated.
"""
import json
import math
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
import torchvision.ops as ops

torch.set_num_threads(1)
REPEATS = 5


def soft(t):
    return torch.log_softmax(t, 1)


def cosine_scores(a, b):
    return F.normalize(a) @ F.normalize(b).T


def unlabelled(scores, drop=True):
    """Scores without those of a row with itself."""
    return scores.masked_fill(torch.eye(len(scores), dtype=torch.bool), -math.inf) if drop else scores


def supcon(i):
    scores = cosine_scores(i["embedding"], i["embedding"]) / 0.1
    same = (i["target"][:, None] == i["target"][None]) & ~torch.eye(len(scores), dtype=torch.bool)
    logp = scores - torch.logsumexp(unlabelled(scores), 1, keepdim=True)
    return -(logp * same).sum(1) / same.sum(1).clamp(min=1)


def circle(i):
    scores = cosine_scores(i["embedding"], i["embedding"])
    same = i["target"][:, None] == i["target"][None]
    positive = same & ~torch.eye(len(scores), dtype=torch.bool)
    p = -80 * F.relu(1.4 - scores).masked_fill(~positive, -math.inf) * (scores - 0.6)
    n = 80 * F.relu(scores + 0.4) * (scores - 0.4)
    return F.softplus(torch.logsumexp(torch.where(positive, p, torch.tensor(-math.inf, dtype=torch.float64)), 1) + torch.logsumexp(n.masked_fill(same, -math.inf), 1))


def nt_xent(i):
    z = torch.cat([i["view1"], i["view2"]])
    n = len(i["view1"])
    scores = unlabelled(cosine_scores(z, z) / 0.5)
    partner = torch.cat([torch.arange(n, 2 * n), torch.arange(n)])
    return F.cross_entropy(scores, partner, reduction="none")


def hard_triplet(i):
    d = torch.cdist(i["embedding"], i["embedding"])
    same = i["target"][:, None] == i["target"][None]
    return F.relu(d.masked_fill(~same, -1).amax(1) - d.masked_fill(same, math.inf).amin(1) + 0.3)


def dice(i, pred):
    t, p = i["target"], pred
    return 1 - (2 * (p * t).sum() + 1e-5) / (p.sum() + t.sum() + 1e-5)


def normal_crps(i):
    z = (i["target"] - i["pred"]) / i["std"]
    pdf = torch.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return i["std"] * (z * torch.erf(z / math.sqrt(2)) + 2 * pdf - 1 / math.sqrt(math.pi))


def nbinom(i):
    r, mu, y = 1 / i["dispersion"], i["pred"], i["target"]
    return -(torch.lgamma(y + r) - torch.lgamma(r) - torch.lgamma(y + 1) + r * torch.log(r / (r + mu)) + torch.xlogy(y, mu / (r + mu)))


def distillation(i, T=2.0, a=0.5):
    s, t = i["logits"], i["teacher-logits"]
    kl = F.kl_div(soft(s / T), torch.softmax(t / T, 1), reduction="none").sum(1)
    return a * T * T * kl + (1 - a) * F.cross_entropy(s, i["target"].long(), reduction="none")


def delta(i):
    return (i["chosen"] - i["ref-chosen"]) - (i["rejected"] - i["ref-rejected"])


LOSSES = {
    "mse": lambda i: (i["pred"] - i["target"]) ** 2,
    "mae": lambda i: (i["pred"] - i["target"]).abs(),
    "huber": lambda i: F.huber_loss(i["pred"], i["target"], reduction="none"),
    "smooth-l1": lambda i: F.smooth_l1_loss(i["pred"], i["target"], reduction="none"),
    "log-cosh": lambda i: (lambda e: e + F.softplus(-2 * e) - math.log(2))((i["pred"] - i["target"]).abs()),
    "quantile": lambda i: (lambda e: torch.maximum(0.5 * e, -0.5 * e))(i["target"] - i["pred"]),
    "mape": lambda i: (i["pred"] - i["target"]).abs() / i["target"].abs().clamp(min=2.0**-52),
    "msle": lambda i: (torch.log1p(i["pred"]) - torch.log1p(i["target"])) ** 2,
    "poisson-nll": lambda i: F.poisson_nll_loss(i["pred"], i["target"], reduction="none"),
    "gaussian-nll": lambda i: F.gaussian_nll_loss(i["pred"], i["target"], i["var"], reduction="none"),
    "pseudo-huber": lambda i: torch.sqrt(1 + (i["pred"] - i["target"]) ** 2) - 1,
    "charbonnier": lambda i: torch.sqrt((i["pred"] - i["target"]) ** 2 + 1e-6),
    "smape": lambda i: 2 * (i["pred"] - i["target"]).abs() / (i["pred"].abs() + i["target"].abs()).clamp(min=1.17e-6),
    "poisson-deviance": lambda i: 2 * (torch.xlogy(i["target"], i["target"] / i["pred"]) - i["target"] + i["pred"]),
    "gamma-deviance": lambda i: 2 * (torch.log(i["pred"] / i["target"]) + i["target"] / i["pred"] - 1),
    "negative-binomial-nll": nbinom,
    "laplace-nll": lambda i: torch.log(2 * i["laplace-scale"]) + (i["pred"] - i["target"]).abs() / i["laplace-scale"],
    "bce": lambda i: F.binary_cross_entropy(i["probs"], i["target"], reduction="none"),
    "bce-with-logits": lambda i: F.binary_cross_entropy_with_logits(i["logits"], i["target"], reduction="none"),
    "focal": lambda i: ops.sigmoid_focal_loss(i["logits"], i["target"]),
    "hinge": lambda i: F.relu(1 - i["target"] * i["pred"]),
    "soft-margin": lambda i: F.softplus(-i["target"] * i["pred"]),
    "multilabel-soft-margin": lambda i: F.multilabel_soft_margin_loss(i["logits"], i["target"], reduction="none"),
    "cross-entropy": lambda i: F.cross_entropy(i["logits"], i["target"].long(), reduction="none"),
    "nll": lambda i: F.nll_loss(i["log-probs"], i["target"].long(), reduction="none"),
    "multi-margin": lambda i: F.multi_margin_loss(i["pred"], i["target"].long(), reduction="none"),
    "softmax-focal": lambda i: (lambda ce: (1 - torch.exp(-ce)) ** 2 * ce)(F.cross_entropy(i["logits"], i["target"].long(), reduction="none")),
    "distillation": distillation,
    "kl-div": lambda i: F.kl_div(torch.log(i["probs"]), i["target"], reduction="none"),
    "js-div": lambda i: (lambda p, q, m: (torch.xlogy(p, p / m) + torch.xlogy(q, q / m)).sum(1) / 2)(i["target"], i["probs"], (i["target"] + i["probs"]) / 2),
    "gaussian-kl": lambda i: -0.5 * (1 + i["logvar"] - i["mu"] ** 2 - i["logvar"].exp()).sum(1),
    "dice": lambda i: dice(i, i["pred"]),
    "dice-focal": lambda i: dice(i, torch.sigmoid(i["logits"])) + ops.sigmoid_focal_loss(i["logits"], i["target"], alpha=-1).mean(),
    "giou": lambda i: ops.generalized_box_iou_loss(i["pred"], i["target"]),
    "diou": lambda i: ops.distance_box_iou_loss(i["pred"], i["target"]),
    "ciou": lambda i: ops.complete_box_iou_loss(i["pred"], i["target"]),
    "triplet": lambda i: F.triplet_margin_loss(i["anchor"], i["positive"], i["negative"], reduction="none"),
    "cosine-distance": lambda i: 1 - F.cosine_similarity(i["pred"], i["target"]),
    "info-nce": lambda i: F.cross_entropy(cosine_scores(i["query"], i["key"]) / 0.07, torch.arange(len(i["query"])), reduction="none"),
    "nt-xent": nt_xent,
    "siglip": lambda i: -F.logsigmoid((2 * torch.eye(len(i["query"]), dtype=torch.float64) - 1) * (10 * cosine_scores(i["query"], i["key"]) - 10)).sum(1),
    "supcon": supcon,
    "circle": circle,
    "batch-hard-triplet": hard_triplet,
    "token-ce": lambda i: F.cross_entropy(i["logits"], i["target"].long(), reduction="none"),
    "z-loss": lambda i: 1e-4 * torch.logsumexp(i["logits"], 1) ** 2,
    "crps-normal": normal_crps,
    "crps-ensemble": lambda i: (lambda x, y: (x - y[:, None]).abs().mean(1) - (x[:, :, None] - x[:, None]).abs().mean((1, 2)) / 2)(i["members"], i["target"]),
    "dpo": lambda i: F.softplus(-0.1 * delta(i)),
    "bradley-terry": lambda i: F.softplus(-(i["chosen"] - i["rejected"])),
}


def tiled(cells, rows):
    given = torch.tensor(cells, dtype=torch.float64)
    return given.repeat(*(-(-rows // len(given)), *[1] * (given.dim() - 1)))[:rows].contiguous()


def is_finite(case):
    flat = lambda v: all(map(flat, v)) if isinstance(v, list) else isinstance(v, (int, float)) and math.isfinite(v)
    return all(flat(cells) for cells in case["inputs"].values())


def main(golden, rows_file):
    rows = json.loads(Path(rows_file).read_text())
    seconds = {}
    for loss, formula in LOSSES.items():
        case = next(filter(is_finite, json.loads((Path(golden) / f"{loss}.json").read_text())["cases"]))
        inputs = {role: tiled(cells, rows[loss]) for role, cells in case["inputs"].items()}
        times = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            formula(inputs)
            times.append(time.perf_counter() - start)
        seconds[loss] = min(times)
    print(json.dumps(seconds))


main(*sys.argv[1:])
