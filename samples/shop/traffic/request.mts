export type Service = 'shop-api' | 'pricing-api';

/** A request to send; `{...}` in `route` are filled from `params` in order. */
export interface Request {
  readonly service: Service;
  readonly method: string;
  /** As Nest registers it: `/api/v1/orders/:id`. */
  readonly route: string;
  readonly params?: readonly (string | number)[];
  /** With `?`. */
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** `id` of the JSON answer; 0 where it has none. */
  readonly id: number;
  readonly durationMs: number;
}

/** Sends a request and waits for its answer. */
export type Send = (request: Request) => Promise<Answer>;

export const pathOf = ({ route, params = [], query = '' }: Request): string => {
  let used = 0;
  return route.replace(/:\w+/g, () => encodeURIComponent(String(params[used++] ?? ''))) + query;
};

const limitMs = 30_000;

export async function sendTo(
  urls: Readonly<Record<Service, string>>,
  request: Request,
): Promise<Answer> {
  const started = performance.now();
  const response = await fetch(urls[request.service] + pathOf(request), {
    method: request.method,
    headers: { 'content-type': 'application/json', ...request.headers },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    signal: AbortSignal.timeout(limitMs),
  });
  const text = await response.text();
  const durationMs = performance.now() - started;
  return { status: response.status, id: idIn(text), durationMs };
}

function idIn(text: string): number {
  try {
    const value: unknown = JSON.parse(text);
    if (
      typeof value === 'object' &&
      value !== null &&
      'id' in value &&
      typeof value.id === 'number'
    )
      return value.id;
  } catch {
    // Not JSON: an empty answer or a stream of events.
  }
  return 0;
}
