import { formatExactDuration } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { formatLastWindow } from '../../core/base/timeText.ts';
import { microseconds, type Microseconds } from '../../core/base/units.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import { timeUnits } from '../../core/trace/filter/timeLength.ts';
import type { SearchField } from '../targets.ts';

/** What the Traces view searches for. */
export interface SearchForm {
  /** Undefined: every service. */
  readonly service: string | undefined;
  readonly operation: string | undefined;
  readonly minDuration: Microseconds | undefined;
  readonly errorsOnly: boolean;
  readonly windowMinutes: number;
}

const part = /(\d+(?:[.,]\d+)?)\s*(us|µs|ms|s|min|m|h|d)/gi;
const parts = new RegExp(`^(?:${part.source}\\s*)+$`, 'i');

/**
 * A length of time as typed: `250ms`, `1.2 s`, `500us`, `2m`, `1 min 30 s`; a bare number is milliseconds.
 * @returns undefined when it isn't one.
 */
export function parseDuration(text: string): Microseconds | undefined {
  const typed = text.trim();
  const whole = /^[\d.,]+$/.test(typed) ? `${typed} ms` : typed;
  if (!parts.test(whole)) return undefined;
  const lengths = [...whole.matchAll(part)].map(
    ([, count = '', unit = '']) =>
      Number(count.replace(',', '.')) * (timeUnits[unit.toLowerCase()] ?? 0),
  );
  return microseconds(lengths.reduce((sum, length) => sum + length, 0));
}

/** The name of a field of the form. */
export function fieldName(field: SearchField): string {
  return {
    service: message('Service'),
    operation: message('Operation'),
    minDuration: message('Minimum duration'),
    errorsOnly: message('Errors only'),
    window: message('Time range'),
  }[field];
}

/** What a field of the form holds, in words. */
export function fieldValue(form: SearchForm, field: SearchField): string {
  switch (field) {
    case 'service':
      return shown(form.service);
    case 'operation':
      return shown(form.operation);
    case 'minDuration':
      return form.minDuration === undefined
        ? message('none')
        : formatExactDuration(form.minDuration);
    case 'errorsOnly':
      return form.errorsOnly ? message('yes') : message('no');
    case 'window':
      return formatLastWindow(form.windowMinutes);
  }
}

/** The whole form on one line, what isn't asked for left out: `shop-api · ≥ 250 ms · Last hour`. */
export function formSummary(form: SearchForm): string {
  const { service, operation, minDuration, errorsOnly } = form;
  return [
    ...(service === undefined ? [] : [shownName(service)]),
    ...(operation === undefined ? [] : [shownName(operation)]),
    ...(minDuration === undefined ? [] : [`≥ ${formatExactDuration(minDuration)}`]),
    ...(errorsOnly ? [fieldName('errorsOnly')] : []),
    fieldValue(form, 'window'),
  ].join(' · ');
}

/** A name of a service or operation on one line, whatever is in it. */
export const shownName = (name: string): string => visibleText(shortened(name, 120));

const shown = (name: string | undefined) => (name === undefined ? message('any') : shownName(name));
