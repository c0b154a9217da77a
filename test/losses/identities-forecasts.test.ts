/** Identities between the losses of an error, deviances, likelihoods and forecasts: each holds whatever the numbers are. */
import { describe, expect, it } from 'vitest';
import type { ParamValue } from '../../src/losses/define.ts';
import { evaluate } from './kernel-run.ts';
import { expectSame, named, rows } from './same.ts';

const target = [0, 3, -0.5, 2, 7, 1e4, -2, 0.1, 0];
const pred = [0.5, 2.5, 0, 2, 8, 1e20, 5, 0.1000001, -1e-8];

describe('deviances', () => {
  const amount = [0.5, 3, 2, 7, 1e4, 0.1];
  const mean = [0.7, 2.5, 2, 8, 9e3, 0.1000001];
  const deviance = (power: number) => rows('tweedie-deviance', { target: amount, pred: mean }, { power });

  it('tweedie-deviance of power 0, 1 and 2 is mse, poisson-deviance and gamma-deviance', () => {
    expectSame(deviance(0), rows('mse', { target: amount, pred: mean }), 0);
    expectSame(deviance(1), rows('poisson-deviance', { target: amount, pred: mean }), 0);
    expectSame(deviance(2), rows('gamma-deviance', { target: amount, pred: mean }), 0);
  });

  it.each([1, 2])('tweedie-deviance is continuous at power %d', (power) => {
    expectSame(deviance(power + 1e-12), deviance(power), 1e-10);
  });

  it('poisson-deviance is twice what poisson-nll of the prediction has over that of the target', () => {
    const nll = (rate: readonly number[]) => rows('poisson-nll', { target: amount, pred: rate }, { logInput: false, eps: 0 });
    const best = nll(amount);
    const twice = nll(mean).map((l, i) => 2 * (l - best[i]));
    expectSame(rows('poisson-deviance', { target: amount, pred: mean }).slice(0, 4), twice.slice(0, 4), 1e-12);
  });

  it.each([1, 0.25])(
    'gamma-deviance over psi is twice what gamma-nll of the prediction has over that of the target, psi %d',
    (psi) => {
      const nll = (pred: readonly number[]) => rows('gamma-nll', { target: amount, pred }, { psi });
      const best = nll(amount);
      const twice = nll(mean).map((l, i) => 2 * psi * (l - best[i]));
      expectSame(rows('gamma-deviance', { target: amount, pred: mean }).slice(0, 4), twice.slice(0, 4), 1e-12);
    },
  );

  it('tweedie-nll is half of tweedie-deviance less a term of the target, and the same for a log mean', () => {
    const nll = (pred: readonly number[]) => rows('tweedie-nll', { target: amount, pred }, { rho: 1.3 });
    const best = nll(amount);
    const twice = nll(mean).map((l, i) => 2 * (l - best[i]));
    expectSame(deviance(1.3).slice(0, 4), twice.slice(0, 4), 1e-11);
    expectSame(rows('tweedie-nll', { target: amount, pred: mean.map(Math.log) }, { rho: 1.3, logInput: true }), nll(mean));
  });

  it('negative-binomial-nll without dispersion is poisson-nll with ln(target!)', () => {
    const [counts, rates] = [
      [0, 1, 4, 9, 0.5],
      [0.5, 2, 3, 20, 1],
    ];
    const poisson = rows(
      'poisson-nll',
      { target: counts, pred: rates },
      { logInput: false, eps: 0, full: true, factorial: 'lgamma' },
    );
    expectSame(rows('negative-binomial-nll', { target: counts, pred: rates, dispersion: rates.map(() => 1e-17) }), poisson);
  });

  it('laplace-nll of scale 1/2 is twice mae', () => {
    const twice = rows('mae', { target, pred }).map((l) => 2 * l);
    expectSame(rows('laplace-nll', { target, pred, laplaceScale: target.map(() => 0.5) }), twice);
  });
});

describe('errors', () => {
  const value = (name: string, params: Record<string, ParamValue> = {}) =>
    evaluate(named(name), { inputs: { target, pred }, params });
  const half = rows('mse', { target, pred }).map((l) => l / 2);

  it('half-mse, expectile 0.5 and lp of power 2 follow mse, lp of power 1, charbonnier and epsilon-insensitive with 0 mae', () => {
    expectSame(rows('half-mse', { target, pred }), half, 0);
    expectSame(rows('expectile', { target, pred }, { alpha: 0.5 }), half);
    expectSame(rows('lp', { target, pred }, { p: 2 }), rows('mse', { target, pred }));
    expectSame(rows('lp', { target, pred }, { p: 1 }), rows('mae', { target, pred }), 0);
    expectSame(rows('charbonnier', { target, pred }, { eps: 0 }), rows('mae', { target, pred }), 0);
    expectSame(rows('epsilon-insensitive', { target, pred }, { epsilon: 0 }), rows('mae', { target, pred }), 0);
  });

  it('charbonnier is pseudo-huber over delta, plus delta', () => {
    const pseudo = rows('pseudo-huber', { target, pred }, { delta: 0.5 }).map((l) => l / 0.5 + 0.5);
    expectSame(rows('charbonnier', { target, pred }, { eps: 0.5 }), pseudo);
  });

  it('pseudo-huber and fair are half of mse for huge parameters', () => {
    const near = { target: target.slice(0, 5), pred: pred.slice(0, 5) };
    expectSame(rows('pseudo-huber', near, { delta: 1e9 }), half.slice(0, 5), 1e-12);
    expectSame(rows('fair', near, { c: 1e12 }), half.slice(0, 5), 1e-11);
  });

  it('rmsle is the root of msle, wmape mae over the mean target, smape 1x half of 2x', () => {
    const positive = { target: [100, 200, 300], pred: [90, 210, 290] };
    expectSame([evaluate(named('rmsle'), { inputs: positive })], [Math.sqrt(evaluate(named('msle'), { inputs: positive }))]);
    const size = target.reduce((sum, y) => sum + Math.abs(y), 0);
    expectSame([value('wmape')], [(value('mae') * target.length) / size]);
    expectSame([2 * value('smape', { variant: '1x' })], [value('smape')], 0);
  });

  it('median-ae and max-error are order statistics of mae', () => {
    const errors = rows('mae', { target, pred }).toSorted((a, b) => a - b);
    expect(value('median-ae')).toBe(errors[4]);
    expect(value('max-error')).toBe(errors[8]);
  });
});

