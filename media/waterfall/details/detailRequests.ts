import type { Disposable } from '../../../src/core/base/disposable.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { SpanDetail } from '../../../src/protocol/waterfall.ts';
import type { Host } from '../host.ts';
import type { PageTrace } from '../openTrace.ts';

interface Request {
  readonly trace: PageTrace;
  readonly row: SpanRow;
  readonly asking: AbortController;
  readonly answer: Promise<SpanDetail>;
  /** Once it is there. */
  detail: SpanDetail | undefined;
}

/**
 * Asks the host for the details of the selected span, and ahead for those of one that is about to be selected: each once.
 * Another span takes the question back.
 */
export class DetailRequests implements Disposable {
  readonly #host: Host;
  #selected: Request | undefined;
  #ahead: Request | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** A click may follow: its answer may be there when the click is. */
  askAhead(trace: PageTrace, row: SpanRow): void {
    if (this.#find(trace, row)) return;
    this.#ahead?.asking.abort();
    this.#ahead = this.#request(trace, row);
  }

  /** The details of the span that is selected now. @throws what the host says, or AbortError once taken back */
  ask(trace: PageTrace, row: SpanRow): Promise<SpanDetail> {
    const request = this.#find(trace, row) ?? this.#request(trace, row);
    if (request === this.#ahead) this.#ahead = undefined;
    if (request !== this.#selected) this.#selected?.asking.abort();
    this.#selected = request;
    return request.answer;
  }

  /** The span's details where they are here already. */
  known(trace: PageTrace, row: SpanRow): SpanDetail | undefined {
    return this.#find(trace, row)?.detail;
  }

  /** Nobody wants the details of the selected span any more. */
  takeBack(): void {
    this.#selected?.asking.abort();
    this.#selected = undefined;
  }

  dispose(): void {
    this.takeBack();
    this.#ahead?.asking.abort();
    this.#ahead = undefined;
  }

  #find(trace: PageTrace, row: SpanRow): Request | undefined {
    return [this.#selected, this.#ahead].find((one) => one?.trace === trace && one.row === row);
  }

  #request(trace: PageTrace, row: SpanRow): Request {
    const asking = new AbortController();
    const answer = this.#host.call('spanDetail', { row }, asking.signal);
    const request: Request = { trace, row, asking, answer, detail: undefined };
    answer.then(
      (detail) => (request.detail = detail),
      () => {
        // Who waits is told; the next one asks again.
        if (this.#selected === request) this.#selected = undefined;
        if (this.#ahead === request) this.#ahead = undefined;
      },
    );
    return request;
  }
}
