import { describe, expect, it } from 'vitest';
import { defineRowLoss, type Loss, type ParamValue, type Properties } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { real } from '../../src/losses/inputs.ts';
import { checkConvex, checkMaximum, checkMinimum, checkRobust, checkSymmetric, worstKink } from './property-checks.ts';

/** Parameters under which the properties hold as well as by default. */
const VARIANTS: { readonly [loss: string]: readonly Record<string, ParamValue>[] } = {
  rmse: [{ multioutput: 'flat' }],
  huber: [{ delta: 0.1 }, { delta: 10 }],
  'smooth-l1': [{ beta: 0.1 }, { beta: 10 }],
  quantile: [{ q: 0.1 }, { q: 0.9 }, { quantiles: [0.1, 0.5, 0.9] }],
  mape: [{ percent: true }, { zeroTarget: 'floor1' }],
  'poisson-nll': [{ logInput: false }, { full: true }, { full: true, factorial: 'lgamma' }],
  'gaussian-nll': [{ full: true }],
  'bce-with-logits': [{ posWeight: [3] }, { labelSmoothing: 0.1 }],
  hinge: [{ margin: 0.5 }],
  'squared-hinge': [{ margin: 0.5 }],
  focal: [{ gamma: 0.5 }, { alphaMode: 'constant' }, { labelSmoothing: 0.1 }],
  'multilabel-soft-margin': [{ classWeight: [1, 2, 3] }],
  hamming: [{ threshold: 0.9 }],
  'multilabel-margin': [{ indexTarget: true }],
  asymmetric: [{ clip: 0 }],
  nll: [{ classWeight: [1, 2, 3] }],
  'crammer-singer': [{ squared: true }],
  'multi-margin': [{ p: 2 }, { classWeight: [1, 2, 3] }],
  'softmax-focal': [{ classAlpha: [1, 2, 3] }, { labelSmoothing: 0.1 }],
  gce: [{ q: 0 }, { q: 1 }],
  poly1: [{ epsilon: -1 }],
  'ova-logloss': [{ sigmoid: 2 }],
  distillation: [{ temperature: 0.5 }, { alpha: 0.9 }],
  brier: [{ scaleByHalf: 'true' }, { scaleByHalf: 'false' }],
  rps: [{ normalize: true }],
  'zero-one': [{ threshold: 0.9 }],
  'top-k-error': [{ k: 1 }, { k: 2 }],
  ece: [{ bins: 2 }, { norm: 'l2' }, { norm: 'max' }],
  mce: [{ bins: 2 }],
  'cross-entropy': [{ classWeight: [1, 2, 3] }, { labelSmoothing: 0.1 }],
  'kl-div': [{ direction: 'reverse' }, { base: 2 }],
  dice: [{ squared: true }, { scope: 'image' }, { smoothIn: 'denominator', smooth: 1e-7 }],
  jaccard: [{ squared: true }, { scope: 'image' }, { smoothIn: 'denominator', smooth: 1e-7 }],
  tversky: [{ alpha: 0.3, beta: 0.7 }, { scope: 'image' }, { gamma: 2 }],
  'focal-tversky': [{ scope: 'image' }],
  'generalized-dice': [{ wType: 'simple' }, { wType: 'uniform' }, { scope: 'image' }],
  'mcc-loss': [{ scope: 'image' }, { eps: 0.1 }],
  'dice-ce': [{ posWeight: [3] }, { scope: 'image' }],
  'dice-focal': [{ gamma: 1 }],
  contrastive: [{ squared: false }, { p: 1 }],
  triplet: [{ swap: true }, { metric: 'cosine' }],
  'cosine-distance': [{ as: 'negative-similarity' }],
  'hinge-embedding': [{ margin: 0.3 }],
  'cosine-embedding': [{ margin: -0.5 }],
  cosface: [{ margin: 0.1, scale: 8 }],
  rmsle: [{ multioutput: 'flat' }],
  'pseudo-huber': [{ delta: 0.1 }, { delta: 10 }],
  charbonnier: [{ eps: 0.1 }, { eps: 10 }],
  fair: [{ c: 0.1 }, { c: 10 }],
  lp: [{ p: 3 }],
  expectile: [{ alpha: 0.1 }, { alpha: 0.9 }],
  'epsilon-insensitive': [{ epsilon: 0 }, { epsilon: 1.25 }],
  smape: [{ variant: '1x' }],
  'tweedie-deviance': [{ power: -1 }, { power: 1 }, { power: 1.5 }, { power: 2 }, { power: 3 }],
  'gamma-nll': [{ psi: 0.5 }],
  'tweedie-nll': [{ logInput: true }],
  'crps-ensemble': [{ estimator: 'fair' }, { estimator: 'pwm' }, { estimator: 'qd' }],
  'interval-score': [{ alpha: 0.5 }],
  'margin-ranking': [{ margin: 1 }],
  'ranking-softmax': [{ normalizeLabels: true }],
  ranknet: [{ sigma: 2 }, { pairWeight: 'diff' }],
  'pairwise-hinge': [{ margin: 0.5 }],
  lambdarank: [{ scheme: 'ndcg-loss2' }, { scheme: 'ndcg-loss2pp' }, { log: 'binary', gain: 'linear' }],
  'approx-ndcg': [{ alpha: 10 }, { gain: 'linear' }],
  'ndcg-loss': [{ k: 2 }, { gain: 'linear' }, { empty: '0' }],
  'z-loss': [{ coef: 1 }],
  dpo: [{ labelSmoothing: 0.1 }, { fDivergence: 'forward-kl' }, { fDivergence: 'js' }, { fDivergence: 'alpha', alpha: 0.5 }],
  simpo: [{ beta: 2, gamma: 1 }, { labelSmoothing: 0.1 }],
  cpo: [{ alpha: 0.5 }, { labelSmoothing: 0.1 }],
  'bradley-terry': [{ margin: 1 }, { centerCoef: 0.1 }],
  'kl-estimator': [{ kind: 'k1' }, { kind: 'k2' }],
  'aft-nll': [{ dist: 'logistic' }, { dist: 'extreme' }, { scale: 0.5 }],
  cox: [{ ties: 'efron' }, { normalizer: 'rows' }],
  listmle: [{ ties: 'efron' }],
  'vae-elbo': [{ likelihood: 'bce' }],
};

