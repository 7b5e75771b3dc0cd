const seed = 20_261_130;

/** Attributes without the two that every span has. */
export type Tags = readonly (readonly [key: string, value: string | number])[];

export interface Span {
  readonly id: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly kind: string;
  readonly scope: string;
  readonly process: string;
  readonly start: number;
  readonly tags: Tags;
  readonly failed?: boolean;
}

/** The services of every trace. */
export const processes = JSON.stringify(
  Object.fromEntries(
    ['gateway', 'things-api'].map((serviceName, index) => [
      `p${index + 1}`,
      {
        serviceName,
        tags: [
          { key: 'host.name', type: 'string', value: 'vm' },
          { key: 'process.pid', type: 'int64', value: 23_578 },
          { key: 'telemetry.sdk.language', type: 'string', value: 'nodejs' },
        ],
      },
    ]),
  ),
);

/** Ids, numbers by chance and the text of spans. */
export class JaegerAnswer {
  readonly #traceId: string;
  #state = seed;
  #left: number;
  #count = 0;

  constructor({ traceId, size }: { readonly traceId: string; readonly size: number }) {
    this.#traceId = traceId;
    this.#left = size;
  }

  isFull(): boolean {
    return this.#left === 0;
  }

  /** A whole number below `most` (mulberry32). */
  chance(most: number): number {
    this.#state = (this.#state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most);
  }

  /** The id of one span more. */
  next(): string {
    this.#left -= 1;
    this.#count += 1;
    const half = (Math.imul(this.#count, 0x9e37_79b1) >>> 0).toString(16).padStart(8, '0');
    return half + this.#count.toString(16).padStart(8, '0');
  }

  text(span: Span, end: number): string {
    const tags = [
      ...span.tags,
      ['otel.scope.name', span.scope] as const,
      ['span.kind', span.kind] as const,
    ].map(([key, value]) =>
      typeof value === 'number'
        ? `{"key":"${key}","type":"int64","value":${value}}`
        : `{"key":"${key}","type":"string","value":${JSON.stringify(value)}}`,
    );
    if (span.failed) tags.push('{"key":"error","type":"bool","value":true}');
    const reference = span.parent
      ? `{"refType":"CHILD_OF","traceID":"${this.#traceId}","spanID":"${span.parent}"}`
      : '';
    return `{"traceID":"${this.#traceId}","spanID":"${span.id}","operationName":${JSON.stringify(span.name)},"references":[${reference}],"startTime":${span.start},"duration":${end - span.start},"tags":[${tags.join(',')}],"logs":[${span.failed ? thrown(end) : ''}],"processID":"${span.process}","warnings":null}`;
  }
}

const thrown = (time: number): string =>
  `{"timestamp":${time},"fields":[{"key":"event","type":"string","value":"exception"},{"key":"exception.type","type":"string","value":"NotFoundException"},{"key":"exception.message","type":"string","value":"No thing"},{"key":"exception.stacktrace","type":"string","value":"NotFoundException: No thing\\n    at C1Controller.m1 (/srv/things/dist/c1.controller.js:76:15)\\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)"}]}`;
