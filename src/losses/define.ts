/**
 * What a loss is: one object that states every fact about it, and a kernel last. Flags, parsing, checks, help, docs and the
 * test generators read these objects; nothing about a loss is said a second time.
 *
 * Inputs come as the roles a user names (`--target`, `--logits`); parameters as the hyperparameters (`--delta`). Both are
 * camelCase here and kebab-case for the user: `logProbs` is `--log-probs`.
 */
import type { RoleName } from './roles.ts';

/* ------------------------------------------------------------------ inputs */

/** The arrays a kernel can meet. Not one kind more: V8 makes loops over a fifth kind 3 to 4 times slower. */
export type Numbers = Float64Array | Float32Array | Int32Array;

/** `n` rows of `width` numbers, row-major. */
export interface Matrix {
  readonly data: Numbers;
  readonly width: number;
  /** Classes of a mask, whose values stand side by side for each pixel; absent where a row is one mask, or none. */
  readonly channels?: number;
}

/** The bound one of several alternative roles, with the role that was given. */
export interface Choice<Role extends string> extends Matrix {
  readonly role: Role;
}

/**
 * How one input is shaped and what it may hold; the engine checks it before a kernel sees it.
 *
 * - `element`: a number per row, or a vector whose elements count one by one; kernels get all elements in one array.
 * - `vector`: a row of numbers; kernels get a `Matrix`.
 */
export interface Input<Shape extends InputShape = InputShape> {
  readonly shape: Shape;
  readonly doc: string;
  /** What the values are, for help and for the test generators. */
  readonly holds: Holds;
  readonly min?: number;
  readonly max?: number;
  /** `min` itself is not allowed. */
  readonly open?: boolean;
  /** How far outside the range a value may lie by rounding. */
  readonly slack?: number;
  /** Only whole numbers are allowed. */
  readonly whole?: boolean;
  /** 0 is not allowed, whatever the range. */
  readonly nonZero?: boolean;
  /** Numbers that point at the elements of the row: all are below its width. */
  readonly indices?: boolean;
  /** Numbers per row, where it is fixed (a box has 4). Otherwise all inputs of one dimension have the same width. */
  readonly width?: number;
  /** Name of the dimension the width belongs to, where a loss has more than one: pixels and latents of a VAE. */
  readonly dimension?: string;
  /** Fewer numbers per row make no sense: one logit for several classes, a direction on a line. */
  readonly minWidth?: number;
  /** Holds several vectors of the common width, one after the other. */
  readonly many?: boolean;
  /** Every row is a distribution: it sums to 1 within 1e-3. */
  readonly sumsToOne?: boolean;
  /** The loss works without it. Optional inputs are never inferred: they change what the number means. */
  readonly optional?: boolean;
  /** The loss takes one of several complete sets of inputs: the name of the set that this one belongs to. */
  readonly form?: string;
  /** What to type when a value is outside the domain. */
  readonly hint?: string;
}

/** What a parameter can change about an input: the values it may hold, and how many of them a row has. */
export type Domain = Partial<
  Pick<Input, 'holds' | 'min' | 'max' | 'open' | 'whole' | 'nonZero' | 'indices' | 'width' | 'sumsToOne' | 'hint'>
>;

export type InputShape = 'element' | 'vector';

/**
 * - `binary`: labels; 0/1, -1/+1, true/false or named classes all arrive as 0 and 1, soft labels between them too.
 * - `sign`: the same labels arrive as -1 and +1.
 * - `classes`: a class index (width 1), or one probability per class.
 * - `identity`: any number or text; equal ones arrive as equal numbers, which say nothing else.
 * - `box`: arrives as x1, y1, x2, y2 whatever `boxes` says.
 */
export type Holds =
  | 'real'
  | 'count'
  | 'spread'
  | 'binary'
  | 'sign'
  | 'classes'
  | 'identity'
  | 'logit'
  | 'prob'
  | 'log-prob'
  | 'box'
  | 'embedding';

/** Several roles for one input: the one given decides the scale (`--logits`, `--probs` or `--log-probs`). */
export interface Alternatives {
  readonly oneOf: { readonly [role: string]: Input };
  /** The only role that is inferred from column names; the others need their flag. Without it all are tried. */
  readonly inferred?: string;
}

export type Inputs = { readonly [name: string]: Input | Alternatives };

type ValueOf<I> = I extends { oneOf: infer A }
  ? Choice<keyof A & string>
  : I extends { optional: true } | { form: string }
    ? ShapeOf<I> | undefined
    : ShapeOf<I>;
type ShapeOf<I> = I extends Input<'vector'> ? Matrix : Numbers;

/** What a kernel is given for its declared inputs. */
export type Values<I extends Inputs> = { readonly [K in keyof I]: ValueOf<I[K]> };

/* -------------------------------------------------------------- parameters */

export interface NumberParam {
  readonly type: 'number';
  readonly doc: string;
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  /** The ends of the range are not allowed. */
  readonly open?: boolean;
  readonly integer?: boolean;
  /** The engine divides the inputs that hold this by it, before the kernel sees them. */
  readonly divides?: Holds;
}

