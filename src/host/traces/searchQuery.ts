import type { DurationRange } from '../../core/base/durationRange.ts';
import { formatExactDuration } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { formatLastWindow } from '../../core/base/timeText.ts';
import type { Microseconds } from '../../core/base/units.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { SoughtAttribute, TraceQuery } from '../../core/ports.ts';
import { parseTimeLength } from '../../core/trace/filter/timeLength.ts';
import { searchFields, type SearchField } from '../targets.ts';
import { attributesText } from './attributesText.ts';

/** What the Traces view searches for. */
export interface SearchForm {
  /** Undefined: every service. */
  readonly service: string | undefined;
  readonly operation: string | undefined;
  /** Empty: any. */
  readonly attributes: readonly SoughtAttribute[];
  readonly minDuration: Microseconds | undefined;
  readonly maxDuration: Microseconds | undefined;
  /** How long the traces took that are listed, where minimum and maximum are of a span. Undefined: any. */
  readonly traceDuration: DurationRange | undefined;
  readonly errorsOnly: boolean;
  /** By when they began, or by how long they took. */
  readonly order: NonNullable<TraceQuery['order']>;
  readonly windowMinutes: number;
}

/**
 * A length of time as typed: `250ms`, `1.2 s`, `500us`, `2m`, `1 min 30 s`; a bare number is milliseconds.
 * @returns undefined when it isn't one.
 */
export function parseDuration(text: string): Microseconds | undefined {
  const typed = text.trim();
  return parseTimeLength(/^[\d.,]+$/.test(typed) ? `${typed}ms` : typed)?.length;
}

/** A range as typed: `100ms - 200ms`. @returns undefined when it isn't one, or none is in it. */
export function parseDurationRange(text: string): DurationRange | undefined {
  const [from, to, ...rest] = text.split(/[-–~]/).map(parseDuration);
  if (from === undefined || to === undefined || rest.length > 0 || from >= to) return undefined;
  return { from, to };
}

/** The same as text. */
export const rangeText = ({ from, to }: DurationRange): string =>
  `${formatExactDuration(from)} – ${formatExactDuration(to)}`;

/** Fields that the form shows only while something is asked for by them: a view has few rows. */
const rareFields = ['attributes', 'minDuration', 'maxDuration', 'traceDuration'] as const;

/** The fields of the form that have no row in it. */
export const hiddenFields = (form: SearchForm): readonly SearchField[] =>
  rareFields.filter((field) =>
    field === 'attributes' ? form.attributes.length === 0 : form[field] === undefined,
  );

/** The fields of the form that have a row in it. */
export function shownFields(form: SearchForm): readonly SearchField[] {
  const hidden = hiddenFields(form);
  return searchFields.filter((field) => !hidden.includes(field));
}

/** The name of a field of the form. */
export function fieldName(field: SearchField): string {
  return {
    service: message('Service'),
    operation: message('Operation'),
    attributes: message('Attributes'),
    minDuration: message('Minimum duration'),
    maxDuration: message('Maximum duration'),
    traceDuration: message('Trace duration'),
    errorsOnly: message('Errors only'),
    order: message('Sort by'),
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
    case 'attributes':
      return form.attributes.length === 0 ? message('any') : shownAttributes(form);
    case 'minDuration':
    case 'maxDuration': {
      const duration = form[field];
      return duration === undefined ? message('none') : formatExactDuration(duration);
    }
    case 'traceDuration':
      return form.traceDuration ? rangeText(form.traceDuration) : message('any');
    case 'errorsOnly':
      return form.errorsOnly ? message('yes') : message('no');
    case 'order':
      return form.order === 'slowest' ? message('slowest first') : message('latest first');
    case 'window':
      return formatLastWindow(form.windowMinutes);
  }
}

/** The whole form on one line, what isn't asked for left out: `shop-api · ≥ 250 ms · Last hour`. */
export function formSummary(form: SearchForm): string {
  const { service, operation, attributes, minDuration, maxDuration } = form;
  const { traceDuration, errorsOnly } = form;
  return [
    ...(service === undefined ? [] : [shownName(service)]),
    ...(operation === undefined ? [] : [shownName(operation)]),
    ...(attributes.length === 0 ? [] : [shownAttributes(form)]),
    ...(minDuration === undefined ? [] : [`≥ ${formatExactDuration(minDuration)}`]),
    ...(maxDuration === undefined ? [] : [`≤ ${formatExactDuration(maxDuration)}`]),
    ...(traceDuration === undefined ? [] : [rangeText(traceDuration)]),
    ...(errorsOnly ? [fieldName('errorsOnly')] : []),
    ...(form.order === 'slowest' ? [fieldValue(form, 'order')] : []),
    fieldValue(form, 'window'),
  ].join(' · ');
}

/** A name of a service or operation on one line, whatever is in it. */
export const shownName = (name: string): string => visibleText(shortened(name, 120));

const shownAttributes = ({ attributes }: SearchForm): string =>
  shownName(attributesText(attributes));

const shown = (name: string | undefined) => (name === undefined ? message('any') : shownName(name));
