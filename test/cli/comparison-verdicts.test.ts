/** One verdict drives all: in every situation each format of `compare` tells the same verdict, gates and values, and so does the exit code. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMPARISON_RENDERERS } from '../../src/cli/render/comparison/index.ts';
import { Random } from '../../src/engine/statistics/random.ts';
import { junitFaults } from '../support/junit.ts';
import { lossctl } from '../support/world.ts';
import { parseXml } from '../support/xml.ts';

/** What a reader of a format learns. */
interface Told {
  readonly verdict?: string | undefined;
  readonly passed?: readonly boolean[];
  readonly missed?: number;
  readonly differences?: readonly number[];
}

interface Line {
  readonly kind?: string;
  readonly difference: number | null;
  readonly pass: boolean;
  readonly verdict: string;
}

const finite = (values: readonly (number | null)[]) => values.filter((value): value is number => Number.isFinite(value));
const told = (comparisons: readonly Line[], gates: readonly Line[], verdict: string): Told => ({
  verdict,
  passed: gates.map(({ pass }) => pass),
  differences: finite(comparisons.map(({ difference }) => difference)),
});

function readText(text: string, verdictLine: RegExp): Told {
  const gates = text.replace(verdictLine, '').match(/(?<=^- (?:\*\*)?|^\S.* {2})(PASS|FAIL|NO EVIDENCE)(?=(?:\*\*)? |$)/gm) ?? [];
  return { verdict: verdictLine.exec(text)?.[1].toLowerCase(), passed: gates.map((mark) => mark === 'PASS') };
}

function readDelimited(text: string, separator: string): Told {
  const [head, ...lines] = text.trimEnd().split('\n');
  const at = head.split(separator).indexOf('difference');
  return { differences: finite(lines.map((line) => Number(line.split(separator)[at] || 'none'))) };
}

