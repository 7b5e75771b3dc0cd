type Bench = (asJson: boolean, parts: readonly string[]) => Promise<unknown>;

/**
 * `npm run bench -- [name]…`: prints the figures of these benches, or of all; each is loaded when it runs. With `--json`
 * the one named prints JSON and nothing else: `backends` and `waterfall` can. Behind `waterfall` stand the traces that it
 * is to measure (`waterfall 10k 100k`); none: all. `waterfall --editor` measures in a window of the real editor as well.
 */
const benches: Readonly<Record<string, Bench>> = {
  jaeger: () => import('./jaeger.ts').then(({ benchJaeger }) => benchJaeger()),
  jaegerFigures: () =>
    import('./jaegerFigures.ts').then(({ benchJaegerFigures }) => benchJaegerFigures()),
  jaegerRefresh: () =>
    import('./jaegerRefresh.ts').then(({ benchJaegerRefresh }) => benchJaegerRefresh()),
  backends: (asJson) => import('./backends.ts').then(({ benchBackends }) => benchBackends(asJson)),
  ingest: () => import('./ingest.ts').then(({ benchIngest }) => benchIngest()),
  trace: () => import('./trace.ts').then(({ benchTrace }) => benchTrace()),
  index: () => import('./index.ts').then(({ benchIndex }) => benchIndex()),
  companion: () => import('./companion.ts').then(({ benchCompanion }) => benchCompanion()),
  waterfall: (asJson, traces) =>
    import('./waterfall.ts').then(({ benchWaterfall }) => benchWaterfall(asJson, traces)),
  mapping: () => import('./mapping.ts').then(({ benchMapping }) => benchMapping()),
  explain: () => import('./explain.ts').then(({ benchExplain }) => benchExplain()),
};

const printJson = ['backends', 'waterfall'];

async function main(given: readonly string[]): Promise<void> {
  const asJson = given.includes('--json');
  const asked = given.filter((argument) => argument !== '--json');
  const wanted = asked[0] === 'waterfall' ? ['waterfall'] : asked;
  const parts = asked[0] === 'waterfall' ? asked.slice(1) : [];
  const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) {
    throw new Error(
      `No bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`,
    );
  }
  if (asJson && !printJson.includes(wanted.join()))
    throw new Error('JSON is for one of backends and waterfall: bench -- backends --json');
  for (const [name, run] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    if (!asJson) console.log(`\n${name}`);
    await run(asJson, parts);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
