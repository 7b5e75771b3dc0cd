/**
 * What somebody saw on a dashboard: requests by method or status (`DELETE`, `DELETE 500`, `5xx`), or a part of a proxy
 * by its name (`orders@docker`).
 */
export type BehindQuestion =
  | {
      readonly kind: 'requests';
      /** Upper case; empty: any. */
      readonly method: string;
      /** `500`, or `5xx` for all that begin so; empty: any. */
      readonly status: string;
    }
  | { readonly kind: 'proxy'; readonly name: string };

const methods = new Set(
  'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT QUERY PURGE SEARCH PROPFIND REPORT'.split(
    ' ',
  ),
);

/** Undefined: nothing is asked. What is neither a method nor a status is a name. */
export function parseQuestion(text: string): BehindQuestion | undefined {
  const words = text.trim().split(/\s+/);
  const [first = '', second] = words;
  if (first === '') return undefined;
  const method = methods.has(first.toUpperCase()) ? first.toUpperCase() : '';
  const status = (method === '' ? first : (second ?? '')).toLowerCase();
  const isWhole = words.length === (method !== '' && status !== '' ? 2 : 1);
  return isWhole && (status === '' || isStatus(status))
    ? { kind: 'requests', method, status }
    : { kind: 'proxy', name: words.join(' ') };
}

const isStatus = (text: string): boolean => /^[1-5](?:\d\d|xx)$/.test(text);

/** As it is typed: `DELETE 500`. */
export const questionText = (question: BehindQuestion): string =>
  question.kind === 'proxy'
    ? question.name
    : [question.method, question.status].filter((part) => part !== '').join(' ');

/** Whether a request answered with `status` is one of `wanted`, which may be a class: `5xx`. */
export const fitsStatus = (status: number, wanted: string): boolean =>
  wanted.endsWith('xx')
    ? Math.floor(status / 100) === Number(wanted[0])
    : status === Number(wanted);
