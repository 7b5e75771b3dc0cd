import { watchTracerProvider } from './tracerProvider.ts';
import { watchModules } from './watchModules.ts';

export { codeLocation } from './callSite.ts';
export { CodeLocationProcessor, type CodeLocationOptions } from './codeLocationProcessor.ts';
export type { LocateSpan } from './locateSpan.ts';
export type { AttributeNames } from './location.ts';
export type { StartedSpan } from './openTelemetry.ts';
export { locatePrismaCalls } from './prismaCalls.ts';

/** What `@spanhop/otel/register` does: the same as the processor, without a change to the application's code. */
export function register(): void {
  watchTracerProvider();
  watchModules();
}