const READERS: Readonly<Record<string, (text: string) => Told>> = {
  table: (text) => readText(text, /^(PASS|FAIL|INCONCLUSIVE):.*/m),
  markdown: (text) => readText(text, /^\*\*(PASS|FAIL|INCONCLUSIVE)\*\*:.*/m),
  json(text) {
    const { candidates, verdict } = JSON.parse(text);
    const all = (name: string): Line[] => candidates.flatMap((candidate: Record<string, Line[]>) => candidate[name]);
    return told(all('comparisons'), all('gates'), verdict);
  },
  ndjson(text) {
    const lines: Line[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const of = (kind: string) => lines.filter((line) => line.kind === kind);
    return told(of('comparison'), of('gate'), of('verdict')[0].verdict);
  },
  csv: (text) => readDelimited(text, ','),
  tsv: (text) => readDelimited(text, '\t'),
  junit(text) {
    const root = parseXml(text);
    expect(junitFaults(root)).toEqual([]);
    const [suite] = root.children;
    const [properties, ...rest] = suite.children;
    const values = new Map(
      properties.children.map(({ attributes }) => [attributes.get('name'), attributes.get('value') as string]),
    );
    const cases = rest.filter(({ name }) => name === 'testcase');
    const counted =
      suite.attributes.get('failures') !== '0' ? 'fail' : suite.attributes.get('errors') !== '0' ? 'inconclusive' : 'pass';
    return {
      verdict: counted === values.get('verdict') ? counted : `${counted}, and ${values.get('verdict')}`,
      passed: cases.map(({ children }) => children.length === 0),
      differences: finite([...values].flatMap(([name, value]) => (name?.endsWith(' difference') ? [Number(value)] : []))),
    };
  },
  github: (text) => ({ missed: text.split('\n').filter((line) => line.startsWith('::error ')).length }),
};

/** Where a format, or the exit code, tells something else than the JSON. */
function disagreements(outputs: ReadonlyMap<string, string>, code: number, failCode = 1): string[] {
  const { verdict = '', passed = [], differences } = READERS.json(outputs.get('json') as string);
  const expected: Told = { verdict, passed, missed: passed.filter((pass) => !pass).length, ...(differences && { differences }) };
  const codes: Record<string, number> = { pass: 0, fail: failCode, inconclusive: 3 };
  const wrong = [...outputs].flatMap(([name, text]) => {
    const mine = READERS[name](text);
    return (Object.keys(mine) as (keyof Told)[]).flatMap((key) =>
      JSON.stringify(mine[key]) === JSON.stringify(expected[key]) ? [] : [`${name}: ${key} ${JSON.stringify(mine[key])}`],
    );
  });
  return codes[verdict] === code ? wrong : [...wrong, `code ${code}`];
}

/* --------------------------------------------------------------- situations */

interface Row {
  readonly id: string;
  readonly region: string;
  readonly target: number | string;
  readonly pred: number | string;
  readonly var: number;
}

const random = new Random(1);
/** Forty rows whose mae is about 1. */
const BASE: readonly Row[] = Array.from({ length: 40 }, (_, i) => {
  const loss = 0.5 + random.uniform();
  return { id: `k${i}`, region: i % 4 ? 'eu' : 'us', target: i, pred: i + loss, var: 0.1 + loss / 10 };
});

const with_ = (change: (row: Row, loss: number, i: number) => Partial<Row>): Row[] =>
  BASE.map((row, i) => ({ ...row, ...change(row, Number(row.pred) - Number(row.target), i) }));
/** Losses times a factor, give or take a little. */
const scaled = (factor: number, noise = 0.01) =>
  with_(({ target }, loss) => ({ pred: Number(target) + loss * factor * (1 + noise * (random.uniform() - 0.5)) }));
const exact = (pred: (target: number, i: number) => number) => with_(({ target }, _, i) => ({ pred: pred(Number(target), i) }));

const MAE = ['-l', 'mae'];
const better = scaled(0.9);
const same = scaled(1, 0.5);
const worse = scaled(1.1);

interface Situation {
  readonly flags: readonly string[];
  readonly base?: readonly Row[];
  readonly candidates: readonly (readonly Row[])[];
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  /** Of the gates, in order. */
  readonly statuses: readonly string[];
  readonly failCode?: number;
}

const of = (
  verdict: Situation['verdict'],
  statuses: readonly string[],
  flags: readonly string[],
  candidate: readonly Row[],
  rest: Partial<Situation> = {},
): Situation => ({ verdict, statuses, flags, candidates: [candidate], ...rest });

const SITUATIONS: Readonly<Record<string, Situation>> = {
  better: of('pass', ['ok'], MAE, better),
  equal: of('pass', ['ok'], MAE, BASE),
  'worse within a relative tolerance': of('pass', ['ok'], [...MAE, '--tolerance', 'rel=15%'], worse),
  'worse within an absolute tolerance': of('pass', ['ok'], [...MAE, '--tolerance', 'abs=0.2'], worse),
  'worse beyond nothing': of('fail', ['ok'], MAE, worse),
  'worse beyond a tolerance': of('fail', ['ok'], [...MAE, '--tolerance', 'rel=1%,abs=0.002'], worse),
  'worse, and another code for it': of('fail', ['ok'], [...MAE, '--fail-code', '10'], worse, { failCode: 10 }),
  'not to be told': of('inconclusive', ['unclear'], MAE, same),
  'not to be told, and another code': of('inconclusive', ['unclear'], [...MAE, '--fail-code', '10'], same, { failCode: 10 }),
  'a prediction that is no number': of(
    'fail',
    ['nan'],
    [...MAE, '--nan', 'propagate'],
    [{ ...better[0], pred: 'nan' }, ...better.slice(1)],
  ),
  'a base that is no number': of('fail', ['nan'], [...MAE, '--nan', 'propagate'], better, {
    base: [{ ...BASE[0], pred: 'nan' }, ...BASE.slice(1)],
  }),
  'a loss that overflows': of('fail', ['inf'], ['-l', 'mse'], [{ ...better[0], pred: 1e200 }, ...better.slice(1)]),
  'rows that only the candidate skips': of(
    'inconclusive',
    ['skipped-apart'],
    [...MAE, '--nan', 'skip'],
    [{ ...better[0], pred: '' }, ...better.slice(1)],
  ),
  'rows that both skip': of('pass', ['ok'], [...MAE, '--nan', 'skip'], [{ ...better[0], pred: '' }, ...better.slice(1)], {
    base: [{ ...BASE[0], pred: '' }, ...BASE.slice(1)],
  }),
  'a slice without pairs': of(
    'inconclusive',
    ['ok', 'ok', 'empty'],
    [...MAE, '--by', 'region', '--on', 'id', '--unmatched', 'drop'],
    better.filter(({ region }) => region === 'eu'),
  ),
  'a slice too small to be judged': of('pass', ['ok', 'ok'], [...MAE, '--by', 'region', '--min-n', '20'], better),
  'a slice that is worse': of(
    'fail',
    ['ok', 'ok', 'ok'],
    [...MAE, '--by', 'region'],
    better.map((row, i) => (row.region === 'us' ? worse[i] : row)),
  ),
  'other targets': of('inconclusive', ['other-rows'], MAE, [{ ...better[0], target: 0.25 }, ...better.slice(1)]),
  'other slices': of(
    'inconclusive',
    Array(4).fill('other-rows'),
    [...MAE, '--by', 'region'],
    [{ ...better[0], region: 'asia' }, ...better.slice(1)],
  ),
  'rows in another order, without keys': of('inconclusive', ['other-rows'], MAE, better.toReversed()),
  'rows in another order, with keys': of('pass', ['ok'], [...MAE, '--on', 'id'], better.toReversed()),
  'rows without a partner, dropped': of('pass', ['ok'], [...MAE, '--on', 'id', '--unmatched', 'drop'], better.slice(3)),
  'a base of 0, and so the candidate': of(
    'pass',
    ['ok'],
    [...MAE, '--tolerance', 'rel=1%'],
    exact((y) => y),
    {
      base: exact((y) => y),
    },
  ),
  'a base of 0, and the candidate is not': of('fail', ['ok'], [...MAE, '--tolerance', 'rel=1%'], better, { base: exact((y) => y) }),
  'negative losses that are lower': of(
    'pass',
    ['ok'],
    ['-l', 'gaussian-nll', '--pred', 'target'],
    with_((row) => ({ var: 0.8 * row.var })),
  ),
  'negative losses that are higher': of(
    'fail',
    ['ok'],
    ['-l', 'gaussian-nll', '--pred', 'target', '--tolerance', 'rel=1%'],
    with_((row) => ({ var: 1.2 * row.var })),
  ),
  'negative losses within a tolerance': of(
    'pass',
    ['ok'],
    ['-l', 'gaussian-nll', '--pred', 'target', '--tolerance', 'rel=20%'],
    with_((row) => ({ var: 1.2 * row.var })),
  ),
  'a skill that is higher': of('pass', ['ok'], ['-l', 'mse', '--relative'], better),
  'a skill that is lower': of('fail', ['ok'], ['-l', 'mse', '--relative'], worse),
  'a skill that is lower by less': of('pass', ['ok'], ['-l', 'mse', '--relative', '--tolerance', 'rel=1%'], worse),
  'five rows that are all better': of('inconclusive', ['no-interval'], MAE, better.slice(0, 5), { base: BASE.slice(0, 5) }),
  'clusters of which there are few': of('inconclusive', ['no-interval'], [...MAE, '--cluster', 'region'], better),
  'a loss without values of rows': of('pass', ['ok'], ['-l', 'rmse', '--tolerance', 'rel=1%'], better),
  'a loss without values of rows that is higher': of('fail', ['ok', 'ok'], ['-l', 'rmse', ...MAE], worse),
  'a loss that is no function of sums': of('inconclusive', ['no-interval'], ['-l', 'max-error'], better),
  'a loss of rows beside it': of('fail', ['no-interval', 'ok'], ['-l', 'max-error', ...MAE], worse),
  BCa: of('pass', ['ok'], [...MAE, '--interval', 'bca'], better),
  'several candidates, all better': of('pass', ['ok', 'ok'], MAE, [], { candidates: [better, scaled(0.8)] }),
  'several candidates, one worse': of('fail', ['ok', 'ok', 'unclear'], MAE, [], { candidates: [better, worse, same] }),
};

const table = (rows: readonly Row[]) =>
  ['id,region,target,pred,var', ...rows.map((row) => [row.id, row.region, row.target, row.pred, row.var].join())].join('\n');

const start = process.cwd();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-compare-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

/** What each format tells, and the exit code. */
async function outputsOf({ flags, base = BASE, candidates }: Situation) {
  writeFileSync('base.csv', table(base));
  const files = candidates.map((rows, k) => {
    writeFileSync(`candidate-${k}.csv`, table(rows));
    return `candidate-${k}.csv`;
  });
  const formats = COMPARISON_RENDERERS.map(({ name }) => name);
  const written = formats.flatMap((name) => ['-o', `${name}:out.${name}`]);
  const { code, stderr, stdout } = await lossctl(['compare', ...flags, ...written, 'base.csv', ...files]);
  expect(code, stderr).not.toBe(2);
  const outputs = new Map(formats.map((name) => [name, readFileSync(`out.${name}`, 'utf8')]));
  expect(stdout).toBe(outputs.get('table'));
  return { outputs, code };
}

describe('every format tells the verdict', () => {
  test('and has a reader here', () => {
    expect(Object.keys(READERS).sort()).toEqual(COMPARISON_RENDERERS.map(({ name }) => name).sort());
  });

  test.each(Object.entries(SITUATIONS))('of %s', async (_, situation) => {
    const { outputs, code } = await outputsOf(situation);
    const { candidates, verdict } = JSON.parse(outputs.get('json') as string);
    const gates = candidates.flatMap((candidate: { gates: { status?: string }[] }) => candidate.gates);
    expect([verdict, gates.map(({ status = 'ok' }) => status)]).toEqual([situation.verdict, situation.statuses]);
    expect(disagreements(outputs, code, situation.failCode)).toEqual([]);
  });

  test('a format that told another verdict, gate or value would be found out', async () => {
    const { outputs, code } = await outputsOf(SITUATIONS['worse beyond nothing']);
    expect(disagreements(outputs, 0)).toEqual(['code 0']);
    const other = (name: string, from: string | RegExp, to: string) => {
      const changed = (outputs.get(name) as string).replace(from, to);
      expect(changed).not.toBe(outputs.get(name));
      return disagreements(new Map([...outputs, [name, changed]]), code).map((text) => text.split(' ', 2).join(' '));
    };
    expect(other('table', /^FAIL:/m, 'PASS:')).toEqual(['table: verdict']);
    expect(other('table', /FAIL$/m, 'PASS')).toEqual(['table: passed']);
    expect(other('markdown', '**FAIL**:', '**PASS**:')).toEqual(['markdown: verdict']);
    expect(other('junit', 'value="fail"', 'value="pass"')).toEqual(['junit: verdict']);
    expect(other('ndjson', /"fail"\}\n$/, '"pass"}\n')).toEqual(['ndjson: verdict']);
    expect(other('github', '::error', '::notice')).toEqual(['github: missed']);
    expect(other('csv', /(?<=\n(?:[^,]*,){7})[^,]+/, '9')).toEqual(['csv: differences']);
  });
});

