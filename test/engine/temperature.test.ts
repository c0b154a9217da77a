/** `--temperature` divides logits before anything else, for every loss that has it as a modifier. */
import { describe, expect, test } from 'vitest';
import { LOSSES } from '../../src/losses/index.ts';
import { faultIn } from '../support/fault.ts';
import { columnsOf, goldens, paramsOf, rolesOf } from '../support/goldens.ts';
import { type Columns, evaluate } from '../support/memory-table.ts';

const DIVIDING = LOSSES.filter(({ params }) => 'temperature' in params && 'divides' in params.temperature).map(({ name }) => name);

function scaled(columns: Columns, role: string, factor: number): Columns {
  const times = (cell: unknown): number => Number(cell) * factor;
  return { ...columns, [role]: columns[role].map((cell) => (Array.isArray(cell) ? cell.map(times) : times(cell))) };
}

describe.each(DIVIDING)('%s', (loss) => {
  const golden = goldens()
    .find((one) => one.loss === loss)
    ?.cases.find(({ inputs }) => 'logits' in inputs);
  const run = (columns: Columns, temperature: string) =>
    evaluate(columns, {
      loss,
      params: { ...paramsOf(golden as NonNullable<typeof golden>), temperature },
      columnsOf: rolesOf(golden as NonNullable<typeof golden>),
      allowInf: true,
      nan: 'propagate',
    });

  test('logits at temperature 2 are halved logits, and not the logits themselves', async () => {
    expect(golden).toBeDefined();
    const columns = columnsOf(golden as NonNullable<typeof golden>);
    const [hot] = await run(columns, '2');
    const [halved] = await run(scaled(columns, 'logits', 0.5), '1');
    const [plain] = await run(columns, '1');
    expect(hot.value).toBe(halved.value);
    expect(hot.value).not.toBe(plain.value);
  });
});

test('there are losses that have it', () => {
  expect(DIVIDING).toContain('cross-entropy');
  expect(DIVIDING).toContain('ece');
  expect(DIVIDING).not.toContain('distillation'); // has one of its own, inside the kernel
});

test('without logits it is refused', async () => {
  const columns = { target: [0, 1], prob: [0.2, 0.7] };
  const run = (temperature: string) =>
    evaluate(columns, { loss: 'bce', params: { temperature }, columnsOf: { target: 'target', probs: 'prob' } });
  expect((await faultIn(() => run('2'))).message).toBe('bce: --temperature divides logits, and there are none');
  expect((await run('1'))[0].value).toBeGreaterThan(0);
});
