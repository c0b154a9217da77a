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
  var: { doc: 'predicted variance', names: ['var', 'variance', 'pred_var'], stems: ['var'] },
  std: { doc: 'predicted standard deviation', names: ['std', 'sigma', 'stddev', 'pred_std'], stems: ['std'] },
  logvar: { doc: 'logarithm of the variance', names: ['logvar', 'log_var', 'log_variance'], stems: ['logvar', 'log_var'] },
  query: { doc: 'embedding that looks for its partner', names: ['query', 'queries'], stems: ['query', 'q'] },
  key: { doc: 'embedding that is the partner of the query in the same row', names: ['key', 'keys'], stems: ['key', 'k'] },
  negatives: { doc: 'embeddings that are not partners, one after the other', names: ['negatives'], stems: ['negatives', 'n'] },
} as const satisfies Record<string, Role>;

export type RoleName = keyof typeof ROLES;
