import type { Attributes } from '@opentelemetry/api';

/** A place in source code; lines and columns count from 1. */
export interface Location {
  /** `OrdersService.remove`; undefined inside functions without a name. */
  readonly functionName: string | undefined;
  readonly path: string;
  /** Undefined where the running code is compiled and nothing tells the line of its source. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** `stable`: `code.function.name` and so on. `both`: also `code.function`, `code.namespace`, `code.filepath`, `code.lineno`. */
export type AttributeNames = 'stable' | 'both';

/** The `code.*` attributes of OpenTelemetry's semantic conventions, of 1.33 and, for `both`, of before. */
export function codeAttributes(
  { functionName, path, line, column }: Location,
  names: AttributeNames,
): Attributes {
  const stable: Attributes = { 'code.file.path': path };
  if (functionName !== undefined) stable['code.function.name'] = functionName;
  if (line !== undefined) stable['code.line.number'] = line;
  if (column !== undefined) stable['code.column.number'] = column;
  if (names === 'stable') return stable;
  const old: Attributes = { 'code.filepath': path };
  const dot = functionName?.lastIndexOf('.') ?? -1;
  if (functionName !== undefined) old['code.function'] = functionName.slice(dot + 1);
  if (functionName !== undefined && dot > 0) old['code.namespace'] = functionName.slice(0, dot);
  if (line !== undefined) old['code.lineno'] = line;
  if (column !== undefined) old['code.column'] = column;
  return { ...stable, ...old };
}

/** As OpenTelemetry's SDKs let users choose: `OTEL_SEMCONV_STABILITY_OPT_IN` with `code/dup` asks for both. */
export function namesFromEnvironment(): AttributeNames {
  const chosen = process.env['OTEL_SEMCONV_STABILITY_OPT_IN']?.split(',') ?? [];
  return chosen.some((one) => one.trim() === 'code/dup') ? 'both' : 'stable';
}
