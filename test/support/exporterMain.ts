import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { recordedTraces, replayTrace, sdkProvider } from './sdkSpans.ts';

/** A service with the real SDK, set up by OTEL_EXPORTER_OTLP_ENDPOINT: sends one trace and prints its id. Failing is no error. */
const exporter = new OTLPTraceExporter();
const provider = sdkProvider('users-api', new BatchSpanProcessor({ exporter }));
const id = replayTrace(provider, recordedTraces()[0]!, Date.now());
await provider.shutdown().catch(console.error);
process.stdout.write(id);
