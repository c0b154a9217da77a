/** One scale taken for another: probabilities as logits, standard deviations as variances. */
import { quote } from '../../io/fault.ts';
import { type Check, inputOf, whenAnyElement, whenEveryRow } from './check.ts';

const inUnit = (value: number) => value >= 0 && value <= 1;

export const softmaxTwice: Check = {
  code: 'D02',
  severity: 'warn',
  help: 'every row of logits lies in [0, 1] and sums to 1: softmax is applied twice',
  watch({ chosen, columns }) {
    const declared = Object.values(chosen.loss.inputs).some((input) => 'oneOf' in input && input.oneOf.logits?.shape === 'vector');
    if (!declared || !columns.has('logits')) return null;
    let classes = 0;
    return whenEveryRow(
      (chunk, row) => {
        const logits = inputOf(chunk, ['logits']);
        if (!logits || logits.width < 2) return false;
        classes = logits.width;
        let sum = 0;
        for (let i = row * classes; i < (row + 1) * classes; i++) sum += inUnit(logits.data[i]) ? logits.data[i] : Number.NaN;
        return Math.abs(sum - 1) <= 1e-3;
      },
      () => {
        const floor = Math.log(Math.E + classes - 1) - 1;
        return `every row of --logits is in [0, 1] and sums to 1: pass probabilities with --probs, or softmax is applied twice and the loss stays above ${floor.toPrecision(4)}`;
      },
    );
  },
};

export const probabilitiesAsLogits: Check = {
  code: 'D03',
  severity: 'warn',
  help: 'all binary logits lie in [0, 1]: probably probabilities',
  watch({ chosen, columns }) {
    const declared = Object.values(chosen.loss.inputs).some((input) => 'oneOf' in input && input.oneOf.logits?.shape === 'element');
    if (!declared || !columns.has('logits')) return null;
    return whenEveryRow(
      (chunk, row) => {
        const logits = inputOf(chunk, ['logits']);
        if (!logits) return false;
        return logits.data.subarray(row * logits.width, (row + 1) * logits.width).every(inUnit);
      },
      () => 'all values of --logits are in [0, 1]: if they are probabilities, pass them with --probs',
    );
  },
};

export const deviationAsVariance: Check = {
  code: 'D13',
  severity: 'warn',
  help: 'a column named like a standard deviation is passed as a variance, or variances are clamped',
  watch({ chosen, columns }) {
    const names = columns.get('var');
    if (!names) return null;
    const named = names.find((name) => /(^|[^a-z])(std|stddev|sigma|scale)([^a-z]|$)/i.test(name));
    const { eps } = chosen.params;
    const clamped = whenAnyElement(
      ['var'],
      (value) => typeof eps === 'number' && value < eps,
      (count, total) => `${count} of ${total} variances are below eps = ${eps} and raised to it`,
    );
    const asDeviation = named && `column ${quote(named)} is named like a standard deviation but passed as a variance: use --std`;
    return { ...clamped, finding: (rows) => asDeviation || clamped.finding(rows) };
  },
};

export const certainAndWrong: Check = {
  code: 'D21',
  severity: 'warn',
  help: 'a probability of exactly 0 or 1 on the wrong side: the loss there is whatever the library clips to',
  watch({ chosen, columns }) {
    if (!columns.has('probs') || !['binary', 'multiclass'].includes(chosen.loss.task) || chosen.loss.unit !== 'nats') return null;
    return whenAnyElement(
      ['probs'],
      (prob, chunk, index) => {
        if (prob !== 0 && prob !== 1) return false;
        const target = inputOf(chunk, ['target']);
        const probs = inputOf(chunk, ['probs']);
        if (!target || !probs) return false;
        if (target.input.holds === 'classes' && target.width === 1) {
          const row = Math.floor(index / probs.width);
          return prob === 0 && target.data[row] === index - row * probs.width;
        }
        return prob === 0
          ? target.data[index] > 0
          : target.width === probs.width && target.data[index] < 1 && target.input.holds === 'binary';
      },
      (count) => `${count} probabilities are exactly 0 or 1 on the wrong side: libraries clip them to 16 to 100 nats`,
    );
  },
};
