import type { MatchOptions } from '../core/correlate/ladder/options.ts';

export const matchOptions: MatchOptions = { pathMappings: [], sourceMapper: () => undefined };
