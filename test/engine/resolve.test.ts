import { describe, expect, test } from 'vitest';
import { findLoss, resolve } from '../../src/engine/resolve.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { faultOf } from '../support/fault.ts';

/** A fixed few, so that messages that list them stay the same as the catalogue grows. */
const FEW = LOSSES.filter(({ name }) => ['mse', 'huber', 'cross-entropy', 'kl-div'].includes(name));
const request = (specs: string[], flags: Record<string, string> = {}) =>
  resolve(FEW, { specs, flags: new Map(Object.entries(flags)), reduction: undefined });

describe('names', () => {
  test.each([
    ['huber', 'huber'],
    ['HuberLoss', 'huber'],
    ['huber_loss', 'huber'],
    ['torch.nn.HuberLoss', 'huber'],
    ['nn.HuberLoss', 'huber'],
    ['F.huber_loss', 'huber'],
    ['optax.huber_loss', 'huber'],
    ['MSELoss', 'mse'],
    ['mean_squared_error', 'mse'],
    ['l1', 'mae'],
    ['pinball', 'quantile'],
    ['BCEWithLogitsLoss', 'bce-with-logits'],
    ['binary_cross_entropy_with_logits', 'bce-with-logits'],
    ['KLDivLoss', 'kl-div'],
    ['categorical_crossentropy', 'cross-entropy'],
    ['l2', 'mse'],
    ['optax.l2_loss', 'half-mse'],
    ['MultiQuantile', 'quantile'],
    ['RMSEWithUncertainty', 'gaussian-nll'],
    ['MultiClassOneVsAll', 'ova-logloss'],
    ['QuerySoftMax', 'ranking-softmax'],
    ['SurvivalAft', 'aft-nll'],
    ['zero_one_loss', 'zero-one'],
    ['0-1', 'zero-one'],
    ['1-r2', 'rse'],
    ['1-ndcg', 'ndcg-loss'],
  ])('%s is %s', (typed, name) => {
    expect(findLoss(LOSSES, typed).name).toBe(name);
  });

  test('a typo gets a suggestion', () => {
    expect(faultOf(() => findLoss(LOSSES, 'hubber'))).toEqual({
      message: 'there is no loss "hubber"',
      hint: 'did you mean "huber"? "lossctl list" shows all losses',
    });
    expect(faultOf(() => findLoss(LOSSES, 'zzzzzzzz')).hint).toBe('"lossctl list" shows all losses');
  });
});

describe('parameters', () => {
  test('defaults, then flags, then the spec', () => {
    expect(request(['huber'])[0].params).toEqual({ delta: 1 });
    expect(request(['huber'], { delta: '2' })[0].params).toEqual({ delta: 2 });
    const [plain, own] = request(['huber', 'huber:delta=3'], { delta: '2' });
    expect([plain.id, plain.params, own.id, own.params]).toEqual(['huber', { delta: 2 }, 'huber:delta=3', { delta: 3 }]);
  });

  test('lists go on over commas', () => {
    expect(request(['cross-entropy:class-weight=1,2,3,label-smoothing=0.1'])[0].params).toMatchObject({
      classWeight: [1, 2, 3],
      labelSmoothing: 0.1,
    });
  });

  test.each([
    [['huber:delta=0'], {}, 'huber:delta: 0 is out of range', 'write a number above 0'],
    [['huber'], { delta: 'wide' }, '--delta: "wide" is not a number', 'write a finite number such as 0.5 or 1e-3'],
    [['huber'], { delta: 'NaN' }, '--delta: "NaN" is not a number', 'write a finite number such as 0.5 or 1e-3'],
    [['huber'], { delta: '0x10' }, '--delta: "0x10" is not a number', 'write a finite number such as 0.5 or 1e-3'],
    [['huber:detla=2'], {}, 'huber has no parameter "detla"', 'did you mean "delta"? huber has delta'],
    [['mse'], { delta: '2' }, '--delta: no chosen loss has it (mse)', 'it belongs to huber'],
    [['huber:2'], {}, '--loss "huber:2": "2" is not NAME=VALUE', 'write for example --loss huber:delta=2'],
    [['huber', 'huber'], {}, '--loss "huber" is asked for twice', 'give each once, or with other parameters: --loss huber:delta=2'],
    [['kl-div:direction=backward'], {}, 'kl-div:direction: there is no "backward"', 'choose one of forward, reverse'],
    [['cross-entropy:ignore-index=1.5'], {}, 'cross-entropy:ignore-index: "1.5" is not a whole number', 'write an integer'],
  ])('%j %j: %s', (specs, flags, message, hint) => {
    expect(faultOf(() => request(specs, flags as Record<string, string>))).toEqual({ message, hint });
  });

  test('a fold has no rows to reduce otherwise', () => {
    expect(faultOf(() => resolve(LOSSES, { specs: ['rmse'], flags: new Map(), reduction: 'sum' })).message).toBe(
      'rmse is one number for all rows: it has no "sum"',
    );
  });
});
