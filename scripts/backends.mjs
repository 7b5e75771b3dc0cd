// `npm run backends -- up`: what teams run, for real, until Ctrl+C. Runs on Node 20 in a fresh clone.
import { parseArgs } from 'node:util';

import { continueUnderEditorNode, ensureInstalled, root } from './setup.mjs';

const help = `npm run backends -- up             starts Traefik, samples/shop with its Go service, a Collector, Jaeger 1.67 on
                                   Cassandra and Prometheus, with visitors; prints where each is; Ctrl+C stops all
npm run backends -- up --local     starts them from the cache even where Docker runs`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      local: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help || positionals.join() !== 'up') {
    console.log(help);
    process.exitCode = values.help ? 0 : 1;
  } else {
    await ensureInstalled(root, console.log);
    await continueUnderEditorNode();
    const { runBackends } = await import('./backends/main.ts');
    process.exitCode = await runBackends(values);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
