import type { Clock, Log, TraceSource } from '../core/ports.ts';
import { openFileSource } from './file/fileSource.ts';
import { openJaegerSource } from './jaeger/jaegerSource.ts';
import { openLocalSource } from './local/localSource.ts';
import type { SourceKind, SourceSettings } from './registry.ts';

interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
}

/** Apart from the descriptors: whoever imports this carries what every source needs to be read. */
const openers: {
  readonly [Kind in SourceKind]: (options: SourceSettings<Kind> & Surroundings) => TraceSource;
} = {
  local: openLocalSource,
  jaeger: openJaegerSource,
  file: openFileSource,
};

/** The source the settings name; nothing is asked of it yet. */
export function openTraceSource<Kind extends SourceKind>(
  settings: SourceSettings<Kind>,
  surroundings: Surroundings,
): TraceSource {
  return openers[settings.kind]({ ...settings, ...surroundings });
}
