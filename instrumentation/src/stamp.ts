import type { Attributes } from '@opentelemetry/api';

import {
  codeAttributes,
  namesFromEnvironment,
  type AttributeNames,
  type Location,
} from './location.ts';
import type { StartedSpan } from './openTelemetry.ts';

let names: AttributeNames = namesFromEnvironment();
/** A location is stamped again and again. */
let known = new WeakMap<Location, Attributes>();

export function useNames(wanted: AttributeNames): void {
  names = wanted;
  known = new WeakMap();
}

/** Puts the location on a span that still runs; one that has a `code.*` location keeps it. */
export function stamp(span: StartedSpan, location: Location): void {
  if (saysItsFile(span) || !span.isRecording()) return;
  let attributes = known.get(location);
  if (attributes === undefined) {
    attributes = codeAttributes(location, names);
    known.set(location, attributes);
  }
  span.setAttributes(attributes);
}

const saysItsFile = ({ attributes }: StartedSpan) =>
  attributes?.['code.file.path'] !== undefined || attributes?.['code.filepath'] !== undefined;
