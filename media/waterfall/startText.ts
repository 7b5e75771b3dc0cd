import { useEffect, useState } from 'preact/hooks';
import { message } from '../../src/core/base/message.ts';
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
export function useStartText(start: EpochMicroseconds): string {
  const [text, setText] = useState('');
  useEffect(() => setText(startText(start)), [start]);
  return text;
}
