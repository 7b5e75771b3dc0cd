import { parseArgs } from 'node:util';

import { errorText } from '../core/base/errorText.ts';
import { UsageError } from '../core/base/usageError.ts';
import { parseQuestion } from '../core/correlate/behind/question.ts';
import type { EndpointOrder } from '../core/correlate/figures/figureOrder.ts';
import { pastedTraceId } from '../core/trace/pastedTraceId.ts';
import { parseTraceId } from '../core/trace/traceId.ts';
import { documentOf, type SourceSettings } from '../sources/registry.ts';
import { wholeNumber, windowMinutes } from './argumentValues.ts';
import { readCompareArguments, type CompareArguments } from './compareArguments.ts';
import { sourceChoices, sourceOf, sourceOptions, withEmptyValues } from './sourceFlags.ts';
import {
  readTracesCommand,
  refuseTracesOptions,
  tracesOptions,
  type TracesCommand,
} from './tracesCommand.ts';

interface CodeOptions {
  readonly dir: string;
  readonly services: Readonly<Record<string, string>>;
  readonly pathMappings: Readonly<Record<string, string>>;
  readonly json: boolean;
}

/** What was asked for. */
export type CommandLine =
  | { readonly command: 'help' | 'version' }
  | ({ readonly command: 'index' } & CodeOptions)
  | TracesCommand
  | ({
      readonly command: 'endpoints';
      readonly source: SourceSettings;
      /** Those behind a method, status or proxy's part: `DELETE 500`; undefined: all. */
      readonly behind: string | undefined;
      /** Minutes back from now; undefined: everything there is. */
      readonly windowMinutes: number | undefined;
      readonly sort: EndpointOrder;
      readonly limit: number;
      readonly all: boolean;
    } & CodeOptions)
  | ({
      readonly command: 'explain';
      readonly source: SourceSettings;
      /** An endpoint as people name it, or one trace. */
      readonly about: { readonly asked: string } | { readonly traceId: string };
      /** Minutes back from now; undefined: everything there is. */
      readonly windowMinutes: number | undefined;
    } & CodeOptions)
  | ({
      readonly command: 'compare';
      /** Of the traces that are named by ID. */
      readonly source: SourceSettings;
      readonly traces: CompareArguments['traces'];
    } & CodeOptions)
  | ({
      readonly command: 'report';
      readonly source: SourceSettings;
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
      readonly source: SourceSettings;
      /** Undefined: the traces of the file. */
      readonly traceId: string | undefined;
      readonly limit: number;
      readonly all: boolean;
    } & CodeOptions);

