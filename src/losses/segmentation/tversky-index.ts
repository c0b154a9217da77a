/** The Tversky index of two masks, which two losses share with other defaults. */
import type { ParamValues } from '../define.ts';
import { number } from '../params.ts';
import { perClass, scope, smooth, smoothIn } from './mask-params.ts';
import type { MaskSums } from './mask-sums.ts';

export function tverskyParams(alpha: number, beta: number, gamma: number) {
  return {
    alpha: number('weight of pixels predicted but not there', alpha, { min: 0 }),
    beta: number('weight of pixels there but not predicted', beta, { min: 0 }),
    gamma: number('power of the whole', gamma, { min: 0, open: true }),
    smooth,
    smoothIn,
    scope,
    ...perClass,
  };
}

type TverskyParams = ParamValues<ReturnType<typeof tverskyParams>>;

function missed({ over, under }: MaskSums, { alpha, beta }: TverskyParams): number {
  return alpha * over + beta * under;
}

/** (1 - (TP + smooth) / (TP + alpha FP + beta FN + smooth))^gamma, without the cancellation of the 1. */
export function tverskyMeasure(sums: MaskSums, params: TverskyParams): number {
  const { smooth, smoothIn, gamma } = params;
  const ratio = (missed(sums, params) + (smoothIn === 'both' ? 0 : smooth)) / tverskyDivisor(sums, params);
  return gamma === 1 ? ratio : ratio ** gamma;
}

export function tverskyDivisor(sums: MaskSums, params: TverskyParams): number {
  return sums.common + missed(sums, params) + params.smooth;
}
