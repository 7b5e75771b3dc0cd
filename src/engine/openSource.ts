import type { Clock, Log, TraceSource } from '../core/ports.ts';
import { openFileSource } from '../sources/file/fileSource.ts';
import { openJaegerSource } from '../sources/jaeger/jaegerSource.ts';
import { openLocalSource } from '../sources/local/localSource.ts';
import type { SourceSettings } from './methods.ts';

/** The source the settings name; nothing is asked of it yet. */
export function openTraceSource(
  settings: SourceSettings,
  { clock, log }: { clock: Clock; log: Log },
): TraceSource {
  switch (settings.kind) {
    case 'local':
      return openLocalSource({ databasePath: settings.databasePath, log });
    case 'jaeger':
      return openJaegerSource({ ...settings, clock, log });
    case 'file':
      return openFileSource({ path: settings.path, clock });
  }
}
