/** Boxes without area, vectors without direction. */
import type { Numbers } from '../../losses/define.ts';
import { lengthOf } from '../../losses/math/unit-vectors.ts';
import type { BoundMatrix } from '../domain.ts';
import type { Check, Watch } from './check.ts';

/** Counts the vectors that a test picks out: one for each row of an input, or several where it holds many. */
function whenAnyVector(
  concerns: (bound: BoundMatrix) => boolean,
  picks: (data: Numbers, at: number, width: number) => boolean,
  message: (count: number, total: number) => string,
): Watch {
  const facts = { count: 0, total: 0, first: '' };
  return {
    facts,
    see(seen) {
      const inputs = [...seen.inputs.values()].filter(concerns);
      const width = inputs.find(({ input }) => !input.many)?.width;
      if (!width) return;
      for (const { data, width: row, where } of inputs) {
        const end = seen.n * row;
        facts.total += end / width;
        for (let at = 0; at < end; at += width) {
          if (picks(data, at, width) && facts.count++ === 0) facts.first = where(Math.floor(at / row), at % row);
        }
      }
    },
    finding: () => (facts.count > 0 ? message(facts.count, facts.total) : undefined),
    first: () => facts.first,
  };
}

export const tinyBoxes: Check = {
  code: 'D15',
  severity: 'warn',
  help: 'a box without area, or so small that eps outweighs it',
  watch({ chosen: { loss, params } }) {
    const { eps } = params;
    if (loss.task !== 'box' || typeof eps !== 'number') return null;
    const small = Number((10 * eps).toPrecision(6));
    return whenAnyVector(
      ({ input }) => input.holds === 'box',
      (data, at) => (data[at + 2] - data[at]) * (data[at + 3] - data[at + 1]) <= small,
      (count, total) =>
        eps === 0
          ? `${count} of ${total} boxes have no area: nothing can overlap with them`
          : `${count} of ${total} boxes have an area of at most ${small}, where eps = ${eps} decides the loss: give them in pixels, or pass a smaller --eps`,
    );
  },
};

export const zeroVectors: Check = {
  code: 'D16',
  severity: 'warn',
  help: 'an embedding of length zero, which has no direction',
  watch({ chosen: { loss, params } }) {
    if (loss.task !== 'embedding') return null;
    // a place may well be the origin: only directions need two numbers
    const isDirection = ({ input }: BoundMatrix) =>
      input.holds === 'embedding' && (input.minWidth !== undefined || input.many || params.metric === 'cosine');
    return whenAnyVector(
      isDirection,
      (data, at, width) => {
        for (let i = at; i < at + width; i++) if (data[i] !== 0) return false;
        return true;
      },
      (count) => `${count} embeddings have length zero and no direction: are they missing? Take their rows out`,
    );
  },
};

/** Embeddings are often kept in 16 bits. */
const LENGTH_TOLERANCE = 1e-2;

export const unscaledVectors: Check = {
  code: 'D16',
  severity: 'warn',
  help: 'embeddings of other lengths than 1 where dot products are taken as they are',
  watch({ chosen: { params } }) {
    if (params.similarity !== 'dot') return null;
    return whenAnyVector(
      ({ input }) => input.holds === 'embedding',
      (data, at, width) => Math.abs(lengthOf(data, at, width) - 1) > LENGTH_TOLERANCE,
      (count, total) =>
        `${count} of ${total} embeddings are not of length 1, and their lengths act as a temperature: --similarity cosine scales them`,
    );
  },
};
