// `npm run demo`: the shop sample with traffic, and VS Code on it. Runs on Node 20 in a fresh clone.
import { parseArgs } from 'node:util';

import { continueUnderEditorNode, ensureInstalled, root } from './setup.mjs';

const help = `npm run demo                 opens VS Code on samples/shop, with traffic
npm run demo -- --once       prints the slowest endpoints and a trace, without a window
npm run demo -- --browser    opens the editor in the browser, even if VS Code is installed
npm run demo -- --jaeger     uses a real Jaeger 1.67 instead of Local traces
npm run demo -- --chain      uses what teams run: Traefik, a Go service, a Collector, and Jaeger on Cassandra`;

try {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      jaeger: { type: 'boolean', default: false },
      chain: { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(help);
  else {
    await ensureInstalled(root, console.log);
    await continueUnderEditorNode();
    const { runDemo } = await import('./demo/main.ts');
    process.exitCode = await runDemo(values);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
