import {
  fromMilliseconds,
  fromMinutes,
  fromSeconds,
  microseconds,
  type Microseconds,
} from '../base/units.ts';

type TermBody =
  | {
      readonly field: 'text' | 'service' | 'operation' | 'kind' | 'status';
      /** Looked for anywhere, whatever its case. */
      readonly text: string;
      /** The whole of it, letter by letter; quotes aside. */
      readonly exact?: boolean;
    }
  | { readonly field: 'critical' }
  | {
      readonly field: 'duration';
      readonly comparison: '>' | '>=' | '<' | '<=';
      readonly than: Microseconds;
    };

/** One condition of a filter. */
export type FilterTerm = TermBody & { readonly negated: boolean };

const units = {
  µs: microseconds,
  us: microseconds,
  ms: fromMilliseconds,
  s: fromSeconds,
  m: fromMinutes,
} as const;

/** Words with their quoted parts: `-service:"shop api"`. A quote that isn't closed ends with the text. */
const word = /(?:[^\s"]|"[^"]*(?:"|$))+/gu;
const duration = /^(?:duration:)?(>=|<=|>|<)(\d+(?:\.\d+)?)(µs|us|ms|s|m)$/u;
const named = /^(service|operation|kind|status):(=?)(.+)$/su;

/**
 * The terms of a filter as a user types it; a span must meet all. `service:`, `operation:`, `kind:` and
 * `status:` look in that field (`service:=shop` for the whole name), `error` is `status:error`, `critical` is the critical path, `>100ms` (`<`,
 * `>=`, `<=`; µs, us, ms, s, m) compares the duration, a leading `-` turns a term round, quotes keep spaces
 * together, and everything else is text to be found in service or operation.
 */
export function parseSpanFilter(query: string): readonly FilterTerm[] {
  const words: readonly string[] = query.match(word) ?? [];
  return words.map((typed) => {
    const negated = typed.length > 1 && typed.startsWith('-');
    return { negated, ...parseTerm(negated ? typed.slice(1) : typed) };
  });
}

function parseTerm(typed: string): TermBody {
  const limit = duration.exec(typed);
  if (limit !== null) {
    const unit = limit[3] as keyof typeof units;
    return {
      field: 'duration',
      comparison: limit[1] as '>' | '>=' | '<' | '<=',
      than: units[unit](Number(limit[2])),
    };
  }
  if (typed === 'error') return { field: 'status', text: 'error' };
  if (typed === 'critical') return { field: 'critical' };
  const field = named.exec(typed);
  if (field !== null) {
    const [, name, equals, text = ''] = field;
    return { field: name as 'service', text: unquote(text), exact: equals === '=' };
  }
  return { field: 'text', text: unquote(typed) };
}

export const unquote = (text: string): string => text.replaceAll('"', '');
