/** Files that lossctl wrote, read again: what was cut, edited or written by something else is refused in one way. */
import { escapeText } from '../io/fault.ts';
import { flawText, type Shape } from './shape.ts';

/** Makes an error of what is wrong with a file. */
type ToFault = (wrong: string) => Error;

export function parsedJson(content: string, fault: ToFault): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw fault('its JSON is cut short or damaged'); // the parser's own words differ from one Node to the next
  }
}

/** `root` is what messages call the document. Its keys may be anything, and go to terminals and CI logs. */
export function refuseFlaw(shape: Shape, root: string, value: unknown, fault: ToFault): void {
  const flaw = shape.flaw(value);
  if (flaw) throw fault(escapeText(flawText(root, flaw)));
}
