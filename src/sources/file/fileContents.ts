import { message } from '../../core/base/message.ts';
import type { DroppedSpans } from '../../core/ports.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { DroppedSpanList } from '../droppedSpanList.ts';

/** What has been read of a file of traces so far. */
export class FileContents {
  readonly spans: RawSpan[] = [];
  /** What is being read, for places: `line 3`; empty: the whole file. */
  part = '';
  /** Something is of a kind that traces come in, be it without any. */
  holdsTraces = false;
  /** Something holds metrics, logs or profiles. */
  holdsOtherSignals = false;
  /** Something lists traces without their spans. */
  holdsSummaries = false;
  /** Something is JSON of a kind that isn't known. */
  holdsOther = false;
  readonly #dropped = new DroppedSpanList();

  dropped(): DroppedSpans {
    return this.#dropped.all();
  }

  /** @param path in the part: `data[0].spans`; those of `read` come after it */
  add(path: string, { spans, ...dropped }: DroppedSpans & { readonly spans: readonly RawSpan[] }) {
    this.holdsTraces = true;
    for (const span of spans) this.spans.push(span);
    this.#dropped.addAll(dropped, (position) => this.#place(pathOf(path, position)));
  }

  /** Something at `path` that can't be read. */
  lose(path: string, reason: string): void {
    this.#dropped.add(() => this.#place(path), reason);
  }

  loseSummary(path: string): void {
    this.holdsSummaries = true;
    this.lose(path, message('a search result without spans'));
  }

  loseUnknown(path: string): void {
    this.holdsOther = true;
    this.lose(path, message('unsupported JSON'));
  }

  #place(path: string): string {
    return [this.part, path].filter((text) => text !== '').join(', ');
  }
}

/** `data[0]` and `spans`, or `[0]` and `[1]`, as one path. */
export function pathOf(path: string, next: string): string {
  const name = next.replace(/^\./, '');
  return path === '' || name === '' || name.startsWith('[') ? path + name : `${path}.${name}`;
}
