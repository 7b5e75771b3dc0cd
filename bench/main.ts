/** `npm run bench -- [name]`: prints the figures of one bench, or of all; each is loaded when it runs. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  jaeger: () => import('./jaeger.ts').then(({ benchJaeger }) => benchJaeger()),
  jaegerFigures: () =>
    import('./jaegerFigures.ts').then(({ benchJaegerFigures }) => benchJaegerFigures()),
  jaegerRefresh: () =>
    import('./jaegerRefresh.ts').then(({ benchJaegerRefresh }) => benchJaegerRefresh()),
  backends: () => import('./backends.ts').then(({ benchBackends }) => benchBackends()),
  ingest: () => import('./ingest.ts').then(({ benchIngest }) => benchIngest()),
  trace: () => import('./trace.ts').then(({ benchTrace }) => benchTrace()),
  index: () => import('./index.ts').then(({ benchIndex }) => benchIndex()),
  companion: () => import('./companion.ts').then(({ benchCompanion }) => benchCompanion()),
  waterfall: () => import('./waterfall.ts').then(({ benchWaterfall }) => benchWaterfall()),
  mapping: () => import('./mapping.ts').then(({ benchMapping }) => benchMapping()),
};

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) {
    throw new Error(
      `No bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`,
    );
  }
  for (const [name, run] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n${name}`);
    await run();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
