import type { EpochMicroseconds } from '../core/base/units.ts';
import type { SoughtAttribute, TraceQuery } from '../core/ports.ts';
import { documentOf, type SourceSettings } from '../sources/registry.ts';
import { durationOf, pointInTime, wholeNumber, windowMinutes } from './argumentValues.ts';
import { UsageError } from '../core/base/usageError.ts';

/** Minutes back from now (undefined: everything there is), or between two points in time. */
export type SearchTime =
  | { readonly minutes: number | undefined }
  | { readonly from: EpochMicroseconds | undefined; readonly to: EpochMicroseconds | undefined };

/** `spanhop traces`: what to search for, and where. */
export interface TracesCommand {
  readonly command: 'traces';
  readonly source: SourceSettings;
  readonly query: Omit<TraceQuery, 'window'>;
  readonly time: SearchTime;
  readonly json: boolean;
}

/** Options that no other command takes. */
export const tracesOptions = {
  operation: { type: 'string' },
  attribute: { type: 'string', multiple: true },
  'min-duration': { type: 'string' },
  'max-duration': { type: 'string' },
  errors: { type: 'boolean' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

interface Flags {
  readonly operation?: string | undefined;
  readonly attribute?: readonly string[] | undefined;
  readonly 'min-duration'?: string | undefined;
  readonly 'max-duration'?: string | undefined;
  readonly errors?: boolean | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly service?: readonly string[] | undefined;
  readonly window?: string | undefined;
  readonly sort?: string | undefined;
  readonly limit?: string | undefined;
  readonly json?: boolean | undefined;
}

/** @throws UsageError one sentence: what is wrong and how it is written. */
export function readTracesCommand(flags: Flags, source: SourceSettings): TracesCommand {
  return {
    command: 'traces',
    source,
    query: {
      service: serviceOf(flags.service),
      operation: flags.operation,
      attributes: (flags.attribute ?? []).map(attributeOf),
      ...durationsOf(flags),
      errorsOnly: flags.errors ?? false,
      limit: wholeNumber('--limit', flags.limit ?? '20'),
      order: orderOf(flags.sort ?? 'newest'),
    },
    time: timeOf(flags, source),
    json: flags.json ?? false,
  };
}

/** @throws UsageError where an option of `traces` is given to another command, which would leave it out silently. */
export function refuseTracesOptions(command: string, flags: Flags): void {
  for (const name of Object.keys(tracesOptions) as (keyof typeof tracesOptions)[])
    if (flags[name] !== undefined)
      throw new UsageError(`--${name} can't be used with ${command}, only with traces.`);
}

function serviceOf(names: readonly string[] = []): string | undefined {
  if (names.length > 1) throw new UsageError('Use --service only once with traces.');
  return names[0];
}

function attributeOf(text: string): SoughtAttribute {
  const at = text.indexOf('=');
  const key = text.slice(0, Math.max(0, at)).trim();
  if (key === '') throw new UsageError(`Invalid --attribute "${text}". Use KEY=VALUE.`);
  return { key, value: text.slice(at + 1) };
}

function durationsOf(flags: Flags): Pick<TraceQuery, 'minDuration' | 'maxDuration'> {
  const read = (flag: 'min-duration' | 'max-duration') => {
    const text = flags[flag];
    return text === undefined ? undefined : durationOf(`--${flag}`, text);
  };
  const [minDuration, maxDuration] = [read('min-duration'), read('max-duration')];
  if (minDuration !== undefined && maxDuration !== undefined && minDuration > maxDuration)
    throw new UsageError("--min-duration can't be longer than --max-duration.");
  return { minDuration, maxDuration };
}

function timeOf(flags: Flags, source: SourceSettings): SearchTime {
  const { from, to, window } = flags;
  if (from === undefined && to === undefined)
    return { minutes: windowMinutes(window ?? (documentOf(source) === undefined ? '1h' : 'all')) };
  if (window !== undefined) throw new UsageError('Use either --window or --from and --to.');
  const time = {
    from: from === undefined ? undefined : pointInTime('--from', from),
    to: to === undefined ? undefined : pointInTime('--to', to),
  };
  if (time.from !== undefined && time.to !== undefined && time.from > time.to)
    throw new UsageError("--from can't be later than --to.");
  return time;
}

function orderOf(text: string): 'newest' | 'slowest' {
  if (text === 'newest' || text === 'slowest') return text;
  throw new UsageError(`Invalid --sort "${text}". Use newest or slowest.`);
}
