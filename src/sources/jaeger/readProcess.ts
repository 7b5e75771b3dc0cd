import type { Resource } from '../../core/trace/rawSpan.ts';
import { readTags } from './readTags.ts';
import { expectObject, expectText, ShapeError } from '../json/shape.ts';

/**
 * The resources of one trace by Jaeger's process id (`p1`), each one object for all its spans. One that
 * doesn't fit goes to `drop`, and its spans have none.
 */
export function readProcesses(
  value: unknown,
  at: string,
  drop: (error: ShapeError) => void,
): ReadonlyMap<string, Resource> {
  const resources = new Map<string, Resource>();
  for (const [id, process] of Object.entries(expectObject(value, at))) {
    try {
      resources.set(id, readProcess(process, `${at}.${id}`));
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      drop(error);
    }
  }
  return resources;
}

/** @throws ShapeError with the place */
export function readProcess(value: unknown, at: string): Resource {
  const process = expectObject(value, at);
  return {
    service: expectText(process['serviceName'], `${at}.serviceName`),
    attributes: readTags(process['tags'], `${at}.tags`),
  };
}
