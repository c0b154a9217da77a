/** Two sides -> comparisons of every loss, for all rows and for each slice, and their gates. */
import { escapeText } from '../../io/fault.ts';
import { kebab } from '../../losses/define.ts';
import { pickRows } from '../kept-rows.ts';
import { statusOf } from '../reduce.ts';
import type { Chosen } from '../resolve.ts';
import type { Gate, Result, SliceKey, Warning } from '../result.ts';
import { rowsBySlice, sortedSlices } from '../split.ts';
import { type Aligned, align, type Pairs } from './align.ts';
import { adjusted } from './family.ts';
import { gateOf, type Judgement, type Obstacle } from './judge.ts';
import { type Measured, measure, type Reading, valuesOf } from './measure.ts';
import { type Pairing, pairRows } from './pairing.ts';
import type { Comparison, Paired } from './result.ts';
import type { Settings } from './settings.ts';
import { type Side, sliceName } from './side.ts';
import { intervalWarnings, pairingWarnings } from './warnings.ts';

export interface Outcome {
  readonly pairing: Pairing;
  readonly comparisons: readonly Comparison[];
  readonly gates: readonly Gate[];
  readonly warnings: readonly Warning[];
  /** Of each loss, where it has values of rows. */
  readonly pairs: ReadonlyMap<string, Pairs>;
}

/** `pause` is awaited now and then, with the share of the resamples of one comparison that are done. */
export async function compareSides(
  base: Side,
  candidate: Side,
  chosen: readonly Chosen[],
  settings: Settings,
  pause: (id: string, share: number) => Promise<void>,
): Promise<Outcome> {
  const pairing = pairRows(base, candidate, settings.unmatched);
  const warnings = pairingWarnings(base, candidate, pairing);
  const judgements: Judgement[] = [];
  const pairs = new Map<string, Pairs>();
  for (const [loss, one] of chosen.entries()) {
    const compared = new LossComparison(base, candidate, one, loss, pairing);
    if (compared.aligned) pairs.set(one.id, compared.aligned);
    warnings.push(...compared.warnings());
    judgements.push(...(await compared.judgements(settings, (share) => pause(one.id, share))));
  }
  warnings.push(...intervalWarnings(candidate.name, judgements, settings));
  const gates = judgements
    .filter(({ comparison }) => !comparison.few)
    .map((one) => gateOf(one, settings.tolerance, settings.level));
  return { pairing, comparisons: judgements.map(({ comparison }) => comparison), gates, warnings, pairs };
}

/** One loss of both sides. */
class LossComparison {
  readonly aligned: Aligned | null;
  readonly #alignedSlices: Aligned | null;
  readonly #base: Side;
  readonly #candidate: Side;
  readonly #chosen: Chosen;
  readonly #loss: number;
  readonly #reading: Reading;
  readonly #obstacle: Obstacle | null;
  /** Of base and candidate, by slice. */
  readonly #results: readonly ReadonlyMap<string, Result>[];

  constructor(base: Side, candidate: Side, chosen: Chosen, loss: number, pairing: Pairing) {
    this.#base = base;
    this.#candidate = candidate;
    this.#chosen = chosen;
    this.#loss = loss;
    const perGroup = chosen.loss.kind === 'group' && chosen.loss.values === 'group';
    const { direction } = candidate.losses[loss].results[0];
    this.aligned = align(base, candidate, pairing, ({ losses }) => losses[loss].rows, perGroup);
    this.#alignedSlices =
      direction === 'higher' ? align(base, candidate, pairing, ({ losses }) => losses[loss].rowsOfSlices, perGroup) : this.aligned;
    this.#reading = { chosen, direction };
    this.#results = [base, candidate].map(({ losses }) => new Map(losses[loss].results.map((one) => [sliceName(one.slice), one])));
    this.#obstacle = this.#obstacleOf(pairing);
  }

  #obstacleOf({ others, unmatchedBase, unmatchedCandidate }: Pairing): Obstacle | null {
    const [base, candidate] = [this.#base, this.#candidate].map(({ losses }) => losses[this.#loss]);
    if (base.method !== candidate.method) return 'other-method';
    if (others > 0 || (this.aligned && this.aligned.elsewhere > 0)) return 'other-rows';
    // rows without a partner took part in the values of their groups, and of what is no function of rows
    const apart = this.#chosen.loss.kind === 'group' || !this.aligned;
    if (apart && unmatchedBase + unmatchedCandidate > 0) return 'other-rows';
    return this.aligned && this.aligned.onlyBase + this.aligned.onlyCandidate > 0 ? 'skipped-apart' : null;
  }

