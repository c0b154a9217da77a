/** First four bytes of a zstd frame, little-endian. */
const FRAME = 0xfd2fb528;
/** Of frames that hold no data, which some programs put first; their last four bits are free. */
const SKIPPABLE = 0x184d2a5;

export const isSkippable = (magic: number): boolean => magic >>> 4 === SKIPPABLE;
export const isZstd = (magic: number): boolean => magic === FRAME || isSkippable(magic);
