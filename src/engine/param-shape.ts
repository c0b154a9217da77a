/** A hyperparameter -> the shape of its value in a file. */
import type { Param } from '../losses/define.ts';
import { inRange, type Range, rangeText } from '../losses/range.ts';
import { either, list, number, oneOf, type Shape, text, texts, truth, when } from './shape.ts';

export function paramShape(param: Param): Shape {
  switch (param.type) {
    case 'boolean':
      return truth;
    case 'choice':
      return oneOf(param.options);
    case 'number':
      return within(param, param.integer ?? false);
    case 'list':
      return numbers(within(param, false), param.per === 'class');
  }
}

/** What any loss may take under the name: each has a range of its own. */
export function sharedParamShape(param: Param): Shape {
  if (param.type === 'list') return numbers(number, param.per === 'class');
  return { boolean: truth, choice: text, number }[param.type];
}

/** Class weights may also follow from counts. */
function numbers(item: Shape, perClass: boolean): Shape {
  const scheme = texts(/^(balanced|effective:.+)$/, 'balanced or effective:BETA');
  return either(item, list(item, 1), ...(perClass ? [scheme] : []));
}

function within(range: Range, integer: boolean): Shape {
  const { min, max, open } = range;
  const schema = {
    type: integer ? 'integer' : 'number',
    ...(min !== undefined && { [open ? 'exclusiveMinimum' : 'minimum']: min }),
    ...(max !== undefined && { [open ? 'exclusiveMaximum' : 'maximum']: max }),
  };
  const holds = (value: unknown) =>
    number.flaw(value) === null && inRange(value as number, range) && (!integer || Number.isInteger(value));
  return when(holds, `a ${integer ? 'whole ' : ''}number ${rangeText(range)}`.trim(), schema);
}