export interface BooleanParam {
  readonly type: 'boolean';
  readonly doc: string;
  readonly default: boolean;
}

export interface ChoiceParam<Option extends string = string> {
  readonly type: 'choice';
  readonly doc: string;
  readonly default: Option;
  readonly options: readonly Option[];
}

/** A comma list of numbers; `null` when not given. */
export interface ListParam {
  readonly type: 'list';
  readonly doc: string;
  readonly default: null;
  /** What each number belongs to; a list for elements may be a single number for all. */
  readonly per: 'class' | 'element' | 'quantile';
  readonly min?: number;
  readonly max?: number;
  /** The ends of the range are not allowed. */
  readonly open?: boolean;
}

export type Param = NumberParam | BooleanParam | ChoiceParam | ListParam;
export type Params = { readonly [name: string]: Param };

type ParamValueOf<P> = P extends NumberParam
  ? number
  : P extends BooleanParam
    ? boolean
    : P extends ChoiceParam<infer Option>
      ? Option
      : readonly number[] | null;

export type ParamValue = number | boolean | string | readonly number[] | null;
export type ParamValues<P extends Params> = { readonly [K in keyof P]: ParamValueOf<P[K]> };

/* ------------------------------------------------------------------ losses */

export type Task =
  | 'regression'
  | 'binary'
  | 'multiclass'
  | 'density'
  | 'generative'
  | 'segmentation'
  | 'box'
  | 'embedding'
  | 'ranking'
  | 'sequence'
  | 'forecasting'
  | 'preference'
  | 'survival';

export type Reduction = 'mean' | 'sum' | 'none' | 'batchmean' | 'sum-over-batch-size';

/** Each flag drives a numeric property test. */
export interface Properties {
  /** The input in which the loss is convex, target and parameters held. */
  readonly convexIn?: RoleName;
  /** `true`: a derivative everywhere inside the domain; `almost-everywhere`: kinks; `false`: steps. */
  readonly differentiable: true | 'almost-everywhere' | false;
  /** The smallest value a row can have, reached by a perfect prediction; absent when there is none. */
  readonly minimum?: number;
  /** The largest value a row can have. */
  readonly maximum?: number;
  /** Swapping target and prediction changes nothing. */
  readonly symmetric: boolean;
  /** Grows at most linearly with one outlying prediction. */
  readonly robust: boolean;
}

export interface Reference {
  readonly title: string;
  readonly url?: string;
}

/**
 * How the best constant follows from the targets: their weighted mean (of classes: their shares), the mean on the scale of log1p,
 * or a weighted quantile, for each element of a row.
 */
export type BestConstant = 'mean' | 'log1p-mean' | { readonly quantile: number };

/** The same loss in a library, where its number differs from the one here. */
export interface Equivalent<P extends Params = Params> {
  readonly call: string;
  /** Parameters here -> the values that stand for its defaults. */
  readonly params?: Partial<ParamValues<P>>;
  readonly reduction?: Reduction;
  /** What no parameter here reproduces: `--compat` refuses, so that no number is taken for another. */
  readonly differs?: string;
  /** What else is worth knowing about it. */
  readonly note?: string;
}

/** A worked example: also a test. Values are per row (`losses`), reduced (`value`), or both. */
export interface Example {
  readonly inputs: { readonly [role: string]: readonly ExampleCell[] };
  readonly params?: { readonly [name: string]: ParamValue };
  readonly reduction?: Reduction;
  readonly losses?: readonly number[];
  readonly value?: number;
  readonly note?: string;
}

/** One row's cell: a number, or nested lists for vectors, boxes and matrices. */
export type ExampleCell = number | readonly ExampleCell[];

export interface Facts<I extends Inputs = Inputs, P extends Params = Params> {
  readonly name: string;
  /** Other names, lower-case with hyphens. Other spellings of one, `MSELoss` or `mse_loss`, need none: see `resolve`. */
  readonly aliases: readonly string[];
  /** Said when one of these aliases is used, because elsewhere it names another loss. */
  readonly aliasNotes?: { readonly [alias: string]: string };
  readonly task: Task;
  /** One sentence: what it measures and why one would choose it. */
  readonly summary: string;
  readonly inputs: I;
  readonly params: P;
  /** Where parameters change what inputs may hold: role -> facts that take the place of the declared ones. */
  domain?(params: ParamValues<P>): { readonly [role: string]: Domain };
  /** Why these parameters make no sense with these roles, where they do not. */
  refuse?(params: ParamValues<P>, roles: readonly string[]): string | undefined;
  /** A parameter that follows from the data where the user does not give it: the engine then reads them twice. */
  readonly needs?: 'classCounts';
  /** The constant prediction with the smallest mean loss, from the targets alone; absent where nothing simple gives it. */
  bestConstant?(params: ParamValues<P>): BestConstant | undefined;
  readonly formula: { readonly text: string; readonly latex: string };
  /** Of the value, in terms of the target: `target`, `target^2`, `nats`, `ratio` ... */
  readonly unit: string;
  readonly properties: Properties;
  /** The reduction used when none is asked for: `mean` unless the mathematical definition says otherwise. */
  readonly reduction?: Reduction;
  /** Said when that reduction is asked for: what surprises people about it. */
  readonly reductionNotes?: { readonly [R in Reduction]?: string };
  readonly references: readonly Reference[];
  readonly pitfalls: readonly string[];
  /** The same loss elsewhere: library -> the call, alone where its defaults give the number that the defaults here give. */
  readonly equivalents: { readonly [library: string]: string | Equivalent<NoInfer<P>> };
  readonly examples: readonly Example[];
}

