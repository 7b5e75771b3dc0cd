import type { OtherCallSite } from '../../model.ts';
import type { CallLibrary, CallParts, RecordedCall } from '../callLibrary.ts';
import { packageCall } from '../packageCall.ts';
import { placeOf } from '../recordedCall.ts';
import { calledNames, fetchLike, type ClientCall } from './clientRequests.ts';
import { isClientModule, requestOf } from './httpClients.ts';
import type { HttpRequest } from './requestOptions.ts';

const clientText =
  /['"](?:axios|undici|got|ky|node-fetch|cross-fetch|superagent|(?:node:)?https?)['"]|\bfetch\s*\(/;
/** Pages in a browser ask as well: their code is read only where a service imports it. */
const pageText =
  /\b(?:window|document|localStorage|sessionStorage|navigator)\.|['"](?:react|preact|vue|svelte|solid-js|next|nuxt|@angular|@tanstack)[\/'"]|import\.meta\.env|\b(?:NEXT_PUBLIC|REACT_APP|VITE)_|['"]use client['"]/;

/** Requests to other services: `fetch`, axios and NestJS's HttpService, undici, got, ky, superagent and Node's own. */
export const httpLibrary: CallLibrary = {
  mentions: (text) => clientText.test(text) && !pageText.test(text),
  members: calledNames,
  globals: new Map([
    ['fetch', 2],
    ['globalThis', 2],
  ]),
  argumentsOf: (module) => (isClientModule(module) ? 2 : undefined),
  link: (parts, call) => {
    const { fact } = call;
    if (fact.name !== '' && fact.name !== '[]' && !calledNames.has(fact.name)) return undefined;
    const request = requestMade(parts, call);
    return request && siteOf(parts, call, request);
  },
};

function requestMade(parts: CallParts, call: RecordedCall): HttpRequest | undefined {
  const { fact, path, context } = call;
  const given = (position: number) => {
    const expression = fact.args?.[position];
    return expression === undefined ? undefined : { expression, path, self: context.self };
  };
  const { name, on } = fact;
  if ((name === '' && on === 'fetch') || (name === 'fetch' && on === 'globalThis')) {
    return parts.program.resolve(path, 'fetch')?.kind === undefined
      ? fetchLike(parts, { given })
      : fromPackage(parts, call, given);
  }
  return fromPackage(parts, call, given);
}

function fromPackage(
  parts: CallParts,
  call: RecordedCall,
  given: ClientCall['given'],
): HttpRequest | undefined {
  const of = packageCall(parts, call);
  if (!of) return undefined;
  const { made } = of.origin;
  const madeWith = (position: number) => {
    const expression = made?.args[position];
    return expression === undefined
      ? undefined
      : { ...made?.context, expression, path: made?.context.path ?? '' };
  };
  return requestOf(parts, { ...of, given, madeWith });
}

function siteOf(parts: CallParts, call: RecordedCall, { method, url }: HttpRequest): OtherCallSite {
  // One of several functions is called: `const send = isNew ? got.post : got.put`.
  const { name, on } = call.fact;
  const isOneOf = name === '' && typeof on === 'object' && on.kind === 'either';
  return {
    ...placeOf(parts, call),
    library: 'http',
    operation: isOneOf ? undefined : method,
    target: url?.replace(/[?#].*$/, '') || undefined,
  };
}
