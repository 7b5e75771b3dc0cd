import type { Handlers } from '../protocol/rpc.ts';
import { discoverSource, openTraceSource } from '../sources/openSource.ts';
import { withFallbacks } from '../sources/search/withFallbacks.ts';
import type { EngineParts } from './engineParts.ts';
import type { EngineMethods } from './methods.ts';

type SourceMethods = Pick<
  EngineMethods,
  'openSource' | 'discoverSource' | 'checkSource' | 'services' | 'operations' | 'search'
>;

/** What is asked of the source of traces as it is. */
export function sourceMethods({
  sources,
  correlation,
  seenPaths,
  clock,
  log,
}: EngineParts): Handlers<SourceMethods> {
  const services = async (_: unknown, signal: AbortSignal) => {
    const names = await sources.source.services(signal);
    correlation.seeServices(names);
    return names;
  };
  return {
    openSource: (settings) => {
      // First: where the new source can't be opened, what the former one has is not its own.
      sources.dispose();
      correlation.setFigures(undefined, '');
      seenPaths.clear();
      const source = withFallbacks(openTraceSource(settings, { clock, log }));
      sources.replace(source);
      return { label: source.label, capabilities: source.capabilities };
    },
    discoverSource: (settings, signal) => discoverSource(settings, signal),
    checkSource: async (params, signal) => ({ services: await services(params, signal) }),
    services,
    operations: ({ service }, signal) => sources.source.operations(service, signal),
    search: (query, signal) => sources.source.search(query, signal),
  };
}
