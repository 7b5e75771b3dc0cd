import type { Operation } from '../../core/ports.ts';
import type { CqlRow } from './cql/rows.ts';
import type { CqlSession } from './cql/session.ts';

/** Sorted, each once. */
export async function readServices(
  cql: CqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const row of cql.rows('SELECT service_name FROM service_names', [], { signal }))
    names.push(textOf(row, 'service_name'));
  return [...new Set(names)].sort();
}

/** With their kinds; before Jaeger 1.16, which has another table, without. */
export async function readOperations(
  cql: CqlSession,
  service: string,
  signal: AbortSignal,
): Promise<readonly Operation[]> {
  const { tables } = await cql.server(signal);
  const newer = 'SELECT operation_name, span_kind FROM operation_names_v2 WHERE service_name = ?';
  const older = 'SELECT operation_name FROM operation_names WHERE service_name = ?';
  const found = tables.has('operation_names_v2') ? await read(cql, newer, service, signal) : [];
  return found.length === 0 && tables.has('operation_names')
    ? read(cql, older, service, signal)
    : found;
}

async function read(
  cql: CqlSession,
  query: string,
  service: string,
  signal: AbortSignal,
): Promise<readonly Operation[]> {
  const operations: Operation[] = [];
  for await (const row of cql.rows(query, [service], { signal }))
    operations.push({ name: textOf(row, 'operation_name'), kind: textOf(row, 'span_kind') });
  return operations;
}

function textOf(row: CqlRow, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}
