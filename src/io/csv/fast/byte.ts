/** Bytes that delimited text is made of. An enum, because the bundler puts its members in place: a constant would be loaded each time. */
export enum Byte {
  Tab = 9,
  Newline = 10,
  Return = 13,
  Space = 32,
  Quote = 34,
  Plus = 43,
  Minus = 45,
  Point = 46,
  Zero = 48,
  LowerE = 101,
}

/** What makes a letter a small one. */
export const LOWER_CASE = 32;