/** Computes rows from rows. `out` and `norm` are preallocated; `norm` arrives filled with 1: a kernel that leaves it so does not declare it. */
type Kernel<I extends Inputs, P extends Params> = {
  kernel(inputs: Values<I>, params: ParamValues<P>, n: number, out: Float64Array, norm: Float64Array): void;
};

/**
 * A loss whose rows do not know of each other. Called with any slice of rows.
 *
 * `out[i]` is row i's loss, `norm[i]` its share of the denominator of `mean` (a class weight, say). With `elements`, a
 * vector row counts by its elements: the kernel is called with `n` elements and gives one value for each, and `elements`
 * says how a row reads under `--reduction none`.
 */
export interface RowLoss<I extends Inputs = Inputs, P extends Params = Params> extends Facts<I, P>, Kernel<I, P> {
  readonly kind: 'row';
  readonly elements?: 'mean' | 'sum';
  /** Parts of the loss that are reported beside it, reduced in the same way. */
  readonly components?: { readonly [name: string]: Kernel<I, P> };
}

/** A loss that needs all rows of a group together: a contrastive batch, a query. Called once per group. */
export interface GroupLoss<I extends Inputs = Inputs, P extends Params = Params> extends Facts<I, P>, Kernel<I, P> {
  readonly kind: 'group';
  /** What has a value: each row, or the group as one (a query, a list), which then writes `out[0]` and `norm[0]` only. */
  readonly values: 'row' | 'group';
  /** Told to users who choose the group size: what a group costs, and what its size does to the value. */
  readonly cost: string;
  /** Whether rows do not know of each other where these roles are given: they then stream, in no group. */
  alone?(roles: readonly string[]): boolean;
}

/** What the finished slots of a fold make. */
export interface Finished {
  readonly value: number;
  /** What it was divided by last. */
  readonly denominator: number;
  /** Parts that are reported beside the value, such as the loss of each class. */
  readonly components?: ReadonlyMap<string, number>;
}

/** Where a fold adds its terms. Every slot is an exact sum, or a largest value, so the order of calls never matters. */
export interface Slots {
  add(slot: number, term: number): void;
  /** Adds the first `n` terms: for slots that are many, one of which gets many terms at a time. */
  addAll(slot: number, terms: Float64Array, n: number): void;
}

/** A loss that is a function of sums over all rows, such as a ratio or a root. Has no value per row. */
export interface FoldLoss<I extends Inputs = Inputs, P extends Params = Params> extends Facts<I, P> {
  readonly kind: 'fold';
  /** What a slot makes of its terms: their sum, unless this says otherwise. */
  combine?(slot: number): 'sum' | 'max';
  /** How many slots rows of these widths need. */
  slots(inputs: Values<I>, params: ParamValues<P>): number;
  /** Adds the terms of `n` rows, times their `weight`. */
  fold(inputs: Values<I>, params: ParamValues<P>, n: number, weight: Numbers, into: Slots): void;
  /** `rest` holds what rounding took from each sum, for differences that would cancel without it. */
  finish(slots: Float64Array, params: ParamValues<P>, rest: Float64Array): Finished;
}

/** Any loss, its specific inputs and parameters forgotten: function members are methods so that this holds. */
export type Loss = RowLoss | GroupLoss | FoldLoss;

export function defineRowLoss<const I extends Inputs, const P extends Params>(loss: Omit<RowLoss<I, P>, 'kind'>): RowLoss<I, P> {
  return { kind: 'row', ...loss };
}

export function defineGroupLoss<const I extends Inputs, const P extends Params>(
  loss: Omit<GroupLoss<I, P>, 'kind'>,
): GroupLoss<I, P> {
  return { kind: 'group', ...loss };
}

export function defineFoldLoss<const I extends Inputs, const P extends Params>(loss: Omit<FoldLoss<I, P>, 'kind'>): FoldLoss<I, P> {
  return { kind: 'fold', ...loss };
}

/** The complete sets of inputs of which a loss takes one: form -> names of its inputs. Empty where all inputs are one set. */
export function formsOf(inputs: Inputs): Map<string, string[]> {
  const forms = new Map<string, string[]>();
  for (const [name, input] of Object.entries(inputs)) {
    if ('oneOf' in input || input.form === undefined) continue;
    forms.set(input.form, [...(forms.get(input.form) ?? []), name]);
  }
  return forms;
}

/** The name a user types: `logProbs` -> `log-probs`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
