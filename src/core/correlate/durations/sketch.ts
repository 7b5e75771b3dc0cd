import { DDSketch } from '@datadog/sketches-js';
import { microseconds, type Microseconds } from '../../base/units.ts';
import type { DurationPiece, DurationSketch } from './durations.ts';
import { nearestRank } from '../../base/nearestRank.ts';
import { ByteReader, ByteWriter } from './sketchBytes.ts';

/**
 * Half of the 1 % that figures promise, so that rounding on screen doesn't use it up.
 * docs/decisions/quantile-sketch.md has sizes and speeds.
 */
const relativeAccuracy = 0.005;
const format = 1;

/**
 * A sketch that takes durations. `min`, `max`, `count` and `total` are exact, quantiles within 0.5 %; so are `min` and
 * `max` once the shortest or longest was taken back.
 */
export interface RecordingSketch extends DurationSketch {
  readonly min: Microseconds;
  /** @throws RangeError when `duration` is negative or not finite. */
  add(duration: Microseconds): void;
  /** Takes back a duration that was added. @returns false when there is none like it: nothing is changed. */
  remove(duration: Microseconds): boolean;
  /** For storage: some 30 bytes and two or three for each further distinct duration. */
  toBytes(): Uint8Array;
}

class LogSketch implements RecordingSketch {
  readonly shape = 'sketch';
  #bins = new DDSketch({ relativeAccuracy });

