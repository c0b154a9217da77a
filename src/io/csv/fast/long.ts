/** Bytes of text after which the faster way of taking rows off has paid for being loaded. */
export const LONG = 2 * 1024 * 1024;
