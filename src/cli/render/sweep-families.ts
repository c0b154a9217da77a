/** What moves and what stays, for every set of roles that suggests it: residuals, margins, shifts, angles. */
import { type Input, kebab } from '../../losses/define.ts';

/** What a row holds: role -> numbers. */
export type Cells = Readonly<Record<string, readonly number[]>>;

export type Roles = Readonly<Record<string, Input>>;

export interface Path {
  /** What x is: `residual: pred - target`. */
  readonly x: string;
  readonly from: number;
  readonly to: number;
  /** The row at x; it may lie outside the domain. */
  readonly row: (x: number) => Cells;
  /**
   * The row at the same x with other values. A name such as residual claims that nothing else counts: where the loss of this
   * row is another one, the name is wrong.
   */
  readonly twin?: (x: number) => Cells;
  /** Roles that stay where they are: the name will say so. */
  readonly held?: Cells;
}

/** From the most telling name to one that always fits. */
type Family = (roles: Roles) => readonly Path[];

/** The paths of a loss with exactly these roles, in the order it declares them. */
export function pathsFor(roles: Roles): readonly Path[] {
  return FAMILIES[Object.keys(roles).join(' ')]?.(roles) ?? [];
}

function held(cells: Cells, family: Family): Family {
  return (roles) =>
    family(roles).map(({ row, twin, ...sweep }) => ({
      ...sweep,
      held: { ...sweep.held, ...cells },
      row: (x) => ({ ...cells, ...row(x) }),
      ...(twin && { twin: (x) => ({ ...cells, ...twin(x) }) }),
    }));
}

/** As far as the domain of what moves allows, else to both sides of 0. */
function span({ min, max }: Input): { from: number; to: number } {
  const from = min ?? -4;
  return { from, to: max ?? (min === undefined ? 4 : min + 4) };
}

/** One role moves by itself. */
function alone(role: string): Family {
  return (roles) => [{ x: kebab(role), ...span(roles[role]), row: (x) => ({ [role]: [x] }) }];
}

/** How much larger the first is. Log-probabilities lie well below 0, those of whole answers far below. */
function difference(first: string, second: string): Family {
  return (roles) => {
    const { holds, width } = roles[first];
    const reach = holds === 'log-prob' && width === 1 ? 40 : 4;
    const level = holds === 'log-prob' ? -1.25 * reach : 0;
    const row = (x: number) => ({ [first]: [level + x / 2], [second]: [level - x / 2] });
    return [{ x: `${kebab(first)} - ${kebab(second)}`, from: -reach, to: reach, row }];
  };
}

/** Two directions in a plane, or two places on a line. */
function pair(first: string, second: string): Family {
  return (roles) => {
    if (roles[first].minWidth === undefined)
      return [{ x: `distance of ${first} and ${second}`, from: 0, to: 4, row: (x) => ({ [first]: [0], [second]: [x] }) }];
    const direction = (degrees: number) => [Math.cos((degrees / 180) * Math.PI), Math.sin((degrees / 180) * Math.PI)];
    const row = (degrees: number) => ({ [first]: [1, 0], [second]: direction(degrees) });
    return [{ x: `angle between ${first} and ${second} in degrees`, from: 0, to: 180, row }];
  };
}

/** The role beside the target. */
function scoreOf(roles: Roles): string {
  return Object.keys(roles).find((role) => role !== 'target') as string;
}

const residual: Family = (roles) => {
  const score = scoreOf(roles);
  const row = (target: number) => (x: number) => ({ target: [target], [score]: [target + x] });
  return [
    { x: `residual: ${score} - target`, from: -4, to: 4, row: row(0), twin: row(1) },
    ...held({ target: [1] }, alone(score))(roles),
  ];
};

/** The true class is class 1 of two. */
const margin: Family = (roles) => {
  const score = scoreOf(roles);
  const negative = roles.target.holds === 'sign' ? -1 : 0;
  const positives = held({ target: [1] }, alone(score))(roles);
  if (roles[score].holds === 'prob') {
    const row = (p: number) => ({ target: [1], [score]: [p] });
    const twin = (p: number) => ({ target: [negative], [score]: [1 - p] });
    return [{ x: 'probability of the true class', from: 0, to: 1, row, twin }, ...positives];
  }
  const row = (x: number) => ({ target: [1], [score]: [x] });
  const twin = (x: number) => ({ target: [negative], [score]: [-x] });
  return [{ x: `margin: target * ${score}`, from: -4, to: 4, row, twin }, ...positives];
};

/** Both probabilities of two classes, on the scale of the role. */
function twoProbs({ holds }: Input, p: number): number[] {
  return holds === 'log-prob' ? [Math.log(p), Math.log(1 - p)] : [p, 1 - p];
}

