/** Values at the edge of what a formula bears: zeros it divides by, probabilities of exactly 0, exponents that overflow. */
import { IGNORED } from '../../losses/params.ts';
import { type Check, inputOf, whenAnyElement } from './check.ts';

export const zeroTargets: Check = {
  code: 'D10',
  severity: 'warn',
  help: 'targets of 0 in a loss that divides by them',
  watch({ chosen }) {
    const { zeroTarget, eps } = chosen.params;
    if (zeroTarget === undefined || zeroTarget === 'floor1' || typeof eps !== 'number') return null;
    const skips = zeroTarget === 'skip';
    return whenAnyElement(
      ['target'],
      () => (value) => (value === 0 ? !skips : Math.abs(value) < eps),
      (count, total) =>
        `${count} of ${total} targets are 0, or nearer to it than eps = ${eps}: divided by eps they decide the mean (--zero-target skip leaves zeros out)`,
    );
  },
};

export const zeroOfZero: Check = {
  code: 'D10',
  severity: 'warn',
  help: 'target and prediction both 0 in a loss that divides by their sum',
  watch({ chosen }) {
    if (chosen.loss.name !== 'smape') return null;
    return whenAnyElement(
      ['target'],
      (seen) => {
        const pred = inputOf(seen, ['pred'])?.data;
        return (value, index) => value === 0 && pred?.[index] === 0;
      },
      (count, total) =>
        `${count} of ${total} targets and their predictions are both 0: 0 here, not a number in GluonTS; take them out to compare`,
    );
  },
};

export const nothingToDivideBy: Check = {
  code: 'D10',
  severity: 'warn',
  help: 'all targets 0 in a loss that divides by their sum',
  watch({ chosen }) {
    if (chosen.loss.name !== 'wmape' && chosen.loss.name !== 'wql') return null;
    const facts = { any: false };
    return {
      facts,
      see(seen) {
        const target = inputOf(seen, ['target']);
        for (let i = 0; !facts.any && target && i < seen.n * target.width; i++) facts.any = target.data[i] !== 0;
      },
      finding: (rows) =>
        !facts.any && rows > 0 ? 'all targets are 0: there is nothing to divide by; mae and quantile do not divide' : undefined,
    };
  },
};

/** Units of losses of logarithms, which a probability of 0 makes infinite. */
const LOGARITHMIC = new Set(['nats', 'bits', 'tokens', 'ratio + nats']);

export const certainAndWrong: Check = {
  code: 'D21',
  severity: 'warn',
  help: 'a probability of exactly 0 or 1 on the wrong side: the loss there is whatever the library clips to',
  watch({ chosen: { loss }, columns }) {
    if (!columns.has('probs') || !LOGARITHMIC.has(loss.unit) || loss.properties.maximum !== undefined) return null;
    return whenAnyElement(
      ['probs'],
      (seen) => {
        const target = inputOf(seen, ['target']);
        const probs = inputOf(seen, ['probs']);
        if (!target || !probs) return () => false;
        const indexed = target.input.holds === 'classes' && target.width === 1;
        const apart = !probs.input.sumsToOne; // each probability is one of its own: 1 can be wrong, too
        return (prob, index) => {
          if (prob !== 0 && prob !== 1) return false;
          if (!indexed)
            return prob === 0 ? target.data[index] > 0 : apart && target.data[index] < 1 && target.data[index] !== IGNORED;
          const row = Math.floor(index / probs.width);
          return prob === 0 && target.data[row] === index - row * probs.width;
        };
      },
      (count) => `${count} probabilities are exactly 0 or 1 on the wrong side: libraries clip them to 16 to 100 nats`,
    );
  },
};

/** Where e^x ends: ln of the largest number of 64 and of 32 bits. */
const LARGEST_EXPONENT = 709.78;
const LARGEST_FLOAT32_EXPONENT = 88.72;

export const hugeLogRate: Check = {
  code: 'D28',
  severity: 'warn',
  help: 'a log-rate beyond 709, whose exponential overflows',
  watch({ chosen }) {
    if (chosen.params.logInput !== true) return null;
    return whenAnyElement(
      ['pred'],
      () => (value) => value > LARGEST_EXPONENT,
      (count) =>
        `${count} log-rates are above ${LARGEST_EXPONENT}: their exponential overflows; is --pred a rate? (--no-log-input)`,
    );
  },
};

export const largeLogRate: Check = {
  code: 'D28',
  severity: 'info',
  help: 'a log-rate beyond 88, whose exponential overflows in libraries that compute with 32 bits',
  watch({ chosen }) {
    if (chosen.params.logInput !== true) return null;
    return whenAnyElement(
      ['pred'],
      () => (value) => value > LARGEST_FLOAT32_EXPONENT && value <= LARGEST_EXPONENT,
      (count) =>
        `${count} log-rates are above ${LARGEST_FLOAT32_EXPONENT}: their exponential is infinite in libraries that compute with float32`,
    );
  },
};