const options = {
  ...tracesOptions,
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
  behind: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Flags = ReturnType<typeof parse>['values'];

const isTraceId = (text: string): boolean => parseTraceId(text) !== undefined;

/** The ID for what else names a trace: the address of its page, a header or a log line. */
const withTraceId = (text: string): string =>
  isTraceId(text) ? text : (pastedTraceId(text) ?? text);

/** `add` and `feed` are handlers: what is written of an ID has digits. */
const isWord = (text: string): boolean => /^[a-f]{1,15}$/i.test(text);

/** @throws UsageError one sentence: what is wrong and how it is written. */
export function readCommandLine(
  args: readonly string[],
  isFile: (path: string) => boolean,
): CommandLine {
  const { values, positionals } = parse(withEmptyValues(args));
  if (values.version === true) return { command: 'version' };
  const [command, ...named] = positionals;
  const [subject, ...rest] = named.map((text) => (isFile(text) ? text : withTraceId(text)));
  if (values.help === true || command === undefined || command === 'help')
    return { command: 'help' };
  if (rest[0] !== undefined && command !== 'explain' && command !== 'compare')
    throw new UsageError(`Unexpected argument "${rest[0]}" for ${command}.`);
  if (command !== 'traces') refuseTracesOptions(command, values);
  switch (command) {
    case 'index':
      return { command, ...codeOptions(values), dir: subject ?? values.dir ?? '.' };
    case 'endpoints':
      return endpoints(values, subject);
    case 'explain':
      return explain(values, subject, rest, isFile);
    case 'compare':
      return compare(values, subject === undefined ? [] : [subject, ...rest], isFile);
    case 'traces':
      return readTracesCommand(values, chosenSource(values, subject));
    case 'map':
      if (values.report === true) return report(values, subject, isFile);
      return oneTrace(command, values, subject, isFile);
    case 'trace':
      return oneTrace(command, values, subject, isFile);
    default:
      throw new UsageError(
        `Unknown command "${command}". Use index, endpoints, explain, compare, traces, trace or map.`,
      );
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: { ...sourceOptions, ...options }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(errorText(error).replaceAll('\n', ' '));
  }
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
  const source = chosenSource(flags, file);
  if (flags.behind !== undefined && parseQuestion(flags.behind) === undefined)
    throw new UsageError("--behind requires a method, status or name, for example 'DELETE 500'.");
  if (flags.behind !== undefined && flags.sort !== undefined)
    throw new UsageError("--sort can't be used with --behind, which sorts by total time.");
  return {
    command: 'endpoints',
    source,
    behind: flags.behind,
    windowMinutes: windowMinutes(flags.window ?? (documentOf(source) === undefined ? '1h' : 'all')),
    sort: orderOf(flags.sort ?? 'p95'),
    limit: wholeNumber('--limit', flags.limit ?? '20'),
    all: flags.all ?? false,
    ...codeOptions(flags),
  };
}

function explain(
  flags: Flags,
  subject: string | undefined,
  [file, ...rest]: readonly string[],
  isFile: (path: string) => boolean,
): CommandLine {
  if (subject === undefined || subject.trim() === '')
    throw new UsageError(
      "explain requires an endpoint or a trace ID, for example 'DELETE /orders/:id'.",
    );
  if (rest[0] !== undefined) throw new UsageError(`Unexpected argument "${rest[0]}" for explain.`);
  const source = chosenSource(flags, file);
  const isId = isTraceId(subject) && !isWord(subject) && !isFile(subject);
  return {
    command: 'explain',
    source,
    about: isId ? { traceId: subject } : { asked: subject },
    windowMinutes: windowMinutes(flags.window ?? (documentOf(source) === undefined ? '1h' : 'all')),
    ...codeOptions(flags),
  };
}

function compare(
  flags: Flags,
  args: readonly string[],
  isFile: (path: string) => boolean,
): CommandLine {
  const { traces, source } = readCompareArguments(args, (text) => isTraceId(text) && !isFile(text));
  return { command: 'compare', source: chosenSource(flags, source), traces, ...codeOptions(flags) };
}

function report(
  flags: Flags,
  subject: string | undefined,
  isFile: (path: string) => boolean,
): CommandLine {
  if (subject !== undefined && isTraceId(subject) && !isFile(subject))
    throw new UsageError(`--report can't be used with a trace ID. Use ${sourceChoices}.`);
  const source = chosenSource(flags, subject);
  const isDocument = documentOf(source) !== undefined;
  return {
    command: 'report',
    source,
    windowMinutes: windowMinutes(flags.window ?? (isDocument ? 'all' : '1h')),
    only: flags.only,
    limit: wholeNumber('--limit', flags.limit ?? (isDocument ? '100000' : '1000')),
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
    source: chosenSource(flags, isId ? undefined : subject),
    traceId: isId ? subject : undefined,
    limit: wholeNumber('--limit', limit),
    all: flags.all ?? false,
    ...codeOptions(flags),
  };
}

function chosenSource(flags: Flags, argument: string | undefined): SourceSettings {
  return sourceOf(flags, argument, wholeNumber('--timeout', flags.timeout ?? '20') * 1_000);
}

function split(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0
    ? [text, undefined]
    : [text.slice(0, index).trim(), text.slice(index + at.length)];
}

function orderOf(text: string): EndpointOrder {
  if (text === 'p95' || text === 'total' || text === 'errors' || text === 'count') return text;
  throw new UsageError(`Invalid --sort "${text}". Use p95, total, errors or count.`);
}
