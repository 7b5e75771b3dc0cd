import { parseArgs } from 'node:util';

import { isHeaderName, isHeaderValue } from '../core/base/httpHeader.ts';
import type { EndpointOrder } from '../core/correlate/figureOrder.ts';
import { parseTraceId } from '../core/trace/traceId.ts';
import type { SourceSettings } from '../engine/methods.ts';
import { UsageError } from './usageError.ts';

interface CodeOptions {
  readonly dir: string;
  readonly services: Readonly<Record<string, string>>;
  readonly pathMappings: Readonly<Record<string, string>>;
  readonly json: boolean;
}

/** What was asked for. A `source` of undefined: Local traces, wherever they are. */
export type CommandLine =
  | { readonly command: 'help' | 'version' }
  | ({ readonly command: 'index' } & CodeOptions)
  | ({
      readonly command: 'endpoints';
      readonly source: SourceSettings | undefined;
      /** Minutes back from now; undefined: everything there is. */
      readonly windowMinutes: number | undefined;
      readonly sort: EndpointOrder;
      readonly limit: number;
      readonly all: boolean;
    } & CodeOptions)
  | ({
      readonly command: 'report';
      readonly source: SourceSettings | undefined;
      /** Minutes back from now; undefined: everything there is. */
      readonly windowMinutes: number | undefined;
      /** The service whose spans count; undefined: all. */
      readonly only: string | undefined;
      /** Traces at most. */
      readonly limit: number;
      readonly all: boolean;
    } & CodeOptions)
  | ({
      readonly command: 'trace' | 'map';
      readonly source: SourceSettings | undefined;
      /** Undefined: the traces of the file. */
      readonly traceId: string | undefined;
      readonly limit: number;
      readonly all: boolean;
    } & CodeOptions);

