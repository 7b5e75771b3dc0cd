import { parseArgs } from 'node:util';
import { drive, type TrafficReport } from './drive.mts';

const help = `Sends a shop's day of requests to a running sample.

  npm run traffic -- [--seed 1] [--rate 3] [--seconds 20] [--json]
                     [--shop http://127.0.0.1:3000] [--pricing http://127.0.0.1:3001]

The same seed, rate and seconds send the same requests. --json prints the report as JSON.`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    shop: { type: 'string', default: 'http://127.0.0.1:3000' },
    pricing: { type: 'string', default: 'http://127.0.0.1:3001' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(help);
else {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const report = await drive({
    urls: { 'shop-api': values.shop, 'pricing-api': values.pricing },
    seed: Number(values.seed),
    rate: Number(values.rate),
    seconds: Number(values.seconds),
    signal: stop.signal,
  });
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else print(report);
  process.exitCode = report.failures.length === 0 ? 0 : 1;
}

function print({ seed, visits, requests, seconds, routes, failures }: TrafficReport): void {
  console.log(`seed ${seed}: ${visits} visits, ${requests} requests in ${seconds} s\n`);
  for (const { service, method, route, count, statuses, meanMs, maxMs } of routes) {
    const codes = Object.entries(statuses).map(([code, times]) => `${code}×${times}`);
    const times = `mean ${meanMs.toFixed(0)} ms, max ${maxMs.toFixed(0)} ms`;
    console.log(
      `${`${method} ${route}`.padEnd(50)} ${String(count).padStart(4)}  ${service.padEnd(11)} ${times}  ${codes.join(' ')}`,
    );
  }
  for (const failure of failures) console.error(`no answer: ${failure}`);
}
