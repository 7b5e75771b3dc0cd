import type { CodeIndex } from '../../src/core/code/model.ts';
import type { CodeLocation } from '../../src/core/code/location.ts';
import { matchTrace } from '../../src/core/matching/matchTrace.ts';
import type { MatchOptions } from '../../src/core/matching/options.ts';
import { SeenPaths } from '../../src/core/matching/files/seenPaths.ts';
import type { SpanMatch } from '../../src/core/matching/match.ts';
import { operationKeyOf } from '../../src/core/matching/operations/operationKey.ts';
import {
  resolveServiceFolders,
  routeShares,
  serviceProjects,
  type ServiceFolders,
} from '../../src/core/matching/serviceFolders.ts';
import { buildTrace } from '../../src/core/trace/build.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { Trace } from '../../src/core/trace/trace.ts';

const nothingSeen: ReadonlySet<string> = new Set();

export const noSourceMaps: MatchOptions = {
  pathMappings: [],
  sourceMapper: () => undefined,
  seenOf: () => nothingSeen,
};

/** With the map of each compiled file of these lines, wherever it is. */
export const withSourceMap = (
  locate: (path: string, line: number) => CodeLocation | undefined,
): MatchOptions => ({
  ...noSourceMaps,
  sourceMapper: (path, line) => {
    const location = locate(path, line);
    return location && { location, compiled: path };
  },
});

/** Folders of the services in `spans`, as an engine that knows these spans only finds them. */
export function foldersOf(spans: readonly RawSpan[], index: CodeIndex): ServiceFolders {
  const keys = spans.map(operationKeyOf).filter((key) => key !== undefined);
  const services = new Set(spans.map((span) => span.resource.service));
  return resolveServiceFolders(services, serviceProjects(index), {}, routeShares(keys, index));
}

export interface Mapped {
  readonly trace: Trace;
  readonly matches: readonly SpanMatch[];
}

export function mapSpans(
  spans: readonly RawSpan[],
  index: CodeIndex,
  options: MatchOptions = noSourceMaps,
): Mapped {
  const { trace } = buildTrace(spans);
  const seen = new SeenPaths();
  seen.add(spans);
  const withSeen = {
    ...options,
    seenOf: (service: string) => seen.byService.get(service) ?? nothingSeen,
  };
  return { trace, matches: matchTrace(trace, index, foldersOf(spans, index), withSeen) };
}

/** One line a row: the tree, how sure, where, and why; what golden files hold. */
export function describeMapping({ trace, matches }: Mapped): string {
  return matches
    .map((match, row) => {
      const indent = '  '.repeat(trace.columns.depth[row]!);
      const name = `${indent}${trace.spans[row]!.name}`;
      if (match.confidence === 'unmapped') return `${name}\n${indent}    unmapped: ${match.reason}`;
      const { path, line } = match.location;
      const others = match.alternatives.map(
        ({ symbol, location }) => `\n${indent}    or ${symbol} ${location.path}:${location.line}`,
      );
      return `${name}\n${indent}    ${match.confidence} ${match.symbol} ${path}:${line}: ${match.reason}${others.join('')}`;
    })
    .join('\n');
}
