/**
 * The roles a column can play: each is a flag, and has usual names by which a column is recognised without it. The list is
 * shared by all losses, so that `--pred` means the same everywhere.
 */
export interface Role {
  readonly doc: string;
  /** Usual names of one column, lower-case; compared with case and the separators `_`, `-`, `.`, space ignored. */
  readonly names: readonly string[];
  /** Usual stems of a family of columns, `z` for z0, z1, z2 ...: numbered and without gaps. */
  readonly stems: readonly string[];
}

export const ROLES = {
  target: {
    doc: 'what was observed: value, label, class index or mask',
    names: ['target', 'targets', 'y', 'y_true', 'true', 'truth', 'ground_truth', 'label', 'labels', 'gold', 'actual', 'observed'],
    stems: ['target', 'y', 'y_true', 'label', 'l', 't'],
  },
  pred: {
    doc: 'what the model said: value, score or mask',
    names: ['pred', 'preds', 'prediction', 'predictions', 'predicted', 'y_pred', 'y_hat', 'forecast'],
    stems: ['pred', 'prediction', 'y_pred'],
  },
  logits: { doc: 'scores before sigmoid or softmax', names: ['logits', 'logit'], stems: ['logit', 'logits', 'z'] },
  probs: {
    doc: 'probabilities, after sigmoid or softmax',
    names: ['probs', 'prob', 'proba', 'probability', 'probabilities', 'p'],
    stems: ['prob', 'proba', 'probs', 'p'],
  },
  logProbs: {
    doc: 'logarithms of probabilities',
    names: ['log_probs', 'log_prob', 'logprobs', 'logprob'],
    stems: ['log_prob', 'logprob', 'lp'],
  },
  teacherLogits: {
    doc: 'logits of the model to learn from',
    names: ['teacher_logits', 'teacher'],
    stems: ['teacher', 'teacher_logit', 'tz'],
  },
  var: { doc: 'predicted variance', names: ['var', 'variance', 'pred_var'], stems: ['var'] },
  std: { doc: 'predicted standard deviation', names: ['std', 'sigma', 'stddev', 'pred_std'], stems: ['std'] },
  logvar: { doc: 'logarithm of the variance', names: ['logvar', 'log_var', 'log_variance'], stems: ['logvar', 'log_var'] },
  query: { doc: 'embedding that looks for its partner', names: ['query', 'queries'], stems: ['query', 'q'] },
  key: { doc: 'embedding that is the partner of the query in the same row', names: ['key', 'keys'], stems: ['key', 'k'] },
  negatives: { doc: 'embeddings that are not partners, one after the other', names: ['negatives'], stems: ['negatives', 'n'] },
  x1: { doc: 'the first of a pair: an embedding or a score', names: ['x1'], stems: ['x1'] },
  x2: { doc: 'the second of a pair: an embedding or a score', names: ['x2'], stems: ['x2'] },
  anchor: { doc: 'embedding the other two are compared with', names: ['anchor'], stems: ['anchor', 'a'] },
  positive: {
    doc: 'what belongs with the anchor, or should score higher',
    names: ['positive', 'pos'],
    stems: ['positive', 'pos', 'p'],
  },
  negative: { doc: 'what does not', names: ['negative', 'neg'], stems: ['negative', 'neg', 'n'] },
  distance: { doc: 'a distance that was computed before', names: ['distance', 'dist'], stems: ['distance', 'dist'] },
  positiveDistance: {
    doc: 'distance of the anchor to what belongs with it',
    names: ['positive_distance', 'positive_dist', 'pos_distance', 'pos_dist', 'd_ap'],
    stems: [],
  },
  negativeDistance: {
    doc: 'distance of the anchor to what does not',
    names: ['negative_distance', 'negative_dist', 'neg_distance', 'neg_dist', 'd_an'],
    stems: [],
  },
  embedding: { doc: 'embedding of the row', names: ['embedding', 'embeddings', 'emb'], stems: ['embedding', 'emb', 'e'] },
  view1: { doc: 'embedding of one view of the row', names: ['view1'], stems: ['view1'] },
  view2: { doc: 'embedding of another view of the same row', names: ['view2'], stems: ['view2'] },
  chosen: {
    doc: 'the preferred answer: its log-probability or reward',
    names: ['chosen', 'chosen_logps', 'chosen_reward'],
    stems: [],
  },
  rejected: {
    doc: 'the other answer: its log-probability or reward',
    names: ['rejected', 'rejected_logps', 'rejected_reward'],
    stems: [],
  },
  refChosen: {
    doc: 'log-probability of the preferred answer under the reference model',
    names: ['ref_chosen', 'ref_chosen_logps', 'reference_chosen_logps'],
    stems: [],
  },
  refRejected: {
    doc: 'log-probability of the other answer under the reference model',
    names: ['ref_rejected', 'ref_rejected_logps', 'reference_rejected_logps'],
    stems: [],
  },
  chosenLength: { doc: 'number of tokens of the preferred answer', names: ['chosen_length'], stems: [] },
  rejectedLength: { doc: 'number of tokens of the other answer', names: ['rejected_length'], stems: [] },
  nll: { doc: 'mean negative log-likelihood of the tokens of the preferred answer', names: ['nll', 'chosen_nll'], stems: [] },
  refLogProbs: {
    doc: 'log-probabilities under the reference model',
    names: ['ref_log_probs', 'ref_log_prob', 'ref_logps', 'ref_logp', 'ref_logprobs', 'ref_logprob'],
    stems: ['ref_log_prob', 'ref_logp', 'ref_lp'],
  },
  bytes: { doc: 'how many bytes or characters a token stands for', names: ['bytes'], stems: [] },
  time: { doc: 'time until the event, or until observation ended', names: ['time', 'duration', 'survival_time'], stems: [] },
  event: {
    doc: 'whether the event was seen (1) or observation ended before it (0)',
    names: ['event', 'observed_event'],
    stems: [],
  },
  laplaceScale: {
    doc: 'predicted scale b of a Laplace distribution: the mean absolute deviation',
    names: ['laplace_scale', 'scale', 'b'],
    stems: ['laplace_scale'],
  },
  dispersion: {
    doc: 'predicted dispersion of counts: variance = mean + dispersion mean^2',
    names: ['dispersion', 'overdispersion'],
    stems: ['dispersion'],
  },
  lower: {
    doc: 'lower end of an interval: predicted, or of what is known',
    names: ['lower', 'lo', 'lower_bound'],
    stems: ['lower', 'lo'],
  },
  upper: {
    doc: 'upper end of an interval: predicted, or of what is known',
    names: ['upper', 'hi', 'upper_bound'],
    stems: ['upper', 'hi'],
  },
  median: { doc: 'predicted median', names: ['median', 'pred_median', 'predicted_median'], stems: [] },
  members: {
    doc: 'members of a predicted ensemble: samples of what may happen',
    names: ['members', 'samples', 'ensemble'],
    stems: ['member', 'members', 'sample', 'ens'],
  },
  seasonalError: {
    doc: 'mean absolute error of the seasonal naive forecast on the past of the series',
    names: ['seasonal_error', 'naive_error', 'seasonal_mae', 'naive_mae'],
    stems: [],
  },
  seasonalMse: {
    doc: 'mean squared error of the seasonal naive forecast on the past of the series',
    names: ['seasonal_mse', 'naive_mse'],
    stems: [],
  },
  inputLength: { doc: 'time steps of the row that count', names: ['input_length', 'input_lengths'], stems: [] },
  mu: { doc: 'mean of the latent distribution', names: ['mu', 'mean'], stems: ['mu', 'mean'] },
  recon: {
    doc: 'what a VAE made of the row again: values, probabilities or logits',
    names: ['recon', 'reconstruction'],
    stems: ['recon', 'r'],
  },
  reconLoss: { doc: 'reconstruction loss of the row, already computed', names: ['recon_loss'], stems: [] },
  kl: { doc: 'KL divergence of the row, already computed', names: ['kl', 'kl_loss', 'kld'], stems: [] },
  mu2: { doc: 'mean of the prior', names: ['mu2', 'prior_mu'], stems: ['mu2', 'prior_mu'] },
  logvar2: {
    doc: 'logarithm of the variance of the prior',
    names: ['logvar2', 'prior_logvar'],
    stems: ['logvar2', 'prior_logvar'],
  },
} as const satisfies Record<string, Role>;

export type RoleName = keyof typeof ROLES;