const options = {
  jaeger: { type: 'string' },
  header: { type: 'string', multiple: true },
  local: { type: 'string' },
  dir: { type: 'string' },
  service: { type: 'string', multiple: true },
  'path-mapping': { type: 'string', multiple: true },
  json: { type: 'boolean' },
  window: { type: 'string' },
  sort: { type: 'string' },
  limit: { type: 'string' },
  all: { type: 'boolean' },
  timeout: { type: 'string' },
  report: { type: 'boolean' },
  only: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Flags = ReturnType<typeof parse>['values'];

const maxBytes = 256 * 1_024 * 1_024;
const sampleSize = 500;

const isTraceId = (text: string): boolean => parseTraceId(text) !== undefined;

/** @throws UsageError one sentence: what is wrong and how it is written. */
export function readCommandLine(
  args: readonly string[],
  isFile: (path: string) => boolean,
): CommandLine {
  const { values, positionals } = parse(localAsValue(args));
  if (values.version === true) return { command: 'version' };
  const [command, subject, ...rest] = positionals;
  if (values.help === true || command === undefined || command === 'help')
    return { command: 'help' };
  if (rest[0] !== undefined)
    throw new UsageError(`Unexpected argument "${rest[0]}" for ${command}.`);
  switch (command) {
    case 'index':
      return { command, ...codeOptions(values), dir: subject ?? values.dir ?? '.' };
    case 'endpoints':
      return endpoints(values, subject);
    case 'map':
      if (values.report === true) return report(values, subject, isFile);
      return oneTrace(command, values, subject, isFile);
    case 'trace':
      return oneTrace(command, values, subject, isFile);
    default:
      throw new UsageError(`Unknown command "${command}". Use index, endpoints, trace or map.`);
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `--local` may stand alone or before a database: `parseArgs` wants a value always. */
function localAsValue(args: readonly string[]): string[] {
  return args.flatMap((argument, index) => {
    const isDatabase = /\.(db|sqlite3?)$/;
    if (argument === '--local') {
      const next = args[index + 1];
      return next !== undefined && isDatabase.test(next) ? [`--local=${next}`] : ['--local='];
    }
    return args[index - 1] === '--local' && isDatabase.test(argument) ? [] : [argument];
  });
}

function codeOptions(flags: Flags): CodeOptions {
  return {
    dir: flags.dir ?? '.',
    services: foldersOf('--service', 'NAME=FOLDER', flags.service),
    pathMappings: foldersOf('--path-mapping', 'FROM=FOLDER', flags['path-mapping']),
    json: flags.json ?? false,
  };
}

function foldersOf(
  flag: string,
  form: string,
  texts: readonly string[] = [],
): Readonly<Record<string, string>> {
  const entries = texts.map((text): [string, string] => {
    const [name, folder] = split(text, '=');
    if (name === '' || folder === undefined)
      throw new UsageError(`Invalid ${flag} "${text}". Use ${form}.`);
    return [name, folder];
  });
  return Object.fromEntries(entries);
}

function endpoints(flags: Flags, file: string | undefined): CommandLine {
  const source = sourceOf(flags, file);
  return {
    command: 'endpoints',
    source,
    windowMinutes: windowMinutes(flags.window ?? (source?.kind === 'file' ? 'all' : '1h')),
    sort: orderOf(flags.sort ?? 'p95'),
    limit: wholeNumber('--limit', flags.limit ?? '20'),
    all: flags.all ?? false,
    ...codeOptions(flags),
  };
}

function report(
  flags: Flags,
  subject: string | undefined,
  isFile: (path: string) => boolean,
): CommandLine {
  if (subject !== undefined && isTraceId(subject) && !isFile(subject))
    throw new UsageError(
      "--report can't be used with a trace ID. Use a file, --jaeger or --local.",
    );
  const source = sourceOf(flags, subject);
  const isOfFile = source?.kind === 'file';
  return {
    command: 'report',
    source,
    windowMinutes: windowMinutes(flags.window ?? (isOfFile ? 'all' : '1h')),
    only: flags.only,
    limit: wholeNumber('--limit', flags.limit ?? (isOfFile ? '100000' : '1000')),
    all: flags.all ?? false,
    ...codeOptions(flags),
  };
}

function oneTrace(
  command: 'trace' | 'map',
  flags: Flags,
  subject: string | undefined,
  isFile: (path: string) => boolean,
): CommandLine {
  if (subject === undefined)
    throw new UsageError(`${command} requires a trace ID or a trace file.`);
  const isId = isTraceId(subject) && !isFile(subject);
  const limit = flags.limit ?? (command === 'trace' ? '5' : '100000');
  return {
    command,
    source: sourceOf(flags, isId ? undefined : subject),
    traceId: isId ? subject : undefined,
    limit: wholeNumber('--limit', limit),
    all: flags.all ?? false,
    ...codeOptions(flags),
  };
}

function sourceOf(flags: Flags, file: string | undefined): SourceSettings | undefined {
  const { jaeger, local, header } = flags;
  const named = [jaeger, local, file].filter((source) => source !== undefined);
  if (named.length > 1)
    throw new UsageError('Use only one trace source: --jaeger, --local or a file.');
  if (header !== undefined && jaeger === undefined)
    throw new UsageError('--header requires --jaeger.');
  if (jaeger !== undefined) {
    return {
      kind: 'jaeger',
      url: jaeger,
      headers: Object.fromEntries((header ?? []).map(headerOf)),
      timeoutMs: wholeNumber('--timeout', flags.timeout ?? '20') * 1_000,
      maxBytes,
      sampleSize,
    };
  }
  if (file !== undefined) return { kind: 'file', path: file };
  return local === undefined || local === '' ? undefined : { kind: 'local', databasePath: local };
}

function headerOf(text: string): [string, string] {
  const [name, value] = split(text, ':');
  // The text may be a secret: it isn't repeated.
  if (name === '' || value === undefined)
    throw new UsageError("Invalid --header. Use 'Name: text'.");
  if (!isHeaderName(name) || !isHeaderValue(value.trim()))
    throw new UsageError(
      'Invalid --header. Use letters, digits and dashes in the name, and printable ASCII on one line in the text.',
    );
  return [name, value.trim()];
}

function split(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0
    ? [text, undefined]
    : [text.slice(0, index).trim(), text.slice(index + at.length)];
}

function windowMinutes(text: string): number | undefined {
  if (text === 'all') return undefined;
  const [, amount = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const minutes = { m: 1, h: 60, d: 1_440 }[unit];
  if (minutes === undefined || Number(amount) === 0)
    throw new UsageError(`Invalid --window "${text}". Use 15m, 1h, 7d or all.`);
  return Number(amount) * minutes;
}

function orderOf(text: string): EndpointOrder {
  if (text === 'p95' || text === 'total' || text === 'errors' || text === 'count') return text;
  throw new UsageError(`Invalid --sort "${text}". Use p95, total, errors or count.`);
}

function wholeNumber(flag: string, text: string): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number > 0) return number;
  throw new UsageError(`Invalid ${flag} "${text}". Use a whole number from 1.`);
}
