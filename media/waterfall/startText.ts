import { useEffect, useState } from 'preact/hooks';
import { message } from '../../src/core/base/message.ts';
import type { TraceShape } from '../../src/core/trace/trace.ts';
import { toMilliseconds, type EpochMicroseconds } from '../../src/core/base/units.ts';

/** When a trace began, as the user's language writes it. */
export function startText(start: EpochMicroseconds): string {
  const started = new Date(toMilliseconds(start));
  if (Number.isNaN(started.getTime())) return message('unknown start');
  const language = document.documentElement.lang;
  return started.toLocaleString(language === '' ? undefined : language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
}

/** A frame after the rows: the first date that a page writes takes longer than they do. Empty until then. */
export function useStartText(shape: Pick<TraceShape, 'start'>): string {
  const { start } = shape;
  const [written, setWritten] = useState({ start, text: '' });
  useEffect(() => setWritten({ start, text: startText(start) }), [shape]);
  return Object.is(written.start, start) ? written.text : '';
}
