import { createServer } from 'node:http';

/**
 * Stands in for somebody else's web service, which a test can't call: answers a country's tax rate
 * after the 60 to 100 ms that such a service takes over the internet. It isn't traced, as the real one
 * wouldn't be.
 */
const rates: Readonly<Record<string, number>> = { KR: 0.1, DE: 0.19, FR: 0.2, JP: 0.1, US: 0.07 };
let requests = 0;

const server = createServer((request, response) => {
  const country = /^\/rates\/(\w\w)$/.exec(request.url ?? '')?.[1];
  const rate = country === undefined ? undefined : rates[country];
  const latencyMs = 60 + ((requests++ * 17) % 41);
  setTimeout(() => {
    response.writeHead(rate === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(rate === undefined ? { error: 'unknown country' } : { rate }));
  }, latencyMs);
});

server.listen(Number(process.env['PORT'] ?? 3002), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  console.log(`tax-authority listening on http://127.0.0.1:${port}`);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
