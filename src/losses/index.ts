import { bce } from './binary/bce.ts';
import { bceWithLogits } from './binary/bce-with-logits.ts';
import { hinge } from './binary/hinge.ts';
import { giou } from './box/giou.ts';
import type { Loss } from './define.ts';
import { klDiv } from './density/kl-div.ts';
import { infoNce } from './embedding/info-nce.ts';
import { crossEntropy } from './multiclass/cross-entropy.ts';
import { gaussianNll } from './regression/gaussian-nll.ts';
import { huber } from './regression/huber.ts';
import { logCosh } from './regression/log-cosh.ts';
import { mae } from './regression/mae.ts';
import { mape } from './regression/mape.ts';
import { mse } from './regression/mse.ts';
import { msle } from './regression/msle.ts';
import { poissonNll } from './regression/poisson-nll.ts';
import { quantile } from './regression/quantile.ts';
import { rmse } from './regression/rmse.ts';
import { smoothL1 } from './regression/smooth-l1.ts';
import { dice } from './segmentation/dice.ts';

/** Every loss, in the order `list` shows them. */
export const LOSSES: readonly Loss[] = [
  mse,
  mae,
  rmse,
  huber,
  smoothL1,
  logCosh,
  quantile,
  mape,
  msle,
  poissonNll,
  gaussianNll,
  bce,
  bceWithLogits,
  hinge,
  crossEntropy,
  klDiv,
  dice,
  giou,
  infoNce,
];
