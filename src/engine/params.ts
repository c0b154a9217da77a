/** Text of a hyperparameter -> its value, by the loss's own declaration. */
import { Fault, quote } from '../io/fault.ts';
import { kebab, type Loss, type Param, type ParamValue } from '../losses/define.ts';
import { inRange, type Range, rangeText } from '../losses/range.ts';
import { finiteNumber } from './number.ts';
import { didYouMean } from './suggest.ts';

/** Parameters by the name the user types: `label-smoothing` -> `labelSmoothing`. */
export function paramKey(loss: Loss, typed: string): string | undefined {
  return Object.keys(loss.params).find((key) => kebab(key) === typed);
}

function parseNumber(text: string, what: string): number {
  const value = finiteNumber(text);
  if (value === undefined) throw new Fault(`${what}: ${quote(text)} is not a number`, 'write a finite number such as 0.5 or 1e-3');
  return value;
}

function checkRange(value: number, range: Range, what: string): number {
  if (!inRange(value, range)) throw new Fault(`${what}: ${value} is out of range`, `write a number ${rangeText(range)}`);
  return value;
}

/** `what` names the parameter in messages, as the user typed it: `--delta`, or `huber:delta`. */
export function parseParam(param: Param, text: string, what: string): ParamValue {
  switch (param.type) {
    case 'number':
      if (text.includes(',')) throw new Fault(`${what}: ${quote(text)} is not one number`, `it is the ${param.doc}`);
      if (param.integer && !Number.isInteger(parseNumber(text, what))) {
        throw new Fault(`${what}: ${quote(text)} is not a whole number`, 'write an integer');
      }
      return checkRange(parseNumber(text, what), param, what);
    case 'list':
      return text.split(',').map((part) => checkRange(parseNumber(part, what), param, what));
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new Fault(`${what}: ${quote(text)} is neither true nor false`, 'write true or false');
    case 'choice':
      if (param.options.includes(text)) return text;
      throw new Fault(
        `${what}: there is no ${quote(text)}`,
        didYouMean(text, param.options, `choose one of ${param.options.join(', ')}`),
      );
  }
}
