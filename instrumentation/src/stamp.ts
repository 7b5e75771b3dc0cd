import {
  codeAttributes,
  namesFromEnvironment,
  type AttributeNames,
  type Location,
} from './location.ts';
import type { StartedSpan } from './openTelemetry.ts';

let names: AttributeNames = namesFromEnvironment();
const stamped = new WeakMap<StartedSpan, Location>();

export function useNames(wanted: AttributeNames): void {
  names = wanted;
}

/** Puts the location on a span that still runs; one that has a `code.*` location keeps it. */
export function stamp(span: StartedSpan, location: Location): void {
  if (stamped.has(span) || !span.isRecording() || saysItsFile(span)) return;
  stamped.set(span, location);
  span.setAttributes(codeAttributes(location, names));
}

/** What `stamp` put on it. */
export const stampOf = (span: StartedSpan): Location | undefined => stamped.get(span);

const saysItsFile = ({ attributes }: StartedSpan) =>
  attributes?.['code.file.path'] !== undefined || attributes?.['code.filepath'] !== undefined;