const variants = LOSSES.flatMap((loss) => [{}, ...(VARIANTS[loss.name] ?? [])].map((params) => [loss.name, params, loss] as const));
const having = (flag: keyof Properties) =>
  variants.filter(([, , { properties }]) => properties[flag] !== undefined && properties[flag] !== false);
const byDefault = (flag: keyof Properties) => having(flag).filter(([, params]) => Object.keys(params).length === 0);

/** Less than this is rounding and curvature, more is a kink. */
const SMOOTH = 1e-3;

describe('convex: halfway costs at most the mean of the ends', () => {
  it.each(having('convexIn'))('%s %o', (_, params, loss) => checkConvex(loss, params));
});

describe('minimum: reached by a perfect prediction, never undercut', () => {
  it.each(byDefault('minimum'))('%s', (_, _params, loss) => checkMinimum(loss));
});

describe('maximum: never exceeded', () => {
  it.each(having('maximum'))('%s %o', (_, params, loss) => checkMaximum(loss, params));
});

describe('symmetric: target and prediction may change places', () => {
  it.each(having('symmetric'))('%s %o', (_, params, loss) => checkSymmetric(loss, params));
});

describe('robust: one prediction far out costs at most in proportion', () => {
  it.each(having('robust'))('%s %o', (_, params, loss) => checkRobust(loss, params));
});

describe('differentiable: slopes from both sides agree', () => {
  it.each(having('differentiable'))('%s %o', (_, params, loss) => {
    const everywhere = loss.properties.differentiable === true;
    expect(worstKink(loss, everywhere ? 'whole' : 'generic', params)).toBeLessThan(SMOOTH);
  });

  const kinked = byDefault('differentiable').filter(([, , { properties }]) => properties.differentiable === 'almost-everywhere');
  it.each(kinked)('%s has the kink it admits', (_, params, loss) =>
    expect(worstKink(loss, 'whole', params)).toBeGreaterThan(SMOOTH),
  );
});

