import type { TraceQuery } from '../../core/ports.ts';

/** The service whose spans can meet the query, be it asked for as an attribute; undefined: of every service. */
export const soughtService = ({ service, attributes }: TraceQuery): string | undefined =>
  service ?? attributes?.find(({ key }) => key === 'service.name')?.value;