describe('forecasts', () => {
  const observed = [1, -2, 0.5, 7, 3];
  const forecast = [0.5, -1, 3, 7, 9];
  const inputs = { target: observed, pred: forecast };
  const ones = observed.map(() => 1);

  it('mase and rmsse with a naive error of 1 are mae and rmse', () => {
    expectSame(rows('mase', { ...inputs, seasonalError: ones }), [evaluate(named('mae'), { inputs })]);
    expectSame(rows('rmsse', { ...inputs, seasonalMse: ones }), [evaluate(named('rmse'), { inputs })]);
  });

  it('crps-quantile of the median is mae, and wql of the median wmape', () => {
    expectSame(rows('crps-quantile', inputs, { quantiles: [0.5] }), rows('mae', inputs), 0);
    const wql = evaluate(named('wql'), { inputs, params: { quantiles: [0.5] } });
    expectSame([wql], [evaluate(named('wmape'), { inputs })]);
  });

  it('crps-quantile is the mean of twice the quantile losses', () => {
    const pairs = forecast.map((x) => [x - 1, x + 1]);
    const [low, high] = [0, 1].map((k) =>
      rows('quantile', { target: observed, pred: pairs.map((row) => row[k]) }, { q: [0.2, 0.7][k] }),
    );
    const mean = low.map((l, i) => l + high[i]);
    expectSame(rows('crps-quantile', { target: observed, pred: pairs }, { quantiles: [0.2, 0.7] }), mean);
    const together = rows('quantile', { target: observed, pred: pairs }, { quantiles: [0.2, 0.7] });
    expectSame(
      together.map((l) => 2 * l),
      mean,
    );
  });

  it('interval-score is the sum of two quantile losses, times 2 / alpha', () => {
    const [lower, upper] = [forecast.map((x) => x - 1), forecast.map((x) => x + 0.5)];
    const low = rows('quantile', { target: observed, pred: lower }, { q: 0.1 });
    const high = rows('quantile', { target: observed, pred: upper }, { q: 0.9 });
    expectSame(
      rows('interval-score', { target: observed, lower, upper }, { alpha: 0.2 }),
      low.map((l, i) => 10 * (l + high[i])),
    );
  });

  it('wis is crps-quantile of all its levels', () => {
    const [lower, upper] = [forecast.map((x) => [x - 2, x - 1]), forecast.map((x) => [x + 3, x + 0.5])];
    const quantiles = forecast.map((x, i) => [...lower[i], x, ...upper[i]]);
    expectSame(
      rows('wis', { target: observed, median: forecast, lower, upper }, { alphas: [0.1, 0.5] }),
      rows('crps-quantile', { target: observed, pred: quantiles }, { quantiles: [0.05, 0.25, 0.5, 0.95, 0.75] }),
    );
  });

  it('crps-ensemble is energy-score of one number, and of equal members mae', () => {
    const members = forecast.map((x) => [x, x + 2, x - 1, x + 0.25]);
    for (const estimator of ['nrg', 'fair']) {
      expectSame(
        rows('crps-ensemble', { target: observed, members }, { estimator }),
        rows('energy-score', { target: observed, members }, { estimator }),
      );
    }
    expectSame(rows('crps-ensemble', { target: observed, members: forecast.map((x) => [x, x, x]) }), rows('mae', inputs));
  });

  it('crps-normal is the same for a standard deviation and a variance, and without either mae', () => {
    const std = [0.5, 1, 2, 4, 0.25];
    expectSame(rows('crps-normal', { ...inputs, std }), rows('crps-normal', { ...inputs, var: std.map((s) => s * s) }), 0);
    expectSame(rows('crps-normal', { ...inputs, std: std.map(() => 0) }), rows('mae', inputs), 0);
  });

  it('crps-quantile of very many levels is the integral that defines the crps, here of a uniform distribution', () => {
    const levels = Array.from({ length: 1999 }, (_, k) => (k + 1) / 2000);
    const uniform = rows('crps-quantile', { target: [0.25], pred: [levels] }, { quantiles: levels });
    expect(uniform[0]).toBeCloseTo(0.25 ** 3 / 3 + 0.75 ** 3 / 3, 3);
  });
});
