import type { CodeIndex } from '../../src/core/code/model.ts';
import { matchTrace } from '../../src/core/correlate/ladder/matchTrace.ts';
import type { MatchOptions, SourceMapper } from '../../src/core/correlate/ladder/options.ts';
import type { SpanMatch } from '../../src/core/correlate/match.ts';
import { operationKeyOf } from '../../src/core/correlate/operationKey.ts';
import {
  resolveServiceFolders,
  routeShares,
  type ServiceFolders,
} from '../../src/core/correlate/serviceFolders.ts';
import { buildTrace } from '../../src/core/trace/build.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { Trace } from '../../src/core/trace/trace.ts';

export const noSourceMaps: MatchOptions = { pathMappings: [], sourceMapper: () => undefined };

export const withSourceMap = (sourceMapper: SourceMapper): MatchOptions => ({
  pathMappings: [],
  sourceMapper,
});

/** Folders of the services in `spans`, as an engine that knows these spans only finds them. */
export function foldersOf(spans: readonly RawSpan[], index: CodeIndex): ServiceFolders {
  const keys = spans.map(operationKeyOf).filter((key) => key !== undefined);
  const services = new Set(spans.map((span) => span.resource.service));
  return resolveServiceFolders(services, index.projects, {}, routeShares(keys, index));
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
  return { trace, matches: matchTrace(trace, index, foldersOf(spans, index), options) };
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
