import { onceEach } from '../base/onceEach.ts';
import type { RawSpan, Resource } from './rawSpan.ts';
import { sideOf } from './spanSide.ts';

/** Positions of spans in the order they began, so that the last one before a time is found quickly. */
type Positions = number[];

interface Sides {
  /** They send, or nothing tells which side they are. */
  readonly senders: Positions;
  /** They answer, below a sender. */
  readonly answerers: Positions;
}

/** Several spans of one id: usually the two sides of one call. */
export class SharedId {
  readonly #spans: readonly RawSpan[];
  /** Of all, of each service and of each process. */
  readonly #sides = new Map<string, Sides>();
  readonly #lowest: number;
  /** Positions of spans that neither side nor service tells from an earlier one. */
  readonly doubled: number[] = [];

  /** @param positions in `spans`, in the order they began */
  constructor(spans: readonly RawSpan[], positions: readonly number[]) {
    this.#spans = spans;
    this.#lowest = positions.reduce((lowest, at) => Math.min(lowest, this.#sideAt(at)), 2);
    for (const at of positions) {
      const resource = spans[at]?.resource;
      if (!resource) continue;
      const side = this.#isAnswerer(at) ? 'answerers' : 'senders';
      for (const name of ['', serviceName(resource), processName(resource)])
        this.#sidesOf(name)[side].push(at);
      if (this.#sidesOf(serviceName(resource))[side].length > 1) this.doubled.push(at);
    }
  }

  /** The sender above the span at `position`; undefined when it is one itself. */
  senderOf(position: number): number | undefined {
    if (!this.#isAnswerer(position)) return undefined;
    const { senders } = this.#sidesOf('');
    return lastBefore(senders, this.#spans, position) ?? senders[0];
  }

  /**
   * Which of them the span at `position` is a child of: one of its own process, else of its own service, else the
   * one that answered. Of two sides in one process it is the answering one, unless that began after the child.
   */
  parentOf(position: number): number | undefined {
    const resource = this.#spans[position]?.resource;
    if (!resource) return undefined;
    const own = this.#sides.get(processName(resource));
    const { senders, answerers } =
      own ?? this.#sides.get(serviceName(resource)) ?? this.#sidesOf('');
    const sender = lastBefore(senders, this.#spans, position);
    // Clocks of other processes tell nothing.
    const isOfSender = own !== undefined && sender !== undefined;
    return (
      lastBefore(answerers, this.#spans, position) ??
      (isOfSender ? sender : answerers[0]) ??
      sender ??
      senders[0]
    );
  }

  #sideAt(position: number): number {
    const span = this.#spans[position];
    return span ? sideOf(span) : 2;
  }

  #isAnswerer(position: number): boolean {
    return this.#sideAt(position) > this.#lowest;
  }

  #sidesOf(name: string): Sides {
    const known = this.#sides.get(name);
    if (known) return known;
    const made = { senders: [], answerers: [] };
    this.#sides.set(name, made);
    return made;
  }
}

const serviceName = ({ service }: Resource): string => `service ${service}`;

/** Equal for equal resources, whichever delivery they came with. */
const processName = onceEach(
  ({ service, attributes }: Resource) => `process ${JSON.stringify([service, attributes])}`,
);

/** The last of `positions` that began no later than the span at `position`. O(log n). */
function lastBefore(
  positions: Positions,
  spans: readonly RawSpan[],
  position: number,
): number | undefined {
  const latest = spans[position]?.start ?? 0;
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[positions[middle] ?? 0]?.start ?? 0) <= latest) low = middle + 1;
    else high = middle;
  }
  return positions[low - 1];
}
