import type { Resource } from '../../core/trace/rawSpan.ts';
import { readTags } from './readTags.ts';
import { expectObject, expectText } from './shape.ts';

/** The resources of one trace by Jaeger's process id (`p1`), each one object for all its spans. */
export function readProcesses(value: unknown, at: string): ReadonlyMap<string, Resource> {
  return new Map(
    Object.entries(expectObject(value, at)).map(([id, entry]) => {
      const process = expectObject(entry, `${at}.${id}`);
      const resource = {
        service: expectText(process['serviceName'], `${at}.${id}.serviceName`),
        attributes: readTags(process['tags'], `${at}.${id}.tags`),
      };
      return [id, resource];
    }),
  );
}