describe('evidence that ends the run', () => {
  const run = async (flags: readonly string[], candidate: string) => {
    writeFileSync('base.csv', table(BASE));
    writeFileSync('candidate.csv', candidate);
    const { code, stdout, stderr } = await lossctl(['compare', ...MAE, ...flags, 'base.csv', 'candidate.csv']);
    return { code, stdout, stderr: stderr.split('\n')[0] };
  };

  test.each<[string, readonly string[], string, string]>([
    ['an empty file', [], '', 'error: candidate.csv: is empty'],
    ['no rows', [], 'id,region,target,pred,var\n', 'error D09: candidate.csv: there are no rows'],
    ['fewer rows', [], table(better.slice(1)), 'error D19: base.csv has 40 rows, candidate.csv has 39'],
    [
      'a missing value',
      [],
      table([{ ...better[0], pred: '' }, ...better.slice(1)]),
      'error D20: candidate.csv:2:4: column "pred": empty cell',
    ],
    [
      'rows without a partner',
      ['--on', 'id'],
      table(better.slice(1)),
      'error: --on: rows without a partner: 1 of base.csv ("k0"); with one: 39',
    ],
    [
      'a key twice',
      ['--on', 'id'],
      table([...better, better[0]]),
      'error: candidate.csv: 1 rows repeat a key: "k0" at candidate.csv:42',
    ],
    ['no key', ['--on', 'id'], table([{ ...better[0], id: '' }, ...better.slice(1)]), 'error: candidate.csv:2: the key is empty'],
    [
      'only rows that are skipped',
      ['--nan', 'skip'],
      table(better.map((row) => ({ ...row, pred: '' }))),
      'error D09: mae: no row is left to evaluate: 40 skipped, 0 ignored',
    ],
  ])('%s', async (_, flags, candidate, message) => {
    const { code, stdout, stderr } = await run(flags, candidate);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
