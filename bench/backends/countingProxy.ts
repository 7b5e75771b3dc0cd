import { startTestServer } from '../../test/support/testServer.ts';
import type { Taken } from './report.ts';

/** Passes questions on, and counts what is answered. */
export interface CountingProxy {
  readonly url: string;
  readonly taken: () => Taken;
  close(): Promise<void>;
}

/** @param target `http://127.0.0.1:16686` */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  let [bytes, requests] = [0, 0];
  const pass = async (path: string) => {
    const answer = await fetch(`${target}${path}`);
    const body = Buffer.from(await answer.arrayBuffer());
    requests += 1;
    bytes += body.length;
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body };
  };
  const server = await startTestServer((request, response) => {
    pass(request.url ?? '/').then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.destroy(),
    );
  });
  return { url: server.url, taken: () => ({ bytes, requests }), close: () => server.close() };
}
