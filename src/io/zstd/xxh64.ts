/**
 * XXH64, the checksum of zstd frames, as it streams (github.com/Cyan4973/xxHash, doc/xxhash_spec.md). A 64-bit number is two of 32
 * bits: with BigInt it would take twenty times as long.
 */

/** A 64-bit number: low and high half. Where arithmetic leaves a sign, only the bits count. */
type Word = [low: number, high: number];

const P1: Word = [0x85ebca87, 0x9e3779b1];
const P2: Word = [0x27d4eb4f, 0xc2b2ae3d];
const P3: Word = [0x9e3779f9, 0x165667b1];
const P4: Word = [0xc2b2ae63, 0x85ebca77];
const P5: Word = [0x165667c5, 0x27d4eb2f];

const STRIPE = 32;

export class Xxh64 {
  /** Four accumulators; each takes 8 of the 32 bytes of a stripe. */
  readonly #lanes: Word[] = [add(P1, P2), add(P2, [0, 0]), [0, 0], negative(P1)];
  /** The beginning of a stripe that the last bytes ended in. */
  readonly #rest = Buffer.alloc(STRIPE);
  #restLength = 0;
  #total = 0;

  update(bytes: Uint8Array): void {
    this.#total += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(STRIPE - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < STRIPE) return;
      this.#stripes(this.#rest, 0, STRIPE);
    }
    const end = bytes.length - ((bytes.length - at) % STRIPE);
    if (end > at) this.#stripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#restLength = bytes.length - end;
  }

  /** The low 32 bits, which a zstd frame holds. */
  get low(): number {
    let hash: Word = this.#total < STRIPE ? P5 : this.#merged();
    hash = add(hash, [this.#total >>> 0, Math.floor(this.#total / 2 ** 32)]);
    const rest = this.#rest;
    let at = 0;
    for (; at + 8 <= this.#restLength; at += 8) {
      const word = multiply(rotate(multiply([rest.readInt32LE(at), rest.readInt32LE(at + 4)], P2), 31), P1);
      hash = add(multiply(rotate(xor(hash, word), 27), P1), P4);
    }
    if (at + 4 <= this.#restLength) {
      hash = add(multiply(rotate(xor(hash, multiply([rest.readInt32LE(at), 0], P1)), 23), P2), P3);
      at += 4;
    }
    for (; at < this.#restLength; at++) {
      hash = multiply(rotate(xor(hash, multiply([rest[at] as number, 0], P5)), 11), P1);
    }
    hash = multiply(xor(hash, shiftRight(hash, 33)), P2);
    hash = multiply(xor(hash, shiftRight(hash, 29)), P3);
    return xor(hash, shiftRight(hash, 32))[0] >>> 0;
  }

  #merged(): Word {
    const turns = [1, 7, 12, 18];
    let hash = this.#lanes.map((lane, k) => rotate(lane, turns[k] as number)).reduce(add);
    for (const lane of this.#lanes) {
      const word = multiply(rotate(multiply(lane, P2), 31), P1);
      hash = add(multiply(xor(hash, word), P1), P4);
    }
    return hash;
  }

  #stripes(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let k = 0; k < 4; k++) advance(this.#lanes[k] as Word, view, from + 8 * k, to);
  }
}

/** One lane over all stripes: `lane = rotate(lane + word * P2, 31) * P1`, written out, because it sees every byte. */
function advance(lane: Word, view: DataView, from: number, to: number): void {
  let [low, high] = lane;
  for (let at = from; at < to; at += STRIPE) {
    const inLow = view.getInt32(at, true);
    const inHigh = view.getInt32(at + 4, true);
    const sumLow = (low >>> 0) + (Math.imul(inLow, 0x27d4eb4f) >>> 0);
    high = (high + highProduct(inLow, 0xeb4f, 0x27d4) + Math.imul(inLow, 0xc2b2ae3d) + Math.imul(inHigh, 0x27d4eb4f)) | 0;
    if (sumLow > 0xffffffff) high = (high + 1) | 0;
    low = sumLow | 0;
    const turnedLow = (low << 31) | (high >>> 1);
    const turnedHigh = (high << 31) | (low >>> 1);
    low = Math.imul(turnedLow, 0x85ebca87);
    high = (highProduct(turnedLow, 0xca87, 0x85eb) + Math.imul(turnedLow, 0x9e3779b1) + Math.imul(turnedHigh, 0x85ebca87)) | 0;
  }
  lane[0] = low;
  lane[1] = high;
}

/** The high half of the product of two numbers of 32 bits, the second one in halves of 16. */
function highProduct(a: number, low: number, high: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const p01 = Math.imul(a0, high);
  const p10 = Math.imul(a1, low);
  const middle = (Math.imul(a0, low) >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  return (Math.imul(a1, high) + (p01 >>> 16) + (p10 >>> 16) + (middle >>> 16)) | 0;
}

function multiply([aLow, aHigh]: Word, [bLow, bHigh]: Word): Word {
  const high = highProduct(aLow, bLow & 0xffff, bLow >>> 16) + Math.imul(aLow, bHigh) + Math.imul(aHigh, bLow);
  return [Math.imul(aLow, bLow), high | 0];
}

function add([aLow, aHigh]: Word, [bLow, bHigh]: Word): Word {
  const low = (aLow >>> 0) + (bLow >>> 0);
  return [low | 0, (aHigh + bHigh + (low > 0xffffffff ? 1 : 0)) | 0];
}

function negative([low, high]: Word): Word {
  return add([~low, ~high], [1, 0]);
}

function xor([aLow, aHigh]: Word, [bLow, bHigh]: Word): Word {
  return [aLow ^ bLow, aHigh ^ bHigh];
}

/** To the left, by 1 to 31 bits. */
function rotate([low, high]: Word, bits: number): Word {
  return [(low << bits) | (high >>> (32 - bits)), (high << bits) | (low >>> (32 - bits))];
}

/** By 1 to 33 bits; the high half of a word is 0 after 32. */
function shiftRight([low, high]: Word, bits: number): Word {
  if (bits >= 32) return [high >>> (bits - 32), 0];
  return [(low >>> bits) | (high << (32 - bits)), high >>> bits];
}
