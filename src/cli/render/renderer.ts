/** What a renderer is: a name, the extensions that choose it, and a function from the outcome of a run to text. */
import type { ChalkInstance } from 'chalk';
import type { Report } from '../../engine/result.ts';

export interface RenderContext {
  /** Of lossctl. */
  readonly version: string;
  /** Decoration only: the text is the same with and without it. */
  readonly colors: ChalkInstance;
}

export interface Renderer<R = Report> {
  readonly name: string;
  /** With their dot. */
  readonly extensions: readonly string[];
  readonly help: string;
  /** Ends with a newline. */
  render(report: R, context: RenderContext): string;
}
