import { asymmetric } from './binary/asymmetric.ts';
import { bce } from './binary/bce.ts';
import { bceWithLogits } from './binary/bce-with-logits.ts';
import { coverageError } from './binary/coverage-error.ts';
import { focal } from './binary/focal.ts';
import { hamming } from './binary/hamming.ts';
import { hinge } from './binary/hinge.ts';
import { labelRankingLoss } from './binary/label-ranking-loss.ts';
import { multilabelMargin } from './binary/multilabel-margin.ts';
import { multilabelSoftMargin } from './binary/multilabel-soft-margin.ts';
import { perceptron } from './binary/perceptron.ts';
import { softMargin } from './binary/soft-margin.ts';
import { sparsemax } from './binary/sparsemax.ts';
import { squaredHinge } from './binary/squared-hinge.ts';
import { boxIou } from './box/box-iou.ts';
import { ciou } from './box/ciou.ts';
import { diou } from './box/diou.ts';
import { eiou } from './box/eiou.ts';
import { giou } from './box/giou.ts';
import type { Loss } from './define.ts';
import { generalizedKlDiv } from './density/generalized-kl.ts';
import { jsDiv } from './density/js-div.ts';
import { klDiv } from './density/kl-div.ts';
import { arcface } from './embedding/arcface.ts';
import { barlowTwins } from './embedding/barlow-twins.ts';
import { batchHardTriplet } from './embedding/batch-hard-triplet.ts';
import { circle } from './embedding/circle.ts';
import { contrastive } from './embedding/contrastive.ts';
import { cosface } from './embedding/cosface.ts';
import { cosineDistanceLoss } from './embedding/cosine-distance.ts';
import { cosineEmbedding } from './embedding/cosine-embedding.ts';
import { hingeEmbedding } from './embedding/hinge-embedding.ts';
import { infoNce } from './embedding/info-nce.ts';
import { multiSimilarity } from './embedding/multi-similarity.ts';
import { ntXent } from './embedding/nt-xent.ts';
import { siglip } from './embedding/siglip.ts';
import { supcon } from './embedding/supcon.ts';
import { triplet } from './embedding/triplet.ts';
import { vicreg } from './embedding/vicreg.ts';
import { crpsEnsemble } from './forecasting/crps-ensemble.ts';
import { crpsNormal } from './forecasting/crps-normal.ts';
import { crpsQuantile } from './forecasting/crps-quantile.ts';
import { energyScore } from './forecasting/energy-score.ts';
import { intervalScore } from './forecasting/interval-score.ts';
import { mase } from './forecasting/mase.ts';
import { rmsse } from './forecasting/rmsse.ts';
import { wis } from './forecasting/wis.ts';
import { wql } from './forecasting/wql.ts';
import { gaussianKl } from './generative/gaussian-kl.ts';
import { vaeElbo } from './generative/vae-elbo.ts';
import { balancedSoftmax } from './multiclass/balanced-softmax.ts';
import { brier } from './multiclass/brier.ts';
import { categoricalHinge } from './multiclass/categorical-hinge.ts';
import { crammerSinger } from './multiclass/crammer-singer.ts';
import { crossEntropy } from './multiclass/cross-entropy.ts';
import { distillation } from './multiclass/distillation.ts';
import { ece } from './multiclass/ece.ts';
import { gce } from './multiclass/gce.ts';
import { logitAdjusted } from './multiclass/logit-adjusted.ts';
import { mce } from './multiclass/mce.ts';
import { multiMargin } from './multiclass/multi-margin.ts';
import { multiclassPerceptron } from './multiclass/multiclass-perceptron.ts';
import { multiclassSparsemax } from './multiclass/multiclass-sparsemax.ts';
import { nll } from './multiclass/nll.ts';
import { ovaLogloss } from './multiclass/ova-logloss.ts';
import { poly1 } from './multiclass/poly1.ts';
import { rps } from './multiclass/rps.ts';
import { softmaxFocal } from './multiclass/softmax-focal.ts';
import { topKError } from './multiclass/top-k-error.ts';
import { zeroOne } from './multiclass/zero-one.ts';
import { bradleyTerry } from './preference/bradley-terry.ts';
import { cpo } from './preference/cpo.ts';
import { dpo } from './preference/dpo.ts';
import { ipo } from './preference/ipo.ts';
import { klEstimator } from './preference/kl-estimator.ts';
import { kto } from './preference/kto.ts';
import { orpo } from './preference/orpo.ts';
import { simpo } from './preference/simpo.ts';
import { approxNdcg } from './ranking/approx-ndcg.ts';
import { bpr } from './ranking/bpr.ts';
import { lambdarank } from './ranking/lambdarank.ts';
import { listmle } from './ranking/listmle.ts';
import { listnet } from './ranking/listnet.ts';
import { marginRanking } from './ranking/margin-ranking.ts';
import { ndcgLoss } from './ranking/ndcg-loss.ts';
import { pairwiseHinge } from './ranking/pairwise-hinge.ts';
import { rankingSoftmax } from './ranking/ranking-softmax.ts';
import { ranknet } from './ranking/ranknet.ts';
import { charbonnier } from './regression/charbonnier.ts';
import { epsilonInsensitive } from './regression/epsilon-insensitive.ts';
import { expectile } from './regression/expectile.ts';
import { fair } from './regression/fair.ts';
import { gammaDeviance } from './regression/gamma-deviance.ts';
import { gammaNll } from './regression/gamma-nll.ts';
import { gaussianNll } from './regression/gaussian-nll.ts';
import { halfMse } from './regression/half-mse.ts';
import { huber } from './regression/huber.ts';
import { laplaceNll } from './regression/laplace-nll.ts';
import { logCosh } from './regression/log-cosh.ts';
import { lp } from './regression/lp.ts';
import { mae } from './regression/mae.ts';
import { mape } from './regression/mape.ts';
import { maxError } from './regression/max-error.ts';
import { medianAe } from './regression/median-ae.ts';
import { mse } from './regression/mse.ts';
import { msle } from './regression/msle.ts';
import { negativeBinomialNll } from './regression/negative-binomial-nll.ts';
import { nrmse } from './regression/nrmse.ts';
import { poissonDeviance } from './regression/poisson-deviance.ts';
import { poissonNll } from './regression/poisson-nll.ts';
import { pseudoHuber } from './regression/pseudo-huber.ts';
import { quantile } from './regression/quantile.ts';
import { rmse } from './regression/rmse.ts';
import { rmsle } from './regression/rmsle.ts';
import { rse } from './regression/rse.ts';
import { smape } from './regression/smape.ts';
import { smoothL1 } from './regression/smooth-l1.ts';
import { tweedieDeviance } from './regression/tweedie-deviance.ts';
import { tweedieNll } from './regression/tweedie-nll.ts';
import { wmape } from './regression/wmape.ts';
import { dice } from './segmentation/dice.ts';
import { diceCe } from './segmentation/dice-ce.ts';
import { diceFocal } from './segmentation/dice-focal.ts';
import { focalTversky } from './segmentation/focal-tversky.ts';
import { generalizedDice } from './segmentation/generalized-dice.ts';
import { jaccard } from './segmentation/jaccard.ts';
import { lovaszHinge } from './segmentation/lovasz-hinge.ts';
import { lovaszSoftmax } from './segmentation/lovasz-softmax.ts';
import { mccLoss } from './segmentation/mcc-loss.ts';
import { tversky } from './segmentation/tversky.ts';
import { bitsPerToken } from './sequence/bits-per-token.ts';
import { ctc } from './sequence/ctc.ts';
import { perplexity } from './sequence/perplexity.ts';
import { tokenCe } from './sequence/token-ce.ts';
import { zLoss } from './sequence/z-loss.ts';
import { aftNll } from './survival/aft-nll.ts';
import { cox } from './survival/cox.ts';

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
  rmsle,
  halfMse,
  medianAe,
  maxError,
  poissonDeviance,
  gammaDeviance,
  tweedieDeviance,
  pseudoHuber,
  charbonnier,
  fair,
  lp,
  expectile,
  epsilonInsensitive,
  smape,
  wmape,
  nrmse,
  rse,
  gammaNll,
  tweedieNll,
  negativeBinomialNll,
  laplaceNll,
  bce,
  bceWithLogits,
  hinge,
  focal,
  softMargin,
  squaredHinge,
  perceptron,
  sparsemax,
  multilabelSoftMargin,
  hamming,
  asymmetric,
  multilabelMargin,
  coverageError,
  labelRankingLoss,
  crossEntropy,
  nll,
  categoricalHinge,
  crammerSinger,
  multiMargin,
  multiclassPerceptron,
  softmaxFocal,
  gce,
  poly1,
  multiclassSparsemax,
  ovaLogloss,
  distillation,
  balancedSoftmax,
  logitAdjusted,
  brier,
  rps,
  zeroOne,
  topKError,
  ece,
  mce,
  klDiv,
  generalizedKlDiv,
  jsDiv,
  gaussianKl,
  vaeElbo,
  dice,
  jaccard,
  tversky,
  focalTversky,
  generalizedDice,
  diceCe,
  diceFocal,
  mccLoss,
  lovaszHinge,
  lovaszSoftmax,
  boxIou,
  giou,
  diou,
  ciou,
  eiou,
  contrastive,
  triplet,
  infoNce,
  ntXent,
  cosineDistanceLoss,
  hingeEmbedding,
  cosineEmbedding,
  supcon,
  circle,
  multiSimilarity,
  batchHardTriplet,
  siglip,
  vicreg,
  barlowTwins,
  arcface,
  cosface,
  marginRanking,
  rankingSoftmax,
  listnet,
  listmle,
  ranknet,
  pairwiseHinge,
  lambdarank,
  approxNdcg,
  ndcgLoss,
  bpr,
  tokenCe,
  perplexity,
  bitsPerToken,
  zLoss,
  ctc,
  mase,
  rmsse,
  wql,
  crpsEnsemble,
  crpsNormal,
  crpsQuantile,
  intervalScore,
  wis,
  energyScore,
  dpo,
  ipo,
  simpo,
  cpo,
  orpo,
  bradleyTerry,
  klEstimator,
  kto,
  cox,
  aftNll,
];
