/**
 * `npm run bench -- [name]…`: prints the figures of these benches, or of all; each is loaded when it runs. With `--json`
 * the one named prints JSON and nothing else: `backends` can.
 */
const benches: Readonly<Record<string, (asJson: boolean) => Promise<unknown>>> = {
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
  waterfall: () => import('./waterfall.ts').then(({ benchWaterfall }) => benchWaterfall()),
  mapping: () => import('./mapping.ts').then(({ benchMapping }) => benchMapping()),
  explain: () => import('./explain.ts').then(({ benchExplain }) => benchExplain()),
};

async function main(given: readonly string[]): Promise<void> {
  const asJson = given.includes('--json');
  const wanted = given.filter((argument) => argument !== '--json');
  const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) {
    throw new Error(
      `No bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`,
    );
  }
  if (asJson && wanted.join() !== 'backends')
    throw new Error('Only backends prints JSON: npm run --silent bench -- backends --json');
  for (const [name, run] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    if (!asJson) console.log(`\n${name}`);
    await run(asJson);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