describe('what a loss does not claim', () => {
  it('is false for at least one of its parameters, so that no flag is forgotten', () => {
    const fails = (check: (loss: Loss, params: Record<string, ParamValue>) => void, loss: Loss) =>
      [{}, ...(VARIANTS[loss.name] ?? [])].some((params) => {
        try {
          check(loss, params);
          return false;
        } catch {
          return true;
        }
      });
    const silent = LOSSES.filter(({ properties, inputs }) => !properties.symmetric && 'target' in inputs && 'pred' in inputs);
    expect(silent.map(({ name }) => name)).toEqual(expect.arrayContaining(['quantile', 'mape', 'poisson-nll', 'hinge']));
    for (const loss of silent) expect(fails(checkSymmetric, loss), loss.name).toBe(true);
    const msle = LOSSES.find(({ name }) => name === 'msle') as Loss;
    expect(fails((loss) => checkConvex({ ...loss, properties: { ...loss.properties, convexIn: 'pred' } } as Loss), msle)).toBe(
      true,
    );
  });
});

/** A loss of pred and target that claims what it likes. */
function wrong(properties: Partial<Properties>, value: (target: number, pred: number) => number): Loss {
  return defineRowLoss({
    name: 'wrong',
    aliases: [],
    task: 'regression',
    summary: '',
    inputs: { target: real(''), pred: real('') },
    params: {},
    formula: { text: '', latex: '' },
    unit: '',
    properties: { differentiable: true, symmetric: false, robust: false, ...properties },
    references: [],
    pitfalls: [],
    equivalents: {},
    examples: [],
    kernel({ target, pred }, _params, n, out) {
      for (let i = 0; i < n; i++) out[i] = value(target[i], pred[i]);
    },
  });
}

describe('every check fails for a loss that lies', () => {
  const root = (t: number, p: number) => Math.sqrt(Math.abs(p - t));
  const bent = (t: number, p: number) => Math.log1p((p - t) ** 2);
  const slightlyBent = (t: number, p: number) => (p - t) ** 2 - 0.6 * Math.cos(2 * (p - t));

  it.each([
    ['convex: a root', () => checkConvex(wrong({ convexIn: 'pred' }, root))],
    ['convex: a logarithm', () => checkConvex(wrong({ convexIn: 'pred' }, bent))],
    ['convex: a ripple on a square', () => checkConvex(wrong({ convexIn: 'pred' }, slightlyBent))],
    ['minimum: undercut', () => checkMinimum(wrong({ minimum: 0 }, (t, p) => (p - t) * Math.abs(p - t)))],
    ['minimum: never reached', () => checkMinimum(wrong({ minimum: 0 }, (t, p) => Math.abs(p - t) + 0.01))],
    ['minimum: reached elsewhere', () => checkMinimum(wrong({ minimum: 0 }, (t, p) => Math.abs(p - 2 * t)))],
    ['maximum: exceeded', () => checkMaximum(wrong({ maximum: 1 }, (t, p) => Math.min(1.001, Math.abs(p - t))))],
    [
      'symmetric: a relative error',
      () => checkSymmetric(wrong({ symmetric: true }, (t, p) => Math.abs(p - t) / (1 + Math.abs(t)))),
    ],
    ['symmetric: a tilt', () => checkSymmetric(wrong({ symmetric: true }, (t, p) => Math.abs(p - t) + 1e-6 * (p - t)))],
    ['robust: a square', () => checkRobust(wrong({ robust: true }, (t, p) => (p - t) ** 2))],
    ['robust: a little more than linear', () => checkRobust(wrong({ robust: true }, (t, p) => Math.abs(p - t) ** 1.1))],
  ])('%s', (_, check) => expect(check).toThrow());

  it.each([
    ['at the target', (t: number, p: number) => Math.abs(p - t)],
    ['at the margin', (t: number, p: number) => Math.max(0, 1 - (p - t))],
    ['a step', (t: number, p: number) => (p > t ? 1 : 0)],
    ['a tenth of a kink', (t: number, p: number) => (p - t) ** 2 + 0.1 * Math.abs(p - t)],
  ])('differentiable: %s', (_, value) => expect(worstKink(wrong({}, value), 'whole')).toBeGreaterThan(SMOOTH));

  it('differentiable almost everywhere: kinks all over', () => {
    expect(
      worstKink(
        wrong({}, (t, p) => Math.abs(((Math.abs(p - t) * 1e7) % 2) - 1)),
        'generic',
      ),
    ).toBeGreaterThan(SMOOTH);
  });
});