const trueClass: Family = (roles) => {
  const score = scoreOf(roles);
  const input = roles[score];
  if (input.holds === 'prob' || input.holds === 'log-prob') {
    const row = (p: number) => ({ target: [0], [score]: twoProbs(input, p) });
    const twin = (p: number) => ({ target: [1], [score]: twoProbs(input, p).reverse() });
    const sweep = { from: 0, to: 1, row };
    return [
      { ...sweep, x: 'probability of the true class', twin },
      { ...sweep, x: 'probability of class 0, at target 0' },
    ];
  }
  const row = (other: number) => (x: number) => ({ target: [0], [score]: [other + x, other] });
  const sweep = { ...span(input), row: row(0) };
  return [
    { ...sweep, x: `${score} of the true class - of the other`, twin: row(1) },
    { ...sweep, x: `${score} of the true class, the other at 0` },
  ];
};

/** Two labels, of which one is true. */
const trueLabel: Family = () => [
  {
    x: 'pred of the true label - of the false one',
    from: -4,
    to: 4,
    row: (x) => ({ target: [1, -1], pred: [x, 0] }),
    twin: (x) => ({ target: [-1, 1], pred: [1, 1 + x] }),
  },
];

const twoClasses: Family = (roles) => {
  const score = scoreOf(roles);
  return [{ x: 'probability of class 0', from: 0, to: 1, row: (p) => ({ [score]: twoProbs(roles[score], p) }) }];
};

/** Those that do not belong together show the margin. */
const strangers: Family = (roles) => {
  const target = roles.target.holds === 'sign' ? -1 : 0;
  return held({ target: [target] }, 'distance' in roles ? alone('distance') : pair('x1', 'x2'))(roles);
};

const boxes: Family = () => [
  {
    x: 'sideways shift of a box of 10 x 10',
    from: 0,
    to: 20,
    row: (x) => ({ target: [0, 0, 10, 10], pred: [x, 0, x + 10, 10] }),
  },
];

/** What the target holds decides. */
const byTarget: Family = (roles) => {
  const { target, pred } = roles;
  switch (target.holds) {
    case 'real':
    case 'count':
      return pred?.shape === 'vector' ? held({ pred: [-1, 1] }, alone('target'))(roles) : residual(roles);
    case 'binary':
      return margin(roles);
    case 'sign':
      return target.shape === 'vector' ? trueLabel(roles) : margin(roles);
    case 'classes':
      return trueClass(roles);
    case 'prob':
      return held({ target: [0.25, 0.75] }, twoClasses)(roles);
    case 'box':
      return boxes(roles);
    case 'embedding':
      return pair('target', 'pred')(roles);
    default:
      return [];
  }
};

/** By the roles in their order. */
const FAMILIES: Readonly<Record<string, Family>> = {
  'target pred': byTarget,
  'target logits': byTarget,
  'target probs': byTarget,
  'target logProbs': byTarget,
  'target logits teacherLogits': held({ teacherLogits: [2, 0] }, trueClass),
  'target pred var': held({ var: [1] }, residual),
  'target pred std': held({ std: [1] }, residual),
  'target pred laplaceScale': held({ laplaceScale: [1] }, residual),
  'target pred dispersion': held({ dispersion: [1] }, residual),
  'target members': held({ members: [-1, 0, 1] }, alone('target')),
  'target lower upper': held({ lower: [-1], upper: [1] }, alone('target')),
  'target median lower upper': held({ median: [0], lower: [-2, -1], upper: [2, 1] }, alone('target')),
  'pred lower upper': held({ lower: [1], upper: [1] }, alone('pred')),
  'mu logvar': held({ logvar: [0] }, alone('mu')),
  logits: (roles) => [{ x: 'logits of one class, the other at 0', ...span(roles.logits), row: (x) => ({ logits: [x, 0] }) }],
  'target distance': strangers,
  'x1 x2 target': strangers,
  'target x1 x2': held({ target: [1] }, difference('x1', 'x2')),
  'anchor positive negative': held({ positive: [1] }, pair('anchor', 'negative')),
  'positive negative': difference('positive', 'negative'),
  'chosen rejected': difference('chosen', 'rejected'),
  'chosen rejected nll': held({ nll: [0] }, difference('chosen', 'rejected')),
  'chosen rejected refChosen refRejected': held({ refChosen: [-50], refRejected: [-50] }, difference('chosen', 'rejected')),
  'logProbs refLogProbs': difference('logProbs', 'refLogProbs'),
  'logProbs refLogProbs target': held({ target: [1] }, difference('logProbs', 'refLogProbs')),
};
