/** Libraries whose defaults `--compat` takes over, and what holds for all of their losses. */
import type { Equivalent, Loss, Reduction } from './define.ts';

interface Library {
  readonly name: string;
  /** How its losses of rows are reduced, where that is not a weighted mean. */
  readonly reduction?: Reduction;
}

export const LIBRARIES = {
  torch: { name: 'PyTorch' },
  keras: { name: 'Keras', reduction: 'sum-over-batch-size' }, // weights never enter the divisor
  sklearn: { name: 'scikit-learn' },
  optax: { name: 'Optax' },
  torchvision: { name: 'torchvision' },
  torchmetrics: { name: 'TorchMetrics' },
  smp: { name: 'segmentation-models-pytorch' },
  monai: { name: 'MONAI' },
  pml: { name: 'pytorch-metric-learning' },
} as const satisfies Readonly<Record<string, Library>>;

export type LibraryName = keyof typeof LIBRARIES;

/** The loss as a library has it: the call, and everything by which its number differs. */
export function equivalentOf(loss: Loss, library: string): Equivalent | undefined {
  const stated = loss.equivalents[library];
  if (stated === undefined) return undefined;
  const equivalent = typeof stated === 'string' ? { call: stated } : stated;
  const { reduction }: Library = library in LIBRARIES ? LIBRARIES[library as LibraryName] : { name: library };
  const reduced = loss.kind === 'row' && loss.reduction === undefined && reduction;
  return reduced ? { reduction, ...equivalent } : equivalent;
}

/** The loss in every library that has it. */
export function equivalentsOf(loss: Loss): [library: string, equivalent: Equivalent][] {
  return Object.keys(loss.equivalents).map((library) => [library, equivalentOf(loss, library) as Equivalent]);
}
