import type { OtherCallSite } from '../../model.ts';
import type { CallLibrary, CallParts, RecordedCall } from '../callLibrary.ts';
import { argumentOf, clientCall } from '../clientCall.ts';
import { placeOf } from '../recordedCall.ts';
import { calledNames, fetchLike } from './clientRequests.ts';
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
  const { name, on } = call.fact;
  const isGlobal = (name === '' && on === 'fetch') || (name === 'fetch' && on === 'globalThis');
  if (isGlobal && parts.program.resolve(call.path, 'fetch')?.kind === undefined) {
    return fetchLike(parts, { given: (position) => argumentOf(call, position) });
  }
  const ofClient = clientCall(parts, call);
  return ofClient && requestOf(parts, ofClient);
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
