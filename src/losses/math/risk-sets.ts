/** The partial likelihood of Cox: each event against all that were still at risk. A ranked list is the same, best item first. */
import type { Numbers } from '../define.ts';
import { ExactSum } from './exact-sum.ts';
import { anyNaN } from './order.ts';

/**
 * Sum over the events i of ln(sum of e^score over all j with time_j >= time_i) - score_i, and their number. Events at the
 * same time are each held against all at risk (Breslow), or share them (Efron): the l-th of d leaves l / d of their sum out.
 *
 * Rows are walked in an order of their values, so that the order in which they came changes no bit.
 */
export function riskSets(time: Numbers, isEvent: (row: number) => boolean, score: Numbers, n: number, efron: boolean) {
  if (anyNaN(time, n) || anyNaN(score, n)) return { loss: Number.NaN, events: n };
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => time[b] - time[a] || score[b] - score[a]);
  const loss = new ExactSum();
  let events = 0;
  let top = Number.NEGATIVE_INFINITY; // largest score at risk
  let tail = -1; // sum of e^(score - top) over the others at risk
  for (let start = 0, end = 0; start < n; start = end) {
    for (; end < n && time[order[end]] === time[order[start]]; end++) {
      const s = score[order[end]];
      if (s > top) {
        tail = (tail + 1) * Math.exp(top - s);
        top = s;
      } else tail += Math.exp(s - top);
    }
    let tied = 0;
    let share = 0; // of the events of this time in the sum of all at risk
    for (let k = start; k < end; k++) {
      if (!isEvent(order[k])) continue;
      const s = score[order[k]];
      tied++;
      share += Math.exp(s - top);
      loss.addOne(top - s);
      loss.addOne(Math.log1p(tail));
    }
    share /= 1 + tail;
    for (let l = 1; efron && l < tied; l++) loss.addOne(Math.log1p((-l / tied) * share));
    events += tied;
  }
  return { loss: loss.value(), events };
}
