import type { Log } from '../../core/ports.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { readSetting } from '../settings/settings.ts';
import { anyTrace, TraceSearch } from './traceSearch.ts';

/** The search of the Traces view, for every trace of the window in the settings. */
export function openTraceSearch(engine: EngineSession, log: Log): TraceSearch {
  const windowMinutes = readSetting('spanhop.windowMinutes');
  return new TraceSearch(engine, log, { ...anyTrace, order: 'newest', windowMinutes });
}
