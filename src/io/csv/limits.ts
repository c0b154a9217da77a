/** Most columns of a table. */
export const MOST_COLUMNS = 100_000;

const MIB = 1024 * 1024;

/** Longest record, in bytes. */
export const LONGEST_RECORD = 64 * MIB;
export const LONGEST_RECORD_TEXT = `${LONGEST_RECORD / MIB} MiB`;