  warnings(): Warning[] {
    const { aligned } = this;
    const { id } = this.#chosen;
    const [base, candidate] = [this.#base, this.#candidate];
    const [before, now] = [base, candidate].map(({ losses }) => losses[this.#loss].method);
    const warnings: Warning[] = [];
    if (before !== now) {
      const message = `${id}: ${base.name} is of ${escapeText(before)}, ${candidate.name} of ${escapeText(now)}`;
      warnings.push({ code: 'other-method', severity: 'warn', message });
    }
    if (!aligned) {
      const message = `${id} is no function of a few sums over rows: there is no interval, and no verdict`;
      warnings.push({ code: 'no-interval', severity: 'info', message });
    } else if (aligned.elsewhere > 0) {
      const message = `${candidate.name}: ${aligned.elsewhere} pairs lie in other slices or clusters than in ${base.name}`;
      warnings.push({ code: 'other-rows', severity: 'warn', message });
    }
    return warnings;
  }

  /** Of all rows first, then of the slices in the order of their names. */
  async judgements(settings: Settings, pause: (share: number) => Promise<void>): Promise<Judgement[]> {
    const overall = await this.#judgement(null, null, settings, pause);
    const rows = this.aligned && rowsBySlice(this.aligned.candidate.slice);
    const slices: Judgement[] = [];
    for (const [key, id] of this.#slices()) slices.push(await this.#judgement(key, rows?.get(id) ?? null, settings, pause));
    return [overall, ...adjusted(slices, settings.adjust)];
  }

  /** The slices of both sides with their numbers in the candidate; -1 for one that is only the base's. */
  #slices(): [SliceKey, number][] {
    const theirs = this.#candidate.slices ?? [];
    const known = new Set(theirs.map(sliceName));
    const all = [...theirs, ...(this.#base.slices ?? []).filter((key) => !known.has(sliceName(key)))];
    return sortedSlices(all).map((k) => [all[k], k < theirs.length ? k : -1]);
  }

  /** `positions`: of the pairs of the slice; `null` for all rows, and for a slice without pairs. */
  async #judgement(
    slice: SliceKey | null,
    positions: Int32Array | null,
    settings: Settings,
    pause: (share: number) => Promise<void>,
  ): Promise<Judgement> {
    const aligned = slice ? this.#alignedSlices : this.aligned;
    const pairs = aligned && (slice ? pairsAt(aligned, positions ?? new Int32Array(0)) : aligned);
    const [base, candidate] = this.#results.map((results) => results.get(sliceName(slice)));
    const n = pairs ? pairs.base.order.length : Math.min(base?.n ?? 0, candidate?.n ?? 0);
    const values = this.#values(pairs, n, base, candidate);
    const difference = values.candidate - values.base;
    const status = statusOf(difference, n);
    const clusters = this.#candidate.clusters;
    const measured =
      pairs && status === 'ok' && this.#areSums(pairs, n, base, candidate)
        ? await measure(
            pairs,
            clusters && Int32Array.from(pairs.candidate.order, (row) => clusters[row]),
            this.#reading,
            settings,
            pause,
          )
        : null;
    const few = slice !== null && n < settings.minN;
    const { id, loss, params, reduction } = this.#chosen;
    const comparison: Comparison = {
      id,
      loss: loss.name,
      params: new Map(Object.entries(params).map(([key, given]) => [kebab(key), given])),
      reduction,
      unit: candidate?.unit ?? loss.unit,
      direction: this.#reading.direction,
      slice,
      n,
      few,
      ...values,
      difference,
      relative: difference / Math.abs(values.base),
      status,
      onlyBase: aligned?.onlyBase ?? 0,
      onlyCandidate: aligned?.onlyCandidate ?? 0,
      paired: measured && pairedOf(measured, values.base),
    };
    return { comparison, measured, obstacle: this.#obstacle, adjusted: null };
  }

  /** Whether the values follow from the rows: those of a fold may need what rounding took from its sums. */
  #areSums(pairs: Pairs, n: number, base: Result | undefined, candidate: Result | undefined): boolean {
    if (this.#chosen.loss.kind !== 'fold') return true;
    const ours = valuesOf(pairs, this.#reading);
    const isNear = (result: Result | undefined, value: number) =>
      result?.n !== n || Math.abs(result.value - value) <= 1e-9 * Math.abs(result.value);
    return isNear(base, ours.base) && isNear(candidate, ours.candidate);
  }

  /** What `eval` gives, to the last bit, where it evaluated these rows and no others. */
  #values(pairs: Pairs | null, n: number, base: Result | undefined, candidate: Result | undefined) {
    if (n === 0) return { base: Number.NaN, candidate: Number.NaN };
    const ofPairs = pairs ? valuesOf(pairs, this.#reading) : { base: Number.NaN, candidate: Number.NaN };
    const value = (result: Result | undefined, otherwise: number) =>
      result && (!pairs || result.n === n) ? result.value : otherwise;
    return { base: value(base, ofPairs.base), candidate: value(candidate, ofPairs.candidate) };
  }
}

function pairsAt({ base, candidate }: Pairs, positions: Int32Array): Pairs {
  return { base: pickRows(base, positions), candidate: pickRows(candidate, positions) };
}

function pairedOf({ units, interval, rows }: Measured, base: number): Paired {
  const noise = (interval.high - interval.low) / 2;
  return { units, ...interval, noise, relativeNoise: noise / Math.abs(base), rows: rows && { ...rows, adjusted: rows.pValues } };
}
