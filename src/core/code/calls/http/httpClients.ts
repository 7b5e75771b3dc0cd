import type { CallParts } from '../callLibrary.ts';
import type { ClientCall } from '../clientCall.ts';
import {
  axiosLike,
  fetchLike,
  gotLike,
  nodeLike,
  superagentLike,
  undiciLike,
} from './clientRequests.ts';
import type { HttpRequest } from './requestOptions.ts';

/** How a client's calls say what they ask for. */
interface HttpClient {
  readonly modules: RegExp;
  /** What may be called on, by its way from the package; empty: the package itself. */
  readonly receivers: RegExp;
  /** Undefined: a call that sends nothing. */
  request(parts: CallParts, call: ClientCall): HttpRequest | undefined;
}

const clients: readonly HttpClient[] = [
  {
    modules: /^axios$/,
    receivers: /^(?:|axios|Axios\w*|(?:axios\.)?create\(\))$/,
    request: axiosLike,
  },
  {
    modules: /^@nestjs\/(?:axios|common)$/,
    receivers: /^HttpService(?:\.axiosRef)?$/,
    request: axiosLike,
  },
  {
    modules: /^undici$/,
    receivers:
      /^(?:|Pool|Client|Agent|BalancedPool|Dispatcher|ProxyAgent|getGlobalDispatcher\(\))$/,
    request: undiciLike,
  },
  {
    modules:
      /^(?:node-fetch|node-fetch-native|cross-fetch|isomorphic-fetch|isomorphic-unfetch|@whatwg-node\/fetch)$/,
    receivers: /^$/,
    request: (parts, call) =>
      /^(?:|fetch)$/.test(call.called) ? fetchLike(parts, call) : undefined,
  },
  { modules: /^got$/, receivers: /^(?:|got|Got|(?:got\.)?extend\(\))$/, request: gotLike },
  {
    modules: /^ky$/,
    receivers: /^(?:|ky|KyInstance|(?:ky\.)?(?:create|extend)\(\))$/,
    request: gotLike,
  },
  {
    modules: /^superagent$/,
    receivers: /^(?:|agent\(\)|SuperAgentStatic)$/,
    request: superagentLike,
  },
  {
    modules: /^(?:node:)?https?$|^follow-redirects$/,
    receivers: /^(?:|https?)$/,
    request: nodeLike,
  },
];

/** True for the package of a client. */
export const isClientModule = (module: string): boolean =>
  clients.some(({ modules }) => modules.test(module));

/** What a client's call asks for; undefined: it is no client's, or sends nothing. */
export function requestOf(parts: CallParts, call: ClientCall): HttpRequest | undefined {
  const client = clients.find(
    ({ modules, receivers }) => modules.test(call.origin.module) && receivers.test(call.receiver),
  );
  return client?.request(parts, call);
}