  get count(): number {
    return this.#bins.count;
  }
  get total(): Microseconds {
    return microseconds(this.#bins.sum);
  }
  get min(): Microseconds {
    return microseconds(this.count === 0 ? 0 : this.#bins.min);
  }
  get max(): Microseconds {
    return microseconds(this.count === 0 ? 0 : this.#bins.max);
  }

  add(duration: Microseconds): void {
    if (!(duration >= 0 && duration < Infinity))
      throw new RangeError(`a duration of ${duration} µs`);
    this.#bins.accept(duration);
  }

  remove(duration: Microseconds): boolean {
    const { store, mapping, zeroCount, min, max } = this.#bins;
    if (duration <= mapping.minPossible) {
      if (zeroCount === 0) return false;
      this.#bins.zeroCount -= 1;
    } else {
      const index = mapping.key(duration) - store.offset;
      const inBin = store.bins[index] ?? 0;
      if (inBin === 0) return false;
      store.bins[index] = inBin - 1;
      store.count -= 1;
    }
    this.#bins.count -= 1;
    this.#bins.sum = Math.max(0, this.#bins.sum - duration);
    if (this.#bins.count === 0) this.#bins = new DDSketch({ relativeAccuracy });
    else {
      const { lowest, highest } = this.#extent();
      if (duration <= min) this.#bins.min = Math.max(min, lowest);
      if (duration >= max) this.#bins.max = Math.min(max, highest);
    }
    return true;
  }

  quantile(q: number): Microseconds | undefined {
    if (this.count === 0) return undefined;
    const last = this.count - 1;
    const rank = nearestRank(q, this.count);
    if (rank === last) return this.max;
    // The library takes the value at floor(share * last); the half keeps rounding out of it.
    const estimate = this.#bins.getValueAtQuantile((rank + 0.5) / last);
    return microseconds(Math.min(this.max, Math.max(this.min, estimate)));
  }

  /** Bin by bin: the library's own merge loses bins when a store's highest key is 0. */
  merge(other: LogSketch): void {
    const { offset, bins } = other.#bins.store;
    bins.forEach((count, index) => {
      if (count > 0) this.#bins.store.add(index + offset, count);
    });
    this.#bins.zeroCount += other.#bins.zeroCount;
    this.#summarise(other.#bins);
  }

  /** The library's own format takes a kilobyte for one value and forgets min, max and total. */
  toBytes(): Uint8Array {
    const { store, sum, min, max, zeroCount } = this.#bins;
    const writer = new ByteWriter();
    writer.unsigned(format);
    for (const value of [sum, min, max]) writer.double(value);
    writer.unsigned(zeroCount);
    let previous = 0;
    store.bins.forEach((count, index) => {
      if (count === 0) return;
      writer.signed(index + store.offset - previous);
      writer.unsigned(count);
      previous = index + store.offset;
    });
    return writer.bytes();
  }

  read(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes);
    if (reader.unsigned() !== format) throw new DamagedSketchError('a sketch of an unknown format');
    const [sum, min, max] = [reader.double(), reader.double(), reader.double()];
    let count = (this.#bins.zeroCount = reader.unsigned());
    let key = 0;
    while (!reader.atEnd) {
      key += reader.signed();
      const inBin = reader.unsigned();
      if (inBin < 1 || Math.abs(key) > highestKey) throw new DamagedSketchError('a damaged sketch');
      this.#bins.store.add(key, inBin);
      count += inBin;
    }
    this.#summarise({ count, sum, min, max });
  }

  /** Of each bin: its value is within the accuracy of every duration in it. */
  pieces(): readonly DurationPiece[] {
    const { store, mapping, zeroCount, min, max } = this.#bins;
    const pieces: DurationPiece[] = [];
    if (zeroCount > 0) pieces.push({ low: 0, high: 0, count: zeroCount });
    store.bins.forEach((count, index) => {
      if (count === 0) return;
      const value = mapping.value(index + store.offset);
      const low = Math.max(min, value / (1 + relativeAccuracy));
      pieces.push({
        low,
        high: Math.max(low, Math.min(max, value / (1 - relativeAccuracy))),
        count,
      });
    });
    return pieces;
  }

  /** What the bins still know of the shortest and the longest. */
  #extent(): { readonly lowest: number; readonly highest: number } {
    const { store, mapping, zeroCount } = this.#bins;
    const valueOf = (index: number) => (index < 0 ? 0 : mapping.value(index + store.offset));
    const isFilled = (count: number) => count > 0;
    return {
      lowest: zeroCount > 0 ? 0 : valueOf(store.bins.findIndex(isFilled)),
      highest: valueOf(store.bins.findLastIndex(isFilled)),
    };
  }

  #summarise(added: { count: number; sum: number; min: number; max: number }): void {
    this.#bins.count += added.count;
    this.#bins.sum += added.sum;
    this.#bins.min = Math.min(this.#bins.min, added.min);
    this.#bins.max = Math.max(this.#bins.max, added.max);
  }
}

/** Bytes that `toBytes` never wrote. */
export class DamagedSketchError extends RangeError {}

/** No finite duration has a key beyond this one: ln(1.8e308) / 0.01. */
const highestKey = 71_000;

export const newSketch = (): RecordingSketch => new LogSketch();

/**
 * One sketch of all durations in `sketches`, which stay as they are.
 * @throws TypeError for a sketch that isn't of this file.
 */
export function mergeSketches(sketches: readonly DurationSketch[]): RecordingSketch {
  const merged = new LogSketch();
  for (const sketch of sketches) merged.merge(ownSketch(sketch));
  return merged;
}

/** The same for who only reads it: of a single sketch nothing is copied. */
export function sketchOfAll(sketches: readonly DurationSketch[]): DurationSketch {
  const [first, ...others] = sketches;
  return first !== undefined && others.length === 0 ? first : mergeSketches(sketches);
}

/**
 * How many durations lie between which two.
 * @throws TypeError for a sketch that isn't of this file.
 */
export const sketchPieces = (sketch: DurationSketch): readonly DurationPiece[] =>
  ownSketch(sketch).pieces();

function ownSketch(sketch: DurationSketch): LogSketch {
  if (!(sketch instanceof LogSketch)) throw new TypeError('not a sketch of newSketch()');
  return sketch;
}

/** @throws RangeError (mostly a DamagedSketchError) when `bytes` are not what `toBytes` wrote. */
export function sketchFromBytes(bytes: Uint8Array): RecordingSketch {
  const sketch = new LogSketch();
  sketch.read(bytes);
  return sketch;
}
