import type { SourceSettings } from '../../engine/methods.ts';
import type { JaegerHeaders } from './jaegerHeaders.ts';
import { readSetting } from './settings.ts';

/** Where traces are read from, as the settings say now. */
export async function readSourceSettings(
  databasePath: string,
  headers: JaegerHeaders,
): Promise<SourceSettings> {
  if (readSetting('spanhop.source') === 'local') return { kind: 'local', databasePath };
  const url = readSetting('spanhop.jaeger.url');
  return {
    kind: 'jaeger',
    url,
    headers: await headers.read(url),
    timeoutMs: readSetting('spanhop.jaeger.timeoutSeconds') * 1_000,
    maxBytes: readSetting('spanhop.jaeger.maxResponseMegabytes') * 1_000_000,
    sampleSize: readSetting('spanhop.jaeger.sampleSize'),
  };
}

/** Settings after whose change the source is opened again. */
export const sourceSettingIds = ['spanhop.source', 'spanhop.jaeger'] as const;
